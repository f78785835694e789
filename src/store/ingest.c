/* SPDX-License-Identifier: Apache-2.0 */
/* Sources are taken in waves. A wave of small sources is parsed and tokenised source by source on all cores,
 * while the wave before it is written in order; a large source is a wave of its own, parsed as a stream whose
 * batches are tokenised on all cores. Either way the store is written by the calling thread, in the order of
 * the paths. */
#include "store/ingest.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/parallel.h"
#include "store/source.h"
#include "store/words.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { WAVE_SOURCES = 256, STREAM_BATCH = 4096, TOKENIZE_UNIT = 16 };
static const uint64_t WAVE_BYTES = 32u << 20;

typedef struct source {
    const char *path;
    uint64_t bytes;
    char digest[65];
    pt_batch batch;
    pt_reader_counts counts;
    pt_status status;
    pt_error error;
    bool unchanged;
} source;

typedef struct ingest {
    pt_store *store;
    pt_source_writer writer;
    pt_analyzer **analyzers; /* [threads] */
    int threads;
    const pt_monitor *monitor;
    source *wave; /* being read */
    source *read; /* the wave before: read, to be written */
    size_t n_read;
    pt_status write_status;
    /* the stream of a large source */
    pt_batch stream;
    pt_status stream_status;
    pt_error *err;
    uint64_t bytes_done, bytes_total;
} ingest;

static void take_patent(void *user, pt_patent *patent) {
    pt_batch_take_patent(user, patent);
}

static void take_issue(void *user, const char *path, unsigned line, const char *reason, const char *excerpt) {
    pt_batch_take_issue(user, path, line, reason, excerpt);
}

/* Parallel units: one source of the wave. */
static void digest_source(void *shared, int worker, size_t unit) {
    (void)worker;
    source *s = &((ingest *)shared)->wave[unit];
    s->status = pt_file_digest(s->path, s->digest, &s->error);
}

static void read_source(void *shared, int worker, size_t unit) {
    ingest *in = shared;
    source *s = &in->wave[unit];
    if (s->unchanged)
        return;
    const pt_reader_sink sink = {take_patent, take_issue, &s->batch};
    s->status = pt_reader_read(s->path, &sink, &s->counts, &s->error);
    for (size_t i = 0; i < s->batch.records.n; i++)
        pt_batch_tokenize(&s->batch.records.at[i], in->analyzers[worker]);
}

/* Digests the wave's sources and marks those that the store knows: they are not even parsed. */
static pt_status find_unchanged(ingest *in, size_t n) {
    pt_parallel_for(in->threads, n, digest_source, in);
    for (size_t i = 0; i < n; i++) {
        source *s = &in->wave[i];
        if (s->status)
            return pt_fail(in->err, s->status, "%s", s->error.message);
        const pt_status status = pt_source_is_known(in->store, s->path, s->digest, &s->unchanged, in->err);
        if (status)
            return status;
        in->writer.counts->unchanged += s->unchanged;
        in->writer.counts->sources += s->unchanged;
        in->bytes_done += s->unchanged ? s->bytes : 0;
    }
    return PT_OK;
}

static pt_status write_source(ingest *in, source *s) {
    if (s->status)
        return pt_fail(in->err, s->status, "%s", s->error.message);
    pt_status status = pt_source_begin(&in->writer, s->path, s->digest, s->bytes, in->err);
    if (status)
        return status;
    status = pt_source_write(&in->writer, &s->batch, in->err);
    const pt_status ended = pt_source_end(&in->writer, &s->counts, !status, status ? NULL : in->err);
    in->bytes_done += s->bytes;
    pt_progress(in->monitor, "ingest", in->bytes_done, in->bytes_total);
    return status ? status : ended;
}

/* Parallel unit: a few records of the stream's batch. */
static void tokenize_some(void *shared, int worker, size_t unit) {
    ingest *in = shared;
    const size_t end = (unit + 1) * TOKENIZE_UNIT;
    for (size_t i = unit * TOKENIZE_UNIT; i < end && i < in->stream.records.n; i++)
        pt_batch_tokenize(&in->stream.records.at[i], in->analyzers[worker]);
}

static void flush_stream(ingest *in) {
    const size_t units = (in->stream.records.n + TOKENIZE_UNIT - 1) / TOKENIZE_UNIT;
    pt_parallel_for(in->threads, units, tokenize_some, in);
    if (!in->stream_status)
        in->stream_status = pt_source_write(&in->writer, &in->stream, in->err);
    if (!in->stream_status && pt_stop_requested(in->monitor))
        in->stream_status = pt_fail(in->err, PT_ERR_AGAIN, "stopped on request; whole sources are kept");
    pt_batch_clear(&in->stream);
    pt_progress(in->monitor, "ingest", in->bytes_done, in->bytes_total);
}

static void stream_patent(void *user, pt_patent *patent) {
    ingest *in = user;
    if (in->stream_status)
        return;
    pt_batch_take_patent(&in->stream, patent);
    if (in->stream.records.n >= STREAM_BATCH)
        flush_stream(in);
}

