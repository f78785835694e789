/* SPDX-License-Identifier: Apache-2.0 */
/* checkpoint.c - saving, and what checkpoints are called (format: checkpoint_format.h). */
#include "topics/checkpoint.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "topics/checkpoint_format.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void append_digest(pt_buf *sums, const void *bytes, size_t n) {
    char hex[65];
    pt_digest(bytes, n, hex);
    pt_buf_append(sums, hex, PT_CHECKPOINT_DIGEST);
}

/* Start of shard l of this rank: lengths, words, topics and boosts of its documents. */
static void append_shard_digest(const pt_sampler *sampler, uint32_t l, pt_buf *all) {
    const pt_boosts *boosts = &sampler->boosts;
    const uint32_t begin = pt_sampler_shard(sampler, l), end = pt_sampler_shard(sampler, l + 1);
    const uint64_t first = sampler->doc_start[begin], n = sampler->doc_start[end] - first;
    pt_buf sums = {0}, lengths = {0};
    for (uint32_t d = begin; d < end; d++) {
        const uint64_t of[2] = {sampler->doc_start[d + 1] - sampler->doc_start[d],
                                boosts->start ? boosts->start[d + 1] - boosts->start[d] : 0};
        pt_buf_append(&lengths, of, sizeof of);
    }
    append_digest(&sums, lengths.at, lengths.n);
    append_digest(&sums, sampler->word + first, n * sizeof *sampler->word);
    append_digest(&sums, sampler->z + first, n * sizeof *sampler->z);
    if (boosts->start) {
        const uint64_t from = boosts->start[begin], n_boosts = boosts->start[end] - from;
        append_digest(&sums, boosts->topic + from, n_boosts * sizeof *boosts->topic);
        append_digest(&sums, boosts->value + from, n_boosts * sizeof *boosts->value);
    }
    append_digest(all, sums.at, sums.n);
    pt_buf_free(&sums);
    pt_buf_free(&lengths);
}

void pt_chain_identify(pt_chain *chain, const char *rest) {
    const pt_sampler *sampler = chain->sampler;
    const pt_keywords *keywords = sampler->keywords;
    pt_buf mine = {0}, sums = {0};
    for (uint32_t l = sampler->first_shard; l < sampler->end_shard; l++)
        append_shard_digest(sampler, l, &mine);
    pt_ranks_collect(sampler->ranks, &mine, &sums);
    append_digest(&sums, rest, strlen(rest));
    append_digest(&sums, sampler->alpha, sampler->params.K * sizeof *sampler->alpha);
    if (keywords) {
        append_digest(&sums, keywords->word, keywords->n_pairs * sizeof *keywords->word);
        append_digest(&sums, keywords->strength, keywords->n_pairs * sizeof *keywords->strength);
    }
    pt_digest(sums.at, sums.n, chain->identity);
    pt_buf_free(&mine);
    pt_buf_free(&sums);
}

char *pt_checkpoint_part(const char *path, uint32_t n_sweeps, int rank, int size) {
    return pt_strfmt("%s.%u-%dof%d", path, n_sweeps, rank + 1, size);
}

static char *old_path(const char *path) {
    return pt_strfmt("%s.old", path);
}

bool pt_checkpoint_exists(const char *path) {
    char *old = old_path(path);
    const bool exists = pt_file_exists(path) || pt_file_exists(old);
    free(old);
    return exists;
}

#define NO_SWEEP UINT32_MAX

/* The sweep in the name of a part, or of a part left half-written; a chain may be stopped before its first.
 */
static uint32_t sweep_of_part(const char *name, const char *base) {
    const size_t n = strlen(base);
    unsigned sweep = 0, rank = 0, size = 0;
    if (strncmp(name, base, n) != 0 || name[n] != '.' ||
        sscanf(name + n + 1, "%9u-%9uof%9u", &sweep, &rank, &size) != 3)
        return NO_SWEEP;
    return sweep;
}

/* Removes the parts of all sweeps but two. */
static void remove_parts(const char *path, uint32_t keep, uint32_t keep_too) {
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
    char *folder = slash ? pt_strndup(path, (size_t)(slash - path) + 1) : pt_strdup(".");
    DIR *entries = opendir(folder);
    for (const struct dirent *entry; entries && (entry = readdir(entries));) {
        const uint32_t sweep = sweep_of_part(entry->d_name, base);
        if (sweep == NO_SWEEP || sweep == keep || sweep == keep_too)
            continue;
        char *part = pt_path_join(folder, entry->d_name);
        unlink(part);
        free(part);
    }
    if (entries)
        closedir(entries);
    free(folder);
}

void pt_checkpoint_remove(const char *path, pt_ranks *ranks) {
    int64_t all_here = 0;
    pt_ranks_max(ranks, &all_here, 1);
    if (pt_ranks_rank(ranks) > 0)
        return;
    char *old = old_path(path);
    unlink(path); /* most often there is none */
    unlink(old);
    remove_parts(path, NO_SWEEP, NO_SWEEP);
    free(old);
}

/* Sweeps of a generation, 0 where there is none that can be read. */
static uint32_t sweeps_of(const char *path) {
    pt_checkpoint_head head;
    return pt_file_read_part(path, 0, &head, sizeof head, NULL) == PT_OK ? head.n_sweeps : 0;
}

