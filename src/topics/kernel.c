/* SPDX-License-Identifier: Apache-2.0 */
/* kernel.c - workspace, and which kernel this machine runs. */
#include "topics/kernel.h"

#include "base/mem.h"
#include "topics/kernel_space.h"

#include <stdbool.h>
#include <stdlib.h>

enum { SLOTS = 2 * PT_KERNEL_HALF };

pt_kernel_space *pt_kernel_space_new(size_t row) {
    const size_t n_groups = row / PT_KERNEL_ROW, step = SLOTS * PT_KERNEL_LANES;
    pt_kernel_space *space = pt_zalloc(1, sizeof *space);
    for (int i = 0; i < SLOTS; i++) {
        space->slot[i].weight = pt_zalloc_aligned(row, sizeof(float));
        space->slot[i].shift = pt_zalloc_aligned(row, sizeof(float));
    }
    space->theta = pt_zalloc_aligned(row * SLOTS + PT_KERNEL_ROW, sizeof *space->theta);
    space->sums_room = pt_zalloc_aligned((n_groups + 1) * step, sizeof *space->sums_room);
    space->sums = space->sums_room + step;
    space->run = pt_zalloc_aligned(2 * row * SLOTS, sizeof *space->run);
    space->change = pt_zalloc_aligned(row, sizeof *space->change);
    space->moved = pt_alloc(PT_KERNEL_MOVED, sizeof *space->moved);
    space->changes = pt_changes_new();
    return space;
}

void pt_kernel_space_free(pt_kernel_space *space) {
    if (!space)
        return;
    for (int i = 0; i < SLOTS; i++) {
        free(space->slot[i].weight);
        free(space->slot[i].shift);
    }
    free(space->theta);
    free(space->sums_room);
    free(space->run);
    free(space->change);
    free(space->moved);
    pt_changes_free(space->changes);
    free(space);
}

void pt_kernel_space_flush(pt_kernel_space *space) {
    for (size_t i = 0; i < space->n_moved; i++) {
        const pt_change moved = space->moved[i];
        pt_changes_add(space->changes, moved);
        space->change[moved.old]--;
        space->change[moved.new]++;
    }
    space->n_moved = 0;
}

void pt_kernel_space_collect(pt_kernel_space *space, uint32_t K, int64_t *total) {
    for (uint32_t k = 0; k < K; k++) {
        total[k] += space->change[k];
        space->change[k] = 0;
    }
}

pt_changes *pt_kernel_space_changes(pt_kernel_space *space) {
    return space->changes;
}

static bool can_run(pt_kernel_path path) {
#ifdef __x86_64__
    __builtin_cpu_init();
    if (path == PT_KERNEL_BF16)
        return can_run(PT_KERNEL_AVX512) && __builtin_cpu_supports("avx512bf16");
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
    return can_run(PT_KERNEL_BF16)     ? PT_KERNEL_BF16
           : can_run(PT_KERNEL_AVX512) ? PT_KERNEL_AVX512
           : can_run(PT_KERNEL_AVX2)   ? PT_KERNEL_AVX2
                                       : PT_KERNEL_PLAIN;
}

#ifdef __x86_64__
static pt_kernel *const kernel_of[] = {
    [PT_KERNEL_PLAIN] = pt_kernel_plain,
    [PT_KERNEL_AVX2] = pt_kernel_avx2,
    [PT_KERNEL_AVX512] = pt_kernel_avx512,
    [PT_KERNEL_BF16] = pt_kernel_bf16,
};
static pt_kernel *const lists_of[] = {
    [PT_KERNEL_PLAIN] = pt_lists_plain,
    [PT_KERNEL_AVX2] = pt_lists_avx2,
    [PT_KERNEL_AVX512] = pt_lists_avx512,
    [PT_KERNEL_BF16] = pt_lists_bf16,
};
#else
static pt_kernel *const kernel_of[] = {[PT_KERNEL_PLAIN] = pt_kernel_plain};
static pt_kernel *const lists_of[] = {[PT_KERNEL_PLAIN] = pt_lists_plain};
#endif

pt_kernel *pt_kernel_choose(pt_kernel_path path) {
    path = resolve(path);
    return can_run(path) ? kernel_of[path] : NULL;
}

pt_kernel *pt_kernel_choose_lists(pt_kernel_path path) {
    path = resolve(path);
    return can_run(path) ? lists_of[path] : NULL;
}

const char *pt_kernel_name(pt_kernel_path path) {
    static const char *const name[] = {"", "plain", "AVX2", "AVX-512", "AVX-512 BF16"};
    return name[resolve(path)];
}
