#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# kill.sh [N] [PART/PARTS] - power fails, or the disk, at N points spread over all write points of
#     a whole run (reading, training, publishing),                 N kills, N / 5 times a full and a failing disk
#     an update that folds new patents in (reading, publishing),   half as many
#     an update that fits the model anew,                          half as many
# and memory at N / 5 points of a run and 4 N of reading; of all these the PARTth of PARTS shares. After each: what is published is whole, or absent before the first, the store is
# sound, and the next run ends with the very bytes of an undisturbed one. Needs ptrace; skips with a message where
# that is forbidden.
. "$(dirname "$0")/cli/lib.sh.inc"
points=${1:-500} part=${2:-1/1}
export OMP_WAIT_POLICY=passive # threads that wait cost nothing: the runs are short and many
# With the sanitizers: leaks cannot be looked for in a traced process, and no_memory.so comes before their library.
export ASAN_OPTIONS=detect_leaks=0:verify_asan_link_order=0
is_mine() { [ $(($1 % ${part#*/} + 1)) -eq "${part%/*}" ]; }
faults=$scratch/faults
${CC:-gcc} -O2 -D_GNU_SOURCE -o "$faults" tests/faults.c || { echo "FAIL: faults.c does not compile"; exit 1; }
${CC:-gcc} -O2 -D_GNU_SOURCE -shared -fPIC -o "$scratch/no_memory.so" tests/no_memory.c -ldl ||
    { echo "FAIL: no_memory.c does not compile"; exit 1; }
cd "$scratch" || exit 1
"$patopic" synth --patents 120 --regional 80 --out xml --truth truth.tsv --quiet || exit 1
"$patopic" synth --patents 30 --regional 20 --seed 2 --out new --truth truth2.tsv --quiet || exit 1
sed -i 's/<applicationNumber>10-\(....\)-0/<applicationNumber>10-\1-9/g' new/*.xml
mkdir sources && cp xml/*.xml sources/ && gzip -nc xml/*.xml > sources/again.xml.gz
study() { # name, lines of [update]
    sed 's/^name.*/name = s/; /^\[update\]/,$d' "$root/corpus/gimhae.ini" |
        sed 's/^sweeps.*/sweeps = 2/' > "$1.ini"
    grep -q '^sweeps' "$1.ini" || sed -i 's/^\[model\]/&\nsweeps = 2/' "$1.ini"
    grep -q '^sweeps' "$1.ini" || printf '[model]\nsweeps = 2\n' >> "$1.ini"
    printf '[update]\nsources = sources\n%b' "$2" >> "$1.ini"
}
study run ''; study fold 'refit = never\n'; study fit 'refit_growth = 0.01\n'

same_report() { # folder folder: every file of a report but run.json
    local file
    for file in "$1"/*; do
        case $file in */run.json) continue ;; esac
        cmp -s "$file" "$2/${file##*/}" || { echo "${file##*/} of $2 differs"; return 1; }
    done
}

# What must hold after any fault: `current` is the report before, the new one or (without one before) absent, and
# one more run makes everything as it should be.
recovers() { # what
    if [ -e out/s/current ] || [ -n "$before" ]; then
        same_report reference/s/current out/s/current >/dev/null ||
            { [ -n "$before" ] && same_report "$before/s/current" out/s/current; } || fail "$1: a report that is not whole"
    fi
    "${run[@]}" --out out >/dev/null 2>err.txt || fail "$1: the next run failed: $(cat err.txt)"
    same_report reference/s/current out/s/current || fail "$1: the next run gave other bytes"
    cmp -s reference/s/model.bin out/s/model.bin || fail "$1: the next run gave another model"
    [ -z "$(find out/s -name '.run-*')" ] || fail "$1: half a run was left behind"
    "$patopic" doctor "${place[@]}" --out out > doctor.txt || fail "$1: $(cat doctor.txt)"
    grep -q "$patents patents of" doctor.txt || fail "$1: patents lost or doubled: $(grep store doctor.txt)"
}

begin() { rm -rf out; [ -z "$before" ] || cp -r "$before" out; }

disturb() { # name kills: every stage of "${run[@]}" from the state $before to $patents patents
    local total at i fault code kills=0 disks=0
    begin
    if ! FAULTS_COUNT=$scratch/n "$faults" count 0 "${run[@]}" --out out >/dev/null 2>&1 || [ ! -s n ]; then
        echo "skipped: processes may not be traced here, so none was killed"; exit 0
    fi
    total=$(cat n); rm -rf reference; mv out reference
    for ((i = 0; i < $2 && failures < 5; i++)); do
        is_mine $i || continue
        at=$((1 + i * total / $2)) kills=$((kills + 1))
        begin
        "$faults" kill $at "${run[@]}" --out out >/dev/null 2>&1
        code=$?
        [ $code -eq 137 ] || [ $code -eq 0 ] || fail "$1: kill at $at: exit $code"
        recovers "$1: kill at $at of $total"
    done
    for ((i = 0; i < $2 / 5 && failures < 5; i++)); do
        is_mine $i || continue
        at=$((1 + i * total / ($2 / 5))) disks=$((disks + 2))
        for fault in ENOSPC EIO; do
            begin
            "$faults" $fault $at "${run[@]}" --out out >/dev/null 2>err.txt
            code=$?
            case $code in
                0) ;; # at a point where nothing is lost, such as closing the store
                73 | 74) [ -s err.txt ] || fail "$1: $fault at $at: no message" ;;
                *) fail "$1: $fault at $at of $total: exit $code: $(cat err.txt)" ;;
            esac
            recovers "$1: $fault at $at of $total"
        done
    done
    echo "$1: $kills kills and $disks faults over $total write points, $failures failures"
}

