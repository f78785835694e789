#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Bad input gets a clear message and the right exit code, and what was there stays.
. "$(dirname "$0")/lib.sh.inc"
cd "$scratch" || exit 1

patent() { # number title
    printf '<PatentUtilityInfo><Applicant>갑</Applicant><ApplicationDate>20200102</ApplicationDate>'
    printf '<ApplicationNumber>%s</ApplicationNumber><Abstract>본 발명은 %s에 관한 것이다.</Abstract>' "$1" "$2"
    printf '<InventionName>%s</InventionName></PatentUtilityInfo>' "$2"
}
answer() { printf '<response><body><items>%s</items></body></response>' "$*"; }

# an empty folder, a path that is not there
mkdir empty
expect 66 "empty" -- "$patopic" run empty --out out
expect 66 "nowhere" -- "$patopic" ingest nowhere --store a.db

# a file that is no XML: put aside, nothing to analyse
mkdir text && echo "plain words" > text/a.xml
expect 2 -- "$patopic" ingest text --store text.db
expect 66 "holds no patent" -- "$patopic" run text --out out-text

# a folder without permission (root may read everything, so another user asks)
mkdir closed && answer "$(patent 1020200000001 용접로봇)" > closed/a.xml && chmod 000 closed
if [ "$(id -u)" -ne 0 ]; then
    expect 66 "closed" "ermission" -- "$patopic" ingest closed --store b.db
elif command -v setpriv >/dev/null; then
    chmod 755 "$scratch"; mkdir -m 777 open
    cp "$patopic" "$root/$BUILD/korean.dict" open/ && chmod a+rx open/patopic open/korean.dict
    expect 66 "closed" "ermission" -- setpriv --reuid=65534 --regid=65534 --clear-groups \
        open/patopic ingest closed --store open/b.db --dict "$scratch" --lexicon open/korean.dict
fi
chmod 755 closed

# a store that cannot be made, a store that is none
expect 73 "/proc/none" -- "$patopic" ingest closed --store /proc/none/a.db
echo "this is not a database, only some text that is long enough to be read as a header of one......" > no.db
expect 65 "no.db" -- "$patopic" ingest closed --store no.db

# a full disk, once as a limit on file sizes and, where this may be done, as a real full file system
mkdir many
for f in 1 2 3 4; do
    answer "$(for i in $(seq 100 400); do patent "10202${f}0000$i" "용접 로봇 $i 의 토치 $f 장치"; done)" > many/$f.xml
done
(trap '' XFSZ; ulimit -f 300; exec "$patopic" ingest many --store limit.db) >limit.txt 2>&1
code=$?
[ $code -eq 74 ] || fail "full disk (limit): exit $code: $(cat limit.txt)"
grep -q limit.db limit.txt || fail "full disk (limit): $(cat limit.txt)"
mkdir tiny
if [ "$(id -u)" -eq 0 ] && mount -t tmpfs -o size=300k tmpfs tiny 2>/dev/null; then
    expect 74 "disk is full" -- "$patopic" ingest many --store tiny/full.db
    mount -o remount,size=64m tiny
    expect 0 -- "$patopic" ingest many --store tiny/full.db
    # a folder that cannot be written: the message names what could not be made, what is there stays
    cp tiny/full.db full.db && mkdir tiny/out && mount -o remount,ro tiny
    printf '[study]\nname = s\n[update]\nsources = many\n' > s.ini
    expect 73 "tiny/out" "Read-only file system" -- "$patopic" update --study s.ini --out tiny/out
    expect 73 "tiny/full.db" "Read-only file system" -- "$patopic" ingest "$root/tests/data/patent" --store tiny/full.db
    expect 73 "tiny/out" "Read-only file system" -- "$patopic" run many --study s.ini --store full.db --out tiny/out
    cmp -s full.db tiny/full.db || fail "the store in a read-only folder has changed"
    umount tiny
else
    echo "skipped: no file system may be mounted here, so none was filled"
fi

