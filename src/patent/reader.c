/* SPDX-License-Identifier: Apache-2.0 */
/* reader.c - one file: its archive members, their encoding, and then XML or CSV, whichever they are. */
#include "patent/reader.h"
#include "base/mem.h"
#include "patent/archive.h"
#include "patent/decode.h"
#include "patent/reading.h"
#include <stdlib.h>
#include <string.h>

/* First byte of the text that is no white space, or its end. */
static const char *first_mark(const char *head, size_t n) {
    size_t i = 0;
    while (i < n && (head[i] == ' ' || (head[i] >= '\t' && head[i] <= '\r')))
        i++;
    return head + i;
}

static bool has(const char *head, size_t n, const char *word) {
    return memmem(head, n, word, strlen(word)) != NULL;
}

/* Why a text is neither XML nor a table, for people. */
static const char *what_else(const char *head, size_t n) {
    if (n == 0)
        return "empty";
    if (pt_archive_is_packed((const unsigned char *)head, n))
        return "an archive inside an archive: unpack it first";
    if (n >= 4 && memcmp(head, "%PDF", 4) == 0)
        return "a PDF document, not XML or CSV";
    if (memchr(head, '\0', n) != NULL)
        return "binary data, not XML or CSV";
    const char first = *first_mark(head, n);
    if (first == '{' || first == '[')
        return "JSON, not XML or CSV";
    return "neither XML nor a table with a header row that names application numbers (출원번호)";
}

static void read_member(pt_reading *reading, pt_archive *archive) {
    const uint64_t repairs = reading->counts->repairs[PT_REPAIR_ENCODING];
    pt_decoder *decoder = pt_decoder_new(pt_archive_bytes(archive), reading->counts);
    size_t n;
    const char *head = pt_decoder_peek(decoder, &n);
    const char *mark = first_mark(head, n);
    bool is_io;
    if (mark < head + n && (*mark == '<' || has(head, n, "<?xml"))) {
        pt_xml_read(reading, pt_decoder_bytes(decoder));
    } else if (pt_csv_is_table(head, n)) {
        pt_csv_read(reading, pt_decoder_bytes(decoder));
    } else {
        reading->counts->repairs[PT_REPAIR_ENCODING] = repairs; /* it was no text */
        if (n > 0 || pt_archive_trouble(archive, &is_io) == NULL)
            pt_reading_drop_source(reading, 0, what_else(head, n), "");
    }
    pt_decoder_free(decoder);
}

/* Members that archives and office documents have and that never hold records. */
static bool is_side_file(const char *member) {
    const char *slash = strrchr(member, '/');
    const char *name = slash == NULL ? member : slash + 1;
    return name[0] == '.' || strncmp(member, "__MACOSX/", 9) == 0;
}

/* Returns how many members there were. */
static size_t read_members(pt_reading *reading, pt_archive *archive, const char *path) {
    size_t n_members = 0;
    while (pt_archive_next(archive)) {
        const char *member = pt_archive_member(archive);
        n_members++;
        if (is_side_file(member))
            continue;
        if (strcmp(member, "[Content_Types].xml") == 0) {
            reading->path = path;
            pt_reading_drop_source(reading, 0, "an office document: save the sheet as CSV", "");
            break;
        }
        char *name = member[0] == '\0' ? pt_strdup(path) : pt_strfmt("%s:%s", path, member);
        reading->path = name;
        reading->is_reported = false;
        read_member(reading, archive);
        reading->path = path;
        free(name);
    }
    return n_members;
}

pt_status pt_reader_read(const char *path, const pt_reader_sink *sink, pt_reader_counts *counts,
                         pt_error *err) {
    pt_archive *archive;
    pt_status status = pt_archive_open(&archive, path, err);
    if (status != PT_OK)
        return status;
    pt_reading reading = {.path = path, .sink = sink, .counts = counts};
    const size_t n_members = read_members(&reading, archive, path);
    bool is_io;
    const char *trouble = pt_archive_trouble(archive, &is_io);
    if (trouble != NULL && is_io)
        status = pt_fail(err, PT_ERR_IO, "%s: reading failed half way: %s", path, trouble);
    else if (trouble != NULL)
        pt_reading_drop_source(&reading, 0, trouble, pt_archive_member(archive));
    else if (n_members == 0)
        pt_reading_drop_source(&reading, 0, "empty", "");
    pt_archive_close(archive);
    return status;
}
