/* SPDX-License-Identifier: Apache-2.0 */
#include "base/parallel.h"

#include <omp.h>

int pt_threads(int requested) {
    const int n = requested > 0 ? requested : omp_get_num_procs();
    return n < 1 ? 1 : n;
}

void pt_parallel_for(int threads, size_t n_units, void (*body)(void *shared, int worker, size_t unit),
                     void *shared) {
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (size_t unit = 0; unit < n_units; unit++)
        body(shared, omp_get_thread_num(), unit);
}

void pt_parallel_for_beside(int threads, size_t n_units, void (*body)(void *shared, int worker, size_t unit),
                            void (*aside)(void *shared), void *shared) {
#pragma omp parallel num_threads(threads)
    {
#pragma omp master
        aside(shared);
#pragma omp for schedule(dynamic, 1)
        for (size_t unit = 0; unit < n_units; unit++)
            body(shared, omp_get_thread_num(), unit);
    }
}
