/* SPDX-License-Identifier: Apache-2.0 */
/* xml_stream.c - xmlTextReader, pulled. */
#include "patent/xml_stream.h"
#include "base/mem.h"
#include "patent/texts.h"
#include "patent/xml_repair.h"
#include <libxml/parser.h>
#include <libxml/xmlreader.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct pt_xml_stream {
    pt_bytes source;
    pt_reader_counts *counts;
    xmlTextReaderPtr reader;
    const char *name, *text;
    int depth;
    bool has_end_due; /* the current START was of an empty element */
    bool has_prefix_fault;
    bool is_over;
    char trouble[256];
};

static void *get_memory(size_t n) {
    return pt_alloc(n, 1);
}

static void *resize_memory(void *old, size_t n) {
    return pt_realloc(old, n, 1);
}

/* Where memory runs out libxml2 goes on as if the file ended or said less: the process has to end instead, or
 * a source would be taken as read whose patents are not in the store. */
static void prepare_library(void) {
    xmlMemSetup(free, get_memory, resize_memory, pt_strdup);
    xmlInitParser();
}

/* libxml2's reader parses by 512 bytes and drops what it has parsed only where no more than that is waiting:
 * with larger pieces its buffer can grow with the file. */
static int pull(void *context, char *at, int n) {
    enum { PIECE_BYTES = 512 };
    pt_xml_stream *stream = context;
    if (n <= 0)
        return 0;
    return (int)stream->source.read(stream->source.stage, at, n < PIECE_BYTES ? (size_t)n : PIECE_BYTES);
}

static int no_close(void *context) {
    (void)context;
    return 0;
}

/* libxml2 reports through here instead of printing; the first fatal message is kept. */
static void note_error(void *context, xmlErrorPtr error) {
    pt_xml_stream *stream = context;
    if (error == NULL || error->level < XML_ERR_FATAL || stream->trouble[0] != '\0')
        return;
    const char *message = error->message == NULL ? "not well-formed" : error->message;
    pt_text_put(stream->trouble, sizeof stream->trouble, message, strcspn(message, "\n"));
}

pt_xml_stream *pt_xml_stream_new(pt_bytes text, pt_reader_counts *counts) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, prepare_library);
    pt_xml_stream *stream = pt_zalloc(1, sizeof *stream);
    stream->source = text;
    stream->counts = counts;
    stream->reader = xmlReaderForIO(pull, no_close, stream, NULL, "UTF-8",
                                    XML_PARSE_NONET | XML_PARSE_BIG_LINES | XML_PARSE_HUGE);
    if (stream->reader != NULL)
        xmlTextReaderSetStructuredErrorHandler(stream->reader, note_error, stream);
    return stream;
}

void pt_xml_stream_free(pt_xml_stream *stream) {
    if (stream == NULL)
        return;
    if (stream->reader != NULL)
        xmlFreeTextReader(stream->reader);
    free(stream);
}

static const char *local_part(const char *name) {
    const char *colon = strrchr(name, ':');
    return colon == NULL ? name : colon + 1;
}

/* Without a declaration libxml2 leaves the prefix in the local name. */
static const char *element_name(pt_xml_stream *stream) {
    const char *name = (const char *)xmlTextReaderConstLocalName(stream->reader);
    const char *local = local_part(name);
    if (local != name && !stream->has_prefix_fault) {
        stream->has_prefix_fault = true;
        stream->counts->repairs[PT_REPAIR_PREFIX]++;
    }
    return local;
}

static const char *node_text(pt_xml_stream *stream) {
    const char *text = (const char *)xmlTextReaderConstValue(stream->reader);
    return text == NULL ? "" : text;
}

static pt_xml_event end_stream(pt_xml_stream *stream, int result) {
    stream->is_over = true;
    if (result == 0 && stream->trouble[0] == '\0')
        return PT_XML_EOF;
    stream->text = stream->trouble[0] == '\0' ? "the XML parser gave up" : stream->trouble;
    return PT_XML_STOP;
}

/* The event of the reader's node, or PT_XML_EOF for a node that is none of ours. */
static pt_xml_event classify(pt_xml_stream *stream) {
    stream->depth = xmlTextReaderDepth(stream->reader);
    switch (xmlTextReaderNodeType(stream->reader)) {
    case XML_READER_TYPE_ELEMENT:
        if (stream->depth == 0)
            return PT_XML_EOF;
        stream->name = element_name(stream);
        if (strcmp(stream->name, PT_XML_SPLIT) == 0)
            return PT_XML_EOF;
        stream->has_end_due = xmlTextReaderIsEmptyElement(stream->reader) == 1;
        return PT_XML_START;
    case XML_READER_TYPE_END_ELEMENT:
        stream->name = element_name(stream);
        return stream->depth == 0 || strcmp(stream->name, PT_XML_SPLIT) == 0 ? PT_XML_EOF : PT_XML_END;
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
    case XML_READER_TYPE_WHITESPACE:
    case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
        stream->text = node_text(stream);
        return PT_XML_TEXT;
    case XML_READER_TYPE_PROCESSING_INSTRUCTION: {
        const char *target = (const char *)xmlTextReaderConstName(stream->reader);
        stream->text = node_text(stream);
        return strcmp(target, "damage") == 0 ? PT_XML_DAMAGE
               : strcmp(target, "stop") == 0 ? PT_XML_STOP
                                             : PT_XML_EOF;
    }
    default:
        return PT_XML_EOF;
    }
}

pt_xml_event pt_xml_stream_next(pt_xml_stream *stream) {
    if (stream->has_end_due) {
        stream->has_end_due = false;
        return PT_XML_END;
    }
    while (!stream->is_over) {
        const int result = stream->reader == NULL ? -1 : xmlTextReaderRead(stream->reader);
        if (result != 1)
            return end_stream(stream, result);
        const pt_xml_event event = classify(stream);
        if (event != PT_XML_EOF)
            return event;
    }
    return PT_XML_EOF;
}

const char *pt_xml_stream_name(const pt_xml_stream *stream) {
    return stream->name;
}

const char *pt_xml_stream_text(const pt_xml_stream *stream) {
    return stream->text;
}

const char *pt_xml_stream_attribute(pt_xml_stream *stream, const char *name) {
    const char *value = NULL;
    while (value == NULL && xmlTextReaderMoveToNextAttribute(stream->reader) == 1) {
        const char *own = (const char *)xmlTextReaderConstLocalName(stream->reader);
        if (strcmp(local_part(own), name) == 0 && xmlTextReaderIsNamespaceDecl(stream->reader) != 1)
            value = node_text(stream);
    }
    xmlTextReaderMoveToElement(stream->reader);
    return value;
}

int pt_xml_stream_depth(const pt_xml_stream *stream) {
    return stream->depth;
}

unsigned pt_xml_stream_line(const pt_xml_stream *stream) {
    const xmlNodePtr node = stream->reader == NULL ? NULL : xmlTextReaderCurrentNode(stream->reader);
    const long line = node == NULL ? -1 : xmlGetLineNo(node);
    return line < 0 ? 0 : (unsigned)line;
}
