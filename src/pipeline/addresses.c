/* SPDX-License-Identifier: Apache-2.0 */
/* addresses.c - see addresses.h. */
#include "pipeline/addresses.h"
#include "base/file.h"
#include "base/intern.h"
#include "base/mem.h"
#include "base/tsv.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

struct pt_addresses {
    pt_tsv *table;
    pt_intern *names;          /* id = index of row */
    PT_VEC(const char *) text; /* borrowed from the table */
};

static pt_status read_rows(pt_addresses *a, pt_error *err) {
    size_t name, address;
    pt_status status = pt_tsv_column(a->table, "applicant", &name, err);
    if (!status)
        status = pt_tsv_column(a->table, "address", &address, err);
    for (size_t row = 0; !status && row < pt_tsv_rows(a->table); row++) {
        const char *who = pt_tsv_cell(a->table, row, name), *where = pt_tsv_cell(a->table, row, address);
        const uint32_t id = pt_intern_add(a->names, who, strlen(who));
        if (id == a->text.n)
            pt_vec_push(&a->text, where);
        else if (strcmp(a->text.at[id], where) != 0)
            status = pt_fail(err, PT_ERR_CONFIG, "%s:%u: '%s' has another address further up",
                             pt_tsv_path(a->table), pt_tsv_line(a->table, row), who);
    }
    return status;
}

pt_status pt_addresses_load(const char *path, const char *study_path, pt_addresses **out, pt_error *err) {
    pt_addresses *a = pt_zalloc(1, sizeof *a);
    a->names = pt_intern_new();
    char *place = pt_path_beside(study_path, path);
    pt_status status = pt_tsv_open(&a->table, place, err);
    free(place);
    if (!status)
        status = read_rows(a, err);
    if (status) {
        pt_addresses_free(a);
        a = NULL;
    }
    *out = a;
    return status;
}

void pt_addresses_free(pt_addresses *addresses) {
    if (!addresses)
        return;
    pt_tsv_close(addresses->table);
    pt_intern_free(addresses->names);
    pt_vec_free(&addresses->text);
    free(addresses);
}

const char *pt_addresses_find(const pt_addresses *addresses, const char *applicant) {
    const uint32_t id = addresses ? pt_intern_find(addresses->names, applicant, strlen(applicant)) : PT_NO_ID;
    return id == PT_NO_ID ? NULL : addresses->text.at[id];
}
