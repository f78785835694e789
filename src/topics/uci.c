/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/uci.h"

#include "base/gzip.h"
#include "base/mem.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 1 << 20, LINE = 4096 }; /* bytes; a line of the format has up to 33 digits */

struct pt_uci {
    const char *path;
    pt_gzip_stream *stream;
    char *block;          /* [BLOCK + 1], text[end] is '\n': a number always ends */
    const char *at, *end; /* what is left of it */
    bool all_read;        /* the stream has ended */
    uint64_t line;        /* lines passed */
    uint64_t D, V, n_triples, n_read;
};

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

/* Moves what is left to the front and reads on, unless a line's worth is there. */
static pt_status fill(pt_uci *uci, pt_error *err) {
    size_t left = (size_t)(uci->end - uci->at);
    if (left >= LINE || uci->all_read)
        return PT_OK;
    memmove(uci->block, uci->at, left);
    while (left < BLOCK && !uci->all_read) {
        size_t got = 0;
        const pt_status status = pt_gzip_next(uci->stream, uci->block + left, BLOCK - left, &got, err);
        if (status)
            return status;
        uci->all_read = got == 0;
        left += got;
    }
    uci->at = uci->block;
    uci->end = uci->block + left;
    uci->block[left] = '\n';
    return PT_OK;
}

/* n numbers alone on a line, value[i] <= most[i]. */
static inline bool read_line(pt_uci *uci, int n, const uint64_t *most, uint64_t *value) {
    const char *at = uci->at;
    for (int i = 0; i < n; i++) {
        while (is_blank(*at))
            at++;
        const char *begin = at;
        uint64_t x = 0;
        for (; *at >= '0' && *at <= '9' && x <= most[i]; at++)
            x = x * 10 + (uint64_t)(*at - '0');
        if (at == begin || x > most[i])
            return false;
        value[i] = x;
    }
    while (is_blank(*at))
        at++;
    if (*at != '\n' || (at == uci->end && !uci->all_read)) /* thousands of blanks */
        return false;
    uci->at = at < uci->end ? at + 1 : uci->end;
    uci->line++;
    return true;
}

static pt_status read_head(pt_uci *uci, pt_error *err) {
    static const char *const name[3] = {"the number of documents", "the number of words",
                                        "the number of triples"};
    const uint64_t most[3] = {INT32_MAX - 1, INT32_MAX - 1, UINT64_MAX / 16};
    uint64_t *const field[3] = {&uci->D, &uci->V, &uci->n_triples};
    for (int i = 0; i < 3; i++) {
        const pt_status status = fill(uci, err);
        if (status)
            return status;
        if (!read_line(uci, 1, &most[i], field[i]))
            return pt_fail(err, PT_ERR_DATA, "%s:%" PRIu64 ": expected %s, alone on its line", uci->path,
                           uci->line + 1, name[i]);
        if (*field[i] == 0)
            return pt_fail(err, PT_ERR_DATA, "%s:%" PRIu64 ": no documents, no words or no triples",
                           uci->path, uci->line);
    }
    return PT_OK;
}

pt_status pt_uci_open(const char *path, pt_uci **out, pt_error *err) {
    *out = NULL;
    pt_uci *uci = pt_zalloc(1, sizeof *uci);
    uci->path = path;
    uci->block = pt_alloc(BLOCK + 1, 1);
    uci->at = uci->end = uci->block;
    pt_status status = pt_gzip_open(path, &uci->stream, err);
    if (!status)
        status = read_head(uci, err);
    if (status)
        pt_uci_close(uci);
    else
        *out = uci;
    return status;
}

void pt_uci_close(pt_uci *uci) {
    if (!uci)
        return;
    pt_gzip_close(uci->stream);
    free(uci->block);
    free(uci);
}

uint32_t pt_uci_documents(const pt_uci *uci) {
    return (uint32_t)uci->D;
}

uint32_t pt_uci_words(const pt_uci *uci) {
    return (uint32_t)uci->V;
}

uint64_t pt_uci_triples(const pt_uci *uci) {
    return uci->n_triples;
}

uint64_t pt_uci_line(const pt_uci *uci) {
    return uci->line;
}

/* Nothing but blanks may be left. */
static pt_status read_end(pt_uci *uci, pt_error *err) {
    for (;;) {
        const pt_status status = fill(uci, err);
        if (status)
            return status;
        while (uci->at < uci->end && (is_blank(*uci->at) || *uci->at == '\n'))
            uci->line += *uci->at++ == '\n';
        if (uci->at < uci->end)
            return pt_fail(err, PT_ERR_DATA,
                           "%s:%" PRIu64 ": more lines than the %" PRIu64 " triples announced", uci->path,
                           uci->line + 1, uci->n_triples);
        if (uci->all_read)
            return PT_OK;
    }
}

pt_status pt_uci_read(pt_uci *uci, pt_uci_triple *triple, size_t most, size_t *n, pt_error *err) {
    const uint64_t limit[3] = {uci->D, uci->V, UINT32_MAX};
    for (*n = 0; *n < most && uci->n_read < uci->n_triples; ++*n, uci->n_read++) {
        const pt_status status = fill(uci, err);
        const uint64_t line = uci->line + 1;
        uint64_t value[3];
        if (status)
            return status;
        if (!read_line(uci, 3, limit, value) || value[0] == 0 || value[1] == 0 || value[2] == 0)
            return pt_fail(err, PT_ERR_DATA,
                           "%s:%" PRIu64 ": expected `document word count` with 1 <= document <= %" PRIu64
                           ", 1 <= word <= %" PRIu64 ", count >= 1 (triple %" PRIu64 " of %" PRIu64 ")",
                           uci->path, line, uci->D, uci->V, uci->n_read + 1, uci->n_triples);
        triple[*n] = (pt_uci_triple){(uint32_t)value[0] - 1, (uint32_t)value[1] - 1, (uint32_t)value[2]};
    }
    return *n == 0 ? read_end(uci, err) : PT_OK;
}
