#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# run.sh MINUTES [TARGET] - fuzzes each target with libFuzzer and the sanitizers for so many minutes of processor time,
# from its seeds; what it finds lands in build-fuzz/found/. Prints one line a target: processor seconds, executions, what
# was covered, findings. `make fuzz`. FUZZ_TIMEOUT: seconds of wall time that one input may take, where the fuzzer is paused
# or starved (25).
cd "$(dirname "$0")/../.." || exit 1
export PATOPIC_LEXICON=${PATOPIC_LEXICON:-$PWD/${BUILD:-build}/korean.dict} OMP_NUM_THREADS=1
minutes=${1:?usage: run.sh MINUTES [TARGET]}
found=build-fuzz/found; mkdir -p $found
printf 'target\tprocessor_s\texecutions\tedges\tfindings\n'
ticks=$(getconf CLK_TCK)
processor_s() { awk -v ticks="$ticks" '{sub(/.*\) /, ""); print int(($12 + $13) / ticks)}' "/proc/$1/stat" 2>/dev/null; }
for program in build-fuzz/fuzz/*"${2:-}"_fuzz; do
    target=$(basename "$program" _fuzz)
    corpus=build-fuzz/corpus/$target; mkdir -p "$corpus"
    seeds=("tests/fuzz/seeds/$target")
    [ "$target" != xml ] && [ "$target" != csv ] || seeds+=(tests/bad tests/data/patent)
    log=build-fuzz/$target.log
    "$program" "$corpus" "${seeds[@]}" -max_len=16384 -timeout=${FUZZ_TIMEOUT:-25} -rss_limit_mb=3072 \
        -artifact_prefix="$found/$target-" -print_final_stats=1 >"$log" 2>&1 &
    fuzzer=$! seconds=0
    while now=$(processor_s $fuzzer) && [ -n "$now" ]; do
        seconds=$now
        [ "$seconds" -lt $((minutes * 60)) ] || kill -USR1 $fuzzer # its way to be asked to end
        sleep 1
    done
    wait $fuzzer
    status=$?
    edges=$(grep -o 'cov: [0-9]*' "$log" | tail -1); runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    printf '%s\t%s\t%s\t%s\t%s\n' "$target" "$seconds" "${runs:--}" "${edges#cov: }" \
        "$([ $status -eq 0 ] && echo 0 || echo "1, see $log")"
done
