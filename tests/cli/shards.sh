#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Ingest in parts, as a Slurm job array does it, and the parts put together: what one ingest of all sources gives.
. "$(dirname "$0")/lib.sh.inc"
cd "$scratch" || exit 1
mkdir xml
for i in 1 2 3 4; do "$patopic" synth --patents 150 --regional 60 --seed $i --out xml/$i --quiet --truth t.tsv || fail synth; done
cp xml/1/synth-00001.xml xml/again.xml # duplicates in another source, and shorter ones
sed 's/<astrtCont>[^<]*/<astrtCont>짧은 요약/' xml/2/synth-00001.xml > xml/0-short.xml
echo '<a><b' > xml/broken.xml
printf '[study]\nname = s\n[model]\nsweeps = 3\n' > s.ini
expect 2 -- "$patopic" ingest xml --store whole.db --quiet
expect 2 -- "$patopic" train --store whole.db --study s.ini --model whole.bin --out o --quiet # 2: the broken source
for n in 1 2 3 9; do
    parts=()
    for i in $(seq 1 $n); do
        "$patopic" ingest xml --store part$n-$i.db --shard $i/$n --quiet
        case $? in 0 | 2) ;; *) fail "part $i of $n" ;; esac
        parts+=("part$n-$i.db")
    done
    expect 2 -- "$patopic" ingest --merge "${parts[@]}" --store merged$n.db --quiet
    expect 2 -- "$patopic" train --store merged$n.db --study s.ini --model merged$n.bin --out o --quiet
    cmp -s whole.bin merged$n.bin || fail "another model from $n parts"
    expect 0 "(7 unchanged)" -- "$patopic" ingest xml --store merged$n.db
done
# Tables, but for what duplicates do: which of their sources they are booked on, and numbers of rows.
if command -v python3 >/dev/null; then
    python3 - whole.db merged1.db merged2.db merged3.db merged9.db <<'PY' || fail "tables differ"
import sqlite3, sys
QUERIES = [
    "SELECT p.application_number, p.kind, p.title, p.abstract, p.application_date, p.status, p.form, p.cut, p.line, s.path FROM patent p JOIN source s ON s.id = p.source_id ORDER BY 1",
    "SELECT p.application_number, a.rank, a.name, a.address, a.country FROM applicant a JOIN patent p ON p.id = a.patent_id ORDER BY 1, 2",
    "SELECT p.application_number, c.scheme, c.rank, c.code FROM code c JOIN patent p ON p.id = c.patent_id ORDER BY 1, 2, 3",
    "SELECT s.path, q.position, q.reason, q.excerpt FROM quarantine q JOIN source s ON s.id = q.source_id ORDER BY 1, 2",
    "SELECT name, sum(n) FROM counter GROUP BY name ORDER BY 1",
    "SELECT path, digest, bytes, quarantined FROM source ORDER BY 1",
    "SELECT count(*) FROM token",
]
tables = [[sqlite3.connect(p).execute(q).fetchall() for q in QUERIES] for p in sys.argv[1:]]
assert len(tables[0][0]) > 400, len(tables[0][0])
assert tables[0][3] and dict(tables[0][4])["duplicates"] > 250, tables[0][4]
for path, t in zip(sys.argv[2:], tables[1:]):
    for q, a, b in zip(QUERIES, tables[0], t):
        assert a == b, (path, q, [x for x in zip(a, b) if x[0] != x[1]][:3])
PY
fi
expect 66 "none.db" -- "$patopic" ingest --merge none.db --store bad.db
expect 64 "--shard 3/2" "such as 3/8" -- "$patopic" ingest xml --store bad.db --shard 3/2
echo ' ' >> xml/again.xml
"$patopic" ingest xml/again.xml --store changed.db --quiet || fail "ingest of the changed source"
expect 65 "again.xml" "other contents" -- "$patopic" ingest --merge part1-1.db changed.db --store bad.db
printf 'term\tclass\n연료전지\tNNG\n' > words.tsv
"$patopic" ingest xml/again.xml --store words.db --user-dict words.tsv --quiet || fail "ingest with own words"
expect 65 "another dictionary" -- "$patopic" ingest --merge words.db --store bad2.db
finish
