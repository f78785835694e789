/* SPDX-License-Identifier: Apache-2.0 */
/* Reads an address from the left: 시도, then 시군구, and stops; what follows is masked or cut in the records
 * of the patent office ("경상남도 김해시 인제로 ***...", "경상남도 진주..."). */
#include "base/buf.h"
#include "korean/unicode.h"
#include "study/region_table.h"

#include <string.h>
#include <strings.h>

enum { MAX_GLYPHS = 128, MAX_TOKENS = 8, MAX_NAME_BYTES = 64 };

typedef struct token {
    const char *text;
    size_t bytes;
} token;

/* An address as tokens. is_cut: the last token may lack its end. */
typedef struct address {
    char bytes[4 * MAX_GLYPHS + 1];
    size_t n;
    token at[MAX_TOKENS];
    bool is_cut;
} address;

static bool is_separator(uint32_t code) {
    return pt_script_of(code) == PT_SCRIPT_SPACE || code == ',' || code == '(' || code == ')' ||
           code == '[' || code == ']';
}

static bool token_is(token t, const char *text) {
    return strlen(text) == t.bytes && memcmp(t.text, text, t.bytes) == 0;
}

static bool token_ends(const char *text, size_t bytes, const char *end) {
    const size_t n = strlen(end);
    return bytes > n && memcmp(text + bytes - n, end, n) == 0;
}

static bool ends_as_unit(const char *text, size_t bytes) {
    return token_ends(text, bytes, "시") || token_ends(text, bytes, "군") || token_ends(text, bytes, "구");
}

/* A postcode, also masked, and the words that may stand before the address. */
static bool is_lead(token t) {
    if (token_is(t, "대한민국") || token_is(t, "한국") || token_is(t, "우"))
        return true;
    for (size_t i = 0; i < t.bytes; i++)
        if (!strchr("0123456789*-", t.text[i]))
            return false;
    return true;
}

/* NFC, blanks, tokens; only the front of the text matters. */
static void cut_address(const char *text, address *a) {
    pt_glyph glyph[MAX_GLYPHS];
    const size_t bytes = strlen(text);
    size_t used;
    size_t n = pt_fold(text, bytes, glyph, MAX_GLYPHS, &used);
    size_t dots = 0;
    while (n > 0 && used == bytes && pt_script_of(glyph[n - 1].code) == PT_SCRIPT_SPACE)
        n--;
    for (; used == bytes && n > 0 && (glyph[n - 1].code == '.' || glyph[n - 1].code == 0x2026); n--)
        dots += glyph[n - 1].code == '.' ? 1 : 3;
    a->is_cut = n > 0 && dots >= 2 && !is_separator(glyph[n - 1].code);
    a->n = 0;
    char *to = a->bytes;
    for (size_t i = 0; i < n;) {
        while (i < n && is_separator(glyph[i].code))
            i++;
        if (i == n)
            break;
        token t = {.text = to};
        for (; i < n && !is_separator(glyph[i].code); i++)
            to += pt_utf8_encode(glyph[i].code, to);
        t.bytes = (size_t)(to - t.text);
        const size_t country = strlen("대한민국");
        if (a->n == 0 && t.bytes > country && memcmp(t.text, "대한민국", country) == 0)
            t = (token){.text = t.text + country, .bytes = t.bytes - country};
        if (a->n == 0 && is_lead(t))
            continue;
        if (a->n == MAX_TOKENS) {
            a->is_cut = false;
            break;
        }
        a->at[a->n++] = t;
    }
}

/* Bytes of text without its last character. */
static size_t one_less(const char *text, size_t bytes) {
    do
        bytes--;
    while (bytes > 0 && ((unsigned char)text[bytes] & 0xC0) == 0x80);
    return bytes;
}

/* The longest front of text that names a unit and ends in 시, 군 or 구; *used its bytes. With `before`, the
 * names are "before front": 성남시 + 분당구야탑동. */
