#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# evaluate.sh - `patopic evaluate` over 10 seeds on the real patents of the shared material (6,007 with an abstract, 3,271 of them with
# addresses): the whole store, and regions of it against the rest. TSV: study, measure, value. The agreement is left out: the shipped words were
# taught by these very patents (bench/mapping.sh judges without them). SEEDS: how many.
set -eu
cd "$(dirname "$0")/.."
build=${BUILD:-build} shared=${SHARED:-../shared}
[ -d "$shared/data/neojune" ] || { echo "$shared/data is not here: skipped" >&2; exit 0; }
command -v python3 >/dev/null || { echo "python3 is not here: skipped" >&2; exit 0; }
scratch=$(mktemp -d) && trap 'rm -rf "$scratch"' EXIT
make --no-print-directory -s "$build/patopic" BUILD="$build" >&2
export PATOPIC_LEXICON=$build/korean.dict
python3 bench/mapping_data.py "$shared" "$scratch"
mkdir "$scratch/detail"
python3 bench/kipris_xml.py "$scratch/detail" "$shared"/data/77eileen-patent-rag/patents_part*.jsonl
"$build/patopic" ingest "$scratch/detail" "$scratch/all" --store "$scratch/real.db" --quiet
printf 'study\tmeasure\tvalue\n'
for region in '' 서울특별시 경기도 대전광역시; do
    printf '[study]\nname = real\nregion = %s\n%s' "$region" "${region:+industries = themes}" > "$scratch/study.ini"
    "$build/patopic" train --store "$scratch/real.db" --study "$scratch/study.ini" --model "$scratch/model.bin" --quiet
    "$build/patopic" evaluate --store "$scratch/real.db" --study "$scratch/study.ini" --model "$scratch/model.bin" --held-out \
        --seeds "${SEEDS:-10}" --quiet |
        awk -F'\t' -v OFS='\t' -v s="${region:-whole store}" '$1 == "" { exit } $1 ~ /^(pat.*s|cov|coh|top|held|stab|sec|peak)/ && !/code/ { print s, $0 }'
done
