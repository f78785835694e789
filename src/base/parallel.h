/* SPDX-License-Identifier: Apache-2.0 */
/* parallel.h - the only door to OpenMP. Work is cut by the caller into units whose number does not depend
 * on the threads; a unit writes its own slots only; the caller adds them up in unit order. So results are
 * the same for any number of threads. */
#ifndef PT_BASE_PARALLEL_H
#define PT_BASE_PARALLEL_H

#include <stddef.h>

/* Threads a stage will use when `requested` is 0: all cores; else requested. At least 1. */
int pt_threads(int requested);

/* Calls body(shared, worker, unit) once for every unit in 0 .. n_units-1; worker in 0 .. threads-1 tells
 * which private workspace is free to use. Units are dealt dynamically; body must not care. */
void pt_parallel_for(int threads, size_t n_units, void (*body)(void *shared, int worker, size_t unit),
                     void *shared);

/* The same, while the calling thread first runs aside(shared) and then takes units too: for work in order,
 * such as writing, beside work in any order. Neither may read what the other writes. */
void pt_parallel_for_beside(int threads, size_t n_units, void (*body)(void *shared, int worker, size_t unit),
                            void (*aside)(void *shared), void *shared);

#endif