static pt_region_hit find_front(const pt_regions *regions, const pt_sido_set *sido, const token *before,
                                token t, size_t *used) {
    char name[MAX_NAME_BYTES];
    size_t head = 0;
    if (before && before->bytes + t.bytes + 1 < sizeof name) {
        memcpy(name, before->text, before->bytes);
        head = before->bytes;
        name[head++] = ' ';
    }
    if (before && head == 0)
        return (pt_region_hit){.unit = UINT32_MAX};
    if (t.bytes >= sizeof name - head)
        t.bytes = sizeof name - head - 1;
    memcpy(name + head, t.text, t.bytes);
    for (*used = t.bytes; *used > 0; *used = one_less(t.text, *used)) {
        if (!ends_as_unit(t.text, *used))
            continue;
        const pt_region_hit hit = pt_region_find(regions, sido, name, head + *used);
        if (hit.n)
            return hit;
    }
    return (pt_region_hit){.unit = UINT32_MAX};
}

static pt_place place_of(const pt_regions *regions, pt_region_hit hit, pt_region_rule rule) {
    if (hit.n != 1)
        return (pt_place){.unit = UINT32_MAX, .rule = PT_REGION_AMBIGUOUS};
    const bool is_sido = regions->at[hit.unit].is_sido;
    return (pt_place){.unit = hit.unit, .rule = is_sido ? PT_REGION_SIDO : rule};
}

/* The unit at token `from` by name: two tokens, one token, the front of one. *next = the token behind it. */
static pt_region_hit find_unit(const pt_regions *regions, const pt_sido_set *sido, const address *a,
                               size_t from, size_t *next) {
    size_t used;
    pt_region_hit hit = {.unit = UINT32_MAX};
    const token t = a->at[from];
    if (from + 1 < a->n)
        hit = find_front(regions, sido, &t, a->at[from + 1], &used);
    *next = from + 2;
    if (hit.n)
        return hit;
    *next = from + 1;
    const bool may_lack_end = a->is_cut && from + 1 == a->n && !ends_as_unit(t.text, t.bytes);
    if (!may_lack_end)
        hit = pt_region_find(regions, sido, t.text, t.bytes);
    return hit.n ? hit : find_front(regions, sido, NULL, t, &used);
}

static pt_place read_inside(const pt_regions *regions, const pt_sido_set *sido, const address *a, size_t from,
                            size_t *next) {
    *next = from;
    for (uint32_t row = 0; row < regions->n; row++) /* 세종 has no 시군구 */
        if (regions->at[row].is_sejong && regions->at[row].sido_row == sido->row[0])
            return (pt_place){.unit = row, .rule = PT_REGION_EXACT};
    const pt_place sido_only = {.unit = sido->row[0], .rule = PT_REGION_SIDO};
    if (from >= a->n)
        return sido_only;
    pt_region_rule rule = PT_REGION_EXACT;
    pt_region_hit hit = find_unit(regions, sido, a, from, next);
    if (hit.n == 0 && a->is_cut && from + 1 == a->n) {
        hit = pt_region_complete(regions, sido, a->at[from].text, a->at[from].bytes);
        rule = PT_REGION_PREFIX;
    }
    if (hit.n == 1 && regions->at[hit.unit].is_sido && regions->at[hit.unit].sido_row != sido->row[0]) {
        const pt_sido_set now = {.n = 1, .row = {hit.unit}}; /* 경상남도 울산시: a 시도 of its own since */
        return read_inside(regions, &now, a, *next, next);
    }
    if (hit.n == 1)
        return place_of(regions, hit, rule);
    *next = from;
    return sido_only;
}

/* The longest 시도 glued to the front of the first token (서울특별시강남구). A short form (서울) must be
 * followed by a unit of it: 세종대로 and 부산대학로 are streets. */
static pt_sido_set find_glued_sido(const pt_regions *regions, token t, size_t *used) {
    for (*used = one_less(t.text, t.bytes); *used > 0; *used = one_less(t.text, *used)) {
        const pt_sido_set sido = pt_sido_find(regions, t.text, *used);
        const token rest = {.text = t.text + *used, .bytes = t.bytes - *used};
        size_t front;
        if (sido.n && (token_ends(t.text, *used, "시") || token_ends(t.text, *used, "도") ||
                       find_front(regions, &sido, NULL, rest, &front).n))
            return sido;
    }
    return (pt_sido_set){0};
}

