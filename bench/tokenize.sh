#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# tokenize.sh - megabytes a second of the Korean analyser on one core, without and with its cache of eojeols, and of any
# other program (first pass: a cache that is empty before the text): bench/tokenize.sh [TEXT...] [-- COMMAND...]
# The command reads a text on standard input (mecab, say); its start is part of its time. TSV: text, mode, MB/s, nouns.
# Texts: the arguments, or patents and an encyclopaedia of the shared material and its kaist-dev, where they are.
set -eu
cd "$(dirname "$0")/.."
build=${BUILD:-build}
program=$build/bench/tokenize
mkdir -p "$build/bench"
# shellcheck disable=SC2046
${CC:-gcc} -std=c17 -O3 -march=native -D_GNU_SOURCE -Isrc -Iinclude -fopenmp -o "$program" bench/tokenize.c \
    "$build/libpatopic.a" $(pkg-config --libs libpcre2-8 libutf8proc inih jansson nettle) -lm
"$program" build dict "$build/bench/korean.dict" 2>/dev/null
texts=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do texts+=("$1"); shift; done
[ $# -eq 0 ] || shift
shared=${SHARED:-../shared}
if [ ${#texts[@]} -eq 0 ]; then
    patents=$build/bench/patents.txt
    cat "$shared"/data/77eileen-patent-rag/patents_part0[1-3].jsonl 2>/dev/null | sed 's/\\[nrt"]/ /g; s/[{}":,]/ /g' >"$patents" || :
    texts=("$patents" "$shared/data/kowiki-2020/AA_wiki_05.txt" "$shared/gold/kaist-dev.txt")
fi
for text in "${texts[@]}"; do
    [ -s "$text" ] || { echo "$text is not here: skipped" >&2; continue; }
    "$program" speed "$build/bench/korean.dict" "$text" | sed "s|^|$(basename "$text")\t|"
    [ $# -gt 0 ] || continue
    TIMEFORMAT='%U %S'
    spent=$({ time "$@" <"$text" >/dev/null 2>&1; } 2>&1)
    awk -v t="$spent" -v n="$(stat -Lc %s "$text")" -v text="$(basename "$text")" -v c="$1" \
        'BEGIN { split(t, s, " "); printf "%s\t%s\t%.2f MB/s\t-\n", text, c, n / 1e6 / (s[1] + s[2] + 1e-6) }'
done
