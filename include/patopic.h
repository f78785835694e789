/* SPDX-License-Identifier: Apache-2.0 */
/* patopic.h - the whole public interface of libpatopic: patent XML in, a region's leading items and
 * technologies out. The road has stages, each one call, each leaving a file that the next one reads:
 *
 *     pt_ingest   XML, CSV, archives  ->  store (patents.db)
 *     pt_train    store               ->  model (model.bin)
 *     pt_select   store + model       ->  findings (items, technologies)
 *     pt_report   findings            ->  tables, workbook, page under out/<study>/
 *     pt_run      all of them
 *
 * Strings are UTF-8. Nothing here prints or exits; there is no global state. */
#ifndef PATOPIC_H
#define PATOPIC_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PT_VERSION "0.1.0"

#ifdef __cplusplus
extern "C" {
#endif

#define PT_WARN_UNUSED __attribute__((warn_unused_result))

/* The values are the exit codes of the command line (sysexits.h where one fits). */
typedef enum pt_status {
    PT_OK = 0,
    PT_OK_QUARANTINED = 2, /* done, but some records were put aside; see the quarantine table */
    PT_ERR_USAGE = 64,     /* the caller asked for something impossible */
    PT_ERR_DATA = 65,      /* input is there but wrong */
    PT_ERR_NO_INPUT = 66,  /* input is not there or may not be read */
    PT_ERR_BUG = 70,       /* an inner promise was broken */
    PT_ERR_CREATE = 73,    /* output cannot be created */
    PT_ERR_IO = 74,        /* reading or writing failed half way */
    PT_ERR_AGAIN = 75,     /* locked by another run, or stopped on request; try again */
    PT_ERR_CONFIG = 78     /* study file, dictionary or items file is wrong */
} pt_status;

/* Filled by the function that failed; empty message means no error. */
typedef struct pt_error {
    pt_status status;
    char message[1024]; /* one line: what, where (file:line), the way out */
} pt_error;

typedef enum pt_level { PT_LEVEL_DEBUG, PT_LEVEL_INFO, PT_LEVEL_WARN, PT_LEVEL_ERROR } pt_level;

/* How a long stage talks to its caller, and the caller to it. Every pointer may be NULL, and so may the
 * monitor itself. The callbacks come from one thread at a time. */
typedef struct pt_monitor {
    void (*message)(void *user, pt_level level, const char *text);
    void (*progress)(void *user, const char *stage, uint64_t done, uint64_t total); /* total 0 = unknown */
    const volatile sig_atomic_t *stop; /* non-zero: finish the unit of work, save, return PT_ERR_AGAIN */
    void *user;
} pt_monitor;

#ifdef __cplusplus
}
#endif
#endif