/* Writes the shards of this rank into its part; what is written where goes to entries. */
static pt_status save_part(const pt_chain *chain, const char *path, pt_buf *entries, pt_error *err) {
    const pt_sampler *sampler = chain->sampler;
    const int rank = pt_ranks_rank(sampler->ranks), size = pt_ranks_size(sampler->ranks);
    if (sampler->first_shard == sampler->end_shard)
        return PT_OK;
    char *name = pt_checkpoint_part(path, sampler->n_sweeps, rank, size);
    pt_writer *writer = NULL;
    const pt_status status = pt_writer_open(&writer, name, err);
    free(name);
    if (status)
        return status;
    uint64_t offset = 0;
    for (uint32_t l = sampler->first_shard; l < sampler->end_shard; l++) {
        const pt_checkpoint_block block = pt_checkpoint_block_of(chain, l, pt_theta_kept(chain->theta) > 0);
        pt_checkpoint_entry entry = {.rank = (uint32_t)rank, .size = (uint32_t)size, .offset = offset};
        pt_hash *hash = pt_hash_new();
        pt_hash_add(hash, block.z, block.z_bytes);
        pt_hash_add(hash, block.theta, block.theta_bytes);
        char hex[65];
        pt_hash_end(hash, hex);
        memcpy(entry.digest, hex, sizeof entry.digest);
        pt_writer_bytes(writer, block.z, block.z_bytes);
        pt_writer_bytes(writer, block.theta, block.theta_bytes);
        offset += block.z_bytes + block.theta_bytes;
        pt_buf_append(entries, &entry, sizeof entry);
    }
    return pt_writer_close(writer, err);
}

/* The newest generation becomes the one before, then the new head the newest. Killed between the two, the one
 * before is found. */
static pt_status commit(const char *path, const pt_buf *bytes, pt_error *err) {
    char *fresh = pt_strfmt("%s.new", path), *old = old_path(path);
    pt_writer *writer = NULL;
    pt_status status = pt_writer_open(&writer, fresh, err);
    if (!status) {
        pt_writer_bytes(writer, bytes->at, bytes->n);
        status = pt_writer_close(writer, err);
    }
    if (!status && rename(path, old) != 0 && errno != ENOENT)
        status = pt_fail_errno(err, PT_ERR_IO, "%s: cannot rename to %s", path, old);
    if (!status && rename(fresh, path) != 0)
        status = pt_fail_errno(err, PT_ERR_IO, "%s: cannot rename to %s", fresh, path);
    free(fresh);
    free(old);
    return status;
}

static pt_status save_head(pt_chain *chain, const char *path, const pt_buf *entries, pt_error *err) {
    const uint32_t before = sweeps_of(path);
    pt_checkpoint_head head = pt_checkpoint_head_of(chain);
    pt_checkpoint_section sections[PT_CHECKPOINT_SECTIONS];
    const size_t n = pt_checkpoint_sections(chain, &head, sections);
    pt_buf bytes = {0};
    pt_buf_append(&bytes, &head, sizeof head);
    for (size_t i = 0; i < n; i++)
        pt_buf_append(&bytes, sections[i].at, sections[i].bytes);
    pt_buf_append(&bytes, entries->at, entries->n);
    char hex[65];
    pt_digest(bytes.at, bytes.n, hex);
    pt_buf_append(&bytes, hex, PT_CHECKPOINT_DIGEST);
    const pt_status status = commit(path, &bytes, err);
    pt_buf_free(&bytes);
    if (!status)
        remove_parts(path, head.n_sweeps, before);
    return status;
}

pt_status pt_checkpoint_save(pt_chain *chain, const char *path, pt_error *err) {
    pt_ranks *ranks = chain->sampler->ranks;
    if (chain->saved == chain->sampler->n_sweeps && chain->saved > 0)
        return PT_OK;
    pt_buf mine = {0}, entries = {0};
    pt_status status = pt_ranks_agree(ranks, save_part(chain, path, &mine, err), err);
    if (!status) {
        pt_ranks_collect(ranks, &mine, &entries);
        if (pt_ranks_rank(ranks) == 0)
            status = save_head(chain, path, &entries, err);
        status = pt_ranks_agree(ranks, status, err);
    }
    pt_buf_free(&mine);
    pt_buf_free(&entries);
    if (!status)
        chain->saved = chain->sampler->n_sweeps;
    return status;
}

static pt_status load_generation(pt_chain *chain, const char *path, const char *base, bool *is_other,
                                 pt_error *err) {
    pt_ranks *ranks = chain->sampler->ranks;
    pt_buf bytes = {0};
    uint64_t n = 0;
    pt_status status = PT_OK;
    if (pt_ranks_rank(ranks) == 0) {
        size_t n_bytes = 0;
        status = pt_file_read(path, &bytes.at, &n_bytes, err);
        n = bytes.n = n_bytes;
    }
    if ((status = pt_ranks_agree(ranks, status, err)))
        return status;
    pt_ranks_broadcast(ranks, &n, sizeof n);
    if (pt_ranks_rank(ranks) > 0)
        pt_buf_room(&bytes, n);
    pt_ranks_broadcast(ranks, bytes.at, n);
    status = pt_ranks_agree(ranks, pt_checkpoint_take(chain, path, base, bytes.at, n, is_other, err), err);
    pt_buf_free(&bytes);
    return status;
}

pt_status pt_checkpoint_load(pt_chain *chain, const char *path, const pt_monitor *monitor, pt_error *err) {
    bool is_other = false;
    pt_error first = {0};
    pt_status status = load_generation(chain, path, path, &is_other, &first);
    if (status && !is_other) {
        char *old = old_path(path);
        pt_error second = {0};
        const pt_status again = load_generation(chain, old, path, &is_other, &second);
        free(old);
        if (!again) {
            pt_say(monitor, PT_LEVEL_WARN, "%s; going on from the checkpoint before", first.message);
            pt_sampler_begin(chain->sampler);
            return PT_OK;
        }
    }
    if (status) {
        if (err)
            *err = first;
        return status;
    }
    chain->saved = chain->sampler->n_sweeps;
    pt_sampler_begin(chain->sampler);
    return PT_OK;
}
