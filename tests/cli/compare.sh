#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# compare: what changed between two results, and why.
. "$(dirname "$0")/lib.sh.inc"
cd "$scratch" || exit 1

result() { # folder patents kappa "id,item,patents,rank,selected..." "tech_no,technology..." "tech_no,number..."
    mkdir -p "$1"
    printf '{"parameters": {"score": {"kappa": %s}, "model": {"corpus_digest": "%s"}}, "counts": {"patents": %s}}\n' \
        "$3" "$2" "$2" > "$1/run.json"
    printf '\xEF\xBB\xBFitem_id,item,patents,lq_shrunk,rank,selected\r\n%b' "$4" > "$1/items.csv"
    printf '\xEF\xBB\xBFtech_no,technology\r\n%b' "$5" > "$1/technologies.csv"
    printf '\xEF\xBB\xBFtech_no,technology,application_number\r\n%b' "$6" > "$1/technology_patents.csv"
}
result a 100 50 'IG1,가,5,1.5,1,1\r\nIG2,나,4,1.2,2,1\r\nIG3,다,3,1,3,0\r\n' '1,"가습 장치, 갑"\r\n2,을\r\n' \
    '1,x,10\r\n1,x,11\r\n2,y,20\r\n'
result b 120 60 'IG1,가,5,1.5,2,1\r\nIG2,나,4,1.2,3,0\r\nIG3,다,9,2,1,1\r\n' '1,병\r\n2,정\r\n' \
    '1,x,10\r\n1,x,11\r\n1,x,12\r\n2,y,30\r\n'
expect 0 $'cause\tparameter\tscore.kappa\t\t50\t60' -- "$patopic" compare a b
expect 0 $'cause\tcount\tpatents\t\t100\t120' -- "$patopic" compare a b
expect 0 $'item\tdown\tIG1\t가\t1\t2' -- "$patopic" compare a b
expect 0 $'item\tout\tIG2\t나\t2\t3' -- "$patopic" compare a b
expect 0 $'item\tin\tIG3\t다\t3\t1\t특허 3 → 9' -- "$patopic" compare a b
expect 0 $'technology\tup\t1\t병\t2\t3\t이전 이름 \'가습 장치, 갑\'; 다른 매개변수; 새 특허' -- "$patopic" compare a b
expect 0 $'technology\tin\t2\t정\t\t1' -- "$patopic" compare a b
expect 0 $'technology\tout\t2\t을\t1' -- "$patopic" compare a b
# the same patents and parameters: another standard, or other texts or another dictionary of nouns
for run in a b; do
    digest=$([ $run = a ] && echo 1 || echo 2)
    for change in standard words; do
        cp -r a "$change-$run"
        [ $run = b ] && cp b/items.csv "$change-$run"
        [ $change = standard ] && standard=$digest || standard=1
        printf '{"parameters": {"standard": {"digest": "%s"}, "model": {"corpus_digest": "%s"}}}\n' "$standard" "$digest" \
            > "$change-$run/run.json"
    done
done
expect 0 $'cause\tparameter\tstandard.digest\t\t1\t2' IG2 '다른 품목 기준' -- "$patopic" compare standard-a standard-b
expect 0 IG2 '다른 특허 글 또는 사전' -- "$patopic" compare words-a words-b
[ "$("$patopic" compare a a | wc -l)" -eq 1 ] || fail "a result differs from itself: $("$patopic" compare a a)"
expect 66 "items.csv" -- "$patopic" compare a nowhere
expect 64 "two folders" -- "$patopic" compare a
finish
