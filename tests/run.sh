#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# run.sh - every test: formatting and layers, unit tests (cmocka), command-line tests. What a test prints is shown
# when it fails. The last line is `N passed, N failed`. `make test` calls it; BUILD names the build folder.
set -u
cd "$(dirname "$0")/.." || exit 1
export BUILD=${BUILD:-build} PATOPIC_SHARED=${PATOPIC_SHARED:-../shared}
passed=0 failed=0
log=$(mktemp) && trap 'rm -f "$log"' EXIT

report() { # name status
    if [ "$2" -eq 0 ]; then passed=$((passed + 1)); echo "ok    $1"
    else failed=$((failed + 1)); echo "FAIL  $1"; sed 's/^/      /' "$log" | tail -60; fi
}

tests/check_layers.sh >"$log" 2>&1; report "layers" $?
if command -v clang-format >/dev/null 2>&1; then
    make -s format-check >"$log" 2>&1; report "formatting" $?
fi
for script in tests/*_tables.sh; do
    [ -e "$script" ] || continue
    bash "$script" >"$log" 2>&1
    status=$?
    report "$(basename "$script" .sh)" $status
done

if ! make -s -j"$(nproc)" BUILD="$BUILD" CC="${CC:-gcc}" unit-programs >"$log" 2>&1; then report "unit tests build" 1; fi
for program in $(for c in tests/test_*.c; do echo "$BUILD/tests/$(basename "$c" .c)"; done); do
    name=$(basename "$program")
    "$program" >"$log" 2>&1
    status=$?
    good=$(grep -c '^\[       OK \]' "$log"); bad=$(grep '^\[  FAILED  \] [a-z_0-9]*$' "$log" | sort -u | wc -l)
    grep -h '^skipped:' "$log"
    skipped=$(grep -c '^\[  SKIPPED \] [a-z_0-9]*$' "$log")
    if [ $status -eq 0 ] && [ $((good + skipped)) -gt 0 ]; then
        passed=$((passed + good)); echo "ok    $name ($good)"
    else
        passed=$((passed + good)); failed=$((failed + (bad > 0 ? bad : 1)))
        echo "FAIL  $name (exit $status)"; sed 's/^/      /' "$log" | tail -60
    fi
done

# The fuzz targets on their seeds and on splices of them.
if ! make -s -j"$(nproc)" BUILD="$BUILD" CC="${CC:-gcc}" fuzz-programs >"$log" 2>&1; then report "fuzz targets build" 1; fi
for source in tests/fuzz/*_fuzz.c; do
    target=$(basename "$source" _fuzz.c)
    seeds=("tests/fuzz/seeds/$target")
    case $target in xml | csv) seeds+=(tests/bad tests/data/patent) ;; esac
    PATOPIC_LEXICON=$BUILD/korean.dict "$BUILD/fuzz/${target}_fuzz" "${seeds[@]}" >"$log" 2>&1
    report "fuzz $target" $?
done

for script in tests/cli/*.sh tests/web/*.sh; do
    bash "$script" >"$log" 2>&1
    status=$?
    grep -h '^skipped:' "$log"
    report "$(basename "$(dirname "$script")") $(basename "$script" .sh)" $status
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
