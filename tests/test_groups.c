/* SPDX-License-Identifier: Apache-2.0 */
/* test_groups.c - groups of like patents, and what others say of their item. */
#include "base/mem.h"
#include "study/group_evidence.h"
#include "study/membership.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
// clang-format off
#include <cmocka.h>
// clang-format on

/* 60 patents of the region speak of fire in batteries: words of their own and three of item 1; their seeds
 * put them under item 0. Elsewhere 10 more of that technology, 40 patents of item 0, 40 of item 1. */
enum {
    REGION = 60,
    ALIKE = 10,
    ELSEWHERE = 40,
    D = REGION + ALIKE + 2 * ELSEWHERE,
    M = 2,
    OWN = 12,
    WORDS = 10
};

typedef struct world {
    pt_corpus *corpus;
    pt_documents documents;
    pt_document at[D];
    uint32_t item[D * M], start[D + 1];
    float q[D * M], S[D * M], A[D * M], margin[D];
    bool speaks[D * M];
    uint8_t confidence[D];
    pt_assignment rows[D];
    pt_evidence evidence;
    pt_mapping mapping;
    pt_seeds *seeds;
} world;

static void add_word(pt_corpus_builder *builder, char kind, int number) {
    char word[16];
    const int n = snprintf(word, sizeof word, "%c%d", kind, number);
    pt_corpus_builder_add(builder, word, (size_t)n, 0);
}

static void add_patent(world *w, pt_corpus_builder *builder, uint32_t d) {
    const bool in_group = d < REGION + ALIKE;
    const uint32_t owner = in_group ? 0 : d >= REGION + ALIKE + ELSEWHERE;
    pt_corpus_builder_begin_document(builder);
    for (int i = 0; i < 6; i++)
        add_word(builder,
                 in_group ? 'g'
                 : owner  ? 'b'
                          : 'a',
                 (int)(d * 5 + (uint32_t)i * 7) % (in_group ? OWN : WORDS));
    for (int i = 0; in_group && i < 3; i++)
        add_word(builder, 'b', (int)(d + (uint32_t)i) % WORDS);
    pt_corpus_builder_end_document(builder);
    w->at[d] = (pt_document){.weight = d < REGION, .in_period = true, .in_reference = true};
    for (uint32_t j = 0; j < M; j++) {
        w->item[d * M + j] = j == 0 ? owner : 1 - owner;
        w->q[d * M + j] = j == 0 ? 0.95f : 0.05f;
        w->S[d * M + j] = j == 0 ? 10 : 8;
        w->A[d * M + j] = j == 0 ? 10 : 8;
        w->speaks[d * M + j] = true;
    }
    w->start[d + 1] = d + 1;
}

/* One word of the group is a seed of item 0, six words of item 1 are seeds of that. */
static void sow(world *w) {
    pt_seeds_builder *builder = pt_seeds_builder_new(2);
    for (uint32_t v = 0; v < w->corpus->V; v++)
        if (strcmp(w->corpus->form[v], "g0") == 0)
            pt_seeds_builder_add(builder, 0, v, 1);
        else if (w->corpus->form[v][0] == 'b' && w->corpus->form[v][1] < '6')
            pt_seeds_builder_add(builder, 1, v, 1);
    w->seeds = pt_seeds_build(builder);
    pt_seeds_builder_free(builder);
}

static void world_free(world *w) {
    pt_seeds_free(w->seeds);
    pt_corpus_free(w->corpus);
}

static void world_new(world *w) {
    *w = (world){0};
    pt_corpus_builder *builder = pt_corpus_builder_new();
    pt_corpus_params params = pt_corpus_params_default();
    params.min_patents_per_word = 1;
    params.max_share_of_patents = 1;
    for (uint32_t d = 0; d < D; d++)
        add_patent(w, builder, d);
    pt_error err = {0};
    assert_int_equal(pt_corpus_build(builder, &params, &w->corpus, &err), PT_OK);
    pt_corpus_builder_free(builder);
    sow(w);
    w->documents = (pt_documents){.D = D, .at = w->at};
    w->evidence = (pt_evidence){.D = D,
                                .V = w->corpus->V,
                                .n_items = 2,
                                .per_document = M,
                                .item = w->item,
                                .S = w->S,
                                .q = w->q,
                                .A = w->A,
                                .has_any_evidence = w->speaks};
    w->mapping = (pt_mapping){.D = D,
                              .n_items = 2,
                              .start = w->start,
                              .at = w->rows,
                              .margin = w->margin,
                              .confidence = w->confidence};
}

