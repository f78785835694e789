/* SPDX-License-Identifier: Apache-2.0 */
/* names.c - see names.h. */
#include "study/names.h"
#include "base/buf.h"
#include "base/sort.h"
#include "base/vec.h"
#include "study/common_name.h"
#include "study/contrast.h"
#include "study/titles.h"
#include <math.h>
#include <string.h>

enum {
    NAMING_SAMPLE = 300, /* the most central patents of a cluster speak for it */
    MAX_NOUNS = 12,      /* of one phrase */
    MAX_LEFT = 2,        /* different left neighbours that make an inner phrase a name */
    SHORTLIST = 12,
    FEW_TO_SHARE = 3, /* a cluster of fewer has nothing in common but a title */
    SHARED_WORDS = 16,
    FEW = 4 /* patents in which any noun speaks for the cluster */
};
static const double rare_share = 0.06, cover_nouns = 0.6, least_cover = 0.1, least_titles = 0.15,
                    group_cover = 0.3, least_central = 0.5;

typedef struct candidate {
    const char *text; /* the commonest spelling; borrowed from namer.spellings */
    double titles, text_titles;
    uint32_t patents; /* whose title holds it */
    double cosines;
    uint32_t left_seen;
    char *left[MAX_LEFT];
    unsigned eojeols;
    bool is_outer, has_clause, ends_in_machine, may_name;
    uint32_t n_nouns, n_known, noun[MAX_NOUNS]; /* content nouns; those the corpus knows */
    double rel, cover, score;
    uint32_t told; /* titles that have as many of its nouns as cover asks for */
} candidate;

/* 가습장치 and 가습 장치 are one candidate. */
typedef struct spelling {
    uint32_t candidate;
    unsigned eojeols;
    double titles;
} spelling;

typedef struct namer {
    const pt_corpus *corpus;
    const pt_documents *documents;
    const pt_named_cluster *all;
    uint32_t n_all, n_items;
    pt_noun_source source;
    pt_contrast *contrast;
    uint32_t *title_items; /* [V] items with the word in a title */
    uint32_t *titles_with; /* [V] titles of the cluster with the word */
    const pt_named_cluster *cluster;
    uint32_t n;                  /* patents of it that speak */
    pt_intern *keys, *spellings; /* texts without blanks and as written, by index of the two below */
    PT_VEC(candidate) candidates;
    PT_VEC(spelling) written;
    uint32_t *others, n_others;
} namer;

static char *without_blanks(const char *text) {
    char *key = pt_strdup(text), *end = key;
    for (const char *p = text; *p; p++)
        if (*p != ' ')
            *end++ = *p;
    *end = '\0';
    return key;
}

/* --- what the items' titles share --- */

static void count_title_items(namer *w) {
    uint32_t *last = pt_zalloc(w->corpus->V, sizeof *last);
    for (uint32_t item = 0; item < w->n_items; item++)
        for (uint32_t c = 0; c < w->n_all; c++)
            for (uint32_t i = 0; w->all[c].item == item && i < w->all[c].n; i++) {
                const uint32_t d = w->all[c].document[i];
                for (uint64_t t = w->corpus->doc_start[d]; t < w->corpus->doc_start[d + 1]; t++) {
                    const uint32_t word = w->corpus->word[t];
                    if ((w->corpus->flags[t] & PT_TOKEN_TITLE) && last[word] != item + 1) {
                        last[word] = item + 1;
                        w->title_items[word]++;
                    }
                }
            }
    free(last);
}

/* Rare in the corpus, or at home in the cluster (a small store has no rare words), and in few items' titles.
 */
static bool is_specific(const namer *w, uint32_t word) {
    const uint32_t df = w->corpus->doc_freq[word];
    return (df < rare_share * w->corpus->D || 3 * w->contrast->with[word] >= df) &&
           (w->title_items[word] <= 1 || 3 * w->title_items[word] <= w->n_items);
}

/* --- candidates --- */

