#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What a scheduler runs: new patents make a new report with the bytes of a run from scratch, nothing new makes none,
# old reports go, and a second run at the same time is refused.
. "$(dirname "$0")/lib.sh.inc"
cd "$scratch" || exit 1
mkdir -p study/in
printf '[study]\nname = small\nregion = 경상남도 김해시\n[model]\nsweeps = 3\n[update]\nsources = in\nkeep_runs = 2\n' > study/s.ini
"$patopic" synth --patents 400 --regional 250 --out all --truth t.tsv --quiet || fail "synth"
"$patopic" synth --patents 300 --regional 200 --seed 2 --out more --truth t2.tsv --quiet || fail "synth"

expect 64 "which study" -- "$patopic" update
cp all/synth-00001.xml study/in/a.xml
expect 0 "report.html" "400 new patents" -- "$patopic" update --study study/s.ini
first=$(readlink out/small/current)
expect 0 "nothing new" "1 unchanged" -- "$patopic" update --study study/s.ini
[ "$(readlink out/small/current)" = "$first" ] || fail "nothing new made a new report"
sed 's/<applicationNumber>10-\(....\)-0/<applicationNumber>10-\1-9/g' more/synth-00001.xml > study/in/b.xml
expect 0 "report.html" -- "$patopic" update --study study/s.ini
second=$(readlink out/small/current)
[ "$second" != "$first" ] && [ -e out/small/$first/report.html ] || fail "the first report is gone at once"
expect 0 "report.html" -- "$patopic" run study/in --study study/s.ini --out scratch
for file in out/small/current/*; do
    case $file in */run.json) continue ;; esac
    cmp -s "$file" "scratch/small/current/${file##*/}" || fail "${file##*/}: an update differs from a run from scratch"
done
sed -i 's/^sweeps = 3/sweeps = 4/' study/s.ini
expect 0 "report.html" -- "$patopic" update --study study/s.ini
[ ! -e out/small/$first ] || fail "keep_runs = 2, but the oldest of three reports is there"
exec 9>>out/small/.lock && flock -n 9
expect 75 "another run" -- "$patopic" update --study study/s.ini
exec 9>&-
sed -i 's/^sources.*/sources =/' study/s.ini
expect 78 "sources" -- "$patopic" update --study study/s.ini
finish
