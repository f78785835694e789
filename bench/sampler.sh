#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# sampler.sh - tokens a second of the Gibbs sampler, TSV on stdout: medians of RUNS runs of SWEEPS sweeps each, the
# first one (from a random start) left out. BUILD names the build folder; PREFIX is put before each command.
# SAMPLER_CORPUS: a UCI file, or DOCUMENTS:WORDS:MEAN_LENGTH of a synthetic corpus.
set -eu
cd "$(dirname "$0")/.."
build=${BUILD:-build}
corpus=${SAMPLER_CORPUS:-20000:30000:100}
runs=${RUNS:-5}
sweeps=${SWEEPS:-11}
make --no-print-directory -s "$build/bench/sampler" BUILD="$build" >&2
printf 'kernel\tthreads\ttopics\tsub_sweeps\ttokens\truns\tmtokens_per_s\tmtokens_per_cpu_s\n'
medians() { # KERNEL THREADS TOPICS
    for run in $(seq "$runs"); do
        ${PREFIX:-} "$build/bench/sampler" "$corpus" "$3" "$sweeps" 16 "$2" $1 |
            awk -F'\t' '$7 > 1 { n++; wall += 1 / $8; cpu += 1 / $9; head = $2 "\t" $3 "\t" $4 "\t" $5 "\t" $6 }
                END { if (n) printf "%s\t%.2f\t%.2f\n", head, n / wall, n / cpu }'
    done | awk -F'\t' -v runs="$runs" '
        { head = $1 "\t" $2 "\t" $3 "\t" $4 "\t" $5; wall[NR] = $6; cpu[NR] = $7 }
        function middle(x, n,  i, j, t) {
            for (i = 1; i <= n; i++) for (j = i + 1; j <= n; j++) if (x[j] < x[i]) { t = x[i]; x[i] = x[j]; x[j] = t }
            return x[int((n + 1) / 2)]
        }
        END { if (NR) print head "\t" NR "\t" middle(wall, NR) "\t" middle(cpu, NR) }'
}
for topics in ${TOPICS:-320 351}; do
    for threads in ${THREADS:-1 2}; do
        medians "" $threads "$topics"
    done
done
[ "${KERNELS:-all}" = all ] || exit 0
for kernel in plain avx2 avx512; do
    medians $kernel 1 351
done
