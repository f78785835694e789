#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# evidence.sh - seconds of the mixture stage on planted corpora of 10,000 and 100,000 patents (EVIDENCE_SIZES: others too, 1,000,000 takes some
# minutes and 6 GB) and on the real patents of the shared material, one and two threads. TSV: corpus, then the columns of evidence.c.
set -eu
cd "$(dirname "$0")/.."
build=${BUILD:-build} shared=${SHARED:-../shared}
make --no-print-directory -s "$build/patopic" "$build/bench/evidence" BUILD="$build" >&2
scratch=$(mktemp -d) && trap 'rm -rf "$scratch"' EXIT
export PATOPIC_LEXICON=$build/korean.dict
measure() { # name folder
    "$build/patopic" ingest "$2" --store "$scratch/$1.db" --quiet
    "$build/bench/evidence" "$scratch/$1.db" 5 1 2 | sed "s/^/$1\t/"
}
printf 'corpus\tpatents\twords\ttokens\tthreads\truns\twall_s\tprocessor_s\n'
for n in ${EVIDENCE_SIZES:-10000 100000}; do
    "$build/patopic" synth --patents "$n" --regional $((n * 6 / 100)) --out "$scratch/synth" --truth "$scratch/truth.tsv" --quiet
    measure planted "$scratch/synth"
    rm -rf "$scratch"/*
done
if [ -d "$shared/data/neojune" ] && command -v python3 >/dev/null; then
    python3 bench/mapping_data.py "$shared" "$scratch"
    measure real "$scratch/all"
fi