static void find_nouns(namer *w, candidate *c) {
    const pt_noun *noun;
    const size_t n = w->source.nouns(w->source.user, c->text, strlen(c->text), &noun);
    for (size_t i = 0; i < n && c->n_known < MAX_NOUNS; i++) {
        if (pt_word_is_boilerplate(noun[i].form, noun[i].bytes))
            continue;
        const uint32_t word = pt_corpus_find_word(w->corpus, noun[i].form, noun[i].bytes);
        bool is_new = true;
        for (uint32_t j = 0; j < c->n_known; j++)
            is_new = is_new && c->noun[j] != word;
        c->n_nouns += is_new;
        if (is_new && word != PT_NO_ID)
            c->noun[c->n_known++] = word;
    }
}

static void remember_left(candidate *c, const char *left) {
    if (!left) {
        c->is_outer = true;
        return;
    }
    for (uint32_t i = 0; i < c->left_seen; i++)
        if (strcmp(c->left[i], left) == 0)
            return;
    if (c->left_seen < MAX_LEFT)
        c->left[c->left_seen++] = pt_strdup(left);
}

static spelling *find_spelling(namer *w, const pt_phrase *phrase) {
    const uint32_t id = pt_intern_add(w->spellings, phrase->text, strlen(phrase->text));
    if (id < w->written.n)
        return &w->written.at[id];
    char *key = without_blanks(phrase->text);
    const uint32_t c = pt_intern_add(w->keys, key, strlen(key));
    free(key);
    if (c == w->candidates.n)
        pt_vec_push(&w->candidates, ((candidate){.has_clause = phrase->has_clause,
                                                 .ends_in_machine = phrase->ends_in_machine}));
    pt_vec_push(&w->written, ((spelling){.candidate = c, .eojeols = phrase->eojeols}));
    return &w->written.at[id];
}

/* A title holds a phrase once, however often it can be read from it. */
static void add_title(namer *w, uint32_t i) {
    const double weight = w->cluster->weight[i];
    pt_phrases phrases = {0};
    pt_title_phrases(w->documents->at[w->cluster->document[i]].title, &phrases);
    PT_VEC(uint32_t) seen = {0};
    for (size_t p = 0; p < phrases.n; p++) {
        spelling *written = find_spelling(w, &phrases.at[p]);
        candidate *c = &w->candidates.at[written->candidate];
        remember_left(c, phrases.at[p].left);
        bool is_new = true;
        for (size_t s = 0; s < seen.n; s++)
            is_new = is_new && seen.at[s] != written->candidate;
        if (!is_new)
            continue;
        pt_vec_push(&seen, written->candidate);
        written->titles += weight;
        c->titles += weight;
        c->patents++;
        c->cosines += w->cluster->cosine[i];
    }
    pt_vec_free(&seen);
    pt_phrases_free(&phrases);
}

/* The spelling of most titles, then the one with more blanks, then the first seen. */
static void choose_spellings(namer *w) {
    for (uint32_t i = 0; i < w->written.n; i++) {
        const spelling *written = &w->written.at[i];
        candidate *c = &w->candidates.at[written->candidate];
        if (c->text && (written->titles < c->text_titles ||
                        (written->titles == c->text_titles && written->eojeols <= c->eojeols)))
            continue;
        c->text = pt_intern_text(w->spellings, i);
        c->text_titles = written->titles;
        c->eojeols = written->eojeols;
    }
}

/* Whether 60 % of the candidate's nouns are marked. */
static bool is_held(const candidate *c, const uint32_t *last, uint32_t mark) {
    uint32_t held = 0;
    for (uint32_t j = 0; j < c->n_known; j++)
        held += last[c->noun[j]] == mark;
    return c->n_nouns > 0 && held >= cover_nouns * c->n_nouns;
}

/* cover: share of the patents with 60 % of the candidate's nouns, in text or title; told: titles that have.
 */
static void measure_cover(namer *w) {
    uint32_t *last = pt_zalloc(w->corpus->V, sizeof *last), *titled = pt_zalloc(w->corpus->V, sizeof *titled);
    for (uint32_t i = 0; i < w->n; i++) {
        const uint32_t d = w->cluster->document[i];
        for (uint64_t t = w->corpus->doc_start[d]; t < w->corpus->doc_start[d + 1]; t++) {
            const uint32_t word = w->corpus->word[t];
            last[word] = i + 1;
            if (!(w->corpus->flags[t] & PT_TOKEN_TITLE) || titled[word] == i + 1)
                continue;
            titled[word] = i + 1;
            w->titles_with[word]++;
        }
        for (size_t k = 0; k < w->candidates.n; k++) {
            candidate *c = &w->candidates.at[k];
            c->cover += is_held(c, last, i + 1) ? 1.0 / w->n : 0;
            c->told += is_held(c, titled, i + 1);
        }
    }
    free(last);
    free(titled);
}

