#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# new_words: what the dictionary lacks is learned from the study's own patents, listed beside the model, known wherever
# the model is used, and the same whatever was learned before.
. "$(dirname "$0")/lib.sh.inc"
cd "$scratch" || exit 1
word=뷁쀍뛟
"$patopic" synth --patents 240 --regional 160 --out xml --truth t.tsv --quiet || fail "synth"
sed -i "s/제어부/$word/g" xml/*.xml
study() { printf '[study]\nname = s\n[model]\nsweeps = 3\nnew_words = %s\n[update]\nsources = xml\n' "$1" > s.ini; }
words_of() { python3 -c 'import sqlite3, sys; print(*(r[0] for r in sqlite3.connect(sys.argv[1]).execute("SELECT form FROM word")), sep="\n")' "$1"; }
same() { cmp -s "$1/model.bin" "$2/model.bin" && cmp -s "$1/new_words.tsv" "$2/new_words.tsv" && cmp -s "$1/current/patents.csv" "$2/current/patents.csv"; }

study 5
"$patopic" run xml --study s.ini --quiet > /dev/null || fail "run"
grep -q "^$word"$'\tNNG\t' out/s/new_words.tsv || fail "not learned: $(head -5 out/s/new_words.tsv)"
words_of out/s/patents.db | grep -x "$word" > /dev/null || fail "not among the words of the store"
expect 0 "$word" $'\tNNG\tword\t' -- "$patopic" tokenize --explain --user-dict out/s/new_words.tsv <<< "${word}를"

# again over what is there; with other threads; over a store that was read without a study
cp -r out/s first
"$patopic" run xml --study s.ini --quiet > /dev/null && same first out/s || fail "a second run differs"
"$patopic" run xml --study s.ini --threads 1 --out one --quiet > /dev/null && same first one/s || fail "threads matter"
"$patopic" ingest xml --store plain.db --quiet && ! words_of plain.db | grep -x "$word" > /dev/null || fail "plain ingest"
"$patopic" train --study s.ini --store plain.db --out two --quiet || fail "train"
cmp -s first/model.bin two/s/model.bin && cmp -s first/new_words.tsv two/s/new_words.tsv || fail "train differs from run"
"$patopic" shard --study s.ini --store plain.db --out shards --quiet || fail "shard"
"$patopic" train --study s.ini --store plain.db --shards shards --out three --quiet || fail "train --shards"
cmp -s first/model.bin three/s/model.bin && cmp -s first/new_words.tsv three/s/new_words.tsv || fail "shards differ"

# the model judges with its words; an update finds nothing to do
"$patopic" infer xml --model first/model.bin --quiet > by_model.tsv || fail "infer"
[ "$(wc -l < by_model.tsv)" -gt 240 ] || fail "infer: $(wc -l < by_model.tsv) lines"
mkdir bare && cp first/model.bin bare
warning="words may be read differently" # where the table is missing, and only there
"$patopic" infer xml --model first/model.bin 2>&1 >/dev/null | grep -q "$warning" && fail "infer warns"
"$patopic" infer xml --model bare/model.bin 2>&1 >/dev/null | grep -q "$warning" || fail "infer does not warn"
expect 0 -- "$patopic" update --study s.ini
[ "$(readlink out/s/current)" = "$(readlink first/current)" ] || cmp -s out/s/model.bin first/model.bin || fail "the update fitted anew"

# without the key they are gone, and a run is that of a folder that never had any
study 0
"$patopic" run xml --study s.ini --quiet > /dev/null || fail "run without"
[ ! -e out/s/new_words.tsv ] || fail "the table stays"
"$patopic" run xml --study s.ini --out none --quiet > /dev/null || fail "run without, fresh"
cmp -s out/s/model.bin none/s/model.bin || fail "what was learned before is still felt"

# a table that is none is told
study 5
printf 'term\tclass\n연료 전지\tNNG\n' > out/s/new_words.tsv
expect 78 "new_words.tsv:2" -- "$patopic" update --study s.ini
finish
