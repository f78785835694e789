#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Furniture, toys and kitchenware land nowhere: twelve texts written for this test, three times each, among patents
# of the sample.
. "$(dirname "$0")/lib.sh.inc"
cd "$scratch" || exit 1

number=1020230900000
{
    echo '<?xml version="1.0" encoding="UTF-8"?><response><body><items>'
    while IFS='|' read -r title abstract; do
        for _ in 1 2 3; do # words in fewer than three patents would be dropped
        number=$((number + 1))
        echo "<PatentUtilityInfo><ApplicationNumber>$number</ApplicationNumber><ApplicationDate>20230301</ApplicationDate>
<InventionName>$title</InventionName><Abstract>$abstract</Abstract></PatentUtilityInfo>"
        done
    done <<'TEXT'
접이식 의자|본 발명은 좌판과 등받이가 접히는 의자에 관한 것으로, 앞다리와 뒷다리를 힌지로 이어 의자를 접어 벽에 기대어 세워 둘 수 있다.
높낮이 조절 책상|상판의 높이를 손잡이로 바꾸는 책상에 관한 것이다. 책상 다리에 끼운 핀을 빼고 상판을 들어 올린 뒤 다시 핀을 꽂는다.
서랍장의 서랍 이탈 방지구|서랍장에서 서랍이 빠지지 않게 하는 고리에 관한 것으로, 서랍 뒤판에 달린 걸쇠가 레일 끝에 걸린다.
조립식 옷걸이|봉을 끼워 세우는 행거와 그 옷걸이에 관한 것이며, 모자와 가방을 거는 고리가 봉을 따라 움직인다.
소리 나는 봉제인형|배를 누르면 소리가 나는 인형에 관한 것으로, 봉제인형 속에 딸랑이를 넣어 아이가 장난감을 흔들며 논다.
끼움식 블록완구|돌기와 홈을 맞추어 쌓는 블록완구에 관한 것으로, 어린이가 장난감 블록을 끼워 집과 자동차 모양을 만든다.
줄이 감기는 팽이|줄을 당겨 돌리는 팽이 장난감에 관한 것이며, 팽이 몸통과 손잡이가 나뉘어 줄을 쉽게 감는다.
냄비 뚜껑 받침|냄비 뚜껑을 세워 두는 받침에 관한 것으로, 국자와 뒤집개를 함께 걸 수 있어 주방에서 그릇을 놓을 자리를 넓힌다.
눈금이 있는 프라이팬|바닥에 눈금을 새긴 프라이팬에 관한 것으로, 손잡이를 접어 냄비와 겹쳐 둔다.
도마와 식칼 꽂이|도마의 옆면에 식칼을 꽂는 칼집을 둔 주방용 도마에 관한 것이며, 도마를 세워 물기를 뺀다.
젓가락 연습기|손가락을 끼우는 고리가 달린 젓가락에 관한 것으로, 어린이가 젓가락과 숟가락을 바르게 쥐게 한다.
접이식 우산 손잡이|우산의 손잡이에 고리를 달아 가방이나 책상에 걸 수 있는 우산에 관한 것이다.
TEXT
    echo '</items></body></response>'
} > outside.xml
expect 0 "" -- "$patopic" ingest outside.xml "$root/corpus/synth-00001.xml.gz" --store s.db --quiet
expect 0 "" -- "$patopic" train --store s.db --sweeps 10 --out o --quiet
expect 0 "" -- "$patopic" map --store s.db --out o --quiet
# SELECT with the program's own table: those of the twelve that got an item.
kept=$(sqlite3 s.db "SELECT title || ' -> ' || item_id FROM patent JOIN assignment ON patent_id = patent.id AND rank = 1
    WHERE application_number LIKE '102023090%'" 2>/dev/null) || { echo "skipped: no sqlite3"; finish; }
[ -z "$kept" ] || fail "goods of everyday life got an item:"$'\n'"$kept"
inside=$(sqlite3 s.db "SELECT count(*) FROM assignment WHERE rank = 1")
[ "$inside" -gt 900 ] || fail "only $inside of 1,000 patents have an item"
finish
