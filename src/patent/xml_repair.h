/* SPDX-License-Identifier: Apache-2.0 */
/* xml_repair.h - text that means to be XML, as XML that is well-formed by construction. It is a filter on
 * the bytes, of bounded memory, that keeps every line number.
 *
 * What can be put right in one way only is put right and counted (counts.h). What cannot is made
 * well-formed by closing elements or dropping end tags, and marked where it happened by a processing
 * instruction that the reader above turns into a quarantined record:
 *     <?damage reason?>  this record cannot be trusted; the ones after it can
 *     <?stop reason?>    nothing behind this point can be read
 * Everything stands in one element, <source>, so that several roots are one document. Declarations,
 * DOCTYPE, comments and the source's own processing instructions are left out: there is no entity to
 * expand and nothing to fetch. */
#ifndef PT_PATENT_XML_REPAIR_H
#define PT_PATENT_XML_REPAIR_H

#include "patent/bytes.h"
#include "patent/counts.h"

/* An empty element of this name stands in text that goes on for over 256 KiB and means nothing. It has to be
 * an element: at nothing else does libxml2's reader hand over what it has, so a text without an end would be
 * kept whole. */
#define PT_XML_SPLIT "patopic.split"

#define PT_XML_MAX_DEPTH 200               /* elements in elements */
#define PT_XML_MAX_TOKEN ((size_t)8 << 20) /* bytes of one tag, comment or CDATA section */

typedef struct pt_xml_repair pt_xml_repair;

/* Reads valid UTF-8 from text, whose stage must outlive the filter. */
pt_xml_repair *pt_xml_repair_new(pt_bytes text, pt_reader_counts *counts);
void pt_xml_repair_free(pt_xml_repair *repair); /* NULL is fine */
pt_bytes pt_xml_repair_bytes(pt_xml_repair *repair);

#endif
