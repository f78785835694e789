#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A table of applicants' addresses stands in for addresses that the source lacks; unknown ones are counted.
. "$(dirname "$0")/lib.sh.inc"
cd "$scratch" || exit 1

"$patopic" synth --patents 300 --regional 120 --region "경상남도 김해시" --out with --truth truth.tsv --quiet || exit 1
mkdir without
cat with/*.xml | tr -d '\n' | sed 's|</applicantInfo>|&\n|g' |
    sed -n 's|.*<applicantInfo>.*<address>\([^<]*\)</address>.*<name>\([^<]*\)</name>.*|\2\t\1|p' |
    sort -u -t$'\t' -k1,1 > rows.tsv
(printf 'applicant\taddress\n'; cat rows.tsv) > addresses.tsv
for file in with/*.xml; do
    sed 's|<address>[^<]*</address>|<address></address>|g' "$file" > "without/$(basename "$file")"
done
study() { printf '[study]\nname = s\nregion = 경상남도 김해시\nitems = 5\ntechnologies = 5\n%s\n' "$2" > "$1.ini"; }
study table "addresses = addresses.tsv"
study none ""
study bad "addresses = nowhere.tsv"
few='--sweeps 5 --general-topics 5'
in_region() { grep -o '"region_patents": [0-9]*' "$1/s/current/run.json" | grep -o '[0-9]*$'; }

expect 0 "report.html" -- "$patopic" run without --study table.ini --out b --quiet $few
# a few applicants of one name have several addresses
[ "$(in_region b)" -ge 110 ] && [ "$(in_region b)" -le 130 ] || fail "$(in_region b) of 120 patents in the region"
expect 65 "no classified patent" -- "$patopic" run without --study none.ini --out c --quiet $few
expect 66 "nowhere.tsv" -- "$patopic" run without --study bad.ini --out d --quiet $few
printf '가나\t서울특별시 강남구\n가나\t부산광역시 북구\n' >> addresses.tsv
expect 78 "another address" -- "$patopic" run without --study table.ini --out e --quiet $few

# by inventors: each has its share
study people "assignment = inventors"
mkdir moved
for file in with/*.xml; do
    sed 's|<inventorInfo><address>[^<]*|<inventorInfo><address>서울특별시 강남구|g' "$file" > "moved/$(basename "$file")"
done
expect 0 "report.html" -- "$patopic" run with --study people.ini --out f --quiet $few
[ "$(in_region f)" -ge 100 ] || fail "$(in_region f) of 120 patents by inventors"
expect 65 "no classified patent" -- "$patopic" run moved --study people.ini --out g --quiet $few
finish
