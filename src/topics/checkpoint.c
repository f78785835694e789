/* SPDX-License-Identifier: Apache-2.0 */
/* checkpoint.c - header, the parts of the chain one behind the other, SHA-256 over all of them. */
#include "topics/checkpoint.h"

#include "base/buf.h"
#include "base/file.h"

#include <stdlib.h>
#include <string.h>

static const char MAGIC[8] = "PTCHAIN\n";
enum { VERSION = 1, DIGEST_BYTES = 64, MOST_PARTS = 10 };

typedef struct header {
    char magic[8];
    uint32_t version, n_sweeps, n_kept, n_draws;
    char identity[DIGEST_BYTES];
} header;

typedef struct part {
    void *at;
    size_t bytes;
} part;

/* What a chain after head->n_sweeps sweeps consists of. */
static size_t list_parts(const pt_chain *chain, header *head, part parts[MOST_PARTS]) {
    pt_sampler *sampler = chain->sampler;
    const pt_keywords *keywords = sampler->keywords;
    size_t n = 0;
    parts[n++] = (part){head, sizeof *head};
    parts[n++] = (part){sampler->z, sampler->N * sizeof *sampler->z};
    parts[n++] = (part){sampler->alpha, sampler->params.K * sizeof *sampler->alpha};
    parts[n++] = (part){chain->record, head->n_sweeps * sizeof *chain->record};
    size_t bytes;
    void *entries = pt_theta_entries(chain->theta, &bytes);
    parts[n++] = (part){entries, head->n_kept ? bytes : 0};
    if (keywords) {
        parts[n++] = (part){keywords->n0, keywords->n_pairs * sizeof *keywords->n0};
        parts[n++] = (part){keywords->n1, keywords->n_pairs * sizeof *keywords->n1};
        parts[n++] = (part){keywords->n1_total, keywords->n_items * sizeof *keywords->n1_total};
        parts[n++] = (part){keywords->key, keywords->n_items * sizeof *keywords->key};
        parts[n++] = (part){keywords->full, keywords->n_items * sizeof *keywords->full};
    }
    return n;
}

/* SHA-256 of the parts' SHA-256 sums. */
static void digest_parts(const part *parts, size_t n, char hex[65]) {
    pt_buf sums = {0};
    for (size_t i = 0; i < n; i++) {
        pt_digest(parts[i].at, parts[i].bytes, hex);
        pt_buf_puts(&sums, hex);
    }
    pt_digest(sums.at, sums.n, hex);
    pt_buf_free(&sums);
}

void pt_chain_identify(pt_chain *chain, const char *rest) {
    const pt_sampler *sampler = chain->sampler;
    const pt_boosts *boosts = &sampler->boosts;
    const pt_keywords *keywords = sampler->keywords;
    part parts[MOST_PARTS] = {{(void *)(uintptr_t)rest, strlen(rest)},
                              {sampler->doc_start, ((size_t)sampler->D + 1) * sizeof *sampler->doc_start},
                              {(void *)(uintptr_t)sampler->word, sampler->N * sizeof *sampler->word},
                              {sampler->z, sampler->N * sizeof *sampler->z},
                              {sampler->alpha, sampler->params.K * sizeof *sampler->alpha}};
    size_t n = 5;
    if (boosts->start) {
        const uint64_t n_boosts = boosts->start[sampler->D];
        parts[n++] = (part){boosts->start, ((size_t)sampler->D + 1) * sizeof *boosts->start};
        parts[n++] = (part){boosts->topic, n_boosts * sizeof *boosts->topic};
        parts[n++] = (part){boosts->value, n_boosts * sizeof *boosts->value};
    }
    if (keywords) {
        parts[n++] = (part){keywords->word, keywords->n_pairs * sizeof *keywords->word};
        parts[n++] = (part){keywords->strength, keywords->n_pairs * sizeof *keywords->strength};
    }
    digest_parts(parts, n, chain->identity);
}

pt_status pt_checkpoint_save(const pt_chain *chain, const char *path, pt_error *err) {
    const pt_keywords *keywords = chain->sampler->keywords;
    header head = {.version = VERSION,
                   .n_sweeps = chain->sampler->n_sweeps,
                   .n_kept = pt_theta_kept(chain->theta),
                   .n_draws = keywords ? keywords->n_draws : 0};
    memcpy(head.magic, MAGIC, sizeof MAGIC);
    memcpy(head.identity, chain->identity, DIGEST_BYTES);
    part parts[MOST_PARTS];
    const size_t n = list_parts(chain, &head, parts);
    char hex[65];
    digest_parts(parts, n, hex);
    pt_writer *writer = NULL;
    const pt_status status = pt_writer_open(&writer, path, err);
    if (status)
        return status;
    for (size_t i = 0; i < n; i++)
        pt_writer_bytes(writer, parts[i].at, parts[i].bytes);
    pt_writer_bytes(writer, hex, DIGEST_BYTES);
    return pt_writer_close(writer, err);
}

/* The parts' places in the file, in the order of list_parts; false when the file has another length. */
static bool locate(const part *parts, size_t n, char *bytes, size_t n_bytes, part *found) {
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        if (parts[i].bytes > n_bytes - at)
            return false;
        found[i] = (part){bytes + at, parts[i].bytes};
        at += parts[i].bytes;
    }
    return n_bytes - at == DIGEST_BYTES;
}

static pt_status take_over(pt_chain *chain, const char *path, char *bytes, size_t n_bytes, pt_error *err) {
    header head;
    if (n_bytes < sizeof head || memcmp(bytes, MAGIC, sizeof MAGIC) != 0)
        return pt_fail(err, PT_ERR_DATA, "%s: not a checkpoint; remove it to start again", path);
    memcpy(&head, bytes, sizeof head);
    if (head.version != VERSION || memcmp(head.identity, chain->identity, DIGEST_BYTES) != 0)
        return pt_fail(
            err, PT_ERR_DATA,
            "%s: a checkpoint of other documents, other parameters or another version; run without "
            "--resume to start again",
            path);
    part parts[MOST_PARTS], found[MOST_PARTS];
    const size_t n = list_parts(chain, &head, parts);
    char hex[65];
    bool is_good = head.n_sweeps <= chain->most_sweeps && locate(parts, n, bytes, n_bytes, found);
    if (is_good) {
        digest_parts(found, n, hex);
        is_good = memcmp(hex, bytes + n_bytes - DIGEST_BYTES, DIGEST_BYTES) == 0;
    }
    if (!is_good)
        return pt_fail(err, PT_ERR_DATA, "%s: damaged; run without --resume to start again", path);
    for (size_t i = 0; i < n; i++)
        if (parts[i].bytes)
            memcpy(parts[i].at, found[i].at, parts[i].bytes);
    chain->sampler->n_sweeps = head.n_sweeps;
    if (chain->sampler->keywords)
        chain->sampler->keywords->n_draws = head.n_draws;
    pt_theta_set_kept(chain->theta, head.n_kept);
    pt_sampler_begin(chain->sampler);
    return PT_OK;
}

pt_status pt_checkpoint_load(pt_chain *chain, const char *path, pt_error *err) {
    char *bytes = NULL;
    size_t n_bytes = 0;
    pt_status status = pt_file_read(path, &bytes, &n_bytes, err);
    if (!status)
        status = take_over(chain, path, bytes, n_bytes, err);
    free(bytes);
    return status;
}
