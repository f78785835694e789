/* SPDX-License-Identifier: Apache-2.0 */
/* result.h - what a caller of the public interface holds after a run: plain copies, no link to the session.
 */
#ifndef PT_PIPELINE_RESULT_H
#define PT_PIPELINE_RESULT_H

#include "pipeline/session.h"

/* Copies what has been found so far; folder is taken over (NULL = not published). */
pt_result *pt_result_make(const pt_session *session, char *folder);

#endif
