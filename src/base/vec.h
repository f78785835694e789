/* SPDX-License-Identifier: Apache-2.0 */
/* vec.h - a growable typed array. Declare `struct { T *at; size_t n, cap; } v = {0};` (PT_VEC(T)) and
 * use v.at[i], v.n directly. Elements move when it grows: keep indices, not pointers. */
#ifndef PT_BASE_VEC_H
#define PT_BASE_VEC_H

#include "base/mem.h"
#include <stdlib.h>

#define PT_VEC(T)                                                                                            \
    struct {                                                                                                 \
        T *at;                                                                                               \
        size_t n, cap;                                                                                       \
    }

/* Room for `extra` more elements. */
#define pt_vec_reserve(v, extra)                                                                             \
    do {                                                                                                     \
        const size_t need_ = (v)->n + (extra);                                                               \
        if (need_ > (v)->cap) {                                                                              \
            (v)->cap = need_ > 2 * (v)->cap ? need_ : 2 * (v)->cap;                                          \
            (v)->cap = (v)->cap < 8 ? 8 : (v)->cap;                                                          \
            (v)->at = pt_realloc((v)->at, (v)->cap, sizeof *(v)->at);                                        \
        }                                                                                                    \
    } while (0)

#define pt_vec_push(v, value)                                                                                \
    do {                                                                                                     \
        pt_vec_reserve((v), 1);                                                                              \
        (v)->at[(v)->n++] = (value);                                                                         \
    } while (0)

#define pt_vec_clear(v) ((void)((v)->n = 0))

#define pt_vec_free(v)                                                                                       \
    do {                                                                                                     \
        free((v)->at);                                                                                       \
        (v)->at = NULL;                                                                                      \
        (v)->n = (v)->cap = 0;                                                                               \
    } while (0)

#endif
