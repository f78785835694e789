#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# sampler.sh - tokens a second of the Gibbs sampler, TSV on stdout: one row a sweep. BUILD names the build folder.
# SAMPLER_CORPUS: a UCI file, or DOCUMENTS:WORDS:MEAN_LENGTH of a synthetic corpus.
set -eu
cd "$(dirname "$0")/.."
build=${BUILD:-build}
corpus=${SAMPLER_CORPUS:-20000:30000:100}
make --no-print-directory -s "$build/bench/sampler" BUILD="$build" >&2
printf 'corpus\tkernel\tthreads\ttopics\tsub_sweeps\ttokens\tsweep\tmtokens_per_s\tmtokens_per_cpu_s\tlog_likelihood\n'
for threads in 1 2; do
    "$build/bench/sampler" "$corpus" 351 5 4 $threads
done
for kernel in plain avx2 avx512; do
    "$build/bench/sampler" "$corpus" 351 5 4 1 $kernel || true
done
