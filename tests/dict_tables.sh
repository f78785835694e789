#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The data tables of dict/ are well formed and agree with each other.
# usage: tests/dict_tables.sh [DICT_DIR]     from the repository root; DICT_DIR defaults to dict
# prints "ok" lines or "FAIL: file:line reason"; exit status 1 when anything failed.
# Coverage of the concordance is measured where PATOPIC_SHARED (default ../shared) holds the open patents.
# shellcheck disable=SC2016  # the awk programs keep their own $1
set -u
export LC_ALL=C
dict=${1:-dict}
shared=${PATOPIC_SHARED:-../shared}
failed=0

# run_check NAME AWK_PROGRAM FILE...: the program prints its failures; silence is success.
run_check() {
    local name=$1 program=$2 out
    shift 2
    if ! out=$(awk -F '\t' "$awk_common$program" "$@" 2>&1) || [ -n "$out" ]; then
        printf '%s\n' "${out:-FAIL: $name: awk failed}"
        failed=1
    else
        printf 'ok %s\n' "$name"
    fi
}

# Every table: comment lines first, then the header, then rows of as many fields; UTF-8 text without CR or outer blanks.
awk_common='
function fail(reason) { printf "FAIL: %s:%d %s\n", FILENAME, FNR, reason }
FNR == 1 { header_seen = 0; row = 0 }
/\r/ { fail("carriage return") }
/^#/ { if (header_seen) fail("comment line after the header"); next }
!header_seen { header_seen = 1; header = $0; columns = NF; is_header = 1 }
header != $0 { is_header = 0; row++ }
NF != columns { fail("has " NF " columns, the header has " columns); next }
'

for table in items regions industries ipc_items code_words taught_words; do
    file=$dict/$table.tsv
    if [ ! -s "$file" ]; then
        printf 'FAIL: %s:0 missing or empty\n' "$file"
        exit 1
    fi
    if ! iconv -f UTF-8 -t UTF-8 "$file" >/dev/null 2>&1; then
        printf 'FAIL: %s:0 not UTF-8\n' "$file"
        failed=1
    fi
    if [ "$(tail -c 1 "$file" | od -An -tx1 | tr -d ' ')" != 0a ]; then
        printf 'FAIL: %s:0 last line does not end in a newline\n' "$file"
        failed=1
    fi
    run_check "$table: form" '
        { for (i = 1; i <= NF; i++) if ($i ~ /^ | $/) fail("blank around field " i) }
        END { if (row == 0) printf "FAIL: %s:%d no rows\n", FILENAME, FNR }' "$file"
done

# expect_header TABLE COLUMNS
expect_header() {
    run_check "$1: header" '
        is_header { gsub(/\t/, " "); if ($0 != "'"$2"'") fail("header is not: '"$2"'") }' "$dict/$1.tsv"
}
expect_header items 'item_id theme field item edition source ksic kind definition seeds negatives siblings'
expect_header regions 'code sido sigungu aliases english valid_from valid_to level kostat_2018 successor former_codes'
expect_header industries 'industry_no industry item_id item rank'
expect_header ipc_items 'code item_id weight note'

run_check 'items: identity and kind' '
    is_header { next }
    $1 == "" || $2 == "" || $3 == "" || $4 == "" || $5 == "" || $9 == "" { fail("empty item_id, theme, field, item, edition or definition") }
    $1 in id { fail("item_id " $1 " stands twice") }
    { id[$1] = 1 }
    $4 in name { fail("item " $4 " stands twice") }
    { name[$4] = 1 }
    $6 !~ /^(found:|recalled|constructed|official:)/ { fail("source " $6) }
    $8 != "field" && $8 != "method" { fail("kind " $8) }' "$dict/items.tsv"

run_check 'items: seeds and negatives' '
    is_header { next }
    {
        split("", seen)
        n = split($10, seed, "|")
        if (n < 27 || n > 44) fail($1 " has " n " seeds, not 27 to 44")
        for (i = 1; i <= n; i++) {
            if (seed[i] == "" || seed[i] ~ / /) fail($1 " has an empty seed or one with a blank")
            if (seed[i] in seen) fail($1 " has the seed " seed[i] " twice")
            seen[seed[i]] = 1
        }
        n = split($11, negative, "|")
        for (i = 1; i <= n; i++)
            if (negative[i] in seen) fail($1 " has " negative[i] " as seed and as negative")
    }' "$dict/items.tsv"

run_check 'items: siblings exist' '
    is_header { next }
    NR == FNR { id[$1] = 1; next }
    {
        n = split($12, sibling, "|")
        for (i = 1; i <= n; i++) {
            if (!(sibling[i] in id)) fail("sibling " sibling[i] " of " $1 " is no item")
            if (sibling[i] == $1) fail($1 " is its own sibling")
        }
    }' "$dict/items.tsv" "$dict/items.tsv"

run_check 'regions: codes, dates, levels' '
    is_header { next }
    $1 != "" && $1 !~ /^[0-9][0-9][0-9][0-9][0-9]$/ { fail("code " $1) }
    $1 != "" && ($1 in code) { fail("code " $1 " stands twice") }
    { code[$1] = 1 }
    $2 == "" { fail("empty sido") }
    $6 != "" && $6 !~ /^[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]$/ { fail("valid_from " $6) }
    $7 != "" && $7 !~ /^[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]$/ { fail("valid_to " $7) }
    $6 != "" && $7 != "" && $6 > $7 { fail("valid_from after valid_to") }
    $8 !~ /^(sido|sigungu|sejong|haengjeongsi|gu|former|former_sido)$/ { fail("level " $8) }' "$dict/regions.tsv"