/* 광주 is 광주광역시 or 경기도 광주시: the former when one of its 구 follows. */
static pt_place read_gwangju(const pt_regions *regions, const address *a, size_t *next) {
    const pt_sido_set metropolis = pt_sido_find(regions, "광주광역시", strlen("광주광역시"));
    size_t used;
    const bool is_metropolis =
        metropolis.n && a->n > 1 &&
        (find_front(regions, &metropolis, NULL, a->at[1], &used).n ||
         (token_is(a->at[0], "광주") && token_ends(a->at[1].text, a->at[1].bytes, "구")));
    if (is_metropolis)
        return read_inside(regions, &metropolis, a, 1, next);
    *next = 1;
    if (token_is(a->at[0], "광주") || (a->n == 1 && a->is_cut))
        return (pt_place){.unit = UINT32_MAX, .rule = PT_REGION_AMBIGUOUS};
    const pt_region_hit hit = pt_region_find(regions, NULL, a->at[0].text, a->at[0].bytes);
    return place_of(regions, hit, PT_REGION_UNIQUE);
}

static pt_place read_address(const pt_regions *regions, address *a, size_t *next) {
    const pt_place unknown = {.unit = UINT32_MAX, .rule = PT_REGION_UNKNOWN};
    *next = 0;
    if (a->n == 0)
        return unknown;
    token *first = &a->at[0];
    if (token_is(*first, "광주") || token_is(*first, "광주시"))
        return read_gwangju(regions, a, next);
    pt_sido_set sido = pt_sido_find(regions, first->text, first->bytes);
    if (sido.n)
        return read_inside(regions, &sido, a, 1, next);
    size_t used;
    sido = find_glued_sido(regions, *first, &used);
    if (sido.n) {
        *first = (token){.text = first->text + used, .bytes = first->bytes - used};
        return read_inside(regions, &sido, a, 0, next);
    }
    const pt_region_hit hit = find_unit(regions, NULL, a, 0, next);
    return hit.n ? place_of(regions, hit, PT_REGION_UNIQUE) : unknown;
}

pt_place pt_region_read(const pt_regions *regions, const char *text, size_t *n_read, size_t *n_tokens) {
    address a;
    cut_address(text, &a);
    const pt_place place = read_address(regions, &a, n_read);
    *n_tokens = a.n;
    return place;
}

static bool is_korea(const char *country) {
    static const char *const names[] = {
        "KR", "KOR", "Korea", "Republic of Korea", "South Korea", "Korea, Republic of", "한국", "남한"};
    const char *korea = "대한민국";
    if (strncmp(country, korea, strlen(korea)) == 0)
        return true;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const size_t n = strlen(names[i]);
        if (strncasecmp(country, names[i], n) == 0 && strspn(country + n, " ,") == strlen(country + n))
            return true;
    }
    return false;
}

pt_place pt_region_parse(const pt_regions *regions, const char *address_text, const char *country) {
    if (country)
        country += strspn(country, " ");
    if (country && country[0] && !is_korea(country))
        return (pt_place){.unit = UINT32_MAX, .rule = PT_REGION_FOREIGN};
    size_t n_read, n_tokens;
    return pt_region_read(regions, address_text ? address_text : "", &n_read, &n_tokens);
}

const char *pt_region_name(const pt_regions *regions, uint32_t unit) {
    return unit < regions->n ? regions->at[unit].name : "";
}

uint32_t pt_region_municipality(const pt_regions *regions, pt_place place) {
    if (place.unit >= regions->n)
        return UINT32_MAX;
    const pt_region_unit *unit = &regions->at[place.unit];
    return unit->is_sido && !unit->is_sejong ? UINT32_MAX : unit->city;
}

const char *pt_region_rule_name(pt_region_rule rule) {
    switch (rule) {
    case PT_REGION_FOREIGN:
        return "foreign";
    case PT_REGION_AMBIGUOUS:
        return "ambiguous";
    case PT_REGION_SIDO:
        return "sido";
    case PT_REGION_EXACT:
        return "exact";
    case PT_REGION_PREFIX:
        return "prefix";
    case PT_REGION_UNIQUE:
        return "unique";
    case PT_REGION_UNKNOWN:
        break;
    }
    return "unknown";
}
