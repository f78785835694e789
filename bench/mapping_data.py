#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""mapping_data.py SHARED OUT - the real patents of the shared material as KIPRIS answers, for bench/mapping.sh.

OUT/all/        every Korean patent with title and abstract (neojune, 77eileen, kjihee, geun-hyoung)
OUT/tune-1500/  1,500 patents drawn from the tuning half, OUT/hold-1500/ from the other
OUT/small/      ten more of 1,500: tune-1 .. tune-4, hold-1 .. hold-4, mixed-1 and mixed-2 (neojune and geun alone)
OUT/titles/     the 7,391 titles with codes (no abstract)
OUT/who.tsv     application number (13 digits), source, half: `tune` or `hold` by a hash of the first applicant,
                so that the patents of one applicant never stand in both
"""
import csv, glob, hashlib, json, os, re, sys
from xml.sax.saxutils import escape
import xml.etree.ElementTree as tree

unprintable = re.compile("[^ -\uD7FF\uE000-\uFFFD]")
shared, out = sys.argv[1] + "/data/", sys.argv[2]


def digits(text):
    return re.sub(r"\D", "", text.split(".")[0])


def hashed(text):
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16)


def neojune():
    for path in sorted(glob.glob(shared + "neojune/patent/*.xml") + glob.glob(shared + "neojune/wrapped/*.xml")):
        text = open(path, encoding="utf-8").read()
        for block in re.findall(r"<PatentUtilityInfo>.*?</PatentUtilityInfo>", text, re.S):
            try:
                node = tree.fromstring(block)
            except tree.ParseError:
                continue
            cell = lambda name: (node.findtext(name) or "").strip()
            yield dict(number=cell("ApplicationNumber"), date=cell("ApplicationDate"), title=cell("InventionName"),
                       abstract=cell("Abstract"), ipc=cell("InternationalpatentclassificationNumber"),
                       applicant=cell("Applicant"))


def eileen():
    for path in sorted(glob.glob(shared + "77eileen-patent-rag/patents_part*.jsonl")):
        for line in open(path, encoding="utf-8"):
            row = json.loads(line)
            yield dict(number=row["applicationNumber"], date=digits(row["applicationDate"].replace(".", "")),
                       title=row["inventionTitle"], abstract=row["abstract"], ipc="|".join(row["ipc"]),
                       applicant=row["applicants"][0]["name"] if row["applicants"] else "")


def kjihee():
    for row in csv.DictReader(open(shared + "kjihee-wips-gasmask/wips_gasmask_multi.csv", encoding="utf-8-sig")):
        if row["국가코드"].strip() == "KR":
            yield dict(number=row["출원번호"], date=digits(row["출원일"].replace("-", "")), title=row["발명의 명칭"],
                       abstract=row["요약"], ipc=row["Original IPC All"].replace(",", "|").replace(";", "|"),
                       applicant=row["출원인"])


def geun():
    for line in open(shared + "geun-hyoung-inu/kipris_inu.jsonl", encoding="utf-8"):
        row = json.loads(line)
        yield dict(number=row["tech_aplct_id"], date="20200101", title=row["kipris_application_name"] or "",
                   abstract=row["kipris_abstract"] or "", ipc="", applicant="인천대학교")


def titles():
    path = shared + "moksu27-likelion/kipris_pet_titles.csv"
    for row in csv.DictReader(open(path, encoding="utf-8-sig")):
        yield dict(number=row["출원번호"], date=digits(row["출원일자"].replace(".", "")),
                   title=re.sub(r"\([^()가-힣]*(\([^()]*\)[^()가-힣]*)*\)\s*$", "", row["발명의명칭"]), abstract="",
                   ipc=row["IPC분류"], applicant=row["출원인"])


def write(folder, records):
    os.makedirs(out + "/" + folder, exist_ok=True)
    with open(f"{out}/{folder}/patents.xml", "w", encoding="utf-8") as f:
        f.write('<?xml version="1.0" encoding="UTF-8"?>\n<response><body><items>\n')
        for r in records:
            f.write("<PatentUtilityInfo>")
            clean = lambda key: escape(unprintable.sub(" ", r[key]))
            for tag, key in (("Applicant", "applicant"), ("ApplicationDate", "date"), ("ApplicationNumber", "number"),
                             ("Abstract", "abstract"), ("InventionName", "title"),
                             ("InternationalpatentclassificationNumber", "ipc")):
                f.write(f"<{tag}>{clean(key)}</{tag}>")
            f.write("</PatentUtilityInfo>\n")
        f.write("</items></body></response>\n")


seen, everything, only_titles = set(), [], []
for source, rows in (("neojune", neojune()), ("77eileen", eileen()), ("kjihee", kjihee()), ("geun", geun()),
                     ("titles", titles())):
    for r in rows:
        r["number"] = digits(r["number"])
        if len(r["number"]) == 11:
            r["number"] = "10" + r["number"]
        if len(r["number"]) != 13 or r["number"] in seen or not r["title"]:
            continue
        if not r["abstract"] and source != "titles":
            continue
        seen.add(r["number"])
        r["source"], r["half"] = source, "tune" if hashed(r["applicant"]) % 2 else "hold"
        (only_titles if source == "titles" else everything).append(r)

write("all", everything)
write("titles", only_titles)
for half in ("tune", "hold"):
    mine = sorted((r for r in everything if r["half"] == half or r["source"] == "geun"), key=lambda r: hashed(r["number"]))
    write(half + "-1500", mine[:1500])
for draw in "1234":
    by_draw = sorted(everything, key=lambda r: hashed(draw + r["number"]))
    for half in ("tune", "hold"):
        write(f"small/{half}-{draw}", [r for r in by_draw if r["half"] == half or r["source"] == "geun"][:1500])
    if draw in "12":
        write(f"small/mixed-{draw}", [r for r in by_draw if r["source"] in ("neojune", "geun")][:1500])
with open(out + "/who.tsv", "w", encoding="utf-8") as f:
    for r in everything + only_titles:
        f.write(f"{r['number']}\t{r['source']}\t{r['half']}\n")
