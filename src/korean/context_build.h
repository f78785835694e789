/* SPDX-License-Identifier: Apache-2.0 */
/* context_build.h - the table of contexts (dict/korean/contexts.tsv, written by dict/korean/train)
 * while a dictionary is compiled; private to src/korean. */
#ifndef PT_KOREAN_CONTEXT_BUILD_H
#define PT_KOREAN_CONTEXT_BUILD_H

#include "base/vec.h"
#include "korean/context.h"

typedef struct pt_contexts {
    PT_VEC(pt_context_row) rows;
    PT_VEC(uint32_t) slots; /* some empty */
} pt_contexts;

/* Reads the table: boundary (as pt_context_spell writes it), begins, ends: a letter of PT_CONTEXT_LETTERS and
 * a cost from -127 to 127 (1/32 nat), blanks between: N-12 J30. A path of "" reads nothing. Rows with a
 * syllable that the alphabet lacks are passed over. Errors: PT_ERR_NO_INPUT, PT_ERR_CONFIG with file:line. */
pt_status pt_contexts_read(pt_contexts *contexts, const char *path, const uint16_t *alphabet,
                           pt_error *err) PT_WARN_UNUSED;
void pt_contexts_free(pt_contexts *contexts);

#endif
