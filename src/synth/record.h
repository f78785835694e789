/* SPDX-License-Identifier: Apache-2.0 */
/* record.h - one patent as an `item` of KIPRIS getBibliographyDetailInfoSearch. */
#ifndef PT_SYNTH_RECORD_H
#define PT_SYNTH_RECORD_H

#include "synth/text.h"

/* Head and tail of the answer that the items of a file stand in. */
extern const char pt_synth_record_head[], pt_synth_record_tail[];

/* Appends the item of `task`; the draft is begun here. */
void pt_synth_record_write(const pt_synth_vocabulary *vocabulary, const pt_synth_task *task,
                           pt_synth_draft *draft, pt_buf *out);

#endif
