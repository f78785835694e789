#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The bare sampler on a small UCI corpus with two planted topics: same bytes for any number of threads, and no
# topic mixes the two halves of the vocabulary.
. "$(dirname "$0")/lib.sh.inc"
cd "$scratch" || exit 1
awk 'BEGIN { print 200; print 20; print 200 * 10
    for (d = 1; d <= 200; d++) for (i = 0; i < 10; i++) print d, (d % 2) * 10 + i + 1, 1 + (d + i) % 3 }' > docword.txt
for i in $(seq 1 20); do echo "word$i"; done > vocab.txt
for t in 1 2 4; do
    expect 0 -- "$patopic" lda --docword docword.txt --vocab vocab.txt --topics 2 --sweeps 50 --threads $t --out lda$t
done
for t in 2 4; do
    for f in topic_word.tsv doc_topic.tsv sweeps.tsv; do cmp -s lda1/$f lda$t/$f || fail "$f differs for $t threads"; done
done
awk -F'\t' 'NR > 1 && $2 <= 10 { sub("word", "", $3); half[$1 " " ($3 + 0 > 10)]++ }
    END { for (k in half) { n++; if (half[k] != 10) bad = 1 } exit bad || n != 2 }' lda1/topic_word.tsv ||
    fail "topics mix the halves: $(cat lda1/topic_word.tsv)"
printf '3\n2\n1\n1 9 1\n' > bad.txt
expect 65 "bad.txt:4" -- "$patopic" lda --docword bad.txt --topics 2 --out bad
finish
