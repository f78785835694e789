/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/slices.h"

#include "base/parallel.h"
#include "base/vec.h"

enum { DOC_BLOCK = 64 };

/* Documents of one shard that hold tokens of the slice. */
typedef struct piece {
    uint64_t token_begin, token_end;
    uint32_t doc_begin, doc_end;
} piece;

typedef struct slice {
    pt_sampler *sampler;
    pt_kernel *kernel;
    pt_kernel_job job;
    const piece *pieces;
} slice;

static void draw_piece(void *user, int worker, size_t unit) {
    const slice *part = user;
    const piece *at = &part->pieces[unit];
    pt_kernel_job job = part->job;
    job.token_begin = at->token_begin;
    job.token_end = at->token_end;
    part->kernel(&job, part->sampler->space[worker], at->doc_begin, at->doc_end);
}

/* First document that ends behind token t. */
static uint32_t document_of(const pt_sampler *sampler, uint64_t t) {
    uint32_t low = 0, high = sampler->D;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (sampler->doc_start[middle + 1] <= t)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The s-th of S parts of every shard, in pieces of at most DOC_BLOCK documents. */
static size_t list_pieces(const pt_sampler *sampler, uint64_t s, uint64_t S, piece **out) {
    PT_VEC(piece) pieces = {0};
    for (uint32_t l = sampler->first_shard; l < sampler->end_shard; l++) {
        const uint64_t first = sampler->doc_start[pt_sampler_shard(sampler, l)],
                       n = sampler->doc_start[pt_sampler_shard(sampler, l + 1)] - first;
        const uint64_t begin = first + n / S * s + n % S * s / S,
                       end = first + n / S * (s + 1) + n % S * (s + 1) / S;
        if (begin == end)
            continue;
        const uint32_t last = document_of(sampler, end - 1) + 1;
        for (uint32_t d = document_of(sampler, begin); d < last; d += DOC_BLOCK) {
            const piece at = {begin, end, d, last - d < DOC_BLOCK ? last : d + DOC_BLOCK};
            pt_vec_push(&pieces, at);
        }
    }
    *out = pieces.at;
    return pieces.n;
}

/* Wants the rows of the words of a piece. */
static void want_words(pt_sampler *sampler, const piece *at) {
    const uint64_t first = sampler->doc_start[at->doc_begin], last = sampler->doc_start[at->doc_end];
    const uint64_t begin = first > at->token_begin ? first : at->token_begin,
                   end = last < at->token_end ? last : at->token_end;
    for (uint64_t t = begin; t < end; t++)
        sampler->place[t] = pt_word_rows_want(sampler->rows, sampler->word[t]);
}

/* As many pieces at a time as the rows of their words have room; all ranks go on until none has any left. */
static void draw_in_batches(slice *part, size_t n) {
    pt_sampler *sampler = part->sampler;
    const piece *const pieces = part->pieces;
    const uint64_t most_rows = sampler->params.counts_bytes / 2 / (sampler->row / 2 * sizeof(uint32_t));
    size_t next = 0;
    for (int64_t is_more = 1; is_more;) {
        const size_t begin = next;
        pt_word_rows_forget(sampler->rows);
        do {
            if (next < n)
                want_words(sampler, &pieces[next++]);
        } while (next < n && sampler->rows->n_wanted < most_rows);
        pt_word_rows_fetch(sampler->rows);
        part->pieces = pieces + begin;
        part->job.phi = sampler->rows->rows;
        pt_parallel_for(sampler->params.threads, next - begin, draw_piece, part);
        is_more = next < n;
        pt_ranks_max(sampler->ranks, &is_more, 1);
    }
}

void pt_slice_draw(pt_sampler *sampler, uint64_t s, uint64_t S, int64_t *change) {
    piece *pieces = NULL;
    const size_t n = list_pieces(sampler, s, S, &pieces);
    slice part = {.sampler = sampler, .kernel = pt_kernel_choose(sampler->params.kernel), .pieces = pieces};
    part.job = (pt_kernel_job){.K = sampler->params.K,
                               .row = sampler->row,
                               .doc_start = sampler->doc_start,
                               .word = sampler->rows ? sampler->place : sampler->word,
                               .z = sampler->z,
                               .phi = sampler->phi,
                               .alpha = sampler->alpha_row,
                               .boost_start = sampler->boosts.start,
                               .boost_topic = sampler->boosts.topic,
                               .boost = sampler->boosts.value,
                               .own_less = sampler->own_less,
                               .own_scale = sampler->own_scale,
                               .own_least = sampler->own_least,
                               .seed = sampler->params.seed,
                               .sweep = sampler->n_sweeps,
                               .first_doc = sampler->first_doc};
    if (sampler->rows)
        draw_in_batches(&part, n);
    else
        pt_parallel_for(sampler->params.threads, n, draw_piece, &part);
    free(pieces);
    const uint32_t K = sampler->params.K;
    for (int i = 0; i < sampler->params.threads; i++)
        change[K] += (int64_t)pt_kernel_space_collect(sampler->space[i], K, change);
}
