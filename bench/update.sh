#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# update.sh - updates in batches against one run over everything, by rule of refitting: a share of the patents at first,
# the others in BATCHES batches (4), the patents in each of the ORDERS given ("1 2 3"); the order's number is the seed too.
# "default" is the rule of a study file that says nothing, and .9905 of the patents at first the most that it leaves
# unseen before it fits anew; `another seed` compares two runs over everything, and so tells what chance alone does.
# The sample corpus, and the real patents of the shared material where they are there (CORPORA="sample all").
# TSV: corpus, patents, batches, order, share at first, rule, fits, patents that the last fit has not seen, seconds of all
# updates, seconds of one run, share of patents with the same best item (미분류 counts as one), of those classified by
# both, leading items in common of 26, technologies of these with the same name, commit of the program.
set -eu
cd "$(dirname "$0")/.."
build=${BUILD:-build} shared=${SHARED:-../shared} batches=${BATCHES:-4}
command -v python3 >/dev/null || { echo "python3 is not here: skipped" >&2; exit 0; }
scratch=$(mktemp -d) && trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/sample" && cp corpus/*.xml.gz "$scratch/sample/" && gunzip "$scratch"/sample/*.gz
[ ! -d "$shared/data/neojune" ] || python3 bench/mapping_data.py "$shared" "$scratch" >/dev/null
cat > "$scratch/split.py" <<'PY'
# folder out first batches order: the records of all files, in the order of a hash, the first share and the batches
import glob, hashlib, os, re, sys
records, kind = [], None
for path in sorted(glob.glob(sys.argv[1] + "/**/*.xml", recursive=True)):
    text = open(path, encoding="utf-8").read()
    tag = next(t for t in ("PatentUtilityInfo", "item") if "<%s>" % t in text)
    records += [(tag, r) for r in re.findall("<%s>.*?</%s>" % (tag, tag), text, re.S)]
records.sort(key=lambda r: hashlib.sha256((sys.argv[5] + r[1]).encode()).digest())
n, batches = len(records), int(sys.argv[4])
first = round(n * float(sys.argv[3]))
ends = [first] + [first + (n - first) * i // batches for i in range(1, batches + 1)]
for i, end in enumerate(ends):
    begin = ends[i - 1] if i else 0
    folder = "%s/%02d" % (sys.argv[2], i)
    os.makedirs(folder)
    open(folder + "/batch%02d.xml" % i, "w", encoding="utf-8").write(
        "<response><body><items>" + "".join(r for _, r in records[begin:end]) + "</items></body></response>")
PY
cat > "$scratch/agree.py" <<'PY'
import csv, sys
def read(folder):
    rows = list(csv.DictReader(open(folder + "/patents.csv", encoding="utf-8-sig", newline="")))
    best = {r["application_number"]: r["item_id"] for r in rows if r["item_rank"] in ("", "1")}
    items = list(csv.DictReader(open(folder + "/items.csv", encoding="utf-8-sig", newline="")))
    technologies = list(csv.DictReader(open(folder + "/technologies.csv", encoding="utf-8-sig", newline="")))
    return (best, {r["item_id"] for r in items if r["selected"] == "1"},
            {(r["item"], r["technology"]) for r in technologies})
(a, x, s), (b, y, t) = read(sys.argv[1]), read(sys.argv[2])
both = [k for k in a if a[k] and b[k]]
print("%.4f\t%.4f\t%d\t%d" % (sum(a[k] == b[k] for k in a) / len(a), sum(a[k] == b[k] for k in both) / len(both),
                              len(x & y), len(s & t)))
PY
printf 'corpus\tpatents\tbatches\torder\tfirst\trule\tfits\tunseen\tupdate_s\trun_s\tsame_best\tsame_best_of_classified\tsame_items_of_26\tsame_technologies\tcommit\n'
one_run() { # folder seed
    "$build/patopic" run "$scratch/in" --study "$scratch/s.ini" --out "$1" --seed "$2" --quiet >/dev/null 2>&1 || [ $? -eq 2 ]
}
compare() { # corpus order first rule: a line of the table
    local corpus=$1 order=$2 first=$3 rule=$4 fits=0 unseen=0 seen start middle end batch
    rm -rf "$scratch/batches" "$scratch/in" "$scratch/out" "$scratch/whole"
    python3 "$scratch/split.py" "$scratch/$corpus" "$scratch/batches" "$first" "$batches" "$order"
    mkdir "$scratch/in"
    printf '[study]\nname = s\nregion = %s\n[model]\nseed = %s\n[update]\nsources = in\n' \
        "$([ "$corpus" = sample ] && echo '경상남도 김해시')" "$order" > "$scratch/s.ini"
    case $rule in refit*) echo "$rule" >> "$scratch/s.ini" ;; esac
    start=$(date +%s.%N)
    for batch in "$scratch"/batches/*; do
        cp "$batch"/* "$scratch/in/"
        [ "$rule" != 'another seed' ] || continue
        "$build/patopic" update --study "$scratch/s.ini" --out "$scratch/out" >/dev/null 2>"$scratch/log" ||
            [ $? -eq 2 ] || { cat "$scratch/log" >&2; exit 1; }
        seen=$(sed -n 's/.*fold in: \([0-9]*\) new patents beside.*/\1/p' "$scratch/log")
        if grep -q 'a new fit' "$scratch/log"; then fits=$((fits + 1)) unseen=0; else unseen=${seen:-$unseen}; fi
    done
    [ "$rule" != 'another seed' ] || { one_run "$scratch/out" $((order + 1)); fits=1; }
    middle=$(date +%s.%N)
    one_run "$scratch/whole" "$order"
    end=$(date +%s.%N)
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%.1f\t%.1f\t%s\t%s\n' "$corpus" \
        "$(cut -d, -f1 "$scratch/whole/s/current/patents.csv" | sort -u | grep -c '[0-9]')" "$batches" "$order" "$first" "$rule" \
        "$fits" "$unseen" "$(echo "$middle - $start" | bc)" "$(echo "$end - $middle" | bc)" \
        "$(python3 "$scratch/agree.py" "$scratch/out/s/current" "$scratch/whole/s/current")" \
        "$(git rev-parse --short HEAD 2>/dev/null || echo -)"
}
for corpus in ${CORPORA:-sample all}; do
    [ -d "$scratch/$corpus" ] || continue
    while IFS='|' read -r first rule; do
        for order in ${ORDERS:-1 2 3}; do compare "$corpus" "$order" "$first" "$rule"; done
    done <<< "${RULES:-0.5|default
0.9905|default
0.9905|refit = never
0.5|refit = never
0.5|refit_growth = 0.2
0.5|refit = always
1|another seed}"
done
