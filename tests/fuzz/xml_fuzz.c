/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes through decoding, repair and the readers of all XML dialects. */
#include "records.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    read_records(pt_xml_read, data, size);
    return 0;
}
