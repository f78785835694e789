/* SPDX-License-Identifier: Apache-2.0 */
/* landscape.h - the region among the other regions of the store: relatedness density and complexity of its
 * items (complexity.h). The rows are the region of study and the 시군구 of all other patents. */
#ifndef PT_STUDY_LANDSCAPE_H
#define PT_STUDY_LANDSCAPE_H

#include "study/documents.h"
#include "study/mapping.h"

enum {
    PT_LANDSCAPE_REGIONS = 10, /* fewer regions in the store say nothing */
    PT_LANDSCAPE_PATENTS = 20  /* classified patents of the period that make a region a row */
};

typedef struct pt_landscape {
    uint32_t n_items, n_regions;
    bool *is_specialised; /* [n_items] LQ >= 1 and one patent at least, of the region of study */
    double *density;      /* [n_items] NAN = unknown */
    double *complexity;   /* [n_items] KCI */
    double eci;           /* of the region of study */
    const char *density_note, *complexity_note; /* NULL, or why it is empty (Korean literals) */
} pt_landscape;

/* Free with pt_landscape_free. */
pt_landscape *pt_landscape_new(const pt_documents *documents, const pt_mapping *mapping);
void pt_landscape_free(pt_landscape *landscape); /* NULL is fine */

#endif
