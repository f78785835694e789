/* SPDX-License-Identifier: Apache-2.0 */
/* common_name.c - see common_name.h. */
#include "study/common_name.h"
#include "base/buf.h"
#include "base/intern.h"
#include "base/mem.h"
#include "study/title_words.h"
#include "study/titles.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_ACTS = 14, NEAR_EOJEOLS = 3, MAX_NOUN_BYTES = 96, MAX_TAIL_BYTES = 16 };

static const char *const acts[MAX_ACTS] = {"예방", "치료", "개선", "방지", "완화", "억제", "증진",
                                           "촉진", "진단", "검출", "제거", "저감", "강화", "측정"};

/* What the titles do with a noun: 숙취용, 추출물을 포함하는, 비만 예방. */
typedef struct use {
    char noun[MAX_NOUN_BYTES];
    uint32_t titles, purpose, content, act, acts[MAX_ACTS];
} use;

/* As the phrases of the titles write it. */
char *pt_common_head(const char *const *title, uint32_t n) {
    pt_intern *heads = pt_intern_new();
    uint32_t *count = pt_zalloc(n, sizeof *count), best = 0;
    for (uint32_t i = 0; i < n; i++) {
        pt_phrases phrases = {0};
        pt_title_phrases(title[i], &phrases);
        if (phrases.n > 0) {
            const char *text = phrases.at[0].text, *last = strrchr(text, ' ');
            last = last ? last + 1 : text;
            const uint32_t id = pt_intern_add(heads, last, strlen(last));
            count[id]++;
            best = count[id] > count[best] ? id : best;
        }
        pt_phrases_free(&phrases);
    }
    char *head = count[best] > 0 && 10 * count[best] >= 4 * n ? pt_strdup(pt_intern_text(heads, best)) : NULL;
    pt_intern_free(heads);
    free(count);
    return head;
}

static bool starts(const char *text, const char *with) {
    return strncmp(text, with, strlen(with)) == 0;
}

/* Bytes of the next few eojeols. */
static size_t near(const char *text) {
    size_t n = 0;
    for (int eojeols = 0; text[n] && eojeols < NEAR_EOJEOLS; n++)
        eojeols += text[n] == ' ';
    return n;
}

static bool holds(const char *text, size_t n, const char *word) {
    return memmem(text, n, word, strlen(word)) != NULL;
}

/* 신경 in 신경전구세포를 is not what is contained. */
static bool is_end_of_word(const char *after) {
    static const char *const particles[] = {" ", "의", "을", "를", "과", "와", "이", "가", ",", NULL};
    for (const char *const *particle = particles; *particle; particle++)
        if (starts(after, *particle))
            return true;
    return *after == '\0';
}

static void add_title(use *u, const char *title) {
    const char *at = strstr(title, u->noun);
    if (!at)
        return;
    u->titles++;
    const char *after = at + strlen(u->noun);
    const size_t n = near(after);
    const char *next = after + (*after == ' ') + (starts(after, "의 ") ? strlen("의 ") : 0);
    if (starts(after, "용")) {
        u->purpose++;
    } else if (is_end_of_word(after) &&
               (holds(after, n, "포함") || holds(after, n, "함유") || holds(after, n, "유효성분"))) {
        u->content++;
    } else {
        bool any = false;
        for (int a = 0; a < MAX_ACTS; a++)
            any = any || starts(next, acts[a]);
        u->act += any;
        for (int a = 0; any && a < MAX_ACTS; a++)
            u->acts[a] += holds(next, near(next), acts[a]);
    }
}

static bool is_product(const char *head) {
    static const char *const kinds[] = {"조성물", "식품", "제제", "화장품", "화장료",
                                        "사료",   "비료", "백신", NULL};
    const pt_slice slice = {head, strlen(head)};
    for (const char *const *kind = kinds; *kind; kind++)
        if (pt_slice_ends(slice, *kind))
            return true;
    return false;
}

