#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What leaves the program: files 0640 and folders 0750 less the umask, nothing outside --out, no shell, and no text of a
# patent in the log.
. "$(dirname "$0")/lib.sh.inc"
cd "$scratch" || exit 1
secret='극비열쇠문장'
mkdir -p in
"$patopic" synth --patents 150 --regional 100 --out in --truth t.tsv --quiet || fail "synth"
record() { # number title abstract
    printf '<PatentUtilityInfo><Applicant>%s공업</Applicant><ApplicationDate>20200231</ApplicationDate>' "$secret"
    printf '<ApplicationNumber>%s</ApplicationNumber><Abstract>%s</Abstract>' "$1" "$3"
    printf '<InventionName>%s</InventionName></PatentUtilityInfo>\n' "$2"
}
# read, put aside for every kind of reason that has a text near it, and a file that ends in the middle
{ printf '<response><body><items>'
  for n in 1 2 3 4 5 6; do record 102020910000$n "용접 로봇 $secret" "용접 로봇의 토치 $secret 장치 &$secret; <$secret 이다."; done
  record "$secret" "용접 $secret" "로봇 $secret"; record 1020209200001 "" ""
  printf '<PatentUtilityInfo><Abstract>%s<b>%s</i></PatentUtilityInfo>' "$secret" "$secret"; } > in/secret.xml
printf '출원번호,발명의명칭\n10-2020-9300001,"%s\n%s,로봇\n1.02E+12,%s\n' "$secret" "$secret" "$secret" > in/secret.csv
echo "$secret 은 글일 뿐이다" > in/secret.txt.xml
study() { printf '[study]\nname = s\n[model]\nsweeps = 3\ncollocations = 10\n[update]\nsources = in\nrefit = never\n' > s.ini; }
study

for mask in 000 022 027 077; do
    rm -rf out && (umask $mask; "$patopic" update --study s.ini > log.$mask 2>&1
        "$patopic" export --format uci --study s.ini >> log.$mask 2>&1
        cp in/synth-00001.xml in/again.xml; sed -i 's/<applicationNumber>10-\(....\)-0/<applicationNumber>10-\1-9/g' in/again.xml
        "$patopic" update --study s.ini --log-json >> log.$mask 2>&1
        "$patopic" quarantine retry --study s.ini >> log.$mask 2>&1
        "$patopic" doctor --study s.ini >> log.$mask 2>&1
        "$patopic" infer in --study s.ini 2>> log.$mask >/dev/null
        rm in/again.xml)
    files=$(printf %o $((0640 & ~0$mask))) folders=$(printf %o $((0750 & ~0$mask)))
    [ -e out/s/current/report.xlsx ] && [ -s out/s/patents.db ] && [ -e out/s/model.bin ] || fail "umask $mask: $(cat log.$mask)"
    wrong=$(find out -type f ! -perm "$files" -printf '%m %p\n'; find out -mindepth 1 -type d ! -perm "$folders" -printf '%m %p\n')
    [ -z "$wrong" ] || fail "umask $mask: expected $files and $folders: $wrong"
    grep -q "put aside\|quarantined" log.$mask && grep -q '"stage"\|"message"' log.$mask || fail "nothing in the log: $(cat log.$mask)"
    ! grep -n "$secret" log.$mask || fail "a patent's text is in the log"
done
# the text is where it belongs: in the quarantine of the store, for its owner
"$patopic" quarantine list --study s.ini | cut -f1 | tail -n +2 | while read -r id; do
    "$patopic" quarantine show "$id" --study s.ini
done | grep -q "$secret" || fail "the quarantine does not show what was put aside"

# folders that all users share are closed: the program needs none of them
if unshare -m true 2>/dev/null; then
    # the checkout itself may be under /tmp
    mkdir -p house/build && cp "$patopic" "$root/$BUILD/korean.dict" house/build/ && cp -r "$root/dict" house/ || fail "no copy of the program"
    [ -z "$(TMPDIR=/nowhere unshare -m bash -c '
        mount --bind "$1" /mnt && cd /mnt && for place in /tmp /var/tmp /dev/shm; do mount -t tmpfs -o ro,size=4k none $place; done
        cd /mnt && rm -rf out && touch /tmp/x 2>/dev/null && echo "/tmp can be written"
        house/build/patopic update --study s.ini --quiet --log-json 2>&1 | grep -v warn' - "$scratch" 2>&1 |
        grep -v report.html)" ] && [ -e out/s/current/report.xlsx ] || fail "an update that has no /tmp"
else
    echo "skipped: no file system may be mounted here, so /tmp was not closed"
fi
! nm -D --undefined-only "$patopic" 2>/dev/null | grep -wE '(system|popen|exec[lv]p?e?|posix_spawnp?)(@.*)?$' ||
    fail "the program can start other programs"
finish