static void collect(namer *w) {
    w->keys = pt_intern_new();
    w->spellings = pt_intern_new();
    memset(w->titles_with, 0, w->corpus->V * sizeof *w->titles_with);
    for (uint32_t i = 0; i < w->n; i++)
        add_title(w, i);
    choose_spellings(w);
    for (size_t k = 0; k < w->candidates.n; k++) {
        candidate *c = &w->candidates.at[k];
        find_nouns(w, c);
        for (uint32_t j = 0; j < c->n_known; j++)
            if (w->n < FEW ||
                w->contrast->with[c->noun[j]] >= 2) /* a noun of one patent speaks for that one */
                c->rel += pt_contrast_of(w->contrast, c->noun[j]);
        c->rel = c->n_nouns > 0 ? c->rel / sqrt(c->n_nouns) : 0;
    }
    measure_cover(w);
}

static void forget(namer *w) {
    for (size_t c = 0; c < w->candidates.n; c++)
        for (uint32_t i = 0; i < w->candidates.at[c].left_seen; i++)
            free(w->candidates.at[c].left[i]);
    pt_vec_clear(&w->candidates);
    pt_vec_clear(&w->written);
    pt_intern_free(w->keys);
    pt_intern_free(w->spellings);
}

/* --- score --- */

/* A clause belongs to the name when its noun is in half of the cluster, or when the rest says little. */
static bool keeps_clause(const namer *w, const candidate *c) {
    if (c->n_nouns <= 2)
        return true;
    return c->n_known > 0 && 2 * w->contrast->with[c->noun[0]] >= w->contrast->n;
}

static bool may_name(const namer *w, const candidate *c) {
    if (c->cosines < least_central * w->cluster->cosine[0] * c->patents)
        return false; /* only strays say so */
    if (c->n_known == 0 || c->rel <= 0 || (!c->is_outer && c->left_seen < MAX_LEFT) ||
        (c->has_clause && !keeps_clause(w, c)))
        return false;
    for (uint32_t j = 0; j < c->n_known; j++)
        if (is_specific(w, c->noun[j]))
            return true;
    return false;
}

/* Two to four eojeols read best; a single noun is seldom enough, least of all before 장치 and 시스템. */
static double shape(const candidate *c) {
    static const double length[] = {0, 0.6, 1, 1, 1, 0.95, 0.85};
    const double nouns = c->n_nouns > 1 ? 1 : c->ends_in_machine ? 0.55 : 0.75;
    return length[c->eojeols < 7 ? c->eojeols : 6] * nouns;
}

static int by_score(const void *x, const void *y) {
    const candidate *a = x, *b = y;
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    if (a->titles != b->titles)
        return a->titles > b->titles ? -1 : 1;
    return strcmp(a->text, b->text);
}

static bool extends(const char *longer, const char *text) {
    const size_t n = strlen(text), m = strlen(longer);
    return m > n && longer[m - n - 1] == ' ' && memcmp(longer + m - n, text, n) == 0;
}

/* Whether half of the titles, or three in ten of them and seven in ten of the texts, have each noun that the
 * longer phrase has more: 멤브레인 시트 of titles that lost one word or the other of 액화가스 저장 탱크용
 * 멤브레인 시트. */
static bool is_shared(const namer *w, const candidate *longer, const candidate *c) {
    for (uint32_t i = 0; i < longer->n_known; i++) {
        bool is_new = true;
        for (uint32_t j = 0; j < c->n_known; j++)
            is_new = is_new && longer->noun[i] != c->noun[j];
        const uint32_t titles = w->titles_with[longer->noun[i]], texts = w->contrast->with[longer->noun[i]];
        if (is_new && 2 * titles < w->n && (10 * titles < 3 * w->n || 10 * texts < 7 * w->contrast->n))
            return false;
    }
    return longer->n_known == longer->n_nouns;
}

