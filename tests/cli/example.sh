#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# tests/example.c knows nothing but the public header, and goes from XML to the selected items.
. "$(dirname "$0")/lib.sh.inc"
[ "$(grep -c '#include "' tests/example.c)" -eq 1 ] && grep -q '#include "patopic.h"' tests/example.c ||
    fail "example.c includes more than patopic.h"
"$BUILD/tests/example" dict "$BUILD/korean.dict" corpus/gimhae.ini "$scratch/out" corpus > "$scratch/items.tsv" ||
    fail "example: exit $?"
[ "$(wc -l < "$scratch/items.tsv")" -eq 26 ] || fail "example: $(wc -l < "$scratch/items.tsv") items"
expect 66 "nowhere" -- "$BUILD/tests/example" dict "$BUILD/korean.dict" corpus/gimhae.ini "$scratch/out2" nowhere
# the stages one by one give what `run` gives
expect 0 -- "$patopic" report --study corpus/gimhae.ini --out "$scratch/out" --quiet
expect 0 -- "$patopic" run corpus --study corpus/gimhae.ini --out "$scratch/run" --quiet
for file in items.csv technologies.csv patents.csv report.html; do
    cmp -s "$scratch/out/gimhae/current/$file" "$scratch/run/gimhae/current/$file" || fail "$file: stages differ from run"
done
expect 0 "industry" "IG" -- "$patopic" select --study corpus/gimhae.ini --out "$scratch/out"
expect 0 -- "$patopic" map --study corpus/gimhae.ini --out "$scratch/out"
expect 0 "agreement_top1" -- "$patopic" evaluate --study corpus/gimhae.ini --out "$scratch/out"
finish
