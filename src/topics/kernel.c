/* SPDX-License-Identifier: Apache-2.0 */
/* kernel.c - workspace, and which kernel this machine runs. */
#include "topics/kernel.h"

#include "base/mem.h"
#include "topics/kernel_space.h"

#include <stdbool.h>
#include <stdlib.h>

pt_kernel_space *pt_kernel_space_new(size_t row) {
    pt_kernel_space *space = pt_zalloc(1, sizeof *space);
    for (int i = 0; i < PT_KERNEL_SLOTS; i++) {
        space->slot[i].theta = pt_zalloc_aligned(row, sizeof(float));
        space->slot[i].alpha = pt_zalloc_aligned(row, sizeof(float));
        space->slot[i].count = pt_zalloc_aligned(row, sizeof(uint32_t));
        space->slot[i].sums = pt_zalloc_aligned(row / 2, sizeof(float));
    }
    space->change = pt_zalloc_aligned(row, sizeof *space->change);
    return space;
}

void pt_kernel_space_free(pt_kernel_space *space) {
    if (!space)
        return;
    for (int i = 0; i < PT_KERNEL_SLOTS; i++) {
        free(space->slot[i].theta);
        free(space->slot[i].alpha);
        free(space->slot[i].count);
        free(space->slot[i].sums);
    }
    free(space->change);
    free(space);
}

uint64_t pt_kernel_space_collect(pt_kernel_space *space, uint32_t K, int64_t *total) {
    const uint64_t n_changed = space->n_changed;
    for (uint32_t k = 0; k < K; k++) {
        total[k] += space->change[k];
        space->change[k] = 0;
    }
    space->n_changed = 0;
    return n_changed;
}

static bool can_run(pt_kernel_path path) {
#ifdef __x86_64__
    __builtin_cpu_init();
    if (path == PT_KERNEL_AVX512)
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
               __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw");
    if (path == PT_KERNEL_AVX2)
        return __builtin_cpu_supports("avx2");
#endif
    return path == PT_KERNEL_PLAIN;
}

static pt_kernel_path resolve(pt_kernel_path path) {
    if (path != PT_KERNEL_BEST)
        return path;
    return can_run(PT_KERNEL_AVX512) ? PT_KERNEL_AVX512
           : can_run(PT_KERNEL_AVX2) ? PT_KERNEL_AVX2
                                     : PT_KERNEL_PLAIN;
}

pt_kernel *pt_kernel_choose(pt_kernel_path path) {
    path = resolve(path);
    if (!can_run(path))
        return NULL;
#ifdef __x86_64__
    if (path == PT_KERNEL_AVX512)
        return pt_kernel_avx512;
    if (path == PT_KERNEL_AVX2)
        return pt_kernel_avx2;
#endif
    return pt_kernel_plain;
}

const char *pt_kernel_name(pt_kernel_path path) {
    static const char *const name[] = {"", "plain", "AVX2", "AVX-512"};
    return name[resolve(path)];
}
