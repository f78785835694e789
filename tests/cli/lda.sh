#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The bare sampler on a small UCI corpus with two planted topics: same bytes for any number of threads, and no
# topic mixes the two halves of the vocabulary. Held-out documents, gzip, counts, a stop and going on.
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
gzip -k docword.txt
lda=("$patopic" lda --vocab vocab.txt --topics 2)
expect 0 "held-out perplexity" -- "${lda[@]}" --docword docword.txt.gz --sweeps 50 --holdout docword.txt --nwk --out gz
for f in topic_word.tsv doc_topic.tsv; do cmp -s lda1/$f gz/$f || fail "$f of the gzip file differs"; done
[ "$(od -An -td4 -N12 gz/topic_word.nwk | tr -s ' ')" = " 827021134 20 2" ] || fail "header of topic_word.nwk"
[ "$(wc -c < gz/topic_word.nwk)" -eq $((12 + 20 * 2 * 4)) ] || fail "size of topic_word.nwk"
expect 0 -- "${lda[@]}" --docword docword.txt --sweeps 50 --holdout docword.txt --eval-every 2 --until 19 --out until
[ "$(wc -l < until/sweeps.tsv)" -lt 51 ] || fail "--until did not stop"
expect 64 "--holdout" -- "${lda[@]}" --docword docword.txt --until 19 --out until
head -c 100 docword.txt.gz > cut.gz
expect 65 "cut.gz" -- "${lda[@]}" --docword cut.gz --out bad

# An interrupt saves the chain; it goes on only with the parameters it had.
"${lda[@]}" --docword docword.txt --sweeps 100000 --checkpoint-every 1 --threads 1 --out stopped >stopped.log 2>&1 &
until [ -s stopped/train.ckpt ] || ! kill -0 $! 2>/dev/null; do sleep .05; done
kill -INT $!; wait $!; code=$?
[ $code -eq 75 ] || fail "exit $code after an interrupt: $(cat stopped.log)"
[ ! -e stopped/topic_word.tsv ] || fail "results of a chain that was stopped"
expect 65 "train.ckpt" -- "${lda[@]}" --docword docword.txt --sweeps 50 --resume --out stopped
expect 0 -- "${lda[@]}" --docword docword.txt --sweeps 50 --out stopped
[ ! -e stopped/train.ckpt ] || fail "train.ckpt is left after success"
printf '3\n2\n1\n1 9 1\n' > bad.txt
expect 65 "bad.txt:4" -- "$patopic" lda --docword bad.txt --topics 2 --out bad
# A few bytes that ask for 17 GB of tokens, where 4 may be had.
printf '1\n2\n2\n1 1 1\n1 2 4294967295\n' > much.txt
if (ulimit -v 4000000; "$patopic" version >/dev/null 2>&1); then # an address sanitizer takes terabytes
    expect 65 "much.txt:5" "GB of memory" -- bash -c "ulimit -v 4000000; exec $patopic lda --docword much.txt --topics 2 --out much"
fi
finish
