/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a study file: read, or refused with a message that names file and line. */
#include "fuzz.h"
#include "study/study.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *path = fuzz_file(data, size);
    pt_study *study = NULL;
    pt_error err = {0};
    if (pt_study_load(path, &study, &err)) {
        expect(study == NULL && strncmp(err.message, path, strlen(path)) == 0,
               "refused without the name of the file");
    } else {
        expect(study->name[0] && !strchr(study->name, '/') && study->items > 0 &&
                   study->technologies >= study->items,
               "a study that cannot be");
        expect(study->max_share_of_patents > 0 && study->max_share_of_patents <= 1, "a share out of range");
    }
    pt_study_free(study);
    return 0;
}