# after the failure the same store takes everything
output=$("$patopic" ingest many --store limit.db 2>&1) || fail "second ingest: $output"
[[ $output =~ \(([0-9]+)\ unchanged\),\ ([0-9]+)\ new ]] || fail "second ingest: $output"
[ $((BASH_REMATCH[1] * 301 + BASH_REMATCH[2])) -eq 1204 ] || fail "patents lost or doubled: $output"
expect 0 "4 unchanged" "0 new" -- "$patopic" ingest many --store limit.db

# the study file
study() { printf '%b' "$1" > study.ini; }
study '[study]\nname = a\ncolour = red\n'
expect 78 "study.ini:3" "colour" "region" -- "$patopic" run many --study study.ini --out out
study '[colours]\nred = 1\n'
expect 78 "study.ini:2" "colours" -- "$patopic" run many --study study.ini --out out
study '[study]\nitems = -3\n'
expect 78 "study.ini:2" "items" -- "$patopic" run many --study study.ini --out out
study '[study]\nregion = 경상남도 김헤시\n'
expect 78 "study.ini" "김헤시" "김해시" -- "$patopic" run many --study study.ini --out out
study '[study]\nno equals sign here\n'
expect 78 "study.ini:2" -- "$patopic" run many --study study.ini --out out
expect 66 "none.ini" -- "$patopic" run many --study none.ini --out out

# the items file
sed 's/^IG002\t/IG001\t/' "$root/dict/items.tsv" > items.tsv
expect 78 "items.tsv:" "IG001" -- "$patopic" run many --items items.tsv --out out
grep -v '^# ' "$root/dict/items.tsv" | cut -f1-3 > items.tsv
expect 78 "items.tsv" "column" -- "$patopic" run many --items items.tsv --out out

# the dictionary and the model
echo "not a dictionary" > broken.dict
expect 78 "broken.dict" -- "$patopic" tokenize --lexicon broken.dict
mkdir -p bad && echo "not a model" > bad/model.bin
expect 65 "model.bin" -- "$patopic" select --store limit.db --model bad/model.bin --out out

# another run holds the lock
mkdir -p out/study && exec 9>out/study/.lock && flock -n 9
expect 75 "another run" -- "$patopic" run many --out out
exec 9>&-
# asked to stop in the middle: what was read is kept, nothing half is published, and the next run goes on
for signal in INT TERM; do
    "$patopic" run "$root/corpus" --study "$root/corpus/gimhae.ini" --sweeps 100000 --out "stop$signal" 2> stop.txt &
    process=$!
    while [ ! -s "stop$signal/gimhae/patents.db" ] && kill -0 $process 2>/dev/null; do sleep 0.05; done
    kill -$signal $process
    wait $process; code=$?
    [ $code -eq 75 ] && grep -q "stopped on request" stop.txt || fail "SIG$signal: exit $code: $(cat stop.txt)"
    [ ! -e "stop$signal/gimhae/current" ] || fail "SIG$signal: something was published"
    expect 0 "report.html" -- "$patopic" run "$root/corpus" --study "$root/corpus/gimhae.ini" --sweeps 3 --out "stop$signal"
done
# the second signal stops at once, also a process that waits for something
catches() { # process signal 0|1: once it is the program and no shell any more
    local mask
    [ "$(readlink /proc/$1/exe)" = "$(readlink -f "$patopic")" ] || return 1
    mask=$(sed -n 's/^SigCgt:[[:space:]]*//p' /proc/$1/status)
    [ $((0x${mask:-0} >> ($2 - 1) & 1)) -eq $3 ]
}
mkfifo silent && exec 8<>silent
for number in 2 15; do
    "$patopic" tokenize < silent > /dev/null 2>&1 8>&- &
    process=$!
    until catches $process $number 1; do kill -0 $process 2>/dev/null || break; sleep 0.02; done
    kill -$number $process
    until catches $process $number 0; do kill -0 $process 2>/dev/null || break; sleep 0.02; done
    kill -0 $process 2>/dev/null || fail "signal $number ended the program at once"
    kill -$number $process; wait $process; code=$?
    [ $code -eq $((128 + number)) ] || fail "the second signal $number: exit $code"
done
exec 8>&-
finish
