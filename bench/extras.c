/* SPDX-License-Identifier: Apache-2.0 */
/* extras.c - what the parts of the seeded model cost: processor seconds a sweep with each of them, beside the
 * bare sampler on the same tokens. The chains take their sweeps in turn, so that what else the machine does
 * meets all of them. TSV on stdout, medians. */
#include "base/clock.h"
#include "base/mem.h"
#include "base/rng.h"
#include "topics/start.h"
#include "topics/theta.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ITEMS = 311, SEEDS = 20, BOOSTS = 3, TITLE_TOKENS = 8, ALPHA_EVERY = 10, ALPHA_STEPS = 5, MOST = 99 };

typedef enum extra { BARE, SEEDED, BOOSTED, TITLED, ALPHA, KEPT, ALL, EXTRAS } extra;
static const char *const NAME[EXTRAS] = {"bare sampler",
                                         "seeded prior, 311 items of 20 keywords",
                                         "document-specific alpha, 3 items a document",
                                         "titles of 8 words counted twice",
                                         "alpha by Minka's fixed point every 10th sweep",
                                         "theta summed over the kept sweeps (10 of 60)",
                                         "all of them"};

/* Keywords by their frequency: the words of tokens drawn at random. */
static pt_seeds *seeds_of(const pt_corpus *corpus) {
    pt_seeds_builder *builder = pt_seeds_builder_new(ITEMS);
    for (uint32_t k = 0; k < ITEMS; k++)
        for (uint64_t i = 0; i < SEEDS; i++)
            pt_seeds_builder_add(
                builder, k, corpus->word[pt_rng_below(pt_rng_key(7, k, i), corpus->doc_start[corpus->D])], 1);
    pt_seeds *seeds = pt_seeds_build(builder);
    pt_seeds_builder_free(builder);
    return seeds;
}

static void add_boosts(pt_sampler *sampler) {
    pt_boosts *boosts = &sampler->boosts;
    boosts->start = pt_alloc((size_t)sampler->D + 1, sizeof *boosts->start);
    boosts->topic = pt_alloc((size_t)sampler->D * BOOSTS, sizeof *boosts->topic);
    boosts->value = pt_alloc((size_t)sampler->D * BOOSTS, sizeof *boosts->value);
    for (uint64_t d = 0; d <= sampler->D; d++)
        boosts->start[d] = d * BOOSTS;
    for (uint64_t i = 0; i < (uint64_t)sampler->D * BOOSTS; i++) {
        boosts->topic[i] = (uint16_t)pt_rng_below(pt_rng_key(8, 0, i), ITEMS);
        boosts->value[i] = 100;
    }
}

static pt_sampler *chain_of(const pt_corpus *corpus, const pt_seeds *seeds, extra part) {
    const pt_sampler_params params = {.K = 351,
                                      .beta = .01,
                                      .title_weight = part == TITLED || part == ALL ? 2 : 1,
                                      .sub_sweeps = 4,
                                      .seed = 1,
                                      .threads = 1};
    pt_sampler *sampler = NULL;
    pt_error err = {0};
    if (pt_sampler_new(corpus, &params, &sampler, &err)) {
        fprintf(stderr, "extras: %s\n", err.message);
        exit(PT_ERR_DATA);
    }
    for (uint32_t k = 0; k < params.K; k++)
        sampler->alpha[k] = 5. / params.K;
    if (part == SEEDED || part == ALL) {
        sampler->keywords = pt_keywords_new(seeds, corpus);
        sampler->keywords->beta = params.beta;
        sampler->keywords->keyword_mass = sampler->keywords->gamma0 = sampler->keywords->gamma1 = 1;
    }
    if (part == BOOSTED || part == ALL)
        add_boosts(sampler);
    pt_start_topics(sampler, NULL, 0);
    pt_sampler_begin(sampler);
    return sampler;
}

static void optimise_alpha(pt_sampler *sampler) {
    const pt_document_topics topics = {.D = sampler->D,
                                       .K = sampler->params.K,
                                       .doc_start = sampler->doc_start,
                                       .z = sampler->z,
                                       .boosts = &sampler->boosts};
    pt_alpha_optimise(&topics, ALPHA_STEPS, 1, sampler->alpha);
}

/* Seconds a sweep, its share of what is not done in every sweep included. */
static double step(pt_sampler *sampler, pt_theta *theta, extra part) {
    double begin = pt_clock(CLOCK_PROCESS_CPUTIME_ID), seconds;
    pt_sampler_sweep(sampler);
    seconds = pt_clock(CLOCK_PROCESS_CPUTIME_ID) - begin;
    begin = pt_clock(CLOCK_PROCESS_CPUTIME_ID);
    if (part == ALPHA || part == ALL) {
        optimise_alpha(sampler);
        seconds += (pt_clock(CLOCK_PROCESS_CPUTIME_ID) - begin) / ALPHA_EVERY;
    }
    begin = pt_clock(CLOCK_PROCESS_CPUTIME_ID);
    if (part == KEPT || part == ALL) {
        pt_theta_keep(theta, sampler);
        seconds += (pt_clock(CLOCK_PROCESS_CPUTIME_ID) - begin) * 10 / 60;
    }
    return seconds;
}

static int by_size(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv) {
    pt_corpus *corpus = NULL;
    pt_error err = {0};
    const int sweeps = argc > 2 ? atoi(argv[2]) : 0;
    if (sweeps < 1 || sweeps > MOST) {
        fprintf(stderr, "usage: extras UCI_FILE SWEEPS\n");
        return PT_ERR_USAGE;
    }
    if (pt_corpus_read_uci(argv[1], NULL, &corpus, &err)) {
        fprintf(stderr, "extras: %s\n", err.message);
        return PT_ERR_DATA;
    }
    pt_seeds *seeds = seeds_of(corpus);
    for (uint32_t d = 0; d < corpus->D; d++)
        for (uint64_t t = corpus->doc_start[d]; t < corpus->doc_start[d + 1]; t++)
            corpus->flags[t] = t - corpus->doc_start[d] < TITLE_TOKENS ? PT_TOKEN_TITLE : 0;
    pt_sampler *chain[EXTRAS];
    pt_theta *theta[EXTRAS];
    double seconds[EXTRAS][MOST];
    for (int x = 0; x < EXTRAS; x++) {
        chain[x] = chain_of(corpus, seeds, (extra)x);
        theta[x] = pt_theta_new(corpus->D);
    }
    for (int i = 0; i < sweeps; i++)
        for (int x = 0; x < EXTRAS; x++)
            seconds[x][i] = step(chain[x], theta[x], (extra)x);
    printf("what\ttokens\tseconds_a_sweep\tns_a_token\tratio_to_bare\n");
    double bare = 0;
    for (int x = 0; x < EXTRAS; x++) {
        qsort(seconds[x], (size_t)sweeps, sizeof **seconds, by_size);
        const double median = seconds[x][sweeps / 2], token = median / (double)chain[x]->N * 1e9;
        bare = x == BARE ? token : bare;
        printf("%s\t%llu\t%.4f\t%.1f\t%.3f\n", NAME[x], (unsigned long long)chain[x]->N, median, token,
               token / bare);
        pt_theta_free(theta[x]);
        pt_sampler_free(chain[x]);
    }
    pt_seeds_free(seeds);
    pt_corpus_free(corpus);
    return 0;
}
