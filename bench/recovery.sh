#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# recovery.sh - what comes back of planted corpora: items (of 26) and technologies under a name with all content
# nouns of the planted one (of 40), and the mean F1 of content nouns between each planted name and that of its cluster.
# 20,000 patents, 1,500 of them of the region; seeds 1 .. 10; as they are, with 10 % of the labels wrong and half of the
# seed words withheld, and with a word of the name lost or wrong in 80 % of the planted titles. TSV on stdout; bench/results/recovery.tsv keeps one.
# The column `text` tells the sentences: those of dict/synth, or the same plants told by somebody else (paraphrase.py).
# RECOVERY_SEEDS: how many seeds. BUILD names the build folder.
set -eu
cd "$(dirname "$0")/.."
build=${BUILD:-build}
make --no-print-directory -s "$build/bench/recovery" BUILD="$build" >&2
scratch=$(mktemp -d) && trap 'rm -rf "$scratch"' EXIT
python3 bench/paraphrase.py dict "$scratch/other"
printf 'text\tseed\tlabel_noise\twithheld\ttitle_damage\titems\titems_planted\ttechnologies\ttechnologies_planted\tname_f1\n'
for text in dict "$scratch/other"; do
    for harm in '0 0 0' '0.1 0.5 0' '0 0 0.8'; do
        for seed in $(seq 1 "${RECOVERY_SEEDS:-10}"); do
            printf '%s\t' "$([ "$text" = dict ] && echo own || echo paraphrased)"
            # shellcheck disable=SC2086
            "$build/bench/recovery" "$build" "$scratch/$seed" "$seed" 20000 1500 $harm "$text"
            rm -rf "${scratch:?}/$seed"
        done
    done
done
