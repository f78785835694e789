#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# kill.sh [N] - power fails, or the disk, at N points spread over all write points of a whole run (reading, training,
# publishing). After each: what is published is whole or absent, the store is sound, and the next run ends with the
# very bytes of an undisturbed one. Needs ptrace; skips with a message where that is forbidden.
. "$(dirname "$0")/cli/lib.sh.inc"
points=${1:-500}
faults=$scratch/faults
${CC:-gcc} -O2 -D_GNU_SOURCE -o "$faults" tests/faults.c || { echo "FAIL: faults.c does not compile"; exit 1; }
cd "$scratch" || exit 1
"$patopic" synth --patents 120 --regional 80 --out xml --truth truth.tsv --quiet || exit 1
mkdir sources && cp xml/*.xml sources/ && gzip -nc xml/*.xml > sources/again.xml.gz
run=("$patopic" run sources --study "$root/corpus/gimhae.ini" --sweeps 2 --quiet)

"${run[@]}" --out reference >/dev/null || exit 1
if ! FAULTS_COUNT=$scratch/n "$faults" count 0 "${run[@]}" --out counted >/dev/null 2>&1 || [ ! -s n ]; then
    echo "skipped: processes may not be traced here, so none was killed"; exit 0
fi
total=$(cat n)

same_as_reference() { # folder
    local file
    for file in reference/gimhae/current/* reference/gimhae/model.bin; do
        case $file in */run.json) continue ;; esac
        cmp -s "$file" "$1/${file#reference/}" || { echo "$1: ${file##*/} differs"; return 1; }
    done
}

# What must hold after any fault: `current` is whole or absent, and one more run makes everything as it should be.
recovers() { # folder what
    if [ -e "$1/gimhae/current" ]; then same_as_reference "$1" || fail "$2: a report that is not whole"; fi
    "${run[@]}" --out "$1" >/dev/null 2>err.txt || fail "$2: the next run failed: $(cat err.txt)"
    same_as_reference "$1" || fail "$2: the next run gave other bytes"
    [ -z "$(find "$1/gimhae" -name '.run-*')" ] || fail "$2: half a run was left behind"
    "$patopic" doctor --study "$root/corpus/gimhae.ini" --out "$1" > doctor.txt || fail "$2: $(cat doctor.txt)"
    grep -q '120 patents of' doctor.txt || fail "$2: patents lost or doubled: $(grep store doctor.txt)"
}

for ((i = 0; i < points && failures < 5; i++)); do
    at=$((1 + i * total / points))
    rm -rf out
    "$faults" kill $at "${run[@]}" --out out >/dev/null 2>&1
    code=$?
    [ $code -eq 137 ] || [ $code -eq 0 ] || fail "kill at $at: exit $code"
    recovers out "kill at $at of $total"
done
for ((i = 0; i < points / 5 && failures < 5; i++)); do
    at=$((1 + i * total / (points / 5)))
    for fault in ENOSPC EIO; do
        rm -rf out
        "$faults" $fault $at "${run[@]}" --out out >/dev/null 2>err.txt
        code=$?
        case $code in
            0) ;; # at a point where nothing is lost, such as closing the store
            73 | 74) [ -s err.txt ] || fail "$fault at $at: no message" ;;
            *) fail "$fault at $at of $total: exit $code: $(cat err.txt)" ;;
        esac
        recovers out "$fault at $at of $total"
    done
done
echo "$points kills and $((points / 5 * 2)) faults over $total write points, $failures failures"
finish
