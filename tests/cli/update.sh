#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What a scheduler runs: new patents are judged by the model that is there or make a new fit, nothing new makes no
# report, what a killed update left is made good, old reports go, and a second run at the same time is refused.
. "$(dirname "$0")/lib.sh.inc"
cd "$scratch" || exit 1
mkdir -p study/in
study() { # lines of [update]
    printf '[study]\nname = small\nregion = 경상남도 김해시\n[model]\nsweeps = %s\n[update]\nsources = in\n%b' \
        "${sweeps:-3}" "$1" > study/s.ini
}
study 'keep_runs = 2\nrefit = always\n'
"$patopic" synth --patents 400 --regional 250 --out all --truth t.tsv --quiet || fail "synth"
"$patopic" synth --patents 300 --regional 200 --seed 2 --out more --truth t2.tsv --quiet || fail "synth"
sed -i 's/<applicationNumber>10-\(....\)-0/<applicationNumber>10-\1-9/g' more/synth-00001.xml
same() { # folder folder [but]: every file of a report but run.json
    local file
    for file in "$1"/*; do
        case $file in */run.json | */"${3:-}") continue ;; esac
        cmp -s "$file" "$2/${file##*/}" || fail "${file##*/} differs in $1 and $2"
    done
}
query() { python3 -c 'import sqlite3, sys
for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]): print(*row, sep="|")' out/small/patents.db "$1"; }

