/* SPDX-License-Identifier: Apache-2.0 */
/* xml_stream.h - the only door to libxml2: its streaming reader, one event at a time over text that has been
 * through xml_repair. No network, no DTD, no entities but XML's five and character references; depth and
 * token size are limited before the text gets here, text comes in pieces. */
#ifndef PT_PATENT_XML_STREAM_H
#define PT_PATENT_XML_STREAM_H

#include "patent/bytes.h"
#include "patent/counts.h"

typedef enum pt_xml_event {
    PT_XML_START,  /* an element opens: name, depth, attributes */
    PT_XML_END,    /* it closes (comes for empty elements too) */
    PT_XML_TEXT,   /* a piece of text */
    PT_XML_DAMAGE, /* here something was lost: text is the reason */
    PT_XML_STOP,   /* nothing more can be read: text is the reason */
    PT_XML_EOF
} pt_xml_event;

typedef struct pt_xml_stream pt_xml_stream;

/* text: what pt_xml_repair_bytes gives. Undeclared prefixes are counted once a stream. */
pt_xml_stream *pt_xml_stream_new(pt_bytes text, pt_reader_counts *counts);
void pt_xml_stream_free(pt_xml_stream *stream); /* NULL is fine */

pt_xml_event pt_xml_stream_next(pt_xml_stream *stream);
/* Of the current event; borrowed until the next one. */
const char *pt_xml_stream_name(const pt_xml_stream *stream); /* START, END: local name, prefix dropped */
const char *pt_xml_stream_text(const pt_xml_stream *stream); /* TEXT, DAMAGE, STOP */
/* START: value of the attribute with this local name, or NULL; borrowed until the next call. */
const char *pt_xml_stream_attribute(pt_xml_stream *stream, const char *name);
/* START, END: 1 for a root of the source. */
int pt_xml_stream_depth(const pt_xml_stream *stream);
/* Line of the event in the source, from 1. */
unsigned pt_xml_stream_line(const pt_xml_stream *stream);

#endif
