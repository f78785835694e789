/* SPDX-License-Identifier: Apache-2.0 */
/* sampler.h - the state of a Gibbs chain and one sweep over it.
 *
 *     refresh:    scale_k of the topics and the cells of keywords, from n_k, n_kw and n1
 *     sub-sweep:  new topics for a slice of the tokens with these rows (kernel.h)
 *     merge:      what the slice has changed, of all threads and ranks, into n_k, n_kw and rows
 *
 * n1 of the keywords is drawn once a sweep.
 *
 * A slice is the same part of every logical shard (shards.h), by tokens; in a corpus of one shard, with as
 * many sub-sweeps as tokens, the chain is the exact collapsed sampler (keywords apart, whose indicators are
 * drawn in blocks). Threads take blocks of documents or words, ranks whole shards; what they hand back are
 * integers, whose sum knows no order. D, N and documents are those of this rank, V, K and counts those of
 * all. */
#ifndef PT_TOPICS_SAMPLER_H
#define PT_TOPICS_SAMPLER_H

#include "topics/alpha.h"
#include "topics/exchange.h"
#include "topics/fetched_rows.h"
#include "topics/kernel.h"
#include "topics/keywords.h"
#include "topics/shards.h"
#include "topics/word_rows.h"

typedef struct pt_sampler_params {
    uint32_t K;
    double beta;
    uint32_t title_weight; /* tokens that a token of the title counts for, >= 1 */
    uint64_t sub_sweeps;
    uint64_t seed;
    int threads;
    pt_kernel_path kernel;
    pt_ranks *ranks;       /* NULL = alone */
    uint64_t counts_bytes; /* several ranks: where counts and rows take more, each rank keeps those of its own
                              words only; 0 = no limit */
} pt_sampler_params;

typedef struct pt_sampler {
    pt_sampler_params params;
    uint32_t D, V;
    uint64_t N;
    pt_ranks *ranks;
    uint32_t first_doc, all_docs;    /* of this rank in the whole corpus, which has so many */
    uint64_t all_tokens;             /* of all ranks */
    uint32_t first_shard, end_shard; /* of this rank, among pt_shards_of(all_docs) */
    pt_exchange *exchange;           /* n_kw of all ranks; NULL when alone */
    uint64_t *doc_start;             /* [D+1] */
    const uint32_t *word;            /* [N] title tokens repeated, parts left out */
    uint32_t *own_word; /* the same, or NULL where the corpus has it just so and it is the corpus's array */
    uint16_t *z;        /* [N] */
    uint64_t *topic_total; /* [K] n_k */
    double *alpha;         /* [K] */
    pt_boosts boosts;
    pt_keywords *keywords; /* owned; NULL = plain LDA */

    pt_word_rows rows;
    pt_fetched_rows *fetched;             /* rows of other ranks' words; NULL where every rank has all rows */
    uint32_t *place;                      /* [N] of the tokens at hand among those fetched; NULL likewise */
    float *alpha_row, *scale, *own_scale; /* [rows.row] for the kernel; phi_kw = scale_k r_kw */
    uint16_t *plain_theta, *ones;         /* [rows.row] for the kernel of lists */
    float plain_total;                    /* sum of plain_theta */
    double log_likelihood;    /* sum of ln phi_zw over all tokens at the last refresh asked for it */
    uint64_t n_changed;       /* tokens whose topic the last sweep changed */
    uint32_t n_sweeps;        /* swept so far */
    pt_kernel_space **space;  /* [threads] */
    double *block_likelihood; /* [blocks of words] */
    double *n_log_n;          /* n ln(n + beta) of small n */
} pt_sampler;

/* Takes the tokens over, from a corpus that must live on; z is 0 everywhere, alpha 0: the caller fills z,
 * alpha, boosts and keywords, then calls pt_sampler_begin. params->kernel must be one that the machine can
 * run. Errors: PT_ERR_DATA (no token, or a word with 2^32 and more). */
pt_status pt_sampler_new(const pt_corpus *corpus, const pt_sampler_params *params, pt_sampler **out,
                         pt_error *err) PT_WARN_UNUSED;
void pt_sampler_free(pt_sampler *sampler); /* NULL is fine */
/* Counts n_k from z. */
void pt_sampler_begin(pt_sampler *sampler);
/* Every token once. log_likelihood is then that of the state before the sweep. */
void pt_sampler_sweep(pt_sampler *sampler);
/* Draws n1 of the keywords anew, brings their cells and scale up to z, and log_likelihood if wanted. */
void pt_sampler_refresh(pt_sampler *sampler, bool with_likelihood);
/* Gives back the memory that only sweeps need; a sweep may follow all the same. */
void pt_sampler_rest(pt_sampler *sampler);
/* n_kw of one word, of all ranks [K], there or in room [K]; NULL where another rank keeps it. */
const uint32_t *pt_sampler_counts(const pt_sampler *sampler, uint32_t w, uint32_t *room);
/* Local document at which shard l of this rank begins. */
static inline uint32_t pt_sampler_shard(const pt_sampler *sampler, uint32_t l) {
    return pt_shard_document(sampler->all_docs, l) - sampler->first_doc;
}
/* Blocks of PT_WORD_BLOCK words, the last one maybe smaller. */
static inline size_t pt_sampler_word_blocks(const pt_sampler *sampler) {
    return ((size_t)sampler->V + PT_WORD_BLOCK - 1) / PT_WORD_BLOCK;
}
/* Whether the totals are those of z, and the keywords' counts fit them: a slow check for tests. */
bool pt_sampler_is_consistent(const pt_sampler *sampler);

#endif
