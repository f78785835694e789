#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# time_to_quality.sh [PEERS_TSV] - processor seconds of each sampler until a common held-out perplexity, by linear
# interpolation between the measured sweeps; the perplexity is the lowest one that all samplers of a corpus have
# reached. TSV on stdout. Rows of PEERS_TSV: see bench/README.md.
set -eu
cd "$(dirname "$0")"
awk -F'\t' -v OFS='\t' '
/^#/ || $1 == "corpus" { next }
{
    group = $1 OFS $2 OFS $4; row = group OFS $3; groups[group]; samplers[row]
    n[row]++; seconds[row, n[row]] = $7; perplexity[row, n[row]] = $8; sweep[row, n[row]] = $5; mb[row] = $10
    if (!(row in best) || $8 < best[row]) best[row] = $8
}
END {
    print "corpus", "topics", "threads", "sampler", "perplexity", "sweeps", "processor_seconds_a_thread", "ratio_to_patopic", "peak_mb"
    for (row in best) { g = row; sub(OFS "[^" OFS "]*$", "", g); if (best[row] > target[g]) target[g] = best[row] }
    for (row in samplers) {
        g = row; sub(OFS "[^" OFS "]*$", "", g); goal = target[g]
        for (i = 2; i <= n[row]; i++)
            if (perplexity[row, i] <= goal && perplexity[row, i - 1] > goal) {
                f = (perplexity[row, i - 1] - goal) / (perplexity[row, i - 1] - perplexity[row, i])
                time[row] = seconds[row, i - 1] + f * (seconds[row, i] - seconds[row, i - 1])
                at[row] = sweep[row, i - 1] + f * (sweep[row, i] - sweep[row, i - 1])
                break
            }
        name = row; sub(".*" OFS, "", name)
        if (name ~ /^patopic/ && (!(g in ours) || time[row] < ours[g])) ours[g] = time[row]
    }
    for (row in samplers) {
        g = row; sub(OFS "[^" OFS "]*$", "", g)
        printf "%s\t%.1f\t%.0f\t%.2f\t%.2f\t%s\n", row, target[g], at[row], time[row], (g in ours && ours[g] > 0) ? time[row] / ours[g] : 0, mb[row] | "sort"
    }
}' "${1:-results/peers.tsv}"
