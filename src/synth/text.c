/* SPDX-License-Identifier: Apache-2.0 */
/* text.c - fills sentence patterns. A numbered slot keeps its word all through a patent, so that
 * "상기 부품" points back; later sentences shift the numbers and bring new words in. */
#include "synth/text.h"

#include "base/rng.h"
#include <stdio.h>
#include <string.h>

/* Where a word of the subject's kind (part, material, act, quantity) comes from, cumulative: the subject
 * itself, its item, its style; the rest from a neighbouring item. */
static const double from_subject = 0.56, from_item = 0.82, from_style = 0.95;
static const double title_verbatim = 0.5; /* the planted name as it stands; else a variant of it */
static const double gloss_share = 0.08;   /* of the words that have one */
static const double numeral_share = 0.35; /* of patents on things that carry reference numerals */
static const double title_as_name = 0.85; /* abstract speaks of the thing by the title's name */
/* Seed words a patent may use: 0 to 5, mean about 3.3; slots to put them in are fewer. */
static const double seed_words[6] = {0.06, 0.08, 0.14, 0.22, 0.25, 0.25};

/* The sentences of an abstract in order, and how likely each is by style. */
static const struct {
    pt_synth_kind kind;
    double share[PT_STYLES]; /* mech, elec, soft, chem, bio */
} outline[] = {{PT_KIND_OPENING, {1, 1, 1, 1, 1}},
               {PT_KIND_PROBLEM, {.40, .35, .35, .35, .35}},
               {PT_KIND_COMPOSITION, {1, 1, 1, 1, 1}},
               {PT_KIND_COMPOSITION, {.10, .15, .35, .15, .15}},
               {PT_KIND_RELATION, {.85, .75, .75, .45, .45}},
               {PT_KIND_RELATION, {.50, .35, .30, .10, .10}},
               {PT_KIND_METHOD, {.10, .15, .35, .60, .50}},
               {PT_KIND_EFFECT, {.75, .75, .70, .75, .75}},
               {PT_KIND_USE, {.30, .25, .30, .30, .30}}};

struct pt_synth_draft {
    const pt_synth_vocabulary *v;
    const pt_synth_patterns *patterns;
    uint64_t withhold_key;
    double withheld, title_damage;

    const pt_synth_subject *subject, *item, *neighbour; /* of this patent */
    pt_synth_style style;
    uint64_t key, n_drawn;
    const pt_synth_word *word[PT_SLOT_NONE][PT_SLOT_INDICES]; /* NULL = not drawn yet */
    bool glossed;
    pt_synth_word name, title;
    pt_buf title_text, damaged;
    unsigned seeds_left, shift;
    unsigned numeral_base, numeral_step; /* step 0 = no reference numerals */
    unsigned numbers[PT_SLOT_INDICES];
};

pt_synth_draft *pt_synth_draft_new(const pt_synth_vocabulary *vocabulary, const pt_synth_patterns *patterns,
                                   const pt_synth_params *params) {
    pt_synth_draft *d = pt_zalloc(1, sizeof *d);
    d->v = vocabulary;
    d->patterns = patterns;
    d->withheld = params->withheld;
    d->title_damage = params->title_damage;
    d->withhold_key = pt_rng_hash(params->seed ^ 0x5EED);
    return d;
}

void pt_synth_draft_free(pt_synth_draft *d) {
    if (d) {
        pt_buf_free(&d->title_text);
        pt_buf_free(&d->damaged);
        free(d);
    }
}

uint64_t pt_synth_draft_bits(pt_synth_draft *d) {
    return pt_rng_at(d->key, d->n_drawn++);
}

static double uniform(pt_synth_draft *d) {
    return pt_rng_double(pt_synth_draft_bits(d));
}

static const pt_synth_word *any(pt_synth_draft *d, const pt_synth_words *words) {
    return &words->at[pt_rng_below(pt_synth_draft_bits(d), words->n)];
}

/* The same seed word is withheld from the whole corpus. */
static bool is_withheld(const pt_synth_draft *d, const pt_synth_word *word) {
    uint64_t h = d->withhold_key;
    for (uint32_t i = 0; i < word->bytes; i++) {
        h = (h ^ (unsigned char)word->text[i]) * 0x100000001B3ULL; /* FNV-1a */
    }
    return pt_rng_double(pt_mix64(h)) < d->withheld;
}

/* Whether a name or a modifier carries a withheld seed word of the subject. */
static bool holds_withheld(const pt_synth_draft *d, const pt_synth_word *word) {
    for (size_t i = 0; d->withheld > 0 && i < d->subject->seeds.n; i++) {
        const pt_synth_word *seed = &d->subject->seeds.at[i];
        if (strstr(word->text, seed->text) && is_withheld(d, seed)) {
            return true;
        }
    }
    return false;
}

/* A name of the thing; the first one, as it stands in the roadmap, is never withheld. */
static const pt_synth_word *any_name(pt_synth_draft *d) {
    const pt_synth_word *name = any(d, &d->subject->heads);
    return holds_withheld(d, name) ? &d->subject->heads.at[0] : name;
}