static void test_groups(void **state) {
    (void)state;
    world w;
    world_new(&w);
    w.start[D] = D - 1; /* the last one is 미분류 */
    pt_patent_groups *groups = pt_patent_groups_new(w.corpus, &w.documents, &w.mapping);
    assert_int_equal(groups->n, 3); /* of 16 each, and some more */
    for (uint32_t d = 0; d < D; d++) {
        assert_int_equal(groups->is_core[d], d < REGION);
        if (d < REGION + ALIKE)
            assert_true(groups->of[d] < groups->n);
        else
            assert_int_equal(groups->of[d], PT_NO_GROUP);
    }
    pt_patent_groups_free(groups);
    for (uint32_t d = 15; d < REGION; d++)
        w.at[d].in_period = false;
    groups = pt_patent_groups_new(w.corpus, &w.documents, &w.mapping);
    assert_int_equal(groups->n, 0); /* too few to have a group */
    pt_group_evidence *said = pt_group_evidence_find(w.corpus, w.seeds, &w.evidence, groups);
    pt_mapping *m = pt_memberships_new(&w.evidence, &w.mapping, groups, said);
    assert_int_equal(m->at[0].item, 0);
    pt_mapping_free(m);
    pt_group_evidence_free(said);
    pt_patent_groups_free(groups);
    world_free(&w);
}

/* The group taught item 0 its own words; without them it is item 1 that shares words with it. */
static void test_what_others_say(void **state) {
    (void)state;
    world w;
    world_new(&w);
    pt_patent_groups *groups = pt_patent_groups_new(w.corpus, &w.documents, &w.mapping);
    /* one group of all of them: else the one half would speak for the other */
    for (uint32_t d = 0; d < REGION + ALIKE; d++)
        groups->of[d] = 0;
    pt_group_evidence *said = pt_group_evidence_find(w.corpus, w.seeds, &w.evidence, groups);
    assert_true(said->words[1] > 0.02f); /* little, since 80 patents are few against the background mass */
    assert_true(said->words[0] < -0.02f);
    assert_true(said->words[2] == 0 && said->words[3] == 0); /* a group that nobody is in */
    assert_true(said->seeds[2] == 0 && said->seeds[3] == 0);
    pt_group_evidence_free(said);
    pt_patent_groups_free(groups);
    world_free(&w);
}

/* Documents that hold the word, of the region's in the group when `core`. */
static uint32_t count_documents(const world *w, uint32_t word, bool core) {
    uint32_t n = 0;
    for (uint32_t d = 0; d < (core ? REGION : D); d++) {
        uint64_t t = w->corpus->doc_start[d];
        while (t < w->corpus->doc_start[d + 1] && w->corpus->word[t] != word)
            t++;
        n += t < w->corpus->doc_start[d + 1];
    }
    return n;
}

/* seeds_k = sum of R u sqrt(share of the group's patents that hold the word), counted here by hand; many
 * words in few patents each say more than one word in more of them. */
static void test_breadth(void **state) {
    (void)state;
    world w;
    world_new(&w);
    pt_patent_groups *groups = pt_patent_groups_new(w.corpus, &w.documents, &w.mapping);
    for (uint32_t d = 0; d < REGION + ALIKE; d++)
        groups->of[d] = 0;
    pt_group_evidence *said = pt_group_evidence_find(w.corpus, w.seeds, &w.evidence, groups);
    double sum[2] = {0, 0};
    for (uint32_t k = 0; k < 2; k++)
        for (uint32_t i = w.seeds->start[k]; i < w.seeds->start[k + 1]; i++) {
            const uint32_t word = w.seeds->word[i];
            /* used by one of two items: u = ln(D / documents) ln 2 / ln 2 */
            sum[k] += log((double)D / count_documents(&w, word, false)) *
                      sqrt((double)count_documents(&w, word, true) / REGION);
        }
    assert_int_equal(w.seeds->start[2], 7);
    assert_float_equal(said->seeds[0], sum[0], 1e-4);
    assert_float_equal(said->seeds[1], sum[1], 1e-4);
    assert_true(said->seeds[1] > 2 * said->seeds[0]);
    pt_group_evidence_free(said);
    pt_patent_groups_free(groups);
    world_free(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_groups),
        cmocka_unit_test(test_what_others_say),
        cmocka_unit_test(test_breadth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
