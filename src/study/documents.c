/* SPDX-License-Identifier: Apache-2.0 */
#include "study/documents.h"
#include "base/vec.h"

void pt_documents_free(pt_documents *documents) {
    if (!documents)
        return;
    for (uint32_t d = 0; d < documents->D; d++) {
        free(documents->at[d].application_number);
        free(documents->at[d].title);
        free(documents->at[d].applicant);
    }
    free(documents->at);
    pt_intern_free(documents->names);
    free(documents);
}
