/* SPDX-License-Identifier: Apache-2.0 */
/* records.h - what every record must be that a reader hands out, whatever it read. */
#ifndef PT_TESTS_FUZZ_RECORDS_H
#define PT_TESTS_FUZZ_RECORDS_H

#include "fuzz.h"
#include "patent/decode.h"
#include "patent/reading.h"

#include <string.h>

typedef struct seen {
    uint64_t patents, quarantined;
} seen;

static inline void expect_text(const char *text) {
    expect(text != NULL, "a text is missing");
    for (size_t at = 0, n = strlen(text); at < n;) {
        unsigned code;
        const int bytes = pt_utf8_sequence(text + at, n - at, &code);
        expect(bytes > 0, "a text is no UTF-8");
        at += (size_t)bytes;
    }
}

static inline void expect_date(uint32_t date) {
    const uint32_t month = date / 100 % 100, day = date % 100;
    expect(date == 0 || (month >= 1 && month <= 12 && day >= 1 && day <= 31 && date < 100000000),
           "a date that is none");
}

static inline void take_patent(void *user, pt_patent *patent) {
    seen *self = user;
    self->patents++;
    expect_text(patent->application_number);
    expect(patent->application_number[0] != '\0', "a patent without a number");
    expect_text(patent->title);
    expect_text(patent->abstract);
    expect_date(patent->application_date);
    expect_date(patent->registration_date);
    for (size_t i = 0; i < patent->applicants.n; i++) {
        expect_text(patent->applicants.at[i].name);
        expect_text(patent->applicants.at[i].address);
    }
    for (size_t i = 0; i < patent->codes.n; i++)
        expect(memchr(patent->codes.at[i].symbol, '\0', sizeof patent->codes.at[i].symbol) != NULL,
               "a code without an end");
}

static inline void take_issue(void *user, const char *path, unsigned line, const char *reason,
                              const char *excerpt) {
    seen *self = user;
    (void)line;
    self->quarantined++;
    expect_text(path);
    expect(reason[0] != '\0', "quarantined without a reason");
    expect_text(excerpt);
}

/* Runs a reader over bytes and checks that its counts are those of what it handed out. */
static inline void read_records(void (*read)(pt_reading *, pt_bytes), const uint8_t *data, size_t size) {
    seen self = {0};
    pt_reader_counts counts = {0};
    const pt_reader_sink sink = {take_patent, take_issue, &self};
    pt_reading reading = {.path = "fuzz", .sink = &sink, .counts = &counts};
    pt_memory bytes = {(const char *)data, size};
    pt_decoder *decoder = pt_decoder_new(pt_memory_bytes(&bytes), &counts);
    read(&reading, pt_decoder_bytes(decoder));
    pt_decoder_free(decoder);
    expect(self.patents == counts.patents, "patents lost or counted twice");
    expect(self.quarantined == counts.quarantined + counts.quarantined_sources,
           "a quarantine that does not add up");
}

#endif
