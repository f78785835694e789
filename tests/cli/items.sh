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
expect 64 "check, diff or suggest" -- "$patopic" items
expect 66 "no such store" -- "$patopic" items check --store nowhere.db
[ ! -e nowhere.db ] || fail "a look at a store that is not there made one"

"$patopic" ingest "$root/corpus/synth-00001.xml.gz" --store s.db --quiet || fail "ingest"
expect 0 "never" $'\tcommon\t' -- "$patopic" items check --store s.db --quiet
expect 0 "item_id	item	word	patents	of_item	lift" -- "$patopic" items suggest --store s.db --quiet
lines=$("$patopic" items suggest --store s.db --quiet | wc -l)
[ "$lines" -gt 20 ] || fail "only $lines proposals"
finish