/* A phrase gives way to a longer one that stands in two and at least half of its titles: the modifier tells
 * the technology apart (폐배터리 해체로봇 자동화 시스템, not 해체로봇 자동화 시스템). */
static void drop_shortened(namer *w) {
    for (size_t k = 0; k < w->candidates.n; k++)
        w->candidates.at[k].may_name = may_name(w, &w->candidates.at[k]);
    for (size_t k = 0; k < w->candidates.n; k++) {
        candidate *c = &w->candidates.at[k];
        for (size_t l = 0; c->may_name && l < w->candidates.n; l++) {
            const candidate *longer = &w->candidates.at[l];
            if (longer->patents >= 2 && extends(longer->text, c->text) &&
                (2 * longer->titles >= c->titles || is_shared(w, longer, c)) && may_name(w, longer))
                c->may_name = false;
        }
    }
}

/* Scores the candidates and sorts them; returns how many may be names. */
static size_t rank_candidates(namer *w) {
    drop_shortened(w);
    double max_rel = 0, max_titles = 0, max_cosine = 0;
    for (size_t k = 0; k < w->candidates.n; k++) {
        const candidate *c = &w->candidates.at[k];
        if (!c->may_name)
            continue;
        max_rel = fmax(max_rel, c->rel);
        max_titles = fmax(max_titles, c->titles);
        max_cosine = fmax(max_cosine, c->cosines / c->patents);
    }
    size_t n = 0;
    for (size_t k = 0; k < w->candidates.n; k++) {
        candidate *c = &w->candidates.at[k];
        if (!c->may_name)
            continue;
        const double centrality = max_cosine > 0 ? c->cosines / c->patents / max_cosine : 0;
        c->score = (0.2 + 0.8 * c->rel / max_rel) * (0.5 + 0.5 * log1p(c->titles) / log1p(max_titles)) *
                   (0.25 + 0.75 * c->cover) * (0.5 + 0.5 * centrality) * shape(c);
        n++;
    }
    if (w->candidates.n > 0)
        pt_sort(w->candidates.at, w->candidates.n, sizeof *w->candidates.at, by_score);
    return n;
}

/* --- the choice --- */

static bool is_taken(pt_intern *taken, const char *text) {
    char *key = without_blanks(text);
    const bool yes = pt_intern_find(taken, key, strlen(key)) != PT_NO_ID;
    free(key);
    return yes;
}

static char *take(pt_intern *taken, const char *text) {
    char *key = without_blanks(text);
    pt_intern_add(taken, key, strlen(key));
    free(key);
    return pt_strdup(text);
}

/* The longest phrase of the most central title that has one and is free. */
static const char *medoid_phrase(const namer *w, pt_intern *taken, pt_phrases *phrases) {
    for (uint32_t i = 0; i < w->n && w->cluster->cosine[i] >= least_central * w->cluster->cosine[0]; i++) {
        pt_phrases_free(phrases);
        pt_title_phrases(w->documents->at[w->cluster->document[i]].title, phrases);
        for (size_t p = 0; p < phrases->n; p++)
            if (!phrases->at[p].left && !phrases->at[p].has_clause && !is_taken(taken, phrases->at[p].text))
                return phrases->at[p].text;
    }
    return NULL;
}

/* The most central title that can be told shortly and is free, when no title holds a phrase. */
static char *title_as_name(const namer *w, pt_intern *taken) {
    for (uint32_t i = 0; i < w->n; i++) {
        char *text = pt_title_summary(w->documents->at[w->cluster->document[i]].title);
        if (text && !is_taken(taken, text)) {
            char *name = take(taken, text);
            free(text);
            return name;
        }
        free(text);
    }
    return NULL;
}