void pt_synth_draft_begin(pt_synth_draft *d, const pt_synth_task *task) {
    const pt_synth_subject *subjects = d->v->subjects.at;
    d->subject = &subjects[task->words_of];
    d->item = &subjects[d->subject->item];
    d->neighbour = &subjects[task->neighbour];
    d->style = d->subject->style;
    d->key = task->key;
    d->n_drawn = 0;
    d->shift = 0;
    d->glossed = false;
    memset(d->word, 0, sizeof d->word);
    pt_buf_clear(&d->title_text);
    double left = uniform(d);
    d->seeds_left = 0;
    while (d->seeds_left < 5 && left >= seed_words[d->seeds_left]) {
        left -= seed_words[d->seeds_left++];
    }
    const bool things = d->style == PT_STYLE_MECH || d->style == PT_STYLE_ELEC;
    const bool numerals = things && uniform(d) < numeral_share;
    d->numeral_step = !numerals ? 0 : uniform(d) < 0.6 ? 10 : 100;
    d->numeral_base = d->numeral_step == 10 && uniform(d) < 0.5 ? 100 : 0;
    unsigned number = 0;
    for (unsigned i = 0; i < PT_SLOT_INDICES; i++) {
        number += 1 + (unsigned)pt_rng_below(pt_synth_draft_bits(d), i ? 40 : 30);
        d->numbers[i] = number;
    }
    const bool verbatim = *d->subject->name && uniform(d) < title_verbatim;
    d->name = verbatim ? d->subject->heads.at[0] : *any_name(d);
}

/* A word of the subject's field; never from an empty list. */
static const pt_synth_word *draw_own(pt_synth_draft *d, pt_synth_class class) {
    const double u = uniform(d);
    const pt_synth_words *common = &d->v->common[d->style][class];
    const pt_synth_words *words = u < from_subject ? &d->subject->words[class]
                                  : u < from_item  ? &d->item->words[class]
                                  : u < from_style ? common
                                                   : &d->neighbour->words[class];
    return any(d, words->n ? words : common);
}

/* A seed word while the patent may use one, else another name of such things. */
static const pt_synth_word *draw_related(pt_synth_draft *d) {
    const pt_synth_words *seeds = &d->subject->seeds;
    if (seeds->n > 0 && d->seeds_left > 0) {
        d->seeds_left--;
        const pt_synth_word *word = any(d, seeds);
        if (!is_withheld(d, word)) {
            return word;
        }
    }
    const pt_synth_words *parts = &d->subject->words[PT_WORD_PART];
    return uniform(d) < 0.5 || parts->n == 0 ? any_name(d) : any(d, parts);
}

static const pt_synth_word *draw_neighbour(pt_synth_draft *d) {
    const double u = uniform(d);
    const pt_synth_words *words = u < 0.3   ? &d->neighbour->seeds
                                  : u < 0.6 ? &d->neighbour->heads
                                            : &d->neighbour->words[PT_WORD_PART];
    const pt_synth_word *word = any(d, words->n ? words : &d->neighbour->heads);
    return u < 0.3 && is_withheld(d, word) ? any(d, &d->neighbour->heads) : word;
}

static const pt_synth_word *draw_word(pt_synth_draft *d, unsigned slot) {
    switch (slot) {
    case PT_WORD_PART:
    case PT_WORD_MATERIAL:
    case PT_WORD_ACT:
    case PT_WORD_QUANTITY:
        return draw_own(d, (pt_synth_class)slot);
    case PT_SLOT_RELATED:
        return draw_related(d);
    case PT_SLOT_NEIGHBOUR:
        return draw_neighbour(d);
    default: {
        const pt_synth_words *own = &d->subject->words[slot];
        const pt_synth_words *common = &d->v->common[d->style][slot];
        const pt_synth_word *word = any(d, own->n && uniform(d) < 0.7 ? own : common);
        return holds_withheld(d, word) ? any(d, common) : word;
    }
    }
}

static bool in_use(const pt_synth_draft *d, unsigned slot, const pt_synth_word *word) {
    for (unsigned i = 0; i < PT_SLOT_INDICES; i++) {
        const pt_synth_word *other = d->word[slot][i];
        if (other && (other == word || !strcmp(other->text, word->text))) {
            return true;
        }
    }
    return false;
}

/* The word of slot {class index}, drawn when first asked for; a few tries not to repeat a word. */
static const pt_synth_word *word_of(pt_synth_draft *d, unsigned slot, unsigned index) {
    if (!d->word[slot][index]) {
        const pt_synth_word *word = draw_word(d, slot);
        for (int tries = 0; tries < 4 && in_use(d, slot, word); tries++) {
            word = draw_word(d, slot);
        }
        d->word[slot][index] = word;
    }
    return d->word[slot][index];
}

