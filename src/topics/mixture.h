/* SPDX-License-Identifier: Apache-2.0 */
/* mixture.h - which items a document speaks of: a tempered mixture in which each document has one item.
 *
 *     a_dkw = x_dw u_w R_kw - x_dw idf_w (negative weight)
 *     A_dk  = sum_w a_dkw - .5 max_w a_dkw: one word alone is weak evidence
 *     q     = softmax(A / T0 + (1/T) sum_w x_dw ln(.5 phi_kw / p_w + .5)), phi of t_kw alone
 *     repeat `steps` times:
 *         C_kw   = sum_d q_dk x_dw + s R_kw u_w + t_kw,   t_kw = tau T_kw min(p_w / p'_w, 3) + omega W_kw
 *         phi_kw = (C_kw + mu p_w) / (sum_w C_kw + mu)
 *         S_dk   = (1/T) sum_w x_dw ln(.5 phi_kw / p_w + .5) + pa ln(sum_d q_dk + 5) + .1 A_dk
 *                  - 1.5 [k is a method item] + codes
 *         q      = softmax(S)
 *
 * x_dw: doc_terms.h; R_kw, u_w, T_kw, p'_w (words taught by other patents), W_kw (written
 * for codes): seeds.h; p_w: share of w in all x. A posterior q is kept as its 16 largest
 * entries and one value that all other items share. Linear in tokens; every sum has a fixed order, so the
 * result is the same for any number of threads. softmax(S) is no calibrated probability: rank by S, abstain
 * by margin. Codes enter with weights that are 0 by default:
 *     learned  + code_weight * mean over the codes of d with 3+ documents of
 *                ln(((sum over the OTHER documents of the code of q~ + 5 p_k) / (n - 1 + 5)) / p_k + .05),
 *                q~ = softmax(S / 1.5) of the step before, p_k its mean over all documents
 *     table    + ln(1 + table_lambda n_items c_dk) */
#ifndef PT_TOPICS_MIXTURE_H
#define PT_TOPICS_MIXTURE_H

#include "base/monitor.h"
#include "topics/ranks.h"
#include "topics/seeds.h"

#define PT_EVIDENCE_ITEMS 16 /* items kept a document */
#define PT_EVIDENCE_WORDS 5

/* Classification codes by document; main groups and subclasses share one space of ids. */
typedef struct pt_code_evidence {
    uint32_t n_codes;
    uint64_t *start; /* [D+1] offsets into code */
    uint32_t *code;  /* < n_codes, each once in a document */
} pt_code_evidence;

/* What a table says about documents: c_dk >= 0, zero where it says nothing. */
typedef struct pt_table_evidence {
    uint64_t *start; /* [D+1] offsets into item and value */
    uint32_t *item;  /* < n_items */
    float *value;
} pt_table_evidence;

typedef struct pt_mixture_params {
    double T0, T;              /* temperatures of the start and of the steps */
    double background_mass;    /* mu */
    double seed_mass;          /* s */
    double taught_weight;      /* tau */
    double written_weight;     /* omega */
    double size_weight;        /* pa */
    double seed_weight;        /* of A in S, 0.1 */
    double method_penalty;     /* 1.5 */
    double code_weight;        /* 0 = codes are not used; 0.8 is a good value */
    double table_lambda;       /* 0 = table is not used; 0.05 to 0.5 */
    uint32_t steps;            /* 2 */
    int threads;               /* 0 = all */
    const pt_monitor *monitor; /* may be NULL */
    pt_ranks *ranks;           /* NULL: alone; else all ranks call, each with its part of the corpus */
    uint64_t counts_bytes;     /* 0: with several ranks, room for log_ratio on each; where it takes more, a
                                  rank keeps that of its own words (split_words.h); 0 = no limit */
} pt_mixture_params;

/* As measured on stores of 1,500 and of 6,000 real patents (bench/results/mapping.tsv): one set serves both.
 */
pt_mixture_params pt_mixture_params_default(void);

typedef struct pt_evidence {
    uint32_t D, V, n_items;
    uint32_t per_document;    /* min(PT_EVIDENCE_ITEMS, n_items): entries of each document */
    uint32_t *item;           /* [D][per_document] by descending S, ties by item */
    float *S, *q;             /* [D][per_document] */
    float *A;                 /* [D][per_document] sum_w a_dkw, the strongest word in full … */
    float *strongest;         /* … and that word's a_dkw, at least 0 */
    bool *has_any_evidence;   /* [D][per_document] a seed, a part or a code speaks for the item */
    float *margin;            /* [D] best S minus second; with one item S itself */
    size_t row;               /* floats a row of log_ratio, a multiple of 16 */
    float *log_ratio;         /* [V][row] ln(.5 phi_kw / p_w + .5); NULL, like all but item, q and
                                 frozen, on one of several ranks */
    struct pt_frozen *frozen; /* of a fit: what judges later documents (frozen.h); NULL = none */
} pt_evidence;

/* seeds must fit corpus (word ids below V). codes and table may be NULL, and must have D documents.
 * With several ranks it is collective; item and q of the rank's own documents are what it then leaves, and
 * what judges later documents on rank 0. Errors: PT_ERR_CONFIG (parameters, no item), PT_ERR_DATA (no token,
 * index out of range), PT_ERR_AGAIN (stopped). */
pt_status pt_evidence_find(const pt_corpus *corpus, const pt_seeds *seeds, const pt_code_evidence *codes,
                           const pt_table_evidence *table, const pt_mixture_params *params, pt_evidence **out,
                           pt_error *err) PT_WARN_UNUSED;
void pt_evidence_free(pt_evidence *evidence); /* NULL is fine */

/* ln(.5 phi_kw / p_w + .5) of one word for all items from C_kw, the prior mu p_w + what all items share, the
 * items' scale .5 / (sum_w C_kw + mu) and the share p_w > 0. */
void pt_mixture_log_ratio(const float *C, float prior, const float *scale, float share, uint32_t n_items,
                          float *log_ratio);

typedef struct pt_evidence_word {
    uint32_t word;
    float gain;  /* x_dw ln(.5 phi_kw / p_w + .5) > 0 */
    float share; /* of the sum of all positive gains of the document for the item */
} pt_evidence_word;

/* The words that speak most for the item, at most PT_EVIDENCE_WORDS, by descending gain; returns how many.
 * corpus must be the one that the evidence was found in. */
size_t pt_evidence_words(const pt_evidence *evidence, const pt_corpus *corpus, uint32_t doc, uint32_t item,
                         pt_evidence_word out[PT_EVIDENCE_WORDS]);

#endif
