/* SPDX-License-Identifier: Apache-2.0 */
/* items.h - the standard as data: the items (dict/items.tsv) and the industries in which they compete
 * (dict/industries.tsv). The number of rows, the themes and the form of the ids are the file's business. */
#ifndef PT_STUDY_ITEMS_H
#define PT_STUDY_ITEMS_H

#include "base/status.h"

typedef struct pt_item {
    const char *id, *theme, *field, *name, *edition, *source, *definition;
    const char *seeds, *negatives, *siblings; /* '|'-separated; siblings are ids */
    bool is_method;    /* applied everywhere (machine learning …), not a field of its own */
    uint32_t industry; /* index in pt_industries.at, or PT_NO_INDUSTRY */
} pt_item;

#define PT_NO_INDUSTRY UINT32_MAX

/* Topic k of every model is item k: the order of the file. */
typedef struct pt_items {
    uint32_t n;
    pt_item *at;     /* [n] strings borrowed from the table below */
    char digest[65]; /* SHA-256 of the file */
    char *path;
    struct pt_tsv *table;
    struct pt_intern *ids;     /* id -> row */
    struct pt_items *standard; /* that pt_items_inherit took over from, or NULL */
    uint32_t *own_of_standard; /* [standard->n] item of the same name, or UINT32_MAX */
} pt_items;

typedef struct pt_industries {
    uint32_t n;
    char **name; /* [n] in the order of industry_no */
} pt_industries;

/* Needs the columns item_id (or no) and item; the others may be missing. Errors: PT_ERR_NO_INPUT,
 * PT_ERR_CONFIG with file:line (duplicate id, empty id or name, unknown sibling or kind). Free with
 * pt_items_free. */
pt_status pt_items_load(const char *path, pt_items **out, pt_error *err) PT_WARN_UNUSED;
void pt_items_free(pt_items *items); /* NULL is fine */
/* For an edition that gives names alone: an item without seeds takes kind, definition, seeds and negatives of
 * the item of the same name in the standard at path, and is found by the id it has there too; returns in
 * *n_without how many items still have no seed (their names alone speak). Errors: those of pt_items_load. */
pt_status pt_items_inherit(pt_items *items, const char *path, uint32_t *n_without,
                           pt_error *err) PT_WARN_UNUSED;
/* Index of an id, or UINT32_MAX. */
uint32_t pt_items_find(const pt_items *items, const char *id);

/* Reads the industries and sets items->at[].industry. An id that items lacks, or an item in two industries,
 * is an error with its line. is_other_edition: the table was written for another edition than items; a row
 * whose id is not there is looked up by its item's name, else passed over. */
pt_status pt_industries_load(const char *path, pt_items *items, bool is_other_edition, pt_industries **out,
                             pt_error *err) PT_WARN_UNUSED;
/* Every theme of the standard as an industry, in the order in which the themes first appear: for regions that
 * have no table of industries of their own. Sets items->at[].industry too. */
pt_industries *pt_industries_of_themes(pt_items *items);
void pt_industries_free(pt_industries *industries);

#endif