static void put_word(pt_synth_draft *d, const pt_synth_segment *s, bool in_body, pt_buf *out) {
    const bool shifts = s->slot <= PT_WORD_QUANTITY || s->slot == PT_SLOT_RELATED;
    const unsigned index = (s->index + (shifts ? d->shift : 0)) % PT_SLOT_INDICES;
    const pt_synth_word *word = s->slot == PT_SLOT_NAME    ? &d->name
                                : s->slot == PT_SLOT_TITLE ? &d->title
                                                           : word_of(d, s->slot, index);
    pt_buf_append(out, word->text, word->bytes);
    char tail[64];
    if (in_body && d->numeral_step && s->slot == PT_WORD_PART) {
        snprintf(tail, sizeof tail, "(%u)", d->numeral_base + d->numeral_step * (index + 1));
        pt_buf_puts(out, tail);
    } else if (in_body && word->gloss && !d->glossed && uniform(d) < gloss_share) {
        d->glossed = true;
        snprintf(tail, sizeof tail, "(%s)", word->gloss);
        pt_buf_puts(out, tail);
    }
    if (s->has_josa) {
        pt_buf_append(out, s->josa.form[word->final], s->josa.bytes[word->final]);
    }
}

static void put_pattern(pt_synth_draft *d, const pt_synth_pattern *pattern, bool in_body, pt_buf *out) {
    for (size_t i = 0; i < pattern->n_segments; i++) {
        const pt_synth_segment *s = &pattern->segments[i];
        pt_buf_append(out, s->text, s->bytes);
        if (s->slot == PT_SLOT_NUMBER) {
            char digits[16];
            snprintf(digits, sizeof digits, "%u", d->numbers[s->index]);
            pt_buf_puts(out, digits);
        } else if (s->slot != PT_SLOT_NONE) {
            put_word(d, s, in_body, out);
            if (s->slot == PT_WORD_MODIFIER) {
                pt_buf_putc(out, ' ');
            }
        }
    }
}

/* The name with one eojeol dropped, or the first of a neighbour's name in its place. */
static pt_synth_word damage(pt_synth_draft *d, const pt_synth_word *name) {
    uint64_t eojeols = 1;
    for (const char *p = name->text; *p; p++) {
        eojeols += *p == ' ';
    }
    const uint64_t lost = pt_rng_below(pt_synth_draft_bits(d), eojeols);
    const char *wrong = any(d, &d->neighbour->heads)->text;
    const bool drops = eojeols > 1 && uniform(d) < 0.5;
    pt_buf_clear(&d->damaged);
    const char *p = name->text;
    for (uint64_t i = 0; i < eojeols; i++) {
        const size_t n = strcspn(p, " ");
        if (i != lost || !drops) {
            pt_buf_puts(&d->damaged, d->damaged.n > 0 ? " " : "");
            pt_buf_append(&d->damaged, i == lost ? wrong : p, i == lost ? strcspn(wrong, " ") : n);
        }
        p += n + (p[n] == ' ');
    }
    const char *text = pt_buf_text(&d->damaged);
    return (pt_synth_word){text, NULL, (uint32_t)d->damaged.n, (uint8_t)pt_final_of(text, d->damaged.n)};
}

void pt_synth_draft_title(pt_synth_draft *d, pt_buf *out) {
    const pt_synth_word whole = d->name;
    if (d->title_damage > 0 && d->subject->tech_no > 0 && uniform(d) < d->title_damage) {
        d->name = damage(d, &whole);
    }
    put_pattern(d, pt_synth_pattern_draw(d->patterns, PT_KIND_TITLE, d->style, uniform(d)), false,
                &d->title_text);
    const char *text = pt_buf_text(&d->title_text);
    d->title =
        (pt_synth_word){text, NULL, (uint32_t)d->title_text.n, (uint8_t)pt_final_of(text, d->title_text.n)};
    pt_buf_append(out, text, d->title_text.n);
    d->name = whole;
    if (uniform(d) >= title_as_name) {
        d->name = *any_name(d);
    }
}

void pt_synth_draft_abstract(pt_synth_draft *d, pt_buf *out) {
    const pt_synth_pattern *before[PT_KINDS] = {NULL};
    for (size_t i = 0; i < sizeof outline / sizeof *outline; i++) {
        const pt_synth_kind kind = outline[i].kind;
        if (uniform(d) >= outline[i].share[d->style]) {
            continue;
        }
        const pt_synth_pattern *pattern = pt_synth_pattern_draw(d->patterns, kind, d->style, uniform(d));
        if (pattern == before[kind]) {
            pattern = pt_synth_pattern_draw(d->patterns, kind, d->style, uniform(d));
        }
        if (pattern == before[kind]) {
            continue;
        }
        d->shift = (before[kind] || kind > PT_KIND_COMPOSITION) && uniform(d) < 0.5 ? d->shift + 2 : d->shift;
        before[kind] = pattern;
        if (i > 0) {
            pt_buf_putc(out, ' ');
        }
        put_pattern(d, pattern, true, out);
    }
}

void pt_synth_draft_claim(pt_synth_draft *d, pt_buf *out) {
    d->shift = 0;
    put_pattern(d, pt_synth_pattern_draw(d->patterns, PT_KIND_CLAIM, d->style, uniform(d)), false, out);
}
