#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The sample study: the same bytes for 1, 2 and 4 threads, and the planted truth comes back: at least 22 of the 26
# items and 30 of the 40 technologies. A technology counts when one named cluster has most of its patents and a name
# with the head nouns of the planted one: its last word, and the one before where the last is as general as 장치.
. "$(dirname "$0")/lib.sh.inc"
cd "$scratch" || exit 1

for threads in 1 2 4; do
    expect 0 "report.html" -- "$patopic" run "$root/corpus" --study "$root/corpus/gimhae.ini" --out "out$threads" \
        --threads $threads --quiet
done
for threads in 2 4; do
    for file in out1/gimhae/current/*; do
        name=$(basename "$file")
        [ "$name" = run.json ] && continue
        cmp -s "$file" "out$threads/gimhae/current/$name" || fail "$name differs for $threads threads"
    done
    cmp -s out1/gimhae/model.bin "out$threads/gimhae/model.bin" || fail "model.bin differs for $threads threads"
done

cat > recovery.awk <<'E2'
function plain(text) { gsub(/[ \r"]/, "", text); return text }
function named_like(planted, name,    n, word, head, before) {
    n = split(planted, word, " ")
    head = word[n]
    if (index(plain(name), head) == 0) return 0
    if (n == 1 || head !~ /^(장치|시스템|기술|설비|어플리케이션)$/) return 1
    before = word[n - 1]
    sub(/(를|을|용|형)$/, "", before)
    return index(plain(name), before) > 0
}
FILENAME ~ /truth/ {
    if (FNR > 1 && $2 == 1 && $4 > 0) { technology[$1] = $5; size[$5]++; wanted[$3] = 1 }
    next
}
FILENAME ~ /selected_items/ { if (FNR > 1) { split($0, cell, ","); selected[cell[3]] = 1 } next }
FNR > 1 {
    split($0, cell, ",")
    number = cell[3]; name[cell[1]] = cell[2]
    if (number in technology) held[cell[1] SUBSEP technology[number]]++
}
END {
    for (id in wanted) { items++; if (id in selected) found_items++ }
    for (pair in held) {
        split(pair, part, SUBSEP)
        if (2 * held[pair] > size[part[2]]) {
            found[part[2]] = 1
            if (named_like(part[2], name[part[1]])) good[part[2]] = 1
            else print "other name: " part[2] " -> " name[part[1]]
        }
    }
    for (t in size) { planted++; if (t in found) clusters++; if (t in good) names++; else print "not recovered: " t }
    printf "items %d of %d; technologies %d of %d in one cluster, %d with their name\n", found_items, items, clusters, planted, names
    exit !(items == 26 && planted == 40 && found_items >= 22 && names >= 30)
}
E2
LC_ALL=C.UTF-8 awk -F'\t' -f recovery.awk "$root/tests/truth/gimhae.tsv" out1/gimhae/current/selected_items.csv \
    out1/gimhae/current/technology_patents.csv || fail "the planted truth did not come back"
"$root/tests/readme_table.sh" out1/gimhae/current --check || fail "the READMEs show another table"
finish
