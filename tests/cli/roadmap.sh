#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The sample region with the roadmap's quota of items an industry, and what the tables of a study promise: a runner-up
# and a sentence for each industry, technologies of three patents and more that are no heap unless they say so, names
# that a city hall can read, unpublished years marked, neighbours to enter that the region is not strong in.
. "$(dirname "$0")/lib.sh.inc"
cd "$scratch" || exit 1

industries=(의생명산업 디지털물류 식품산업 수소산업 스마트센서 미래자동차 지능형로봇산업 ICT융합산업 '메타버스&콘텐츠산업')
quota=(6 3 2 3 2 4 2 2 2)
sed '/^items/d;s/^general_topics.*/general_topics = 2\nsweeps = 2/' "$root/corpus/gimhae.ini" > roadmap.ini
printf '[quota]\n' >> roadmap.ini
arguments=()
for i in "${!industries[@]}"; do
    echo "${industries[i]} = ${quota[i]}" >> roadmap.ini
    arguments+=("${industries[i]}" "${quota[i]}")
done
expect 0 "report.html" -- "$patopic" run "$root/corpus" --study roadmap.ini --out out --quiet
cat > check.py <<'PYTHON'
import collections, csv, sys
folder, want = sys.argv[1], dict(zip(sys.argv[2::2], map(int, sys.argv[3::2])))
failures = []


def read(name):
    return list(csv.DictReader(open(folder + "/" + name, encoding="utf-8-sig")))


def check(ok, *what):
    if not ok:
        failures.append(" ".join(map(str, what)))


selected = read("selected_items.csv")
check(dict(collections.Counter(r["industry"] for r in selected)) == want, "quota", selected)
check(all(0 <= float(r["stability"]) <= 1 for r in selected), "stability")
reasons = read("selection_reasons.csv")
for industry in want:
    second = [r for r in reasons if r["industry"] == industry and r["runner_up"] == "1"]
    check(len(second) == 1 and second[0]["selected"] == "0", "runner-up of", industry, second)
check(all(r["reason"].startswith("선정" if r["selected"] == "1" else "제외") for r in reasons), "reasons")
profiles = [r for r in read("industries.csv") if r["industry"] in want]
check({r["industry"]: int(r["selected_items"]) for r in profiles} == want, "industries", profiles)
check(all(r["evidence_lq_shrunk"] and r["evidence_reach"] for r in profiles), "evidence", profiles)

technologies = read("technologies.csv")
patents = collections.Counter(r["tech_no"] for r in read("technology_patents.csv"))
names = [r["technology"] for r in technologies]
check(len(technologies) == 40, len(technologies), "technologies")
check(len({n.replace(" ", "") for n in names}) == len(names), "a name twice", names)
check({r["item"] for r in technologies} == {r["item"] for r in selected}, "an item without a technology")
for r in technologies:
    alone = sum(t["item"] == r["item"] for t in technologies) == 1
    name, what, n = r["technology"], (r["tech_no"], r["technology"]), int(r["patents"])
    check(n == patents[r["tech_no"]] and (n >= 3 or alone), "patents of", *what)
    check((float(r["cohesion"]) < 0.4) == (r["mixed"] == "1"), "cohesion of", *what)
    check(len(r["representative_patents"].split("; ")) == min(3, n), "patents shown of", *what)
    check(r["first_year"] <= r["last_year"] and int(r["applicants"]) and r["words"], "years, applicants, words", *what)
    check(not any(s in name for s in (" 및 ", "하는 것", "상기", "특징으로", "(", ")")), "claim language", *what)
    check(not name.endswith(("하기", " 방법")) and len(name) <= 30, "shape of", *what)
for name in ("빅데이터를 이용한 개인용 헬스케어 시스템", "불가사리를 이용한 비료 제조 시스템"):
    check(name in names, "no", name, names)

last = max(int(r["last_complete_year"]) for r in read("item_paths.csv"))
for table in ("item_years.csv", "technology_years.csv"):
    rows = read(table)
    check({r["complete"] for r in rows} == {"0", "1"}, "unpublished years of", table)
    for r in rows:
        whole = int(r["year"]) <= last
        check((r["complete"] == "1") == whole and (whole or not r["mean_3"]), table, r)
paths = {r["growth_path"] for r in read("technology_years.csv")}
check(paths <= {"", "태동", "성장", "성숙", "쇠퇴"} and len(paths) > 1, "paths", paths)
check("18개월" in " ".join(v for r in read("notes.csv") for v in r.values()), "no note on 18 months")

clusters = read("clusters_of_items.csv")
check({r["kind"] for r in clusters} <= {"복합", "독립"} and len({r["cluster"] for r in clusters}) > 1, "clusters")
check(sum(r["selected"] == "1" for r in clusters) > 20, "clusters of selected items")
entry = read("entry_candidates.csv")
check(entry and not {r["item_id"] for r in selected} & {r["item_id"] for r in entry}, "entry: a selected item")
check(all(float(r["lq"]) < 1 for r in entry), "entry: an item the region is strong in")
density = [float(r["density"]) for r in entry]
check(density == sorted(density, reverse=True), "entry: order", density)
print("\n".join(failures))
sys.exit(bool(failures))
PYTHON
expect 0 -- python3 check.py out/gimhae/current "${arguments[@]}"
# an industry that the table does not have
sed 's/^식품산업/식품 산업/' roadmap.ini > wrong.ini
expect 78 "식품 산업" "디지털물류" -- "$patopic" report --study wrong.ini --out out --quiet
finish
