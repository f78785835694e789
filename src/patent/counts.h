/* SPDX-License-Identifier: Apache-2.0 */
/* counts.h - what reading a source came to: every record is in exactly one of patents, designs,
 * trademarks, other and quarantined, and every repair is counted by its kind. */
#ifndef PT_PATENT_COUNTS_H
#define PT_PATENT_COUNTS_H

#include <stdint.h>

/* What was wrong with the bytes and could be put right in one way only. */
typedef enum pt_repair {
    PT_REPAIR_PREFIX,             /* element prefix without a namespace declaration: read by its local name */
    PT_REPAIR_EMPTY_ROOT,         /* tags without a name, <> and </>: left out */
    PT_REPAIR_SEVERAL_ROOTS,      /* another root element behind the first: read on */
    PT_REPAIR_BEFORE_DECLARATION, /* blank lines before the XML declaration: left out */
    PT_REPAIR_OUTSIDE,            /* text outside the root element: left out */
    PT_REPAIR_AMPERSAND,          /* & that starts no reference: read as & */
    PT_REPAIR_LESS_THAN,          /* < that starts no tag: read as < */
    PT_REPAIR_ENTITY,             /* named entity outside XML's five: kept as it is written */
    PT_REPAIR_CONTROL,            /* character that XML forbids: a blank instead */
    PT_REPAIR_ENCODING,           /* bytes that are not in the declared encoding */
    PT_REPAIR_NUMBER,             /* application number taken from the drawing's file name */
    PT_N_REPAIRS
} pt_repair;

typedef struct pt_reader_counts {
    uint64_t records;                                    /* records seen, whatever became of them */
    uint64_t patents;                                    /* handed to the sink */
    uint64_t designs, trademarks, other_records_skipped; /* seen, not patents */
    uint64_t quarantined;                                /* records put aside */
    uint64_t quarantined_sources; /* files and archive members put aside, whole or from a point on */
    uint64_t error_answers;       /* the service answered with an error */
    uint64_t cut_abstracts, empty_abstracts; /* among patents */
    uint64_t bad_dates, bad_codes;           /* that do not exist; left empty */
    uint64_t repairs[PT_N_REPAIRS];
} pt_reader_counts;

/* "bare ampersand" and so on, for messages. */
const char *pt_repair_name(pt_repair repair);

#endif
