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
evaluate() { # region, measures wanted, options
    local region=$1 wanted=$2
    shift 2
    printf '[study]\nname = real\nregion = %s\n%s' "$region" "${region:+industries = themes}" > "$scratch/study.ini"
    "$build/patopic" evaluate --store "$scratch/real.db" --study "$scratch/study.ini" --model "$scratch/model.bin" --quiet \
        --seeds "${SEEDS:-10}" "$@" | awk -F'\t' -v OFS='\t' -v s="${region:-whole store}" -v w="$wanted" '$1 == "" { exit } $1 ~ w { print s, $0 }'
}
printf '[study]\nname = real\n' > "$scratch/study.ini"
"$build/patopic" train --store "$scratch/real.db" --study "$scratch/study.ini" --model "$scratch/model.bin" --quiet
printf 'study\tmeasure\tvalue\n'
evaluate '' '^(patents$|coverage|coh|topic|held|stab|sec|peak)' --held-out
for region in 서울특별시 경기도 대전광역시; do
    evaluate "$region" '^stability_items' # the topics are those of the whole store
done
