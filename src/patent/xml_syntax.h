/* SPDX-License-Identifier: Apache-2.0 */
/* xml_syntax.h - the few productions of XML 1.0 that the repair stage must recognise. All text is UTF-8. */
#ifndef PT_PATENT_XML_SYNTAX_H
#define PT_PATENT_XML_SYNTAX_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes of the Name at text, 0 when there is none; each part between colons is a name itself. */
size_t pt_xml_scan_name(const char *text, size_t n);

/* Whether `inside` (what stands between < and >, a closing slash included) is a start tag: name, then
 * attributes with quoted values, no name twice. *n_name and *is_empty (ends with /) are set if so. */
bool pt_xml_scan_start_tag(const char *inside, size_t n, size_t *n_name, bool *is_empty);

typedef enum pt_xml_reference {
    PT_XML_REFERENCE_NONE,     /* the & stands alone */
    PT_XML_REFERENCE_GOOD,     /* one of XML's five entities, or a character that XML allows */
    PT_XML_REFERENCE_UNKNOWN,  /* named, but not one of the five */
    PT_XML_REFERENCE_FORBIDDEN /* a character that XML does not allow */
} pt_xml_reference;

/* What starts at the & at text. *bytes is the length up to and with the semicolon (1 for NONE). A result
 * of NONE is final only if n > PT_XML_REFERENCE_BYTES or there is no more text. */
#define PT_XML_REFERENCE_BYTES 48
pt_xml_reference pt_xml_scan_reference(const char *text, size_t n, size_t *bytes);

/* Whether XML 1.0 allows the character. */
bool pt_xml_is_character(unsigned code);

#endif
