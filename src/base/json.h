/* SPDX-License-Identifier: Apache-2.0 */
/* json.h - the door to jansson; files are written atomically, keys sorted, so equal values are equal bytes.
 */
#ifndef PT_BASE_JSON_H
#define PT_BASE_JSON_H

#include "base/status.h"
#include <jansson.h>

/* Makes jansson end the process when there is no memory, as mem.h does: it would leave values out instead,
 * and few callers could tell. Before the first value of a program; again is fine, from several threads too.
 */
void pt_json_prepare(void);

/* Writes value (borrowed) to path, indented by `indent` blanks (0 = compact). */
pt_status pt_json_write(const json_t *value, const char *path, size_t indent, pt_error *err) PT_WARN_UNUSED;

#endif