change() { python3 -c 'import sqlite3, sys
base = sqlite3.connect(sys.argv[1]); base.execute(sys.argv[2]); base.commit()' out/small/patents.db "$1"; }

expect 64 "which study" -- "$patopic" update
cp all/synth-00001.xml study/in/a.xml
expect 0 "report.html" "400 new patents" -- "$patopic" update --study study/s.ini
first=$(readlink out/small/current)
[ ! -e out/small/current/changes.csv ] || fail "the first report has changes"
expect 0 "nothing new" "1 unchanged" -- "$patopic" update --study study/s.ini
"$patopic" update --study study/s.ini --log-json > nothing.out 2> nothing.log || fail "nothing new: exit $?"
[ "$(wc -l < nothing.log)" = 1 ] && [ ! -s nothing.out ] || fail "nothing new, but more than a line: $(cat nothing.out nothing.log)"
grep -Eq '"message":"nothing new: 1 sources .1 unchanged.*"time":"20..-..-..T..:..:..Z"' nothing.log || fail "$(cat nothing.log)"
[ "$(readlink out/small/current)" = "$first" ] || fail "nothing new made a new report"

# refit = always: the bytes of one run over everything; what is new stands in changes.csv
cp more/synth-00001.xml study/in/b.xml
expect 0 "report.html" "every update fits anew" "since $first: 300 patents new, 0 gone; items" -- "$patopic" update --study study/s.ini
second=$(readlink out/small/current)
[ "$second" != "$first" ] && [ -e out/small/$first/report.html ] || fail "the first report is gone at once"
expect 0 "report.html" -- "$patopic" run study/in --study study/s.ini --out scratch
mkdir told && cp out/small/current/* told/
rm told/changes.csv told/report.html told/report.xlsx # page and workbook tell what is new
same told scratch/small/current
python3 - out/small/current/changes.csv <<'PY' || fail "changes.csv"
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8-sig", newline="")))
new = [r for r in rows if r["subject"] == "patents"]
assert sum(int(r["n_patents"]) for r in new) == 200, sum(int(r["n_patents"]) for r in new)
assert all("-9" in p or p[6:8] == "-9" or "9" in p for r in new for p in r["patents"].split("|"))
assert all(len(r["patents"].split("|")) == min(10, int(r["n_patents"])) for r in new)
assert {r["change"] for r in rows} <= {"new", "in", "out", "up", "down", "renamed"}
assert any(r["subject"] == "technology" for r in rows) and any(r["subject"] == "item" for r in rows)
PY
sweeps=4 study 'keep_runs = 2\nrefit = always\n'
expect 0 "report.html" -- "$patopic" update --study study/s.ini
[ ! -e out/small/$first ] || fail "keep_runs = 2, but the oldest of three reports is there"
[ "$(query 'SELECT count(*) FROM run')" = 2 ] || fail "runs in the store: $(query 'SELECT id, folder FROM run')"
[ "$(query 'SELECT count(DISTINCT run_id) FROM assignment')" = 2 ] || fail "assignments of dropped runs"
# the clock was set back: the new report sorts first and stays
for name in $(ls out/small | grep '^run-'); do mv out/small/$name out/small/run-29${name#run-20}; done
ln -sfn "$(ls out/small | grep '^run-' | tail -1)" out/small/current
sweeps=5 study 'keep_runs = 2\nrefit = always\n'
expect 0 "report.html" -- "$patopic" update --study study/s.ini
[ -e out/small/current/report.html ] && [ "$(ls -d out/small/run-2* | wc -l)" = 2 ] || fail "clock set back: $(ls out/small)"

# one at a time: the second is told who holds it
sed -i 's/process [0-9]*/process 12/' out/small/.lock
exec 9>>out/small/.lock && flock -n 9
expect 75 "another run" "(process 12 on" "since 20" -- "$patopic" update --study study/s.ini
exec 9>&-
study ''; sed -i 's/^sources.*/sources =/' study/s.ini
expect 78 "sources" -- "$patopic" update --study study/s.ini
study 'refit = sometimes\n'
expect 78 "s.ini:8" "auto, always or never" -- "$patopic" update --study study/s.ini

# fold-in: the model stays, the new patents get their items; the older ones keep theirs
rm -rf out study/in/*
study 'refit = never\n'
python3 - all/synth-00001.xml study/in 20 <<'PY'
import re, sys
text = open(sys.argv[1], encoding="utf-8").read()
items = re.findall(r"<(item|PatentUtilityInfo)>(.*?)</\1>", text, re.S)
head, tail = text[:text.index("<" + items[0][0] + ">")], text[text.rindex("</" + items[0][0] + ">") + len(items[0][0]) + 3:]
n = len(items) - int(sys.argv[3])
for name, part in (("a.xml", items[:n]), ("b.xml", items[n:n + 7]), ("c.xml", items[n + 7:])):
    open(sys.argv[2] + "/" + name, "w", encoding="utf-8").write(head + "".join("<%s>%s</%s>" % (t, b, t) for t, b in part) + tail)
PY
mkdir later && mv study/in/[bc].xml later/
expect 0 "report.html" "380 new patents" -- "$patopic" update --study study/s.ini
cp out/small/model.bin before.bin; cp out/small/current/patents.csv before.csv
cp later/b.xml study/in/
expect 0 "report.html" "7 new patents beside 380" "divergence" -- "$patopic" update --study study/s.ini
cp later/c.xml study/in/
expect 0 "report.html" "20 new patents beside 380" -- "$patopic" update --study study/s.ini
cmp -s before.bin out/small/model.bin || fail "refit = never changed the model"
[ "$(query 'SELECT fitted, folded FROM run ORDER BY id')" = "1|0
0|7
0|20" ] || fail "runs: $(query 'SELECT fitted, folded FROM run ORDER BY id')"
[ "$(grep -vcFf before.csv out/small/current/patents.csv)" -ge 20 ] || fail "new patents are not in patents.csv"
[ "$(grep -cvFf out/small/current/patents.csv before.csv)" -eq 0 ] || fail "fold-in changed what patents had"
# the same in one batch, in any order; and by the later stages alone
cp out/small/current/* told/ && rm told/report.html && rm -rf study/one && mkdir study/one && cp study/in/[bc].xml study/one/
cp -r out once && rm once/small/patents.db* && mkdir study/a && cp study/in/a.xml study/a/
expect 0 "380 new patents" -- "$patopic" ingest study/a --store once/small/patents.db
expect 0 "20 new patents beside" -- "$patopic" update study/one --study study/s.ini --out once
rm told/report.xlsx && same told once/small/current changes.csv # page and workbook name the sources, which are others here
rm -rf told && mkdir told && cp once/small/current/* told/ && rm told/changes.csv told/report.html told/report.xlsx
expect 0 "report.html" -- "$patopic" report --study study/s.ini --out once
same told once/small/current
expect 0 -- "$patopic" map --study study/s.ini --out once
expect 0 $'industry\titem_id' -- "$patopic" select --study study/s.ini --out once

# auto: a tenth of new patents makes a new fit that begins where the old model ends; killed before it is published,
# it is not fitted again
study 'refit_growth = 0.1\ndrift_limit = 1\n'
cp more/synth-00001.xml study/in/d.xml
cp -r out killed
expect 0 "a new fit: the store has grown" -- "$patopic" update --study study/s.ini
cmp -s before.bin out/small/model.bin && fail "the model was not fitted anew"
chmod -R u+w killed
(ulimit -f 20000; exec 3>&1; "$patopic" update --study study/s.ini --out killed > kill.txt 2>&1 & process=$!
 while kill -0 $process 2>/dev/null && ! grep -qs '^patopic: train' kill.txt; do sleep 0.02; done; kill -KILL $process; wait $process) 2>/dev/null
cmp -s out/small/model.bin killed/small/model.bin || fail "the killed update did not leave the model"
expect 0 "report.html" -- "$patopic" update --study study/s.ini --out killed
same out/small/current killed/small/current
grep -q "a new fit" kill.txt || fail "kill.txt: $(cat kill.txt)"

# asked to stop in the middle of a fit: the next update goes on to the same bytes; what another fit left is no matter
rm -f kill.txt; sweeps=200 study 'refit = always\n'
rm -rf killed && cp -r out killed
expect 0 "report.html" -- "$patopic" update --study study/s.ini
"$patopic" update --study study/s.ini --out killed > kill.txt 2>&1 & process=$!
while kill -0 $process 2>/dev/null && ! grep -qs '^patopic: evidence' kill.txt; do sleep 0.02; done
kill -TERM $process; wait $process; code=$?
[ $code -eq 75 ] && grep -q "saved in" kill.txt || fail "SIGTERM in a fit: exit $code: $(cat kill.txt)"
cp -r killed other
expect 0 "going on after sweep" "report.html" -- "$patopic" update --study study/s.ini --out killed
cmp -s out/small/model.bin killed/small/model.bin || fail "a fit that was stopped and went on gave other bytes"
same out/small/current killed/small/current
sweeps=3 study 'refit = always\n'
expect 0 "training from the start" "report.html" -- "$patopic" update --study study/s.ini --out other
[ -z "$(ls other/small | grep ckpt)" ] || fail "a checkpoint was left"

# age: an old model and patents that it has not seen make a new fit even when nothing new came
study 'refit_growth = 10\ndrift_limit = 1\nrefit_after_days = 30\n'
expect 0 "[model] of the study file are others" -- "$patopic" update --study study/s.ini
expect 0 "nothing new" -- "$patopic" update --study study/s.ini
sed 's/<applicationNumber>10-\(....\)-0/<applicationNumber>10-\1-8/g' later/b.xml > study/in/e.xml
expect 0 "fold in: 7 new patents" "report.html" -- "$patopic" update --study study/s.ini
expect 0 "nothing new" -- "$patopic" update --study study/s.ini
change "UPDATE run SET started = '2020-01-01T03:00:00Z'"
expect 0 "the model was old" "report.html" -- "$patopic" update --study study/s.ini
expect 0 "nothing new" -- "$patopic" update --study study/s.ini

# what the model is made of has changed: from scratch
sweeps=5 study 'refit_growth = 10\n'
expect 0 "[model] of the study file are others" -- "$patopic" update --study study/s.ini
cp out/small/model.bin before.bin
echo "spoilt" > out/small/model.bin
rm study/in/e.xml
sed 's/<applicationNumber>10-\(....\)-0/<applicationNumber>10-\1-7/g' later/b.xml > study/in/f.xml
expect 0 "no model file" "cannot judge new patents" "report.html" -- "$patopic" update --study study/s.ini
finish
