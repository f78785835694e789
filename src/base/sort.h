/* SPDX-License-Identifier: Apache-2.0 */
/* sort.h - qsort for arrays that may be empty: an empty vec has no memory, and qsort may not be given NULL.
 * Compare functions must be total orders: qsort is not stable. */
#ifndef PT_BASE_SORT_H
#define PT_BASE_SORT_H

#include <stdlib.h>

static inline void pt_sort(void *base, size_t n, size_t size, int (*compare)(const void *, const void *)) {
    if (n > 1)
        qsort(base, n, size, compare);
}

#endif
