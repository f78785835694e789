#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# mapping.sh - agreement of the items with classification codes on the real patents of the shared material, codes
# hidden, by source and half; small stores (1,500 patents alone) and all together; the planted sample. TSV:
# store, variant, source, half, patents, top-1, top-3, macro top-1. `mapping.sh ablation` varies one thing at a time.
# Halves: by a hash of the applicant (mapping_data.py); parameters are kept that win on both.
set -eu
cd "$(dirname "$0")/.."
build=${BUILD:-build} shared=${SHARED:-../shared}
[ -d "$shared/data/neojune" ] || { echo "$shared/data is not here: skipped" >&2; exit 0; }
command -v python3 >/dev/null || { echo "python3 is not here: skipped" >&2; exit 0; }
scratch=$(mktemp -d) && trap 'rm -rf "$scratch"' EXIT
mkdir -p "$build/bench"
# shellcheck disable=SC2046
${CC:-gcc} -std=c17 -O2 -march=native -D_GNU_SOURCE -Isrc -Iinclude -fopenmp -o "$build/bench/mapping" bench/mapping.c \
    "$build/libpatopic.a" $(pkg-config --libs libxml-2.0 libpcre2-8 libutf8proc sqlite3 xlsxwriter jansson inih \
    libarchive zlib nettle) -lm
export PATOPIC_LEXICON=$build/korean.dict
python3 bench/mapping_data.py "$shared" "$scratch"
for set in all tune-1500 hold-1500 titles; do
    "$build/patopic" ingest "$scratch/$set" --store "$scratch/$set.db" --quiet
done
"$build/patopic" ingest corpus --store "$scratch/planted.db" --quiet

measure() { # variants
    "$build/bench/mapping" "$scratch/all.db" "$scratch/who.tsv" joint "$@"
    "$build/bench/mapping" "$scratch/tune-1500.db" "$scratch/who.tsv" alone-1500 "$@"
    "$build/bench/mapping" "$scratch/hold-1500.db" "$scratch/who.tsv" alone-1500 "$@"
    "$build/bench/mapping" "$scratch/titles.db" "$scratch/who.tsv" titles "$@"
    "$build/bench/mapping" "$scratch/planted.db" tests/truth/gimhae.tsv planted "$@"
}

printf 'store\tvariant\tsource\thalf\tpatents\ttop1\ttop3\tmacro\n'
[ "${1:-}" = ablation ] || { measure; exit; }
measure as-shipped T=4:T=4 T=12:T=12 T0=1:T0=1 T0=5:T0=5 mu=500:mu=500 mu=2000:mu=2000 s=0.1:s=0.1 s=2:s=2 s=5:s=5 \
    pa=0.25:pa=0.25 pa=0.75:pa=0.75 a=0:a=0 a=0.2:a=0.2 method=0:method=0 method=3:method=3 steps=1:steps=1 steps=3:steps=3
for terms in definition=0 definition=0.2 definition=0.7 part=0 part=0.1 part=0.4 name=0 name=0.3 name=0.7 maxpart=8 \
    maxpart=32 maxname=1 maxdefinition=8; do
    PATOPIC_TERMS=$terms measure
done
