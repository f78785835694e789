/* SPDX-License-Identifier: Apache-2.0 */
/* ini.h - INI files by inih: every `key = value` is handed over with its section and line. */
#ifndef PT_BASE_INI_H
#define PT_BASE_INI_H

#include "base/status.h"

/* The handler returns PT_OK or fails with a message of its own (it gets file and line for it). */
typedef pt_status (*pt_ini_handler)(void *user, const char *section, const char *key, const char *value,
                                    const char *path, int line, pt_error *err);

/* Errors: PT_ERR_NO_INPUT (cannot open), PT_ERR_CONFIG (a line that is no INI, or what the handler says). */
pt_status pt_ini_read(const char *path, pt_ini_handler handler, void *user, pt_error *err) PT_WARN_UNUSED;

#endif
