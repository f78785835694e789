/* SPDX-License-Identifier: Apache-2.0 */
/* synth.c - files of a planted corpus, in parallel, and its truth. */
#include "synth/synth.h"

#include "base/file.h"
#include "base/gzip.h"
#include "base/parallel.h"
#include "synth/record.h"
#include <string.h>

pt_synth_params pt_synth_params_default(void) {
    return (pt_synth_params){.patents = 4000,
                             .regional = 700,
                             .seed = 1,
                             .sido = "경상남도",
                             .sigungu = "김해시",
                             .dict_dir = "dict",
                             .out_dir = "synth",
                             .from = 2013,
                             .to = 2022,
                             .patents_per_file = 1000};
}

/* What all files of one corpus share, and what a worker needs for itself. */
typedef struct corpus {
    const pt_synth_params *params;
    pt_synth_vocabulary *vocabulary;
    pt_synth_patterns *patterns;
    pt_synth_plan *plan;
    uint64_t n_files, first; /* first file of the present round */
    int threads;
    pt_synth_draft **draft; /* [threads] */
    pt_buf *xml, *packed;   /* [threads] */
    pt_error *error;        /* [files of a round] */
    uint64_t *bytes;        /* [files of a round] */
} corpus;

enum { FILES_A_THREAD = 4 }; /* in one round, between two reports of progress */

static void write_file(void *shared, int worker, size_t unit) {
    corpus *c = shared;
    const pt_synth_params *p = c->params;
    const uint64_t file = c->first + unit, begin = file * p->patents_per_file;
    const uint64_t end = begin + p->patents_per_file < p->patents ? begin + p->patents_per_file : p->patents;
    pt_buf *xml = &c->xml[worker];
    pt_buf_clear(xml);
    pt_buf_puts(xml, pt_synth_record_head);
    for (uint64_t i = begin; i < end; i++) {
        const pt_synth_task task = pt_synth_plan_task(c->plan, i);
        pt_synth_record_write(c->vocabulary, &task, c->draft[worker], xml);
    }
    pt_buf_puts(xml, pt_synth_record_tail);
    c->bytes[unit] = xml->n;
    pt_error *err = &c->error[unit];
    const pt_buf *out = xml;
    if (p->gzip) {
        pt_buf_clear(&c->packed[worker]);
        if (pt_gzip_append(&c->packed[worker], xml->at, xml->n, err) != PT_OK) {
            return;
        }
        out = &c->packed[worker];
    }
    pt_buf path = {0};
    pt_buf_printf(&path, "%s/synth-%05llu.xml%s", p->out_dir, (unsigned long long)file + 1,
                  p->gzip ? ".gz" : "");
    pt_writer *writer;
    if (pt_writer_open(&writer, path.at, err) == PT_OK) {
        pt_writer_bytes(writer, out->at, out->n);
        err->status = pt_writer_close(writer, err);
    }
    pt_buf_free(&path);
}

static pt_status write_files(corpus *c, pt_synth_counts *counts, const pt_monitor *monitor, pt_error *err) {
    const uint64_t round = (uint64_t)c->threads * FILES_A_THREAD;
    for (c->first = 0; c->first < c->n_files; c->first += round) {
        const uint64_t n = c->n_files - c->first < round ? c->n_files - c->first : round;
        if (monitor && monitor->stop && *monitor->stop) {
            return pt_fail(err, PT_ERR_AGAIN, "synth: stopped after %llu of %llu files",
                           (unsigned long long)c->first, (unsigned long long)c->n_files);
        }
        memset(c->error, 0, round * sizeof *c->error);
        pt_parallel_for(c->threads, n, write_file, c);
        for (uint64_t i = 0; i < n; i++) {
            if (c->error[i].status != PT_OK) {
                if (err) {
                    *err = c->error[i];
                }
                return c->error[i].status;
            }
            counts->bytes += c->bytes[i];
        }
        if (monitor && monitor->progress) {
            monitor->progress(monitor->user, "synth", c->first + n, c->n_files);
        }
    }
    return PT_OK;
}

static pt_status write_truth(const corpus *c, pt_synth_counts *counts, pt_error *err) {
    const pt_synth_params *p = c->params;
    char *path = p->truth_path ? pt_strdup(p->truth_path) : pt_path_join(p->out_dir, "truth.tsv");
    pt_writer *writer;
    const pt_status status = pt_writer_open(&writer, path, err);
    free(path);
    if (status != PT_OK) {
        return status;
    }
    pt_writer_puts(writer, "application_number\tin_region\titem_id\ttech_no\ttechnology\n");
    for (uint64_t i = 0; i < p->patents; i++) {
        const pt_synth_task task = pt_synth_plan_task(c->plan, i);
        const pt_synth_subject *s = &c->vocabulary->subjects.at[task.subject];
        pt_writer_printf(writer, "%s\t%d\t%s\t%u\t%s\n", task.number, task.in_region, s->item_id, s->tech_no,
                         s->name);
        counts->regional += task.in_region;
        counts->planted += s->tech_no > 0;
        counts->outside += !*s->item_id;
    }
    counts->patents = p->patents;
    return pt_writer_close(writer, err);
}

static void corpus_free(corpus *c) {
    for (int t = 0; t < c->threads; t++) {
        pt_synth_draft_free(c->draft[t]);
        pt_buf_free(&c->xml[t]);
        pt_buf_free(&c->packed[t]);
    }
    free(c->draft);
    free(c->xml);
    free(c->packed);
    free(c->error);
    free(c->bytes);
    pt_synth_plan_free(c->plan);
    pt_synth_patterns_free(c->patterns);
    pt_synth_vocabulary_free(c->vocabulary);
}

static pt_status corpus_open(corpus *c, const pt_synth_params *params, pt_error *err) {
    pt_status status = pt_synth_vocabulary_load(params->dict_dir, &c->vocabulary, err);
    status = status == PT_OK ? pt_synth_patterns_load(params->dict_dir, &c->patterns, err) : status;
    status = status == PT_OK ? pt_synth_plan_new(params, c->vocabulary, &c->plan, err) : status;
    status = status == PT_OK ? pt_make_folder(params->out_dir, err) : status;
    if (status != PT_OK) {
        return status;
    }
    c->params = params;
    c->n_files = (params->patents + params->patents_per_file - 1) / params->patents_per_file;
    c->threads = pt_threads(params->threads);
    const size_t threads = (size_t)c->threads;
    c->draft = pt_zalloc(threads, sizeof(pt_synth_draft *));
    c->xml = pt_zalloc(threads, sizeof *c->xml);
    c->packed = pt_zalloc(threads, sizeof *c->packed);
    c->error = pt_zalloc(threads * FILES_A_THREAD, sizeof *c->error);
    c->bytes = pt_zalloc(threads * FILES_A_THREAD, sizeof *c->bytes);
    for (size_t t = 0; t < threads; t++) {
        c->draft[t] = pt_synth_draft_new(c->vocabulary, c->patterns, params);
    }
    return PT_OK;
}

pt_status pt_synth_write(const pt_synth_params *params, pt_synth_counts *counts, const pt_monitor *monitor,
                         pt_error *err) {
    pt_synth_counts sum = {0};
    corpus c = {0};
    pt_status status = corpus_open(&c, params, err);
    status = status == PT_OK ? write_files(&c, &sum, monitor, err) : status;
    status = status == PT_OK ? write_truth(&c, &sum, err) : status;
    sum.files = c.n_files;
    corpus_free(&c);
    if (counts) {
        *counts = sum;
    }
    return status;
}
