/* SPDX-License-Identifier: Apache-2.0 */
/* answers.h - the head of a service's answer: KIPRIS (header/successYN, resultCode, resultMsg) and the
 * public data portal (cmmMsgHeader/errMsg, returnAuthMsg, returnReasonCode) say there that they failed. */
#ifndef PT_PATENT_ANSWERS_H
#define PT_PATENT_ANSWERS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct pt_answer {
    char success[8], code[16], message[128];
} pt_answer;

/* Whether an element of this name belongs to an answer's head. */
bool pt_answer_is_part(const char *name);
/* Whether it is the head itself, at whose end the answer can be judged. */
bool pt_answer_is_head(const char *name);
void pt_answer_note(pt_answer *answer, const char *name, const char *text, size_t n);
/* Judges and forgets: true when it was an error, with a reason for people. */
bool pt_answer_is_error(pt_answer *answer, char *reason, size_t size);

#endif
