/* SPDX-License-Identifier: Apache-2.0 */
#include "study/agreement.h"
#include "base/tsv.h"

#include <stdlib.h>

typedef struct row {
    double sureness, agreement;
} row;

static bool number_of(const char *text, double low, double high, double *value) {
    char *end;
    *value = strtod(text, &end);
    return end != text && !*end && *value >= low && *value <= high;
}

static pt_status read_row(const pt_tsv *table, size_t i, const size_t column[2], row *before, pt_error *err) {
    const char *sureness = pt_tsv_cell(table, i, column[0]), *agreement = pt_tsv_cell(table, i, column[1]);
    row now;
    if (!number_of(sureness, 0, 10, &now.sureness) || !number_of(agreement, 0, 1, &now.agreement) ||
        (i > 0 && (now.sureness <= before->sureness || now.agreement < before->agreement)))
        return pt_fail(
            err, PT_ERR_CONFIG,
            "%s:%u: expected a sureness over that of the row before and an agreement in [0, 1] not "
            "under it, found '%s' and '%s'",
            pt_tsv_path(table), pt_tsv_line(table, i), sureness, agreement);
    *before = now;
    return PT_OK;
}

static pt_status look_up(const pt_tsv *table, double agreement, float *sureness, pt_error *err) {
    size_t column[2];
    pt_status status = pt_tsv_column(table, "sureness", &column[0], err);
    if (!status)
        status = pt_tsv_column(table, "agreement", &column[1], err);
    row now = {0, 0};
    bool is_found = false;
    for (size_t i = 0; !status && i < pt_tsv_rows(table); i++) {
        status = read_row(table, i, column, &now, err);
        if (!status && !is_found && now.agreement >= agreement) {
            is_found = true;
            *sureness = (float)now.sureness;
        }
    }
    if (!status && !is_found)
        return pt_fail(err, PT_ERR_CONFIG, "%s: least_agreement = %g, but the highest stated is %g",
                       pt_tsv_path(table), agreement, now.agreement);
    return status;
}

pt_status pt_agreement_sureness(const char *path, double agreement, float *sureness, pt_error *err) {
    pt_tsv *table;
    pt_status status = pt_tsv_open(&table, path, err);
    if (!status)
        status = look_up(table, agreement, sureness, err);
    pt_tsv_close(table);
    return status;
}