/* 비만 예방·개선용: the act that most of its titles name, and another one that half of them do. */
static void write_acts(const use *u, bool product, pt_buf *out) {
    int most = 0, next = -1;
    for (int a = 1; a < MAX_ACTS; a++)
        most = u->acts[a] > u->acts[most] ? a : most;
    for (int a = 0; a < MAX_ACTS; a++)
        if (a != most && 2 * u->acts[a] >= u->act && (next < 0 || u->acts[a] > u->acts[next]))
            next = a;
    const int first = next >= 0 && next < most ? next : most, second = first == next ? most : next;
    pt_buf_printf(out, " %s%s%s%s", acts[first], second >= 0 ? "·" : "", second >= 0 ? acts[second] : "",
                  product ? "용 " : " ");
}

/* Whether half of the titles speak of a disease, as the object of what the noun is contained for. */
static bool treats(const char *const *title, uint32_t n) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < n; i++)
        count += strstr(title[i], "치료") != NULL || strstr(title[i], "예방") != NULL;
    return 2 * count >= n;
}

typedef enum role { ROLE_PLAIN, ROLE_CONTENT, ROLE_PURPOSE } role;

/* What a composition can only contain: 화합물 조성물 is 화합물 함유 조성물. */
static bool is_substance(const char *noun) {
    static const char *const kinds[] = {"물", "체", "균주", "단백질", "펩타이드", "유산균", NULL};
    const pt_slice slice = {noun, strlen(noun)};
    for (const char *const *kind = kinds; *kind; kind++)
        if (pt_slice_ends(slice, *kind))
            return true;
    return false;
}

static role role_of(const use *u, bool product) {
    return 2 * u->purpose >= u->titles || 2 * u->act >= u->titles              ? ROLE_PURPOSE
           : 2 * u->content >= u->titles || (product && is_substance(u->noun)) ? ROLE_CONTENT
                                                                               : ROLE_PLAIN;
}

static void write_use(const use *u, bool product, pt_buf *out) {
    pt_buf_puts(out, u->noun);
    switch (role_of(u, product)) {
    case ROLE_PURPOSE:
        if (2 * u->purpose >= u->titles)
            pt_buf_puts(out, "용 ");
        else
            write_acts(u, product, out);
        break;
    case ROLE_CONTENT:
        pt_buf_puts(out, product ? " 함유 " : " 이용 ");
        break;
    case ROLE_PLAIN:
        pt_buf_putc(out, ' ');
    }
}

/* A plain noun first, then what is contained, then what it is for: 추출물 함유 비만 예방용 조성물. */
static char *compose(const use *a, const use *b, const char *head) {
    const bool product = is_product(head);
    pt_buf name = {0};
    if (b && role_of(b, product) < role_of(a, product)) {
        const use *swap = a;
        a = b;
        b = swap;
    }
    write_use(a, product, &name);
    if (b)
        write_use(b, product, &name);
    pt_buf_puts(&name, head);
    return pt_buf_take(&name);
}

/* A token may be the front of a word: 혈전 of 혈전증, 추출 of 추출물, 염증성 of 염증성 질환. Takes what most
 * titles write behind it. */
static void complete(use *u, const char *const *title, uint32_t n) {
    static const char *const tails[] = {"증", "염", "병",      "암",    "물", "제",
                                        "체", "균", "성 질환", " 질환", NULL};
    static const char *const ends[] = {" ", "의", "을", "를", "에", "과", "와", "이", "가", "용", NULL};
    const size_t bytes = strlen(u->noun);
    for (const char *const *tail = tails; *tail; tail++) {
        uint32_t with = 0, all = 0;
        for (uint32_t i = 0; i < n; i++) {
            const char *at = strstr(title[i], u->noun);
            all += at != NULL;
            if (!at || !starts(at + bytes, *tail))
                continue;
            const char *after = at + bytes + strlen(*tail);
            bool ended = *after == '\0';
            for (const char *const *end = ends; *end; end++)
                ended = ended || starts(after, *end);
            with += ended;
        }
        if (with >= 2 && 2 * with > all && bytes + strlen(*tail) < sizeof u->noun) {
            strcat(u->noun, *tail);
            return;
        }
    }
}

