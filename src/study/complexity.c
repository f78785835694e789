/* SPDX-License-Identifier: Apache-2.0 */
/* complexity.c - see complexity.h. */
#include "study/complexity.h"
#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

enum { MAX_SWEEPS = 60, LEAST_SIZE = 3 };
static const double same_eigenvalue = 1e-9, least_correlation = 0.1;

void pt_proximity(const uint8_t *M, size_t R, size_t K, double *phi) {
    uint32_t *ubiquity = pt_zalloc(K, sizeof *ubiquity), *both = pt_zalloc(K * K, sizeof *both);
    for (size_t r = 0; r < R; r++)
        for (size_t i = 0; i < K; i++) {
            if (!M[r * K + i])
                continue;
            ubiquity[i]++;
            for (size_t j = 0; j < K; j++)
                both[i * K + j] += M[r * K + j];
        }
    for (size_t i = 0; i < K; i++)
        for (size_t j = 0; j < K; j++) {
            const uint32_t most = ubiquity[i] > ubiquity[j] ? ubiquity[i] : ubiquity[j];
            phi[i * K + j] = i != j && most ? (double)both[i * K + j] / most : 0;
        }
    free(ubiquity);
    free(both);
}

double pt_relatedness_density(const uint8_t *row, const double *phi, size_t K, size_t k) {
    double held = 0, all = 0;
    for (size_t j = 0; j < K; j++) {
        all += phi[k * K + j];
        held += row[j] ? phi[k * K + j] : 0;
    }
    return all > 0 ? held / all : NAN;
}

/* One rotation that makes matrix[p][q] 0; columns of vector turn along. */
static void rotate(double *a, double *v, size_t n, size_t p, size_t q) {
    const double apq = a[p * n + q];
    if (apq == 0)
        return;
    const double theta = (a[q * n + q] - a[p * n + p]) / (2 * apq);
    const double t = (theta >= 0 ? 1 : -1) / (fabs(theta) + sqrt(theta * theta + 1));
    const double c = 1 / sqrt(t * t + 1), s = t * c;
    for (size_t k = 0; k < n; k++) {
        const double x = a[k * n + p], y = a[k * n + q];
        a[k * n + p] = c * x - s * y;
        a[k * n + q] = s * x + c * y;
    }
    for (size_t k = 0; k < n; k++) {
        const double x = a[p * n + k], y = a[q * n + k];
        a[p * n + k] = c * x - s * y;
        a[q * n + k] = s * x + c * y;
        const double u = v[k * n + p], w = v[k * n + q];
        v[k * n + p] = c * u - s * w;
        v[k * n + q] = s * u + c * w;
    }
}

void pt_symmetric_eigen(double *matrix, size_t n, double *value, double *vector) {
    for (size_t i = 0; i < n * n; i++)
        vector[i] = i % (n + 1) == 0;
    for (int sweep = 0; sweep < MAX_SWEEPS; sweep++) {
        double off = 0, all = 0;
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++) {
                const double square = matrix[i * n + j] * matrix[i * n + j];
                all += square;
                off += i == j ? 0 : square;
            }
        if (off <= 1e-30 * all)
            break;
        for (size_t p = 0; p + 1 < n; p++)
            for (size_t q = p + 1; q < n; q++)
                rotate(matrix, vector, n, p, q);
    }
    for (size_t i = 0; i < n; i++)
        value[i] = matrix[i * n + i];
}

/* Population z-score of the values at the given places; the others stay NAN. */
static void standardise(double *x, const size_t *place, size_t n) {
    double mean = 0, variance = 0;
    for (size_t i = 0; i < n; i++)
        mean += x[place[i]] / (double)n;
    for (size_t i = 0; i < n; i++)
        variance += (x[place[i]] - mean) * (x[place[i]] - mean) / (double)n;
    for (size_t i = 0; i < n; i++)
        x[place[i]] = variance > 0 ? (x[place[i]] - mean) / sqrt(variance) : NAN;
}

/* What is left of M without empty rows and columns. */
typedef struct kept {
    const uint8_t *M;
    size_t R, K, n_rows, n_columns;
    size_t *row, *column;
    double *diversity, *ubiquity; /* [R], [K] */
} kept;

static kept drop_empty(const uint8_t *M, size_t R, size_t K) {
    kept k = {.M = M, .R = R, .K = K};
    k.row = pt_alloc(R, sizeof *k.row);
    k.column = pt_alloc(K, sizeof *k.column);
    k.diversity = pt_zalloc(R, sizeof *k.diversity);
    k.ubiquity = pt_zalloc(K, sizeof *k.ubiquity);
    for (size_t r = 0; r < R; r++)
        for (size_t i = 0; i < K; i++) {
            k.diversity[r] += M[r * K + i];
            k.ubiquity[i] += M[r * K + i];
        }
    for (size_t r = 0; r < R; r++)
        if (k.diversity[r] > 0)
            k.row[k.n_rows++] = r;
    for (size_t i = 0; i < K; i++)
        if (k.ubiquity[i] > 0)
            k.column[k.n_columns++] = i;
    return k;
}

