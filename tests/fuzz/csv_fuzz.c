/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes through decoding and the reader of tables. */
#include "records.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    read_records(pt_csv_read, data, size);
    return 0;
}