/* Content words of the most central title, the first `room`. */
static uint32_t title_words(const namer *w, uint32_t *word, uint32_t room) {
    const uint32_t d = w->cluster->document[0];
    uint32_t n = 0;
    for (uint64_t t = w->corpus->doc_start[d]; t < w->corpus->doc_start[d + 1] && n < room; t++) {
        const uint32_t v = w->corpus->word[t];
        bool fits = (w->corpus->flags[t] & PT_TOKEN_TITLE) && !(w->corpus->flags[t] & PT_TOKEN_PART) &&
                    !pt_word_is_boilerplate(w->corpus->form[v], strlen(w->corpus->form[v]));
        for (uint32_t i = 0; i < n; i++)
            fits = fits && word[i] != v;
        if (fits)
            word[n++] = v;
    }
    return n;
}

/* The words that set the cluster apart, when its titles say nothing at all. */
static char *words_as_name(const namer *w, pt_intern *taken) {
    uint32_t word[3];
    uint32_t n = pt_contrast_top(w->contrast, word, 3);
    if (n == 0)
        n = title_words(w, word, 3);
    pt_buf text = {0};
    for (uint32_t i = 0; i < n; i++)
        pt_buf_printf(&text, "%s ", w->corpus->form[word[i]]);
    pt_buf_puts(&text, "기술");
    const size_t length = text.n;
    for (unsigned number = 2; is_taken(taken, pt_buf_text(&text)); number++) {
        text.n = length;
        pt_buf_printf(&text, " %u", number);
    }
    char *name = take(taken, pt_buf_text(&text));
    pt_buf_free(&text);
    return name;
}

/* 땅콩 새싹 추출물 in one title beside 새싹삼 추출물: peanuts are that title's own. */
static bool is_of_one_title(const namer *w, const candidate *c) {
    bool own = false;
    for (uint32_t j = 0; j < c->n_known; j++)
        own = own || (w->titles_with[c->noun[j]] < 2 && 2 * w->contrast->with[c->noun[j]] < w->contrast->n);
    return c->patents < 2 && (own || c->n_known < c->n_nouns);
}

/* A phrase that three in ten of the cluster, and two patents of it, could bear, one of them beside its own by
 * the title. */
static bool tells_group(const namer *w, const candidate *c) {
    const double patents = c->cover * w->n;
    return w->n < FEW_TO_SHARE ||
           (c->cover >= group_cover && patents > 1.5 && c->told >= 2 && !is_of_one_title(w, c));
}

static const char **titles_of(const namer *w) {
    const char **title = pt_alloc(w->n, sizeof *title);
    for (uint32_t i = 0; i < w->n; i++)
        title[i] = w->documents->at[w->cluster->document[i]].title;
    return title;
}

/* What the titles have in common, where no phrase of one title speaks for the others. */
static char *shared_name(const namer *w, pt_intern *taken) {
    if (w->n < FEW_TO_SHARE)
        return NULL;
    uint32_t word[SHARED_WORDS];
    const char *form[SHARED_WORDS];
    const uint32_t n_words = pt_contrast_top(w->contrast, word, SHARED_WORDS);
    for (uint32_t i = 0; i < n_words; i++)
        form[i] = w->corpus->form[word[i]];
    const char **title = titles_of(w);
    char *name = NULL;
    for (unsigned try = 0; try < 4 && !name; try++) {
        char *text = pt_common_name(title, w->n, form, n_words, try);
        if (text && !is_taken(taken, text))
            name = take(taken, text);
        free(text);
    }
    free(title);
    return name;
}

/* Whether the phrases of two titles end in the noun. */
static bool is_head(const namer *w, const char *noun) {
    const size_t n = strlen(noun);
    uint32_t titles = 0;
    for (size_t k = 0; k < w->candidates.n; k++) {
        const char *text = w->candidates.at[k].text;
        const size_t m = strlen(text);
        titles += m >= n && memcmp(text + m - n, noun, n) == 0 ? w->candidates.at[k].patents : 0;
    }
    return titles >= 2;
}

/* The telling noun that most titles of the cluster have and end in, if half of them do; NULL = none. */
static const char *shared_noun(const namer *w) {
    uint32_t word[SHARED_WORDS];
    const uint32_t n = pt_contrast_top(w->contrast, word, SHARED_WORDS);
    uint32_t most = 0;
    const char *noun = NULL;
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t titles = w->titles_with[word[i]];
        if (titles > most && 2 * titles >= w->n && is_head(w, w->corpus->form[word[i]])) {
            most = titles;
            noun = w->corpus->form[word[i]];
        }
    }
    return noun;
}

