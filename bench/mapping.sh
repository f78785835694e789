#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# mapping.sh - agreement of the items with classification codes on the real patents of the shared material, codes
# hidden, by source and half; small stores (1,500 patents alone) and all together; the planted sample. TSV:
# store, variant, source, half, patents, share that gets an item, top-1, top-3, macro top-1, the last three by a
# strict judge too (mapping.c). `mapping.sh ablation` varies one thing at a time, from the reference method on;
# `mapping.sh background` measures the taught words on ten more stores of 1,500; `mapping.sh agreement` prints dict/agreement.tsv.
# Halves: by a hash of the applicant (mapping_data.py); parameters are kept that win on both. The words taught by coded
# patents (dict/taught_words.tsv) come from these very patents: here each is judged by a table that the OTHER sources
# taught (row as-shipped) or the other half of the applicants (row other-half).
set -eu
cd "$(dirname "$0")/.."
build=${BUILD:-build} shared=${SHARED:-../shared}
[ -d "$shared/data/neojune" ] || { echo "$shared/data is not here: skipped" >&2; exit 0; }
command -v python3 >/dev/null || { echo "python3 is not here: skipped" >&2; exit 0; }
scratch=$(mktemp -d) && trap 'rm -rf "$scratch"' EXIT
make --no-print-directory -s "$build/bench/mapping" BUILD="$build" >&2
export PATOPIC_LEXICON=$build/korean.dict
python3 bench/mapping_data.py "$shared" "$scratch"
python3 bench/mapping_planted.py "$shared" "$scratch"
for set in all tune-1500 hold-1500 titles other; do
    "$build/patopic" ingest "$scratch/$set" --store "$scratch/$set.db" --quiet
done
"$build/patopic" ingest "$scratch/all" "$scratch/titles" --store "$scratch/teach.db" --quiet
taught_by_others() { # column of who.tsv, its values -> LIST=TABLE,…
    local column=$1 value
    shift
    for value in "$@"; do
        awk -F'\t' -v c="$column" -v v="$value" '$c == v { print $1 }' "$scratch/who.tsv" > "$scratch/$value.txt"
        "$build/patopic" items teach --store "$scratch/teach.db" "$scratch/$value.txt" > "$scratch/not-$value.tsv"
        printf '%s=%s,' "$scratch/$value.txt" "$scratch/not-$value.tsv"
    done
}
by_source=$(taught_by_others 2 neojune 77eileen kjihee titles)
by_half=$(taught_by_others 3 tune hold)
"$build/patopic" ingest corpus --store "$scratch/planted.db" --quiet

other_half() {
    for set in all tune-1500 hold-1500; do
        PATOPIC_TAUGHT=$by_half "$build/bench/mapping" "$scratch/$set.db" "$scratch/who.tsv" "$set" other-half
    done
}
measure() { # variants
    export PATOPIC_TAUGHT=$by_source
    "$build/bench/mapping" "$scratch/all.db" "$scratch/who.tsv" joint "$@"
    "$build/bench/mapping" "$scratch/tune-1500.db" "$scratch/who.tsv" alone-1500 "$@"
    "$build/bench/mapping" "$scratch/hold-1500.db" "$scratch/who.tsv" alone-1500 "$@"
    "$build/bench/mapping" "$scratch/titles.db" "$scratch/who.tsv" titles "$@"
    unset PATOPIC_TAUGHT
    "$build/bench/mapping" "$scratch/planted.db" tests/truth/gimhae.tsv planted "$@"
    "$build/bench/mapping" "$scratch/other.db" "$scratch/other.tsv" planted-other "$@"
}

# The reference method of the notes beside the shared taxonomy ("e."): its items, weights and two sets of parameters.
reference() {
    awk -F'\t' -v OFS='\t' '/^#/ { next } $1 == "item_id" { print "item_id", "item", "kind", "definition", "seeds"; next }
        { print $1, $2, $3, $4, $5 }' "$shared/taxonomy/enriched_items.tsv" > "$scratch/reference.tsv"
    export PATOPIC_ITEMS=$scratch/reference.tsv PATOPIC_TERMS=name=.7,part=.4,definition=0,maxname=400,maxpart=400
    PATOPIC_NAME=reference-joint measure x:T0=4,T=8,mu=500,s=1,pa=.25,taught=0,written=0
    PATOPIC_NAME=reference-alone measure x:T0=2,T=8,mu=2000,s=5,pa=.5,taught=0,written=0
    unset PATOPIC_ITEMS PATOPIC_TERMS
}

