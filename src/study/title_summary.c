/* SPDX-License-Identifier: Apache-2.0 */
/* title_summary.c - a title that holds no phrase, told shortly (titles.h). */
#include "base/buf.h"
#include "base/vec.h"
#include "study/title_parts.h"
#include "study/titles.h"
#include <string.h>

/* What is contained: 추출물을 before 포함하는, with or without 유효성분으로 between. */
static bool is_contained(const pt_title_token *at, size_t n, size_t i) {
    size_t next = i + 1;
    while (next < n && pt_title_word_is_ingredient(at[next].text))
        next++;
    return pt_title_is_object(&at[i]) && next < n && at[next].kind == PT_TITLE_VERB &&
           pt_title_word_contains(at[next].text);
}

/* The words of the first invention; what points back, and all after it, is left out. */
static void summarise(const pt_title_token *at, size_t n, pt_title_tokens *out) {
    pt_slice rest;
    for (size_t i = 0; i < n; i++) {
        pt_title_token t = at[i];
        if (pt_title_word_is_anaphor(t.text, &rest) || pt_slice_is(t.text, "그것의"))
            return;
        if (pt_title_word_is_filler(t.text) || pt_title_word_is_ingredient(t.text))
            continue;
        if (is_contained(at, n, i))
            t.text = pt_slice_without(t.text, strlen("을"));
        else if (t.kind == PT_TITLE_GENITIVE)
            t.text = pt_slice_without(t.text, strlen("의"));
        else if (t.kind == PT_TITLE_VERB && pt_title_word_contains(t.text))
            t.text = (pt_slice){"함유", strlen("함유")};
        pt_vec_push(out, t);
    }
}

static bool may_lead(const pt_title_token *t) {
    return !pt_title_joins(t) && t->kind != PT_TITLE_VERB && !pt_slice_is(t->text, "함유") &&
           !pt_title_word_is_dependent(t->text) && !pt_title_word_needs_object(t->text);
}

/* The last eojeols, as many as fit, that start as a phrase can; a conjunction becomes a dot. NULL when only a
 * bare head is left. */
static char *write_summary(const pt_title_tokens *kept) {
    size_t n = kept->n, from, eojeols = 0;
    while (n > 0 &&
           (pt_title_word_is_bad_end(kept->at[n - 1].text) || kept->at[n - 1].kind == PT_TITLE_VERB ||
            kept->at[n - 1].kind == PT_TITLE_WITH || pt_slice_ends(kept->at[n - 1].text, "로서") ||
            pt_slice_ends(kept->at[n - 1].text, "로서의") || pt_title_joins(&kept->at[n - 1])))
        n--;
    for (from = n; from > 0 && eojeols < PT_NAME_EOJEOLS; from--)
        eojeols += !pt_title_joins(&kept->at[from - 1]);
    while (from < n && !may_lead(&kept->at[from]))
        from++;
    bool is_bare = true, dot = false;
    pt_buf name = {0};
    for (size_t i = from; i < n; i++) {
        if (pt_title_joins(&kept->at[i])) {
            dot = true;
            continue;
        }
        pt_slice word = kept->at[i].text;
        is_bare = is_bare && pt_title_word_is_bare(word);
        if (i + 1 == n && pt_slice_is(word, "방법"))
            word = (pt_slice){"기술", strlen("기술")};
        pt_buf_puts(&name, i == from ? "" : dot ? "·" : " ");
        pt_buf_append(&name, word.at, word.n);
        dot = false;
    }
    char *text = is_bare ? NULL : pt_buf_take(&name);
    pt_buf_free(&name);
    return text;
}

char *pt_title_summary(const char *text) {
    pt_title title;
    pt_title_tokens kept = {0};
    size_t start, end, next = 0;
    pt_title_read(text, &title);
    if (pt_title_next_part(&title, &start, &end, &next))
        summarise(title.words.at + start, end - start, &kept);
    char *summary = write_summary(&kept);
    pt_title_free(&title);
    pt_vec_free(&kept);
    return summary;
}
