/* SPDX-License-Identifier: Apache-2.0 */
/* store_private.h - what the files of src/store share. */
#ifndef PT_STORE_STORE_PRIVATE_H
#define PT_STORE_STORE_PRIVATE_H

#include "base/intern.h"
#include "store/db.h"
#include "store/store.h"

struct pt_store {
    pt_db db;
    pt_intern *words; /* row `id` of table word is string id - 1 */
    sqlite3_stmt *place, *assign;
};

/* Id of a word, written to the table when it is new. */
pt_status pt_store_word(pt_store *store, sqlite3_stmt *insert, const char *form, size_t bytes, uint32_t *id,
                        pt_error *err) PT_WARN_UNUSED;
/* Turns yyyymmdd into "yyyy-mm-dd"; "" for 0. */
void pt_store_date_text(uint32_t date, char text[11]);
/* The other way; 0 for anything that is no date. */
uint32_t pt_store_date_number(const char *text);

#endif