run_check 'industries: items exist, one industry each' '
    is_header { next }
    NR == FNR { name[$1] = $4; next }
    !($3 in name) { fail("item_id " $3 " is no item"); next }
    name[$3] != $4 { fail($3 " is named " name[$3] " in items.tsv, not " $4) }
    $3 in industry { fail($3 " stands twice") }
    { industry[$3] = $1 }
    $1 != last_industry { rank = 0; if ($1 != last_industry + 1) fail("industry_no " $1 " after " last_industry + 0) }
    $1 == last_industry && $2 != last_name { fail("two names for industry " $1) }
    { last_industry = $1; last_name = $2; rank++ }
    $5 != rank { fail("rank " $5 ", expected " rank) }' "$dict/items.tsv" "$dict/industries.tsv"

roadmap_items='첨단의료기기|바이오화학소재|고령친화 의료기기|맞춤형웰니스케어|웨어러블 전자기기|의료용 화학재료|사물인터넷|스마트물류시스템|실시간 위치추적시스템|정밀농업|생물비료|수소에너지|연료전지|액화기술|바이오센서|스마트센서융합|전기차/하이브리드|스마트모빌리티|첨단운전자지원시스템|수소전기자동차|미래형 제조로봇|로봇 프로세스 자동화|빅데이터|재난안전관리시스템|증강현실|가상훈련시스템'
run_check 'industries: the 26 items of the roadmap' '
    is_header { next }
    NR == FNR { source[$4] = $6; next }
    { placed[$4] = 1 }
    END {
        n = split("'"$roadmap_items"'", wanted, "|")
        if (n != 26) fail("this test lists " n " names, not 26")
        for (i = 1; i <= n; i++) {
            if (!(wanted[i] in placed)) fail("the roadmap item " wanted[i] " is missing")
            if (source[wanted[i]] !~ /^found:report26/) fail("the roadmap item " wanted[i] " is not found:report26 in items.tsv")
        }
    }' "$dict/items.tsv" "$dict/industries.tsv"

run_check 'ipc_items: codes, weights, items' '
    is_header { next }
    NR == FNR { id[$1] = 1; next }
    $1 !~ /^[A-HY][0-9][0-9][A-Z]([1-9][0-9]?[0-9]?[0-9]?(\/[0-9][0-9][0-9]?[0-9]?[0-9]?[0-9]?)?)?$/ { fail("code " $1) }
    $1 ~ /\/00$/ { fail("code " $1 " is the main group, drop the /00") }
    !($2 in id) { fail("item_id " $2 " is no item") }
    $3 !~ /^[01](\.[0-9]+)?$/ || $3 <= 0 || $3 > 1 { fail("weight " $3 " of " $1) }
    ($1, $2) in pair { fail($1 " " $2 " stands twice") }
    { pair[$1, $2] = 1; sum[$1] += $3; used[$2] = 1; if (sum[$1] > 1.0001) fail("weights of " $1 " sum to " sum[$1]) }
    $1 != last && ($1 in closed) { fail("rows of " $1 " are not together") }
    { closed[$1] = 1; last = $1 }
    END {
        for (item in used) items++
        if (row < 450) fail("only " row " rows, 450 wanted")
        if (items < 220) fail("only " items " items have a code, 220 wanted")
    }' "$dict/items.tsv" "$dict/ipc_items.tsv"

# Main codes on standard input, one a line ("H01M 8/04"): the share that finds at least one row.
measure_coverage() {
    awk -F '\t' '
        /^#/ { next }
        NR == FNR { known[$1] = 1; next }
        {
            code = $0
            gsub(/ /, "", code)
            total++
            while (length(code) > 4 && !(code in known)) {
                slash = index(code, "/")
                if (slash == 0) code = substr(code, 1, 4)
                else if (length(code) > slash + 2) code = substr(code, 1, length(code) - 1)
                else code = substr(code, 1, slash - 1)
            }
            if (code in known) found++
        }
        END { printf "%d %d\n", found, total }' "$dict/ipc_items.tsv" -
}
expect_coverage() {
    local name=$1 least=$2 found total
    read -r found total
    if [ "$total" -gt 0 ] && [ $((found * 100)) -ge $((least * total)) ]; then
        printf 'ok ipc_items: %s, %d of %d main codes find an item\n' "$name" "$found" "$total"
    else
        printf 'FAIL: %s:0 %s, only %d of %d main codes find an item\n' "$dict/ipc_items.tsv" "$name" "$found" "$total"
        failed=1
    fi
}
if [ -d "$shared/data/neojune/patent" ]; then
    expect_coverage 'mixed fields' 85 < <(
        sed -n 's/.*<InternationalpatentclassificationNumber>\([^|<]*\).*/\1/p' "$shared"/data/neojune/patent/*.xml | measure_coverage)
    expect_coverage 'life sciences' 95 < <(
        sed -n 's/.*"ipc": \["\([^"]*\)".*/\1/p' "$shared"/data/77eileen-patent-rag/*.jsonl | measure_coverage)
else
    printf 'skip coverage: no open patents under %s\n' "$shared"
fi
exit "$failed"