/* S = D^-½ M U⁻¹ Mᵀ D^-½ [n_rows][n_rows]. */
static double *similarity(const kept *k) {
    double *S = pt_zalloc(k->n_rows * k->n_rows, sizeof *S);
    for (size_t a = 0; a < k->n_rows; a++)
        for (size_t b = a; b < k->n_rows; b++) {
            const uint8_t *x = k->M + k->row[a] * k->K, *y = k->M + k->row[b] * k->K;
            double sum = 0;
            for (size_t c = 0; c < k->n_columns; c++)
                sum += x[k->column[c]] && y[k->column[c]] ? 1 / k->ubiquity[k->column[c]] : 0;
            S[a * k->n_rows + b] = S[b * k->n_rows + a] =
                sum / sqrt(k->diversity[k->row[a]] * k->diversity[k->row[b]]);
        }
    return S;
}

/* Index of the second largest eigenvalue; the third one's distance to it is in *gap. */
static size_t second_largest(const double *value, size_t n, double *first_gap, double *gap) {
    size_t rank[3] = {SIZE_MAX, SIZE_MAX, SIZE_MAX};
    for (size_t i = 0; i < n; i++) {
        size_t at = i;
        for (int place = 0; place < 3; place++)
            if (rank[place] == SIZE_MAX || value[at] > value[rank[place]]) {
                const size_t pushed = rank[place];
                rank[place] = at;
                at = pushed;
                if (at == SIZE_MAX)
                    break;
            }
    }
    *first_gap = value[rank[0]] - value[rank[1]];
    *gap = value[rank[1]] - value[rank[2]];
    return rank[1];
}

static double correlation_with_diversity(const kept *k, const double *eci) {
    double mean = 0, xx = 0, xy = 0;
    for (size_t i = 0; i < k->n_rows; i++)
        mean += k->diversity[k->row[i]] / (double)k->n_rows;
    for (size_t i = 0; i < k->n_rows; i++) {
        const double d = k->diversity[k->row[i]] - mean;
        xx += d * d / (double)k->n_rows;
        xy += d * eci[k->row[i]] / (double)k->n_rows;
    }
    return xx > 0 ? xy / sqrt(xx) : 0;
}

static pt_complexity_state solve(const kept *k, double *eci, double *kci) {
    const size_t n = k->n_rows;
    double *S = similarity(k), *value = pt_alloc(n, sizeof *value), *vector = pt_alloc(n * n, sizeof *vector);
    pt_symmetric_eigen(S, n, value, vector);
    double first_gap, gap;
    const size_t second = second_largest(value, n, &first_gap, &gap);
    pt_complexity_state state = PT_COMPLEXITY_KNOWN;
    if (first_gap < same_eigenvalue || gap < same_eigenvalue)
        state = PT_COMPLEXITY_DISCONNECTED;
    for (size_t i = 0; i < n; i++)
        eci[k->row[i]] = vector[i * n + second] / sqrt(k->diversity[k->row[i]]);
    standardise(eci, k->row, n);
    const double r = correlation_with_diversity(k, eci);
    if (state == PT_COMPLEXITY_KNOWN && !(fabs(r) >= least_correlation))
        state = PT_COMPLEXITY_UNSIGNED;
    for (size_t i = 0; i < n; i++)
        eci[k->row[i]] *= r < 0 ? -1 : 1;
    for (size_t c = 0; c < k->n_columns; c++) {
        const size_t item = k->column[c];
        kci[item] = 0;
        for (size_t i = 0; i < n; i++)
            kci[item] += k->M[k->row[i] * k->K + item] ? eci[k->row[i]] / k->ubiquity[item] : 0;
    }
    standardise(kci, k->column, k->n_columns);
    free(S);
    free(value);
    free(vector);
    return state;
}

pt_complexity_state pt_complexity(const uint8_t *M, size_t R, size_t K, double *eci, double *kci) {
    for (size_t r = 0; r < R; r++)
        eci[r] = NAN;
    for (size_t i = 0; i < K; i++)
        kci[i] = NAN;
    kept k = drop_empty(M, R, K);
    pt_complexity_state state = PT_COMPLEXITY_DISCONNECTED;
    if (k.n_rows >= LEAST_SIZE && k.n_columns >= LEAST_SIZE)
        state = solve(&k, eci, kci);
    if (state != PT_COMPLEXITY_KNOWN) {
        for (size_t r = 0; r < R; r++)
            eci[r] = NAN;
        for (size_t i = 0; i < K; i++)
            kci[i] = NAN;
    }
    free(k.row);
    free(k.column);
    free(k.diversity);
    free(k.ubiquity);
    return state;
}