# Ten stores of 1,500: four draws of each half, two of the mixed fields alone. With what others taught, and without.
background() {
    local folder name
    printf 'store\tvariant\tsource\thalf\tpatents\tkept\ttop1\ttop3\tmacro\tstrict_top1\tstrict_top3\tstrict_macro\n'
    for folder in "$scratch"/small/*; do
        name=$(basename "$folder")
        "$build/patopic" ingest "$folder" --store "$scratch/$name.db" --quiet
        PATOPIC_TAUGHT=$by_source "$build/bench/mapping" "$scratch/$name.db" "$scratch/who.tsv" "$name" other-sources \
            written-alone:taught=0 seeds-alone:taught=0,written=0
        PATOPIC_TAUGHT=$by_half "$build/bench/mapping" "$scratch/$name.db" "$scratch/who.tsv" "$name" other-half
    done
}

# From each sureness on: what share of the patents of mixed fields that get an item is as sure, and how often these agree
# with their code in the half where they do it less; never less than the rows after it, while 50 patents of a half are left.
agreement() {
    PATOPIC_RELIABILITY=$scratch/classes PATOPIC_TAUGHT=$by_source "$build/bench/mapping" "$scratch/all.db" "$scratch/who.tsv" joint > /dev/null
    sed -n '/^#/p' dict/agreement.tsv
    awk -F'\t' '
        $2 == "neojune" && $4 == "wide" && $5 == "sureness" { n[$3, int($6 * 20 + .5)] += $7; right[$3, int($6 * 20 + .5)] += $7 * $8; all += $7 }
        END {
            for (band = 30; band >= 0; band--) {
                split("tune hold", half, " ")
                kept = 0; least = 1; fewest = 1e9
                for (h = 1; h <= 2; h++) {
                    N[h] += n[half[h], band]; R[h] += right[half[h], band]; kept += N[h]
                    if (N[h] < fewest) fewest = N[h]
                    if (N[h] && R[h] / N[h] < least) least = R[h] / N[h]
                }
                if (fewest < 50) continue
                if (highest == "") highest = 1
                if (least < highest) highest = least
                line[band] = sprintf("%.2f\t%.3f\t%.3f", band / 20, kept / all, highest)
                if (last == "") last = band
            }
            print "sureness\tkept\tagreement"
            for (band = 0; band <= last; band++) print line[band]
        }' "$scratch/classes"
}
case ${1:-} in
background) background; exit ;;
agreement) agreement; exit ;;
esac

printf 'store\tvariant\tsource\thalf\tpatents\tkept\ttop1\ttop3\tmacro\tstrict_top1\tstrict_top3\tstrict_macro\n'
[ "${1:-}" = ablation ] || { measure; other_half; exit; }
reference
measure as-shipped taught=0:taught=0 written=0:written=0 seeds-alone:taught=0,written=0 taught=1:taught=1 taught=4:taught=4 \
    written=5:written=5 written=20:written=20 learned-codes:codes=.8 table-codes:table=.05 T=4:T=4 T=12:T=12 T0=1:T0=1 T0=5:T0=5 mu=500:mu=500 \
    mu=2000:mu=2000 s=0.1:s=0.1 s=2:s=2 s=5:s=5 pa=0.25:pa=0.25 pa=0.75:pa=0.75 a=0:a=0 a=0.2:a=0.2 method=0:method=0 method=3:method=3 steps=1:steps=1 steps=3:steps=3
for terms in definition=0 definition=0.2 definition=0.7 part=0 part=0.1 part=0.4 name=0 name=0.3 name=0.7 maxpart=8 \
    maxpart=32 maxname=1 maxdefinition=8; do
    PATOPIC_TERMS=$terms measure
done
