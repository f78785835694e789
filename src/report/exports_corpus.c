/* SPDX-License-Identifier: Apache-2.0 */
/* Bags of words. UCI: three counts, then `document word count` from 1. LDA-C (Blei): `n word:count …` from 0,
 * one document a line. Matrix Market: coordinate integer general, from 1 (Boisvert, Pozo, Remington, NISTIR
 * 5935, 1996). tomotopy: one document a line, its words separated by blanks. */
#include "base/file.h"
#include "base/mem.h"
#include "base/sort.h"
#include "report/exports.h"

#include <inttypes.h>
#include <stdlib.h>

typedef struct cell {
    uint32_t word, count;
} cell;

/* The bag of one document, by word id. */
typedef struct bag {
    const pt_findings *findings;
    uint32_t *count; /* [V] zeros between documents */
    cell *cell;      /* [n] */
    size_t n, room;
} bag;

static int by_word(const void *a, const void *b) {
    const cell *x = a, *y = b;
    return x->word < y->word ? -1 : x->word > y->word;
}

static bag bag_new(const pt_findings *findings) {
    return (bag){.findings = findings, .count = pt_zalloc(findings->corpus->V, sizeof(uint32_t))};
}

static void bag_free(bag *b) {
    free(b->count);
    free(b->cell);
}

static void bag_fill(bag *b, uint32_t d) {
    const pt_corpus *corpus = b->findings->corpus;
    const uint64_t from = corpus->doc_start[d], to = corpus->doc_start[d + 1];
    if (to - from > b->room) {
        b->room = to - from;
        b->cell = pt_realloc(b->cell, b->room, sizeof *b->cell);
    }
    b->n = 0;
    for (uint64_t i = from; i < to; i++) {
        const uint32_t copies = pt_export_copies(b->findings, i);
        if (copies && b->count[corpus->word[i]] == 0)
            b->cell[b->n++].word = corpus->word[i];
        b->count[corpus->word[i]] += copies;
    }
    for (size_t i = 0; i < b->n; i++) {
        b->cell[i].count = b->count[b->cell[i].word];
        b->count[b->cell[i].word] = 0;
    }
    pt_sort(b->cell, b->n, sizeof *b->cell, by_word);
}

static pt_status open_in(pt_writer **writer, const char *folder, const char *name, pt_error *err) {
    char *path = pt_path_join(folder, name);
    const pt_status status = pt_writer_open(writer, path, err);
    free(path);
    return status;
}

static pt_status write_vocabulary(const pt_findings *findings, const char *folder, pt_error *err) {
    pt_writer *writer;
    const pt_status status = open_in(&writer, folder, "vocab.txt", err);
    if (status)
        return status;
    pt_buf word = {0};
    for (uint32_t w = 0; w < findings->corpus->V; w++) {
        pt_buf_clear(&word);
        pt_export_word(findings, w, &word);
        pt_writer_printf(writer, "%s\n", pt_buf_text(&word));
    }
    pt_buf_free(&word);
    return pt_writer_close(writer, err);
}

static uint64_t count_cells(const pt_findings *findings) {
    bag b = bag_new(findings);
    uint64_t cells = 0;
    for (uint32_t d = 0; d < findings->corpus->D; d++) {
        bag_fill(&b, d);
        cells += b.n;
    }
    bag_free(&b);
    return cells;
}

/* `document word count`, one a line, counted from 1, behind a head. */
static pt_status write_triples(const pt_findings *findings, const char *folder, const char *name,
                               const char *head, pt_error *err) {
    pt_writer *writer;
    const pt_status status = open_in(&writer, folder, name, err);
    if (status)
        return status;
    pt_writer_puts(writer, head);
    bag b = bag_new(findings);
    for (uint32_t d = 0; d < findings->corpus->D; d++) {
        bag_fill(&b, d);
        for (size_t i = 0; i < b.n; i++)
            pt_writer_printf(writer, "%u %u %u\n", d + 1, b.cell[i].word + 1, b.cell[i].count);
    }
    bag_free(&b);
    return pt_writer_close(writer, err);
}

pt_status pt_export_uci(const pt_outline *outline, const char *folder, pt_error *err) {
    const pt_findings *f = outline->findings;
    char *head = pt_strfmt("%u\n%u\n%" PRIu64 "\n", f->corpus->D, f->corpus->V, count_cells(f));
    const pt_status status = write_triples(f, folder, "docword.txt", head, err);
    free(head);
    return status ? status : write_vocabulary(f, folder, err);
}

static pt_status write_numbers(const pt_findings *findings, const char *folder, pt_error *err) {
    pt_writer *writer;
    const pt_status status = open_in(&writer, folder, "documents.txt", err);
    if (status)
        return status;
    for (uint32_t d = 0; d < findings->documents->D; d++)
        pt_writer_printf(writer, "%s\n", findings->documents->at[d].application_number);
    return pt_writer_close(writer, err);
}

pt_status pt_export_mtx(const pt_outline *outline, const char *folder, pt_error *err) {
    const pt_findings *f = outline->findings;
    char *head =
        pt_strfmt("%%%%MatrixMarket matrix coordinate integer general\n"
                  "%% rows: patents (documents.txt), columns: words (vocab.txt)\n%u %u %" PRIu64 "\n",
                  f->corpus->D, f->corpus->V, count_cells(f));
    pt_status status = write_triples(f, folder, "documents-words.mtx", head, err);
    free(head);
    if (!status)
        status = write_numbers(f, folder, err);
    return status ? status : write_vocabulary(f, folder, err);
}

pt_status pt_export_ldac(const pt_outline *outline, const char *folder, pt_error *err) {
    const pt_findings *f = outline->findings;
    pt_writer *writer;
    pt_status status = open_in(&writer, folder, "corpus.ldac", err);
    if (status)
        return status;
    bag b = bag_new(f);
    for (uint32_t d = 0; d < f->corpus->D; d++) {
        bag_fill(&b, d);
        pt_writer_printf(writer, "%zu", b.n);
        for (size_t i = 0; i < b.n; i++)
            pt_writer_printf(writer, " %u:%u", b.cell[i].word, b.cell[i].count);
        pt_writer_puts(writer, "\n");
    }
    bag_free(&b);
    status = pt_writer_close(writer, err);
    return status ? status : write_vocabulary(f, folder, err);
}

pt_status pt_export_tomotopy(const pt_outline *outline, const char *folder, pt_error *err) {
    const pt_findings *f = outline->findings;
    pt_writer *writer;
    const pt_status status = open_in(&writer, folder, "documents.txt", err);
    if (status)
        return status;
    pt_buf text = {0};
    for (uint32_t d = 0; d < f->corpus->D; d++) {
        pt_buf_clear(&text);
        pt_export_text(f, d, &text);
        pt_writer_printf(writer, "%s\n", pt_buf_text(&text));
    }
    pt_buf_free(&text);
    return pt_writer_close(writer, err);
}
