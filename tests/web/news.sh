#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What is new: a folder of sources that grows, two updates, their page and workbook.
. "$(dirname "$0")/../cli/lib.sh.inc"
command -v python3 >/dev/null || { echo "skipped: no python3 here; make test-web installs it"; exit 0; }
export PYTHONDONTWRITEBYTECODE=1
mkdir "$scratch/sources" || exit 1
"$patopic" synth --patents 1200 --regional 500 --out "$scratch/all" --truth "$scratch/truth.tsv" --quiet || fail "synth"
files=("$scratch"/all/*.xml)
[ ${#files[@]} -ge 2 ] || fail "synth wrote one file"
printf '[study]\nname = grow\nregion = 경상남도 김해시\n[model]\nsweeps = 30\n[update]\nsources = %s\n' "$scratch/sources" >"$scratch/grow.ini"
for part in 0 1; do
    for ((i = part; i < ${#files[@]}; i += 2)); do cp "${files[i]}" "$scratch/sources/"; done
    "$patopic" update --study "$scratch/grow.ini" --out "$scratch" --quiet >/dev/null || fail "update $part: exit $?"
done
for check in news workbook; do
    python3 tests/web/check_$check.py "$scratch/grow/current"
    code=$?
    [ $code -eq 0 ] || [ $code -eq 77 ] || fail "$check: exit $code"
done
finish
