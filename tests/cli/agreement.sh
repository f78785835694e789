#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# least_agreement of a study file: the more of it, the fewer patents get an item, and none that did not before; a wish that
# the table does not reach is refused with what it states; `infer` keeps to it too.
. "$(dirname "$0")/lib.sh.inc"
cd "$scratch" || exit 1

study() { printf '[study]\nname = s\n[model]\nsweeps = 11\nleast_agreement = %s\n' "$1" > "$1.ini"; }
for wish in 0 0.6 0.75 0.95; do study $wish; done
expect 0 -- "$patopic" run "$root/corpus" --study 0.ini --out out --quiet
cp out/s/model.bin out/s/patents.db .
classified() { # the numbers of patents with an item, by `infer`
    "$patopic" infer "$root/corpus" --model model.bin --study "$1.ini" --quiet 2> /dev/null > rows.tsv || [ $? -eq 2 ] || fail "infer $1"
    awk -F'\t' 'NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next } $column["item_id"] != "" { print $column["application_number"] }' rows.tsv | sort -u
}
for wish in 0 0.6 0.75; do
    classified $wish > $wish.list
    map=$("$patopic" map --store patents.db --model model.bin --study $wish.ini 2>&1)
    case "$map" in *"$(wc -l < $wish.list) of "*"patents have an item"*) ;; *) fail "infer and map differ at $wish: $map" ;; esac
done
[ "$(wc -l < 0.list)" -gt "$(wc -l < 0.6.list)" ] && [ "$(wc -l < 0.6.list)" -gt "$(wc -l < 0.75.list)" ] && [ -s 0.75.list ] ||
    fail "not fewer and fewer: $(wc -l ./*.list)"
[ -z "$(comm -13 0.list 0.75.list)" ] || fail "0.75 gives items that 0 did not"
expect 78 "agreement.tsv" "least_agreement = 0.95" "the highest stated is" -- "$patopic" map --store patents.db --model model.bin --study 0.95.ini
finish
