#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# readme_table.sh FOLDER [--check] - puts the table of industries, items and technologies of a published sample run
# between the `sample` marks of both READMEs; with --check only says whether it is there.
set -eu
folder=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
tr -d '\r' < "$folder/technologies.csv" > "$out/technologies.csv"
awk -F, 'BEGIN { print "| 산업 | 품목 | 기술 |\n|---|---|---|" }
    FNR == 1 { next }
    { key = $1 "|" $3
      if (key != last) { if (last) print line " |"; line = "| " ($1 == industry ? "" : $1) " | " $2 " " $3 " | " $5 }
      else line = line "<br>" $5
      last = key; industry = $1 }
    END { print line " |" }' "$out/technologies.csv" > "$out/table"
for page in README.md README.ko.md; do
    awk -v table="$out/table" '/<!-- sample -->/ { print; while ((getline row < table) > 0) print row; close(table); skip = 1; next }
        /<!-- \/sample -->/ { skip = 0 } !skip' "$page" > "$out/page"
    if [ "${2:-}" = --check ]; then
        cmp -s "$out/page" "$page" || { echo "$page: the sample's table is another; run tests/readme_table.sh FOLDER"; exit 1; }
    else
        cat "$out/page" > "$page"
    fi
done
