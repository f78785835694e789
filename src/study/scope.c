/* SPDX-License-Identifier: Apache-2.0 */
#include "study/scope.h"
#include "base/mem.h"
#include "base/vec.h"

#include <string.h>

typedef enum reference { REFERENCE_REST, REFERENCE_NONE, REFERENCE_REGION } reference;

struct pt_scope {
    const pt_regions *regions;
    const pt_study *study;
    pt_region_filter *region, *reference_region;
    reference reference;
};

static pt_status open_filter(const pt_regions *regions, const pt_study *study, const char *key,
                             const char *text, pt_region_filter **out, pt_error *err) {
    pt_error inner = {0};
    const pt_status status = pt_region_filter_new(regions, text, out, &inner);
    if (status)
        return pt_fail(err, status, "%s: %s = %s: %s", study->path[0] ? study->path : "study", key, text,
                       inner.message);
    return PT_OK;
}

pt_status pt_scope_new(const pt_regions *regions, const pt_study *study, pt_scope **out, pt_error *err) {
    pt_scope *scope = pt_zalloc(1, sizeof *scope);
    scope->regions = regions;
    scope->study = study;
    pt_status status = open_filter(regions, study, "region", study->region, &scope->region, err);
    if (strcmp(study->reference, "none") == 0)
        scope->reference = REFERENCE_NONE;
    else if (strcmp(study->reference, "rest") != 0 && study->reference[0])
        scope->reference = REFERENCE_REGION;
    if (!status && scope->reference == REFERENCE_REGION)
        status = open_filter(regions, study, "reference", study->reference, &scope->reference_region, err);
    if (status) {
        pt_scope_free(scope);
        scope = NULL;
    }
    *out = scope;
    return status;
}

void pt_scope_free(pt_scope *scope) {
    if (!scope)
        return;
    pt_region_filter_free(scope->region);
    pt_region_filter_free(scope->reference_region);
    free(scope);
}

bool pt_scope_asks_inventors(const pt_scope *scope) {
    return scope->study->assignment == PT_ASSIGN_INVENTORS;
}

/* w_dr: the first applicant decides, or any one, or each applicant or inventor has its share. */
static float weight_in(const pt_region_filter *filter, pt_assignment_rule rule, const pt_place *place,
                       const char *const *address, size_t n) {
    if (pt_region_filter_is_everywhere(filter))
        return 1;
    if (rule == PT_ASSIGN_FIRST && n > 1)
        n = 1;
    size_t inside = 0;
    for (size_t i = 0; i < n; i++)
        inside += pt_region_filter_has(filter, place[i], address[i]);
    return (rule == PT_ASSIGN_FRACTIONAL || rule == PT_ASSIGN_INVENTORS) && n ? (float)inside / (float)n
                                                                              : inside > 0;
}

bool pt_scope_judge(const pt_scope *scope, const pt_place *place, const char *const *address, size_t n,
                    pt_document *document) {
    const pt_study *study = scope->study;
    const uint32_t year = pt_document_year(document);
    document->in_period =
        (!study->from || year >= study->from) && (!study->to || (year && year <= study->to));
    const uint32_t row = n ? pt_region_municipality(scope->regions, place[0]) : UINT32_MAX;
    document->municipality = row == UINT32_MAX ? 0 : row + 1;
    document->weight = weight_in(scope->region, study->assignment, place, address, n);
    document->in_reference = scope->reference == REFERENCE_REST ||
                             (scope->reference == REFERENCE_REGION &&
                              (document->weight > 0 ||
                               weight_in(scope->reference_region, study->assignment, place, address, n) > 0));
    const size_t n_asked = study->assignment == PT_ASSIGN_FIRST && n > 1 ? 1 : n;
    bool is_known = false;
    for (size_t i = 0; i < n_asked; i++)
        is_known = is_known || (place[i].rule != PT_REGION_UNKNOWN && place[i].rule != PT_REGION_AMBIGUOUS);
    return is_known;
}
