/* SPDX-License-Identifier: Apache-2.0 */
/* vectors.c - see vectors.h. Sums run in column order, in double. */
#include "study/vectors.h"
#include "base/sort.h"
#include "base/vec.h"
#include "study/ward.h"
#include <math.h>
#include <string.h>

typedef struct cell {
    uint32_t word;
    float tf;
} cell;

static int by_word(const void *x, const void *y) {
    const uint32_t a = ((const cell *)x)->word, b = ((const cell *)y)->word;
    return (a > b) - (a < b);
}

typedef PT_VEC(cell) cells;

/* Appends the words of a document with their counts, by id. */
static void count_words(const pt_corpus *corpus, uint32_t document, cells *out) {
    const size_t first = out->n;
    for (uint64_t t = corpus->doc_start[document]; t < corpus->doc_start[document + 1]; t++)
        if (!(corpus->flags[t] & PT_TOKEN_PART))
            pt_vec_push(out, ((cell){corpus->word[t], corpus->flags[t] & PT_TOKEN_TITLE ? 2 : 1}));
    if (out->n == first)
        return;
    pt_sort(out->at + first, out->n - first, sizeof *out->at, by_word);
    size_t kept = first;
    for (size_t i = first + 1; i < out->n; i++)
        if (out->at[i].word == out->at[kept].word)
            out->at[kept].tf += out->at[i].tf;
        else
            out->at[++kept] = out->at[i];
    out->n = kept + 1;
}

static void normalise(float *value, uint32_t n) {
    double squares = 0;
    for (uint32_t i = 0; i < n; i++)
        squares += (double)value[i] * value[i];
    const double scale = squares > 0 ? 1 / sqrt(squares) : 0;
    for (uint32_t i = 0; i < n; i++)
        value[i] = (float)(value[i] * scale);
}

pt_vectors *pt_vectors_new(const pt_corpus *corpus, const uint32_t *document, uint32_t n) {
    cells all = {0};
    pt_vectors *vectors = pt_zalloc(1, sizeof *vectors);
    uint32_t *row_end = pt_alloc(n, sizeof *row_end), *rows_with = pt_zalloc(corpus->V, sizeof *rows_with);
    for (uint32_t i = 0; i < n; i++) {
        const size_t first = all.n;
        count_words(corpus, document[i], &all);
        for (size_t c = first; c < all.n; c++)
            rows_with[all.at[c].word]++;
        row_end[i] = (uint32_t)all.n;
    }
    /* rows_with becomes the column number + 1 of the words that stay; a word of every document says nothing
     */
    vectors->word = pt_alloc(corpus->V, sizeof *vectors->word);
    for (uint32_t w = 0; w < corpus->V; w++) {
        const bool stays = rows_with[w] >= 2 && corpus->doc_freq[w] < corpus->D;
        if (stays)
            vectors->word[vectors->columns++] = w;
        rows_with[w] = stays ? vectors->columns : 0;
    }
    vectors->n = n;
    vectors->start = pt_zalloc((size_t)n + 1, sizeof *vectors->start);
    vectors->column = pt_alloc(all.n, sizeof *vectors->column);
    vectors->value = pt_alloc(all.n, sizeof *vectors->value);
    uint32_t used = 0;
    size_t c = 0;
    for (uint32_t i = 0; i < n; i++) {
        for (; c < row_end[i]; c++) {
            const uint32_t w = all.at[c].word;
            if (rows_with[w] == 0)
                continue;
            vectors->column[used] = rows_with[w] - 1;
            vectors->value[used++] =
                (float)((1 + log(all.at[c].tf)) * log((double)corpus->D / corpus->doc_freq[w]));
        }
        vectors->start[i + 1] = used;
        normalise(vectors->value + vectors->start[i], used - vectors->start[i]);
    }
    pt_vec_free(&all);
    free(row_end);
    free(rows_with);
    return vectors;
}

void pt_vectors_free(pt_vectors *vectors) {
    if (!vectors)
        return;
    free(vectors->start);
    free(vectors->column);
    free(vectors->value);
    free(vectors->word);
    free(vectors);
}

pt_vectors *pt_vectors_rows(const pt_vectors *vectors, const uint32_t *row, uint32_t n) {
    pt_vectors *out = pt_zalloc(1, sizeof *out);
    out->n = n;
    out->columns = vectors->columns;
    out->start = pt_zalloc((size_t)n + 1, sizeof *out->start);
    for (uint32_t i = 0; i < n; i++)
        out->start[i + 1] = out->start[i] + vectors->start[row[i] + 1] - vectors->start[row[i]];
    out->column = pt_alloc(out->start[n], sizeof *out->column);
    out->value = pt_alloc(out->start[n], sizeof *out->value);
    out->word = pt_alloc(out->columns, sizeof *out->word);
    memcpy(out->word, vectors->word, out->columns * sizeof *out->word);
    for (uint32_t i = 0; i < n; i++) {
        const size_t cells_in_row = out->start[i + 1] - out->start[i], from = vectors->start[row[i]];
        memcpy(out->column + out->start[i], vectors->column + from, cells_in_row * sizeof *out->column);
        memcpy(out->value + out->start[i], vectors->value + from, cells_in_row * sizeof *out->value);
    }
    return out;
}

double pt_vector_dot(const pt_vectors *vectors, uint32_t i, const double *y) {
    double sum = 0;
    for (uint32_t c = vectors->start[i]; c < vectors->start[i + 1]; c++)
        sum += vectors->value[c] * y[vectors->column[c]];
    return sum;
}

void pt_vector_add(const pt_vectors *vectors, uint32_t i, double scale, double *y) {
    for (uint32_t c = vectors->start[i]; c < vectors->start[i + 1]; c++)
        y[vectors->column[c]] += scale * vectors->value[c];
}

float *pt_vectors_cosines(const pt_vectors *vectors) {
    const uint32_t n = vectors->n;
    float *cosine = pt_alloc((size_t)n * (n ? n - 1 : 0) / 2, sizeof *cosine);
    double *dense = pt_zalloc(vectors->columns, sizeof *dense);
    for (uint32_t i = 0; i + 1 < n; i++) {
        pt_vector_add(vectors, i, 1, dense);
        for (uint32_t j = i + 1; j < n; j++)
            cosine[pt_pair(n, i, j)] = (float)pt_vector_dot(vectors, j, dense);
        for (uint32_t c = vectors->start[i]; c < vectors->start[i + 1]; c++)
            dense[vectors->column[c]] = 0;
    }
    free(dense);
    return cosine;
}
