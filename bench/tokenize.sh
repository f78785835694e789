#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# tokenize.sh - megabytes a second of the Korean analyser on one core, without and with its cache of eojeols:
# TSV of text, mode, speed, nouns. Texts: the arguments, or kaist-dev of the shared material.
set -eu
cd "$(dirname "$0")/.."
build=${BUILD:-build}
program=$build/bench/tokenize
mkdir -p "$build/bench"
# shellcheck disable=SC2046
${CC:-gcc} -std=c17 -O3 -march=native -D_GNU_SOURCE -Isrc -Iinclude -fopenmp -o "$program" bench/tokenize.c \
    "$build/libpatopic.a" $(pkg-config --libs libpcre2-8 libutf8proc inih jansson nettle) -lm
"$program" build dict "$build/bench/korean.dict" 2>/dev/null
[ $# -gt 0 ] || set -- "${SHARED:-../shared}/gold/kaist-dev.txt"
for text in "$@"; do
    [ -r "$text" ] || { echo "$text is not here: skipped" >&2; continue; }
    "$program" speed "$build/bench/korean.dict" "$text" | sed "s|^|$(basename "$text")\t|"
done