/* 혁신신약 조성물: of a group whose titles have but a head or a noun in common, the item and that. */
static char *item_as_name(const namer *w, pt_intern *taken) {
    if (w->n < FEW_TO_SHARE || !w->cluster->item_name)
        return NULL;
    const char **title = titles_of(w);
    char *head = pt_common_head(title, w->n);
    const char *last = head ? head : shared_noun(w);
    char *text = pt_strfmt("%s %s", w->cluster->item_name, last ? last : "기술");
    char *name = is_taken(taken, text) ? NULL : take(taken, text);
    free(text);
    free(head);
    free(title);
    return name;
}

static char *choose(namer *w, pt_intern *taken) {
    const size_t n = rank_candidates(w);
    double titles = 0;
    for (uint32_t i = 0; i < w->n; i++)
        titles += w->cluster->weight[i];
    bool speaks = false;
    for (size_t k = 0; k < n && k < SHORTLIST; k++)
        speaks = speaks || w->candidates.at[k].cover >= least_cover ||
                 w->candidates.at[k].titles >= least_titles * titles;
    char *common;
    for (size_t k = 0; k < n && k < SHORTLIST; k++)
        if (tells_group(w, &w->candidates.at[k]) && !is_taken(taken, w->candidates.at[k].text)) {
            /* one eojeol is a thing, no technology: 오스모틴 함유 조성물 says more */
            common = w->candidates.at[k].eojeols == 1 ? shared_name(w, taken) : NULL;
            return common ? common : take(taken, w->candidates.at[k].text);
        }
    common = shared_name(w, taken);
    if (!common)
        common = item_as_name(w, taken);
    if (common)
        return common;
    for (size_t k = 0; speaks && k < n; k++)
        if (!is_taken(taken, w->candidates.at[k].text))
            return take(taken, w->candidates.at[k].text);
    pt_phrases phrases = {0};
    const char *text = medoid_phrase(w, taken, &phrases);
    char *name = text ? take(taken, text) : title_as_name(w, taken);
    if (!name)
        name = words_as_name(w, taken);
    pt_phrases_free(&phrases);
    return name;
}

static void find_others(namer *w, uint32_t cluster) {
    w->n_others = 0;
    for (uint32_t c = 0; c < w->n_all; c++)
        for (uint32_t i = 0; c != cluster && w->all[c].item == w->all[cluster].item && i < w->all[c].n; i++)
            w->others[w->n_others++] = w->all[c].document[i];
}

void pt_names_give(const pt_corpus *corpus, const pt_documents *documents, const pt_named_cluster *cluster,
                   uint32_t n, pt_noun_source source, char **name) {
    namer w = {.corpus = corpus, .documents = documents, .all = cluster, .n_all = n, .source = source};
    size_t members = 0;
    for (uint32_t c = 0; c < n; c++) {
        members += cluster[c].n;
        w.n_items = cluster[c].item >= w.n_items ? cluster[c].item + 1 : w.n_items;
    }
    w.others = pt_alloc(members, sizeof *w.others);
    w.title_items = pt_zalloc(corpus->V, sizeof *w.title_items);
    w.titles_with = pt_alloc(corpus->V, sizeof *w.titles_with);
    w.contrast = pt_contrast_new(corpus);
    count_title_items(&w);
    pt_intern *taken = pt_intern_new();
    for (uint32_t c = 0; c < n; c++) {
        w.cluster = &cluster[c];
        w.n = cluster[c].n < NAMING_SAMPLE ? cluster[c].n : NAMING_SAMPLE;
        find_others(&w, c);
        pt_contrast_set(w.contrast, cluster[c].document, cluster[c].n, w.others, w.n_others);
        collect(&w);
        name[c] = choose(&w, taken);
        forget(&w);
    }
    pt_vec_free(&w.candidates);
    pt_vec_free(&w.written);
    pt_intern_free(taken);
    pt_contrast_free(w.contrast);
    free(w.title_items);
    free(w.titles_with);
    free(w.others);
}