# The n-th request for memory gets none: a message, exit 70, and the next run makes it good.
starve() { # name points
    local total at i code times=0
    begin
    PATOPIC_COUNT=$scratch/n LD_PRELOAD=$scratch/no_memory.so "${run[@]}" --out out >/dev/null 2>&1
    [ -s n ] || { echo "skipped: no library can be preloaded here, so memory never failed"; return; }
    total=$(cat n)
    for ((i = 0; i < $2 && failures < 5; i++)); do
        is_mine $i || continue
        at=$((1 + i * total / $2)) times=$((times + 1))
        begin
        PATOPIC_FAIL_AT=$at LD_PRELOAD=$scratch/no_memory.so "${run[@]}" --threads 1 --out out >/dev/null 2>err.txt
        code=$?
        case $code in
            0) ;; # a request that can do without, such as a cache
            70 | 74) grep -qi "memory" err.txt || fail "$1: no memory at $at: exit $code: $(cat err.txt)" ;;
            65 | 66 | 73 | 78) [ -s err.txt ] || fail "$1: no memory at $at: exit $code without a message" ;;
            *) fail "$1: no memory at $at of $total: exit $code: $(cat err.txt)" ;;
        esac
        recovers "$1: no memory at $at of $total"
    done
    echo "$1: memory failed at $times of $total requests, $failures failures"
}

# The same while sources are read: with memory to spare, a source that was not read whole is read again.
starve_reading() { # points
    local total at i code times=0 read=("$patopic" ingest xml --store read.db --threads 1)
    PATOPIC_COUNT=$scratch/n LD_PRELOAD=$scratch/no_memory.so "${read[@]}" --quiet && [ -s n ] || return
    total=$(cat n)
    for ((i = 0; i < $1; i++)); do
        is_mine $i || continue
        at=$((1 + i * total / $1)) times=$((times + 1))
        rm -f read.db*
        PATOPIC_FAIL_AT=$at LD_PRELOAD=$scratch/no_memory.so "${read[@]}" >read.txt 2>&1
        code=$?
        case $code in
            0) grep -q " 120 new patents.* 0 quarantined" read.txt || fail "reading: no memory at $at: $(cat read.txt)" ;;
            65 | 66 | 70 | 73 | 74 | 78) [ -s read.txt ] || fail "reading: no memory at $at: exit $code without a message" ;;
            *) fail "reading: no memory at $at of $total: exit $code: $(cat read.txt)" ;;
        esac
        "${read[@]}" --quiet || fail "reading: no memory at $at: the next time failed"
        "$patopic" doctor --study run.ini --store read.db | grep -q "120 patents of 1 sources.* 0 quarantined" ||
            fail "reading: no memory at $at: patents lost or doubled"
    done
    echo "reading: memory failed at $times of $total requests, $failures failures"
}

before='' patents=120 place=(--study run.ini)
run=("$patopic" run sources --study run.ini --quiet)
disturb run "$points"
starve run $((points / 5))
starve_reading $((points * 4))

before=''; place=(--study fold.ini); begin
"$patopic" update --study fold.ini --quiet --out out >/dev/null || fail "the update before"
mv out base
cp new/*.xml sources/new.xml
before=base patents=150
run=("$patopic" update --study fold.ini --quiet)
disturb "update, folded in" $((points / 2))
# Another study file is a reason for a new report: the state before has to be of this one.
rm -rf base sources/new.xml; before=''; place=(--study fit.ini); begin
"$patopic" update --study fit.ini --quiet --out out >/dev/null || fail "the update before"
mv out base
cp new/*.xml sources/new.xml
before=base run=("$patopic" update --study fit.ini --quiet)
disturb "update, fitted anew" $((points / 2))
finish
