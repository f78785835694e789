#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# `make install` into a folder: what is installed runs from there, and systemd takes the units.
. "$(dirname "$0")/lib.sh.inc"
make -s install BUILD="$BUILD" PREFIX=/opt/patopic DESTDIR="$scratch/root" >"$scratch/log" 2>&1 || fail "make install: $(cat "$scratch/log")"
cd "$scratch" || exit 1
place=root/opt/patopic units=root/opt/patopic/lib/systemd/system
for file in bin/patopic lib/libpatopic.a include/patopic.h share/patopic/items.tsv share/patopic/korean.dict \
    share/patopic/slurm; do
    [ -e $place/$file ] || fail "$file is not installed"
done
wrong=$(find root -type f ! -perm 644 ! -perm 755 -printf '%m %p\n')
[ -z "$wrong" ] || fail "modes of what is installed: $wrong"
! grep -rn '@PREFIX@' $units || fail "a unit without its prefix"

# the program from where it lies, with the command that the timer and the README's line for cron run
mkdir -p etc xml && "$place/bin/patopic" synth --patents 60 --regional 40 --out xml --truth t.tsv --quiet || fail "synth"
printf '[study]\nname = small\n[model]\nsweeps = 2\n[update]\nsources = ../xml\n' > etc/small.ini
cron=$(sed -n 's/.*`0 3 \* \* \* \(patopic update [^`]*\)`.*/\1/p' "$root/README.md")
unit=$(sed -n 's/^ExecStart=//p' $units/patopic-update@.service)
[ "${unit#/opt/patopic/bin/}" = "${cron//NAME/%i}" ] || fail "cron runs '$cron', the timer '$unit'"
line=${cron//NAME/small}; line=${line//\/etc\/patopic/$scratch/etc}; line=${line//\/var\/lib\/patopic/$scratch/lib}
expect 0 '"level"' -- env PATH="$scratch/$place/bin:$PATH" sh -c "cd / && $line"
[ -e lib/small/current/report.html ] || fail "no report by the cron line"

if command -v systemd-analyze >/dev/null; then
    mkdir system && for unit in $units/patopic-update@.*; do
        sed "s|/opt/patopic/bin|$scratch/$place/bin|" "$unit" > "system/patopic-update@small.${unit##*.}"
    done
    output=$(systemd-analyze verify "$PWD"/system/* 2>&1) && [ -z "$output" ] || fail "systemd-analyze verify: $output"
    if systemd-analyze security --help | grep -q -- --offline; then
        output=$(systemd-analyze security --offline=true --threshold=10 "$PWD/system/patopic-update@small.service" 2>&1) ||
            fail "exposure over 1.0: $output" # the threshold is in tenths
    fi
else
    echo "skipped: no systemd-analyze here, so nothing judged the units"
fi
finish
