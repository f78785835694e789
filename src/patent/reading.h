/* SPDX-License-Identifier: Apache-2.0 */
/* reading.h - what the readers of all dialects share while they read one file or archive member. */
#ifndef PT_PATENT_READING_H
#define PT_PATENT_READING_H

#include "patent/builder.h"
#include "patent/bytes.h"
#include "patent/reader.h"

typedef struct pt_reading {
    const char *path; /* as the quarantine names it */
    const pt_reader_sink *sink;
    pt_reader_counts *counts;
    bool is_reported; /* something of this file is in quarantine */
} pt_reading;

/* Ends the builder's record: to the sink, into quarantine, or skipped; counted in any case. */
void pt_reading_end_record(pt_reading *reading, pt_builder *builder);
/* Puts the builder's record aside; line: of the trouble. */
void pt_reading_drop_record(pt_reading *reading, pt_builder *builder, unsigned line, const char *reason);
/* Puts the file aside, from the line on or (line 0) as a whole. */
void pt_reading_drop_source(pt_reading *reading, unsigned line, const char *reason, const char *excerpt);

/* Reads XML and CSV: text is valid UTF-8. */
void pt_xml_read(pt_reading *reading, pt_bytes text);
void pt_csv_read(pt_reading *reading, pt_bytes text);
/* Whether the first bytes of a text are a table with a header row that pt_csv_read would find. */
bool pt_csv_is_table(const char *head, size_t n);

#endif