static void stream_issue(void *user, const char *path, unsigned line, const char *reason,
                         const char *excerpt) {
    ingest *in = user;
    if (!in->stream_status)
        pt_batch_take_issue(&in->stream, path, line, reason, excerpt);
}

static pt_status stream_source(ingest *in, source *s) {
    pt_status status = pt_source_begin(&in->writer, s->path, s->digest, s->bytes, in->err);
    if (status)
        return status;
    in->stream_status = PT_OK;
    const pt_reader_sink sink = {stream_patent, stream_issue, in};
    status = pt_reader_read(s->path, &sink, &s->counts, in->err);
    flush_stream(in);
    status = status ? status : in->stream_status;
    const pt_status ended = pt_source_end(&in->writer, &s->counts, !status, status ? NULL : in->err);
    in->bytes_done += s->bytes;
    return status ? status : ended;
}

static uint64_t file_bytes(const char *path) {
    struct stat info;
    return stat(path, &info) == 0 && info.st_size > 0 ? (uint64_t)info.st_size : 0;
}

/* Writes the wave that has been read; it leaves the store as it was from its first failure on. */
static void write_wave(void *shared) {
    ingest *in = shared;
    for (size_t i = 0; i < in->n_read; i++) {
        source *s = &in->read[i];
        if (!in->write_status && !s->unchanged)
            in->write_status = write_source(in, s);
        pt_batch_free(&s->batch);
    }
    in->n_read = 0;
}

static void read_wave(ingest *in, size_t n) {
    pt_parallel_for_beside(in->threads, n, read_source, write_wave, in);
    source *written = in->read;
    in->read = in->wave;
    in->n_read = n;
    in->wave = written;
}

static pt_status take_wave(ingest *in, const pt_sources *sources, size_t *next) {
    size_t n = 0;
    uint64_t bytes = 0;
    while (*next < sources->paths.n && n < WAVE_SOURCES) {
        const char *path = sources->paths.at[*next];
        const uint64_t size = file_bytes(path);
        if (n > 0 && bytes + size > WAVE_BYTES)
            break;
        in->wave[n++] = (source){.path = path, .bytes = size};
        bytes += size;
        (*next)++;
    }
    const pt_status status = find_unchanged(in, n);
    if (status)
        return status;
    if (bytes <= WAVE_BYTES) {
        read_wave(in, n);
        return in->write_status;
    }
    write_wave(in);
    return in->write_status || in->wave[0].unchanged ? in->write_status : stream_source(in, &in->wave[0]);
}

static pt_status take_all(ingest *in, const pt_sources *sources) {
    for (size_t i = 0; i < sources->paths.n; i++)
        in->bytes_total += file_bytes(sources->paths.at[i]);
    pt_status status = PT_OK;
    for (size_t next = 0; next < sources->paths.n && !status;) {
        status = take_wave(in, sources, &next);
        if (!status && pt_stop_requested(in->monitor))
            status = pt_fail(in->err, PT_ERR_AGAIN, "stopped on request; whole sources are kept");
    }
    write_wave(in);
    return in->write_status ? in->write_status : status;
}

static void keep_own(pt_sources *sources, pt_shard shard) {
    size_t kept = 0;
    for (size_t i = 0; i < sources->paths.n; i++)
        if (i % shard.count == shard.index)
            sources->paths.at[kept++] = sources->paths.at[i];
        else
            free(sources->paths.at[i]);
    sources->paths.n = kept;
}

pt_status pt_ingest_paths(pt_store *store, const pt_lexicon *lexicon, const char *const *paths,
                          size_t n_paths, pt_shard shard, int threads, pt_ingest_counts *counts,
                          const pt_monitor *monitor, pt_error *err) {
    memset(counts, 0, sizeof *counts);
    pt_sources sources = {0};
    pt_status status = pt_sources_list(paths, n_paths, &sources, err);
    keep_own(&sources, shard);
    ingest in = {.store = store, .threads = threads, .monitor = monitor, .err = err};
    in.writer.store = store;
    in.writer.counts = counts;
    in.wave = pt_alloc(WAVE_SOURCES, sizeof *in.wave);
    in.read = pt_alloc(WAVE_SOURCES, sizeof *in.read);
    in.analyzers = pt_alloc((size_t)threads, sizeof *in.analyzers);
    for (int t = 0; t < threads; t++)
        in.analyzers[t] = pt_analyzer_new(lexicon);
    if (!status)
        status = pt_record_writer_new(store, &in.writer.records, err);
    if (!status)
        status = pt_words_follow_lexicon(store, in.writer.records, lexicon, in.analyzers[0], monitor, err);
    if (!status)
        status = take_all(&in, &sources);
    pt_record_writer_free(in.writer.records);
    for (int t = 0; t < threads; t++)
        pt_analyzer_free(in.analyzers[t]);
    free(in.analyzers);
    free(in.wave);
    free(in.read);
    pt_batch_free(&in.stream);
    pt_sources_free(&sources);
    return status;
}
