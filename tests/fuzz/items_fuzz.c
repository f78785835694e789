/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a standard (items.tsv) and as the table of its industries. */
#include "fuzz.h"
#include "study/items.h"

#include <string.h>

static void check_items(const pt_items *items) {
    for (uint32_t k = 0; k < items->n; k++) {
        expect(items->at[k].id[0] && items->at[k].name[0], "an item without id or name");
        expect(pt_items_find(items, items->at[k].id) == k, "an id that leads elsewhere");
        expect(items->at[k].seeds && items->at[k].negatives && items->at[k].definition, "a missing text");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *path = fuzz_file(data, size);
    pt_items *items = NULL;
    pt_industries *industries = NULL;
    pt_error err = {0};
    if (pt_items_load(path, &items, &err)) {
        expect(items == NULL && err.message[0], "refused without a message");
        return 0;
    }
    check_items(items);
    if (!pt_industries_load(path, items, true, &industries, &err))
        for (uint32_t k = 0; k < items->n; k++)
            expect(items->at[k].industry == PT_NO_INDUSTRY || items->at[k].industry < industries->n,
                   "an industry that is none");
    pt_industries_free(industries);
    pt_items_free(items);
    return 0;
}