/* Acts and properties name nothing alone. */
static bool is_empty(const char *noun) {
    static const char *const words[] = {"유효성", "성분", "활성", "저해", "발현", "신규", "유래", "복합",
                                        "혼합",   "특정", "해당", "관련", "결합", "처리", "생성", "향상",
                                        "허용",   "분리", "가능", "정제", "이용", "의존", "전달", NULL};
    for (int a = 0; a < MAX_ACTS; a++)
        if (strcmp(noun, acts[a]) == 0)
            return true;
    for (const char *const *word = words; *word; word++)
        if (strcmp(noun, *word) == 0)
            return true;
    return false;
}

/* Whether most titles that hold the noun hold it as a word: 증성, which the analyser leaves of 염증성, begins
 * none, and 돼지 of 돼지감자 or 면역증 of 면역증강 ends none. */
static bool is_whole(const char *noun, const char *const *title, uint32_t n) {
    const size_t bytes = strlen(noun);
    uint32_t with = 0, whole = 0;
    for (uint32_t i = 0; i < n; i++) {
        bool found = false;
        for (const char *at = strstr(title[i], noun); at && !found; at = strstr(at + 1, noun)) {
            const char *after = at + bytes;
            bool ends =
                is_end_of_word(after) || starts(after, "용") || starts(after, "·") || strchr(")]./", *after);
            for (int a = 0; a < MAX_ACTS; a++)
                ends = ends || starts(after, acts[a]);
            found = ends && (at == title[i] || strchr(" ([,-/", at[-1]));
        }
        with += strstr(title[i], noun) != NULL;
        whole += found;
    }
    return 2 * whole >= with;
}

/* Nouns of at least half of the titles, not part of the head or of each other; returns how many. */
static uint32_t collect(const char *const *title, uint32_t n, const char *const *noun, uint32_t n_nouns,
                        const char *head, use *out) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n_nouns && kept < 2; i++) {
        use u = {0};
        if (strlen(noun[i]) + MAX_TAIL_BYTES >= sizeof u.noun)
            continue;
        strcpy(u.noun, noun[i]);
        complete(&u, title, n);
        if (!is_product(head) && is_substance(head) && is_substance(u.noun))
            continue; /* 분획물 이용 추출물 */
        if (strlen(u.noun) > strlen("여성") && pt_slice_ends((pt_slice){u.noun, strlen(u.noun)}, "성"))
            continue; /* 염증성 of what? */
        if (is_empty(noun[i]) || !is_whole(u.noun, title, n) || strstr(head, noun[i]) ||
            strstr(noun[i], head) || (kept && (strstr(out[0].noun, noun[i]) || strstr(u.noun, out[0].noun))))
            continue;
        for (uint32_t t = 0; t < n; t++)
            add_title(&u, title[t]);
        if (u.titles >= 2 && 2 * u.titles >= n)
            out[kept++] = u;
    }
    return kept;
}

bool pt_common_name_is_of_heap(const char *name) {
    return strstr(name, " 함유 질환 ") != NULL;
}

char *pt_common_name(const char *const *title, uint32_t n, const char *const *noun, uint32_t n_nouns,
                     unsigned try) {
    char *head = pt_common_head(title, n);
    if (!head)
        return NULL;
    use found[2];
    const uint32_t kept = collect(title, n, noun, n_nouns, head, found);
    char *name = NULL;
    const bool contained = kept > 0 && is_product(head) && role_of(&found[0], true) == ROLE_CONTENT;
    /* 면역 조성물 is no Korean: a composition contains something or is for something */
    const bool bare = kept > 0 && is_product(head) && role_of(&found[0], true) == ROLE_PLAIN;
    const bool alike = kept == 2 &&
                       role_of(&found[0], is_product(head)) == role_of(&found[1], is_product(head)) &&
                       role_of(&found[0], is_product(head)) != ROLE_PLAIN;
    if (try == 0 && kept == 2 && !alike)
        name = compose(&found[0], &found[1], head);
    else if (try <= 1 && contained && treats(title, n))
        name = pt_strfmt("%s 함유 질환 예방·치료용 %s", found[0].noun, head);
    else if (try <= 2 && kept >= 1 && !bare)
        name = compose(&found[0], NULL, head);
    else if (try == 3 && kept == 2)
        name = compose(&found[1], NULL, head);
    free(head);
    return name;
}
