#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The standard as a file: seeds checked, editions compared, seeds proposed, another edition in use.
. "$(dirname "$0")/lib.sh.inc"
cd "$scratch" || exit 1

head='item_id\ttheme\tfield\titem\tedition\tsource\tkind\tdefinition\tseeds\tnegatives\tsiblings\n'
printf "$head"'A\tt\tf\t연료전지\te1\ts\tfield\t연료전지에 관한 특허\t연료전지|가습기|연료전지스택|척|모터\t모터\tB\n'"B\tt\tf\t전동기\te1\ts\tfield\t\t모터|회전자|권선\t\t\n" > old.tsv
printf "$head"'A\tt\tf\t연료전지 시스템\te2\ts\tfield\t연료전지에 관한 특허\t연료전지|가습기|분리판\t\t\n'"C\tt\tf\t로봇\te2\ts\tmethod\t\t로봇|그리퍼\t\t\n" > new.tsv
printf "${head}A\tt\tf\t\te\ts\tfield\t\t모터\t\t\n" > bad.tsv

expect 0 $'A\t연료전지\t척\tlost' $'A\t연료전지\t연료전지\tnested' $'모터\tshared\t2' $'모터\tagainst' -- "$patopic" items check --items old.tsv
expect 0 $'A\t연료전지 시스템\trenamed\t연료전지\t연료전지 시스템' $'C\t로봇\tadded' $'B\t전동기\tremoved' $'\tseeds\t' -- "$patopic" items diff old.tsv new.tsv
expect 78 "bad.tsv:2" "needs an item_id and a name" -- "$patopic" items check --items bad.tsv
expect 64 "two files" -- "$patopic" items diff old.tsv
expect 64 "check, diff, suggest or teach" -- "$patopic" items
expect 66 "no such store" -- "$patopic" items check --store nowhere.db
[ ! -e nowhere.db ] || fail "a look at a store that is not there made one"

"$patopic" ingest "$root/corpus/synth-00001.xml.gz" --store s.db --quiet || fail "ingest"
expect 0 "never" $'\tcommon\t' -- "$patopic" items check --store s.db --quiet
expect 0 "item_id	item	word	patents	of_item	lift" -- "$patopic" items suggest --store s.db --quiet
lines=$("$patopic" items suggest --store s.db --quiet | wc -l)
[ "$lines" -gt 20 ] || fail "only $lines proposals"

# Words that coded patents teach, and the study that takes them.
expect 0 $'word\tshare\titems' -- "$patopic" items teach --store s.db --quiet
"$patopic" items teach --store s.db --quiet > taught.tsv
[ "$(wc -l < taught.tsv)" -gt 500 ] || fail "only $(wc -l < taught.tsv) taught words"
sqlite3 s.db "SELECT application_number FROM patent" > all.txt 2> sqlite.err || python3 -c '
import sqlite3
for row in sqlite3.connect("s.db").execute("SELECT application_number FROM patent"): print(row[0])' > all.txt
head -n "$(($(wc -l < all.txt) / 2))" all.txt > half.txt
[ "$("$patopic" items teach --store s.db half.txt --quiet | wc -l)" -lt "$(wc -l < taught.tsv)" ] || fail "half of the patents teach as many words"
[ "$("$patopic" items teach --store s.db all.txt --quiet | wc -l)" -eq 1 ] || fail "patents that do not teach taught"
expect 64 "which store" -- "$patopic" items teach
printf '[study]\nname = t\nregion = 경상남도 김해시\n[model]\nsweeps = 2\ntaught_words = %s\n' taught.tsv > t.ini
expect 0 "report.html" -- "$patopic" run "$root/corpus/synth-00001.xml.gz" --study t.ini --out t --quiet
printf 'word\tshare\titems\n연료\t0.1\tIG001=3\n' > taught.tsv
expect 78 "taught.tsv:2" "IG001=3" -- "$patopic" run "$root/corpus/synth-00001.xml.gz" --study t.ini --out t2 --quiet

# The 240-item edition: its own ids and themes, the seeds carried over by the row that an item became.
found=${PATOPIC_SHARED:-$root/../shared}/taxonomy/found_240_items.tsv
case $found in /*) ;; *) found=$root/$found ;; esac
if [ ! -r "$found" ]; then
    echo "skipped: the 240-item edition is not here"
    finish
fi
# As it was found: names alone. Seeds, industries and codes come by name from the standard that is shipped.
printf '[study]\nname = n\nregion = 경상남도 김해시\nitems = 10\ntechnologies = 10\n[model]\nsweeps = 10\n' > n.ini
expect 0 "items have no seeds and no namesake" "report.html" -- "$patopic" run "$root/corpus/synth-00001.xml.gz" --study n.ini --items "$found" --out n
named=$(wc -l < n/n/current/selected_items.csv)
[ "$named" -eq 11 ] || fail "$named lines for 10 items of the 240 edition"
expect 0 "agreement_top1" -- "$patopic" evaluate --study n.ini --items "$found" --out n --quiet

awk -F'\t' -v OFS='\t' '
    /^# / { next }
    FILENAME ~ /items.tsv$/ && FILENAME !~ /found/ { if ($1 != "item_id") { kind[$1] = $8; text[$1] = $9; seeds[$1] = $10; against[$1] = $11 } next }
    FNR == 1 { print "item_id", "theme", "field", "item", "edition", "source", "kind", "definition", "seeds", "negatives", "siblings"; next }
    { id = $6; sub(/;.*/, "", id); print "K" $1, $2, $3, $5, "240", "found", kind[id], text[id], seeds[id], against[id], "" }
' "$root/dict/items.tsv" "$found" > items240.tsv
[ "$(wc -l < items240.tsv)" -eq 241 ] || fail "$(wc -l < items240.tsv) lines for 240 items"
printf '[study]\nname = k\nregion = 경상남도 김해시\nitems = 10\ntechnologies = 10\n[model]\nsweeps = 10\n' > k.ini
expect 0 "report.html" -- "$patopic" run "$root/corpus/synth-00001.xml.gz" --study k.ini --items items240.tsv --out k --quiet
expect 0 $'\tremoved\t' $'\tadded\t' $'\trenumbered\t' -- "$patopic" items diff "$root/dict/items.tsv" items240.tsv
grep -q '"K[0-9]*"\|,K[0-9]*,' k/k/current/selected_items.csv || fail "no item of the 240 edition was selected"
expect 0 "agreement_top1" -- "$patopic" evaluate --study k.ini --items items240.tsv --out k --quiet
printf "$head"'A\tt\tf\t연료전지\te1\ts\tfield\t\t연료전지|가습기|스택\t\t\n'"B\tt\tf\t첨단의료기기\te1\ts\tfield\t\t카테터|내시경|환자\t\t\n" > own.tsv
expect 0 "report.html" -- "$patopic" run "$root/corpus/synth-00001.xml.gz" --study k.ini --items own.tsv --out own --quiet
finish
