/* SPDX-License-Identifier: Apache-2.0 */
/* kernel_queue.h - the documents that wait for a place in a kernel. */
#ifndef PT_TOPICS_KERNEL_QUEUE_H
#define PT_TOPICS_KERNEL_QUEUE_H

#include "topics/kernel.h"

#include <stdbool.h>

typedef struct pt_kernel_queue {
    const pt_kernel_piece *piece, *end;
    uint32_t document;
} pt_kernel_queue;

static inline pt_kernel_queue pt_kernel_queue_of(const pt_kernel_piece *pieces, size_t n) {
    return (pt_kernel_queue){pieces, pieces + n, n ? pieces->doc_begin : 0};
}

/* Pieces lie apart: nothing but this knows where the next one begins. */
static inline void pt_kernel_queue_prefetch(const pt_kernel_job *job, const pt_kernel_piece *piece) {
    enum { LINE = 64 };
    __builtin_prefetch(&job->doc_start[piece->doc_begin]);
    for (size_t i = 0; i < 2; i++) {
        __builtin_prefetch(&job->z[piece->token_begin + i * LINE / sizeof *job->z]);
        __builtin_prefetch(&job->word[piece->token_begin + i * LINE / sizeof *job->word]);
    }
}

/* The next document that has tokens to draw, and these; false when there is none. */
static inline bool pt_kernel_queue_next(const pt_kernel_job *job, pt_kernel_queue *queue, uint32_t *document,
                                        uint64_t *begin, uint64_t *end) {
    while (queue->piece < queue->end) {
        const pt_kernel_piece *in = queue->piece;
        while (queue->document < in->doc_end) {
            const uint32_t d = queue->document++;
            const uint64_t first = job->doc_start[d], last = job->doc_start[d + 1];
            *begin = first > in->token_begin ? first : in->token_begin;
            *end = last < in->token_end ? last : in->token_end;
            *document = d;
            if (*begin < *end)
                return true;
        }
        if (++queue->piece < queue->end)
            queue->document = queue->piece->doc_begin;
        if (queue->piece + 1 < queue->end)
            pt_kernel_queue_prefetch(job, queue->piece + 1);
    }
    return false;
}

#endif
