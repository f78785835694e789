#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The lines that `patopic tokenize` prints.
. "$(dirname "$0")/lib.sh.inc"
text='하우징(10)은 연료전지용 가습 장치를 구비한다.'
printf '%s\n' "$text" > "$scratch/in.txt"
expected=$'1\t0\t하우징(10)은\t하우징\n1\t1\t연료전지용\t연료 전지\n1\t2\t가습\t가습\n1\t3\t장치를\t장치\n1\t4\t구비한다.\t구비'
for how in file stdin; do
    if [ $how = file ]; then got=$("$patopic" tokenize --nouns --eojeol "$scratch/in.txt")
    else got=$("$patopic" tokenize --nouns --eojeol < "$scratch/in.txt"); fi
    [ "$got" = "$expected" ] || fail "$how: got"$'\n'"$got"
done
expect 0 "하우징" "/" -- "$patopic" tokenize --morphemes "$scratch/in.txt"
printf 'term\tclass\n연료전지\tNNG\n' > "$scratch/words.tsv"
expect 0 "하우징 연료전지 가습 장치 구비" -- "$patopic" tokenize --user-dict "$scratch/words.tsv" "$scratch/in.txt"
printf 'term\tclass\nfuel cell\tNNG\n' > "$scratch/wrong.tsv"
expect 78 "wrong.tsv:2" "Hangul" -- "$patopic" tokenize --user-dict "$scratch/wrong.tsv" "$scratch/in.txt"
expect 66 "none.tsv" -- "$patopic" tokenize --user-dict "$scratch/none.tsv" "$scratch/in.txt"
expect 0 $'\t전지\tNNG\tword\t' $'\t*' -- "$patopic" tokenize --explain "$scratch/in.txt"
# a word that the dictionary lacks: whole behind 3 eojeols and before 3 particles, 5 times; its table is a user dictionary
word=크뤼피톨란
printf '%s\n' "상기 ${word}은 좋다" "그 ${word}을 쓴다" "이 ${word}의 값" "저 ${word}이 있다" "새 ${word}을 본다" > "$scratch/new.txt"
"$patopic" tokenize --new-words "$scratch/new.txt" > "$scratch/new.tsv" || fail "--new-words: exit $?"
[ "$(cut -f1-5 "$scratch/new.tsv" | tail -n +2)" = "$word"$'\tNNG\t5\t4\t5' ] || fail "--new-words: $(cat "$scratch/new.tsv")"
expect 0 "$word" $'\tNNG\tword\t' -- "$patopic" tokenize --explain --user-dict "$scratch/new.tsv" "$scratch/new.txt"
head -4 "$scratch/new.txt" > "$scratch/few.txt"
[ "$("$patopic" tokenize --new-words "$scratch/few.txt" | wc -l)" -eq 1 ] || fail "four occurrences make a word"
expect 66 "none.txt" -- "$patopic" tokenize "$scratch/none.txt"
head -c 300000 /dev/urandom > "$scratch/noise.bin"
"$patopic" tokenize "$scratch/noise.bin" > /dev/null || fail "noise: exit $?"
: > "$scratch/empty.txt"
expect 0 -- "$patopic" tokenize "$scratch/empty.txt"
finish
