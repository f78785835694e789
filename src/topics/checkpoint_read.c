/* SPDX-License-Identifier: Apache-2.0 */
/* checkpoint_read.c - what a checkpoint consists of, and taking one over. It believes nothing: lengths are
 * checked against the bytes that are there, and values before anyone can use them. */
#include "topics/checkpoint_format.h"

#include "base/file.h"
#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

pt_checkpoint_head pt_checkpoint_head_of(const pt_chain *chain) {
    const pt_sampler *sampler = chain->sampler;
    const pt_keywords *keywords = sampler->keywords;
    pt_checkpoint_head head = {.version = PT_CHECKPOINT_VERSION,
                               .n_sweeps = sampler->n_sweeps,
                               .n_kept = pt_theta_kept(chain->theta),
                               .n_draws = keywords ? keywords->n_draws : 0,
                               .K = sampler->params.K,
                               .n_items = keywords ? keywords->n_items : 0,
                               .n_pairs = keywords ? keywords->n_pairs : 0,
                               .n_shards = pt_shards_of(sampler->all_docs)};
    memcpy(head.magic, PT_CHECKPOINT_MAGIC, sizeof head.magic);
    memcpy(head.identity, chain->identity, PT_CHECKPOINT_DIGEST);
    return head;
}

size_t pt_checkpoint_sections(const pt_chain *chain, const pt_checkpoint_head *head,
                              pt_checkpoint_section sections[PT_CHECKPOINT_SECTIONS]) {
    pt_sampler *sampler = chain->sampler;
    const pt_keywords *keywords = sampler->keywords;
    size_t n = 0;
    sections[n++] = (pt_checkpoint_section){sampler->alpha, sampler->params.K * sizeof *sampler->alpha};
    sections[n++] = (pt_checkpoint_section){chain->record, head->n_sweeps * sizeof *chain->record};
    if (keywords) {
        const size_t pairs = keywords->n_pairs, items = keywords->n_items;
        sections[n++] = (pt_checkpoint_section){keywords->n1_total, items * sizeof *keywords->n1_total};
        sections[n++] = (pt_checkpoint_section){keywords->key, items * sizeof *keywords->key};
        sections[n++] = (pt_checkpoint_section){keywords->full, items * sizeof *keywords->full};
        sections[n++] = (pt_checkpoint_section){keywords->n0, pairs * sizeof *keywords->n0};
        sections[n++] = (pt_checkpoint_section){keywords->n1, pairs * sizeof *keywords->n1};
    }
    return n;
}

pt_checkpoint_block pt_checkpoint_block_of(const pt_chain *chain, uint32_t l, bool with_theta) {
    const pt_sampler *sampler = chain->sampler;
    const uint32_t begin = pt_sampler_shard(sampler, l), end = pt_sampler_shard(sampler, l + 1);
    const uint64_t first = sampler->doc_start[begin];
    pt_checkpoint_block block = {.z = sampler->z + first,
                                 .z_bytes = (sampler->doc_start[end] - first) * sizeof *sampler->z};
    if (with_theta)
        block.theta = pt_theta_entries(chain->theta, begin, end, &block.theta_bytes);
    return block;
}

static pt_status damaged(const char *path, pt_error *err) {
    return pt_fail(err, PT_ERR_DATA, "%s: damaged; run without --resume to start again", path);
}

static pt_status check_head(const pt_chain *chain, const pt_checkpoint_head *head, const char *path,
                            const char *bytes, size_t n_bytes, bool *is_other, pt_error *err) {
    char hex[65];
    pt_digest(bytes, n_bytes - PT_CHECKPOINT_DIGEST, hex);
    if (memcmp(hex, bytes + n_bytes - PT_CHECKPOINT_DIGEST, PT_CHECKPOINT_DIGEST) != 0)
        return damaged(path, err);
    const pt_checkpoint_head mine = pt_checkpoint_head_of(chain);
    *is_other = head->version != PT_CHECKPOINT_VERSION || head->K != mine.K ||
                head->n_items != mine.n_items || head->n_pairs != mine.n_pairs ||
                head->n_shards != mine.n_shards || head->n_sweeps > chain->most_sweeps ||
                memcmp(head->identity, chain->identity, PT_CHECKPOINT_DIGEST) != 0;
    return *is_other
               ? pt_fail(err, PT_ERR_DATA,
                         "%s: a checkpoint of other documents, other parameters or another version; run "
                         "without --resume to start again",
                         path)
               : PT_OK;
}

