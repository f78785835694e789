/* SPDX-License-Identifier: Apache-2.0 */
/* text.h - the words of one patent: title, abstract, claim. */
#ifndef PT_SYNTH_TEXT_H
#define PT_SYNTH_TEXT_H

#include "base/buf.h"
#include "synth/pattern.h"
#include "synth/plan.h"

typedef struct pt_synth_draft pt_synth_draft;

/* A workspace, for one thread at a time. The tables are kept by reference. `withheld` and `seed` as in
 * pt_synth_params. */
pt_synth_draft *pt_synth_draft_new(const pt_synth_vocabulary *vocabulary, const pt_synth_patterns *patterns,
                                   const pt_synth_params *params);
void pt_synth_draft_free(pt_synth_draft *draft); /* NULL is fine */

/* Begins a patent; then title, abstract and claim, in this order, append escaped UTF-8 to out. */
void pt_synth_draft_begin(pt_synth_draft *draft, const pt_synth_task *task);
void pt_synth_draft_title(pt_synth_draft *draft, pt_buf *out);
void pt_synth_draft_abstract(pt_synth_draft *draft, pt_buf *out);
void pt_synth_draft_claim(pt_synth_draft *draft, pt_buf *out);
/* The next random number of this patent. */
uint64_t pt_synth_draft_bits(pt_synth_draft *draft);

#endif
