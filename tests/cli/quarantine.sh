#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What was put aside can be seen and tried again; doctor finds damage and mends what is safe to.
. "$(dirname "$0")/lib.sh.inc"
cd "$scratch" || exit 1
printf '[study]\nname = s\n[model]\nsweeps = 2\n[update]\nsources = xml\n' > s.ini
"$patopic" synth --patents 120 --regional 80 --out xml --truth t.tsv --quiet || fail "synth"
printf '<response><body><items><item><inventionTitle>용접 로봇</inventionTitle></item></items></body></response>' > xml/broken.xml
expect 66 "no such store" -- "$patopic" quarantine list --study s.ini
[ ! -e out/s/patents.db ] || fail "quarantine made a store"
expect 2 "report.html" -- "$patopic" update --study s.ini
expect 0 $'id\tsource\tline\treason' $'1\txml/broken.xml\t1\t' "application number" -- "$patopic" quarantine list --study s.ini
expect 0 "xml/broken.xml:1" "용접 로봇" -- "$patopic" quarantine show 1 --study s.ini
expect 66 "no record 7" -- "$patopic" quarantine show 7 --study s.ini
expect 64 "the number of a record" -- "$patopic" quarantine show one --study s.ini
expect 64 "list, show ID or retry" -- "$patopic" quarantine forget --study s.ini
expect 2 "0 new patents" "1 quarantined" -- "$patopic" quarantine retry --study s.ini
sed -i 's|<item>|<item><applicationNumber>10-2020-9000001</applicationNumber>|' xml/broken.xml
expect 0 "1 new patents" "0 quarantined" -- "$patopic" quarantine retry --study s.ini
[ "$("$patopic" quarantine list --study s.ini | wc -l)" -eq 1 ] || fail "still in quarantine"
expect 0 "no source to read again" -- "$patopic" quarantine retry --study s.ini
expect 0 "report.html" -- "$patopic" update --study s.ini # the retry changed the store: a new report
echo "<a" > xml/broken.xml; expect 2 -- "$patopic" ingest xml --store out/s/patents.db
rm xml/broken.xml
expect 0 "is not there any more" -- "$patopic" quarantine retry --study s.ini

# doctor: whole, then damaged, then mended
expect 0 $'report\tok' "quarantine" "files as published" -- "$patopic" doctor --study s.ini
"$patopic" doctor --study s.ini | grep -q "digest $(sha256sum out/s/model.bin | cut -c1-16)$" || fail "doctor: the model's digest"
cp out/s/model.bin published.bin && expect 2 "train" -- "$patopic" train --study s.ini --seed 2
expect 0 "the report was made with another model" -- "$patopic" doctor --study s.ini
mv published.bin out/s/model.bin
mkdir out/s/.run-x out/s/run-20200101T000000Z && touch out/s/.run-x/items.csv out/s/model.bin.tmp-12 out/s/run-20200101T000000Z/run.json
run=$(readlink out/s/current)
ln -sfn run-gone out/s/current
expect 65 "run.json" "2 of killed runs" -- "$patopic" doctor --study s.ini
expect 0 "2 leftovers of killed runs removed" "current points to $run" $'report\tok' -- "$patopic" doctor --study s.ini --repair
[ "$(readlink out/s/current)" = "$run" ] && [ ! -e out/s/.run-x ] || fail "not mended"
echo >> out/s/current/items.csv
expect 65 "items.csv: is not as it was published" -- "$patopic" doctor --study s.ini
exec 9>>out/s/.lock && flock -n 9
expect 75 "another run" -- "$patopic" doctor --study s.ini --repair
exec 9>&-
finish