static bool are_good(const pt_chain *chain) {
    const pt_sampler *sampler = chain->sampler;
    const pt_keywords *keywords = sampler->keywords;
    bool is_good = true;
    for (uint32_t k = 0; k < sampler->params.K; k++)
        is_good = is_good && sampler->alpha[k] > 0 && isfinite(sampler->alpha[k]);
    for (uint32_t k = 0; keywords && k < keywords->n_items; k++) {
        uint64_t n1 = 0;
        for (uint32_t i = keywords->start[k]; i < keywords->start[k + 1]; i++)
            n1 += keywords->n1[i];
        is_good = is_good && n1 == keywords->n1_total[k] && keywords->key[k] >= 0 &&
                  isfinite(keywords->key[k]) && keywords->full[k] >= 0 && isfinite(keywords->full[k]);
    }
    return is_good;
}

static pt_status take_shard(pt_chain *chain, uint32_t l, const pt_checkpoint_head *head,
                            const pt_checkpoint_entry *entry, const char *base, pt_error *err) {
    const pt_sampler *sampler = chain->sampler;
    char *path = pt_checkpoint_part(base, head->n_sweeps, (int)entry->rank, (int)entry->size);
    const pt_checkpoint_block block = pt_checkpoint_block_of(chain, l, head->n_kept > 0);
    pt_status status = pt_file_read_part(path, entry->offset, block.z, block.z_bytes, err);
    if (!status)
        status = pt_file_read_part(path, entry->offset + block.z_bytes, block.theta, block.theta_bytes, err);
    if (!status) {
        char hex[65];
        pt_hash *hash = pt_hash_new();
        pt_hash_add(hash, block.z, block.z_bytes);
        pt_hash_add(hash, block.theta, block.theta_bytes);
        pt_hash_end(hash, hex);
        bool is_good = memcmp(hex, entry->digest, PT_CHECKPOINT_DIGEST) == 0;
        const uint16_t *z = block.z;
        for (size_t i = 0; i < block.z_bytes / sizeof *z; i++)
            is_good = is_good && z[i] < sampler->params.K;
        is_good = is_good && (head->n_kept == 0 ||
                              pt_theta_is_good(chain->theta, pt_sampler_shard(sampler, l),
                                               pt_sampler_shard(sampler, l + 1), sampler->params.K));
        status = is_good ? PT_OK : damaged(path, err);
    }
    free(path);
    return status;
}

pt_status pt_checkpoint_take(pt_chain *chain, const char *path, const char *base, const char *bytes,
                             size_t n_bytes, bool *is_other, pt_error *err) {
    pt_checkpoint_head head;
    if (n_bytes < sizeof head + PT_CHECKPOINT_DIGEST ||
        memcmp(bytes, PT_CHECKPOINT_MAGIC, sizeof head.magic) != 0)
        return pt_fail(err, PT_ERR_DATA, "%s: not a checkpoint; remove it to start again", path);
    memcpy(&head, bytes, sizeof head);
    pt_status status = check_head(chain, &head, path, bytes, n_bytes, is_other, err);
    if (status)
        return status;
    pt_checkpoint_section sections[PT_CHECKPOINT_SECTIONS];
    const size_t n = pt_checkpoint_sections(chain, &head, sections);
    size_t need = sizeof head + PT_CHECKPOINT_DIGEST + head.n_shards * sizeof(pt_checkpoint_entry);
    for (size_t i = 0; i < n; i++)
        need += sections[i].bytes;
    if (need != n_bytes)
        return damaged(path, err);
    size_t at = sizeof head;
    for (size_t i = 0; i < n; at += sections[i++].bytes)
        if (sections[i].bytes)
            memcpy(sections[i].at, bytes + at, sections[i].bytes);
    if (!are_good(chain))
        return damaged(path, err);
    pt_sampler *sampler = chain->sampler;
    for (uint32_t l = sampler->first_shard; l < sampler->end_shard && !status; l++) {
        pt_checkpoint_entry entry;
        memcpy(&entry, bytes + at + l * sizeof entry, sizeof entry);
        status = entry.rank < entry.size && entry.size <= INT32_MAX
                     ? take_shard(chain, l, &head, &entry, base, err)
                     : damaged(path, err);
    }
    if (status)
        return status;
    sampler->n_sweeps = head.n_sweeps;
    if (sampler->keywords)
        sampler->keywords->n_draws = head.n_draws;
    pt_theta_set_kept(chain->theta, head.n_kept);
    return PT_OK;
}
