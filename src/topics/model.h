/* SPDX-License-Identifier: Apache-2.0 */
/* model.h - what training leaves: topic-word counts, priors, and the topics of every document. */
#ifndef PT_TOPICS_MODEL_H
#define PT_TOPICS_MODEL_H

#include "topics/ranks.h"

#define PT_MODEL_TOPICS 16 /* topics kept a document */
#define PT_NO_TOPIC UINT16_MAX

typedef struct pt_sweep_record {
    uint32_t sweep;        /* from 1 */
    double log_likelihood; /* ln p(w | z, beta) a token */
    double changed;        /* share of tokens that changed topic */
    double alpha_sum;
    double perplexity; /* of the held-out documents; 0 = not measured after this sweep */
} pt_sweep_record;

typedef struct pt_model {
    uint32_t K, n_items, D, V; /* topics 0 .. n_items-1 are items, the others general */
    uint32_t first_doc;        /* of theta, where it is that of a part of the documents; D is their number */
    uint64_t N;                /* tokens in the counts, repeated title tokens included */
    uint64_t seed;
    char corpus_digest[65];
    double beta, lambda, keyword_mass, gamma0, gamma1;
    uint32_t title_weight;
    double *alpha; /* [K] */

    char **form; /* [V] words, or NULL */

    /* n_kw by word, zero cells left out. */
    uint64_t *word_start;  /* [V+1] */
    uint16_t *topic;       /* ascending inside a word */
    uint32_t *count;       /* > 0 */
    uint64_t *topic_total; /* [K] n_k */

    /* Keywords of the items: u_kw and the tokens n1_kw that came from the keyword distribution. */
    uint32_t *keyword_start; /* [n_items+1] */
    uint32_t *keyword;       /* ascending inside an item */
    float *keyword_strength; /* u_kw > 0 */
    uint32_t *keyword_count; /* n1_kw <= n_kw */

    /* theta, mean of the kept sweeps: the largest entries of a document. */
    uint16_t *theta_topic; /* [D][PT_MODEL_TOPICS] by descending value; PT_NO_TOPIC = no more */
    float *theta;          /* [D][PT_MODEL_TOPICS] */

    uint32_t n_sweeps;
    pt_sweep_record *sweep; /* [n_sweeps] */

    /* For documents that come after the fit (fold.h); NULL in models of format 2 and of plain LDA. */
    uint64_t *known;          /* [n_known] fingerprints of the documents of the fit, in their order */
    uint32_t n_known;         /* D of the fit, or 0 */
    struct pt_frozen *frozen; /* the evidence of the fit; owned */
} pt_model;

void pt_model_free(pt_model *model); /* NULL is fine */

/* phi of every topic as rows of `row` floats (a multiple of 32, at least K; the rest is 0), word by word:
 * phi[w * row + k]. Aligned to 64 bytes; free() it. */
float *pt_model_phi(const pt_model *model, size_t *row);

typedef struct pt_top_word {
    uint32_t word;
    double probability; /* phi_kw */
    bool is_seed;
} pt_top_word;

/* The n most probable words of a topic among those that occur in it, ties by id; returns how many. For all
 * topics at once it is cheaper to use pt_model_top_words_all. */
size_t pt_model_top_words(const pt_model *model, uint32_t topic, size_t n, pt_top_word *out);
/* out [K][n]; n_found [K] tells how many each topic has. */
void pt_model_top_words_all(const pt_model *model, size_t n, pt_top_word *out, size_t *n_found);

/* Atomic; equal models are equal bytes. Errors: PT_ERR_CREATE, PT_ERR_IO. */
pt_status pt_model_save(const pt_model *model, const char *path, pt_error *err) PT_WARN_UNUSED;
/* The same of ranks that have the theta of their own documents each, rank 0 all the rest; collective. */
pt_status pt_model_save_all(const pt_model *model, pt_ranks *ranks, const char *path,
                            pt_error *err) PT_WARN_UNUSED;
/* Checks magic, version, digest, every length and every index; reads formats 2 and 3. Errors:
 * PT_ERR_NO_INPUT, PT_ERR_IO, PT_ERR_DATA (not a model, of a newer or a too old program, damaged). */
pt_status pt_model_load(const char *path, pt_model **out, pt_error *err) PT_WARN_UNUSED;

/* The model as text for people: `name<TAB>value` lines, then `topic alpha tokens words`, one topic a line
 * with its n_words top words. Errors: PT_ERR_CREATE, PT_ERR_IO. */
pt_status pt_model_dump(const pt_model *model, size_t n_words, const char *path,
                        pt_error *err) PT_WARN_UNUSED;

#endif
