#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Items of patents by a model as it is: what an update would publish for them, whatever else is read.
. "$(dirname "$0")/lib.sh.inc"
cd "$scratch" || exit 1
printf '[study]\nname = s\n[model]\nsweeps = 3\ncollocations = 10\n[update]\nsources = xml\nrefit = never\n' > s.ini
"$patopic" synth --patents 300 --regional 200 --out xml --truth t.tsv --quiet || fail "synth"
"$patopic" synth --patents 90 --regional 60 --seed 5 --out more --truth t2.tsv --quiet || fail "synth"
sed -i 's/<applicationNumber>10-\(....\)-0/<applicationNumber>10-\1-9/g' more/*.xml
"$patopic" update --study s.ini --quiet >/dev/null || fail "update"
[ "$(wc -l < out/s/learned_terms.tsv)" -gt 10 ] || fail "no compounds learned"
cp out/s/learned_terms.tsv learned.tsv
expect 0 "$(sed -n 3p learned.tsv | cut -f1)" -- "$patopic" tokenize --user-dict learned.tsv <<< "$(sed -n 3p learned.tsv | cut -f1)를"
expect 0 "application_number" -- "$patopic" infer more --model out/s/model.bin --quiet
"$patopic" infer more --model out/s/model.bin --quiet > whole.tsv || fail "infer"
[ "$(cut -f1 whole.tsv | sort -u | wc -l)" -eq 91 ] || fail "patents: $(cut -f1 whole.tsv | sort -u | wc -l)"
"$patopic" infer more --study s.ini --threads 1 --quiet | cmp -s - whole.tsv || fail "threads or --study matter"
{ "$patopic" infer more --study s.ini --shard 1/3 --quiet; "$patopic" infer more --study s.ini --shard 2/3 --quiet
  "$patopic" infer more --study s.ini --shard 3/3 --quiet; } | cmp -s - whole.tsv || fail "the parts are not the whole"
[ "$(ls out/s/*.db | wc -l)" -eq 1 ] && [ ! -e out/study ] || fail "infer made a store: $(find out -newer whole.tsv)"

# what the update then publishes of them, and of those that the fit has seen
cp more/*.xml xml/more.xml
"$patopic" update --study s.ini --quiet >/dev/null || fail "second update"
python3 - whole.tsv out/s/current/patents.csv <<'PY' || fail "infer and update differ"
import csv, sys
inferred = {(r["application_number"], r["item_rank"]): r for r in csv.DictReader(open(sys.argv[1], encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE)}
rows = [r for r in csv.DictReader(open(sys.argv[2], encoding="utf-8-sig", newline="")) if (r["application_number"], "1") in inferred or (r["application_number"], "") in inferred]
assert len(rows) == len(inferred) and len(rows) >= 90, (len(rows), len(inferred))
for r in rows:
    i = inferred[r["application_number"], r["item_rank"]]
    assert (i["item_id"], i["evidence"]) == (r["item_id"], r["evidence"]), (i, r)
    assert not r["score"] or abs(float(r["score"]) - float(i["score"])) < 1e-3
PY
"$patopic" infer xml/synth-00001.xml --study s.ini --quiet > seen.tsv || fail "infer of what the fit has seen"
[ "$(cut -f1 seen.tsv | sort -u | wc -l)" -eq 301 ] || fail "patents of the fit"

cmp -s learned.tsv out/s/learned_terms.tsv || fail "a folded-in update changed the compounds of the model"

# what cannot be done
echo "<a><b" > broken.xml
expect 2 "broken.xml" "put aside" -- "$patopic" infer broken.xml more --model out/s/model.bin
expect 66 "none.bin" -- "$patopic" infer more --model none.bin
echo "not a model" > none.bin
expect 65 "no model file" -- "$patopic" infer more --model none.bin
gunzip -c "$root/tests/data/model-v2.bin.gz" > old.bin
expect 65 "train again" -- "$patopic" infer more --model old.bin
sed 's/3D머신비전/4D머신비전/' "$root/dict/items.tsv" > items.tsv
expect 65 "another standard" -- "$patopic" infer more --model out/s/model.bin --items items.tsv
expect 64 "which files" -- "$patopic" infer --model out/s/model.bin
expect 64 "--shard 4/3" -- "$patopic" infer more --model out/s/model.bin --shard 4/3
finish
