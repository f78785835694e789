/* SPDX-License-Identifier: Apache-2.0 */
/* test_quarantine.c - one broken file for every repair and every reason to put something aside, and what is
 * saved from each. Files that only exist as a size are made on the spot. */
#include "collect.h"

#include "patent/decode.h"
#include "patent/xml_repair.h"
#include <unistd.h>

#define NO_REPAIR PT_N_REPAIRS

typedef struct expectation {
    const char *file;
    unsigned patents, quarantined, sources; /* records saved, records put aside, sources put aside */
    pt_repair repair;
    unsigned repairs;
    const char *reason; /* in the first trouble */
    unsigned line;      /* of the first trouble */
} expectation;

static const expectation expectations[] = {
    /* repaired */
    {"no_declaration.xml", 1, 0, 0, NO_REPAIR, 0, NULL, 0},
    {"section.xml", 1, 0, 0, NO_REPAIR, 0, NULL, 0},
    {"euckr.xml", 1, 0, 0, NO_REPAIR, 0, NULL, 0},
    {"utf16.xml", 1, 0, 0, NO_REPAIR, 0, NULL, 0},
    {"blank_before_declaration.xml", 1, 0, 0, PT_REPAIR_BEFORE_DECLARATION, 1, NULL, 0},
    {"text_outside.xml", 1, 0, 0, PT_REPAIR_OUTSIDE, 1, NULL, 0},
    {"undeclared_prefix.xml", 1, 0, 0, PT_REPAIR_PREFIX, 1, NULL, 0},
    {"empty_root.xml", 1, 0, 0, PT_REPAIR_EMPTY_ROOT, 2, NULL, 0},
    {"several_roots.xml", 3, 0, 0, PT_REPAIR_SEVERAL_ROOTS, 2, NULL, 0},
    {"bare_ampersand.xml", 1, 0, 0, PT_REPAIR_AMPERSAND, 3, NULL, 0},
    {"bare_less_than.xml", 1, 0, 0, PT_REPAIR_LESS_THAN, 3, NULL, 0},
    {"unknown_entity.xml", 1, 0, 0, PT_REPAIR_ENTITY, 2, NULL, 0},
    {"entity_bomb.xml", 1, 0, 0, PT_REPAIR_ENTITY, 2, NULL, 0},
    {"control_character.xml", 1, 0, 0, PT_REPAIR_CONTROL, 3, NULL, 0},
    {"says_euckr_is_utf8.xml", 1, 0, 0, PT_REPAIR_ENCODING, 1, NULL, 0},
    {"says_utf8_is_cp949.xml", 1, 0, 0, PT_REPAIR_ENCODING, 1, NULL, 0},
    {"one_bad_byte.xml", 1, 0, 0, PT_REPAIR_ENCODING, 1, NULL, 0},
    {"unknown_encoding.xml", 1, 0, 0, PT_REPAIR_ENCODING, 1, NULL, 0},
    {"number_from_drawing.xml", 1, 0, 0, PT_REPAIR_NUMBER, 1, NULL, 0},
    /* a record put aside, the rest saved */
    {"unclosed_record.xml", 2, 1, 0, NO_REPAIR, 0, "not closed where the next one starts", 12},
    {"unclosed_element.xml", 2, 1, 0, NO_REPAIR, 0, "not closed <Abstract>", 20},
    {"crossed_tags.xml", 2, 1, 0, NO_REPAIR, 0, "not closed <i>", 17},
    {"stray_end_tag.xml", 1, 1, 0, NO_REPAIR, 0, "without its start tag <p>", 7},
    {"no_number.xml", 1, 1, 0, NO_REPAIR, 0, "no application number", 3},
    {"bad_number.xml", 1, 3, 0, NO_REPAIR, 0, "none of the known forms", 3},
    {"no_text.xml", 1, 1, 0, NO_REPAIR, 0, "neither title nor abstract", 3},
    {"truncated.xml", 1, 1, 0, NO_REPAIR, 0, "the file ends inside <Abstract>", 16},
    {"open_quote.csv", 2, 1, 0, NO_REPAIR, 0, "never closes", 3},
    {"more_cells.csv", 2, 1, 0, NO_REPAIR, 0, "more cells than the header", 2},
    {"spoilt_number.csv", 1, 1, 0, NO_REPAIR, 0, "rounded by a spreadsheet", 2},
    /* a source put aside, from a point on or as a whole */
    {"truncated_in_tag.xml", 2, 0, 1, NO_REPAIR, 0, "the file ends inside <items>", 21},
    {"unended_comment.xml", 1, 0, 1, NO_REPAIR, 0, "a comment that does not end", 12},
    {"unended_section.xml", 1, 1, 1, NO_REPAIR, 0, "a CDATA section that does not end", 16},
    {"too_deep.xml", 1, 0, 1, NO_REPAIR, 0, "deeper than 200", 12},
    {"error_answer.xml", 0, 0, 1, NO_REPAIR, 0, "10 Blocked users.", 3},
    {"error_portal.xml", 0, 0, 1, NO_REPAIR, 0, "30 SERVICE_KEY_IS_NOT_REGISTERED_ERROR", 2},
    {"web_page.xml", 0, 0, 1, NO_REPAIR, 0, "a web page", 0},
    {"no_records.xml", 0, 0, 1, NO_REPAIR, 0, "without patent records", 0},
    {"empty.xml", 0, 0, 1, NO_REPAIR, 0, "empty", 0},
    {"blank.xml", 0, 0, 1, NO_REPAIR, 0, "neither XML nor a table", 0},
    {"prose.xml", 0, 0, 1, NO_REPAIR, 0, "neither XML nor a table", 0},
    {"binary.xml", 0, 0, 1, NO_REPAIR, 0, "binary data", 0},
    {"json.xml", 0, 0, 1, NO_REPAIR, 0, "JSON", 0},
    {"pdf.xml", 0, 0, 1, NO_REPAIR, 0, "PDF", 0},
    {"no_header.csv", 0, 0, 1, NO_REPAIR, 0, "header row", 0},
    {"archive_in_archive.zip", 0, 0, 1, NO_REPAIR, 0, "an archive inside an archive", 0},
    {"office.zip", 0, 0, 1, NO_REPAIR, 0, "save the sheet as CSV", 0},
    {"damaged.zip", 0, 0, 1, NO_REPAIR, 0, "", 0},
};

static uint64_t all_repairs(const pt_reader_counts *counts) {
    uint64_t sum = 0;
    for (int i = 0; i < PT_N_REPAIRS; i++)
        sum += counts->repairs[i];
    return sum;
}

static void check(const expectation *e) {
    char path[256];
    snprintf(path, sizeof path, "tests/bad/%s", e->file);
    collection all = {0};
    collect_file(&all, path);
    const bool is_right = all.patents.n == e->patents && all.counts.quarantined == e->quarantined &&
                          all.counts.quarantined_sources == e->sources &&
                          (e->repair == NO_REPAIR || all.counts.repairs[e->repair] == e->repairs) &&
                          (e->repair != NO_REPAIR || e->reason != NULL || all_repairs(&all.counts) == 0) &&
                          (e->reason == NULL || (strstr(all.troubles.at[0].reason, e->reason) != NULL &&
                                                 all.troubles.at[0].line == e->line));
    if (!is_right)
        fail_msg("%s: %zu patents, %lu records and %lu sources aside, %lu repairs, first: %s, line %u", path,
                 all.patents.n, (unsigned long)all.counts.quarantined,
                 (unsigned long)all.counts.quarantined_sources, (unsigned long)all_repairs(&all.counts),
                 all.troubles.n == 0 ? "-" : all.troubles.at[0].reason,
                 all.troubles.n == 0 ? 0 : all.troubles.at[0].line);
    collection_free(&all);
}

static void every_bad_file_comes_out_as_expected(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof expectations / sizeof *expectations; i++)
        check(&expectations[i]);
}

static void read_one(collection *all, const char *path) {
    collect_file(all, path);
    assert_true(all->patents.n > 0);
}

static void repaired_text_is_right(void **state) {
    (void)state;
    static const struct {
        const char *file, *title, *abstract;
    } cases[] = {
        {"bare_ampersand.xml", "R&D 시설의 A & B 장치&", NULL},
        {"bare_less_than.xml", NULL, "온도가 5 < T 이고 <First Embodiment 에서 x<3 인 장치이다."},
        {"unknown_entity.xml", "&lsquo;연성&rsquo; 밸브", NULL},
        {"entity_bomb.xml", NULL, "&b;&f;"},
        {"control_character.xml", "열 교환기", NULL},
        {"section.xml", NULL, "압력 < 3 & 온도 > 5인 장치"},
        {"euckr.xml", "발전소용 온배수 열교환기", NULL},
        {"utf16.xml", "발전소용 온배수 열교환기", NULL},
        {"says_utf8_is_cp949.xml", "발전소용 온배수 열교환기", NULL},
        {"says_euckr_is_utf8.xml", "발전소용 온배수 열교환기", NULL},
        {"unknown_encoding.xml", "발전소용 온배수 열교환기", NULL},
        {"one_bad_byte.xml", "열교환기\xEF\xBF\xBD", NULL},
        {"number_from_drawing.xml", "", "본 발명은 표시 장치에 관한 것이다."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char path[256];
        snprintf(path, sizeof path, "tests/bad/%s", cases[i].file);
        collection all = {0};
        read_one(&all, path);
        if (cases[i].title != NULL)
            assert_string_equal(all.patents.at[0].title, cases[i].title);
        if (cases[i].abstract != NULL)
            assert_string_equal(all.patents.at[0].abstract, cases[i].abstract);
        collection_free(&all);
    }
}

static void fields_that_do_not_exist_are_counted(void **state) {
    (void)state;
    collection all = {0};
    read_one(&all, "tests/bad/bad_date.xml");
    assert_int_equal(all.patents.n, 3);
    assert_int_equal(all.counts.bad_dates, 2);
    assert_int_equal(all.patents.at[0].application_date, 0);
    read_one(&all, "tests/bad/bad_code.xml");
    assert_int_equal(all.counts.bad_codes, 2);
    assert_int_equal(all.patents.at[3].codes.n, 1);
    read_one(&all, "tests/bad/design_number.xml");
    assert_int_equal(all.counts.designs, 1);
    assert_int_equal(all.counts.trademarks, 1);
    assert_int_equal(all.patents.n, 5);
    collection_free(&all);
}

static void a_cut_archive_gives_what_it_has(void **state) {
    (void)state;
    collection all = {0};
    read_one(&all, "tests/bad/truncated.xml.gz");
    assert_in_range(all.patents.n, 100, 799);
    assert_true(all.counts.quarantined_sources >= 1);
    assert_non_null(strstr(all.troubles.at[all.troubles.n - 1].reason, "truncated"));
    collection_free(&all);
}

/* A file of head, n times body, tail, read and removed again. */
static void read_made(collection *all, const char *head, const char *body, size_t n, const char *tail) {
    char path[] = "/tmp/patopic-test-XXXXXX";
    const int file = mkstemp(path);
    assert_true(file >= 0);
    FILE *out = fdopen(file, "w");
    assert_non_null(out);
    fputs(head, out);
    for (size_t i = 0; i < n; i++)
        fputs(body, out);
    fputs(tail, out);
    assert_int_equal(fclose(out), 0);
    collect_file(all, path);
    unlink(path);
}

#define OPENING "<response><body><items>"
#define RECORD(title, number)                                                                                \
    "<PatentUtilityInfo><ApplicationNumber>" number "</ApplicationNumber><InventionName>" title              \
    "</InventionName></PatentUtilityInfo>"
#define CLOSING "</items></body></response>"

static void sizes_are_limited(void **state) {
    (void)state;
    collection all = {0};
    /* A field of 5 MiB loses its record, not the next one. */
    read_made(&all, OPENING "<PatentUtilityInfo><InventionName>", "0123456789abcdef", 5 << 16,
              "</InventionName></PatentUtilityInfo>" RECORD("펌프", "1020210000002") CLOSING);
    assert_int_equal(all.patents.n, 1);
    assert_int_equal(all.troubles.n, 1);
    assert_non_null(strstr(all.troubles.at[0].reason, "4 MiB"));
    collection_free(&all);

    /* A text of 24 MiB that nobody asks for is passed over. */
    all = (collection){0};
    read_made(
        &all, OPENING "<PatentUtilityInfo><Other>", "0123456789abcdef", 24 << 16,
        "</Other><ApplicationNumber>1020210000001</ApplicationNumber><InventionName>밸브</InventionName>"
        "</PatentUtilityInfo>" CLOSING);
    assert_int_equal(all.patents.n, 1);
    assert_int_equal(all.troubles.n, 0);
    collection_free(&all);

    /* A tag of 9 MiB ends the file. */
    all = (collection){0};
    read_made(&all, OPENING RECORD("펌프", "1020210000002") "<x y='", "0123456789abcdef", 9 << 16,
              "'/>" CLOSING);
    assert_int_equal(all.patents.n, 1);
    assert_int_equal(all.troubles.n, 1);
    assert_non_null(strstr(all.troubles.at[0].reason, "8 MiB"));
    collection_free(&all);

    /* A quote that stays open for 5 MiB loses one row. */
    all = (collection){0};
    read_made(&all, "출원번호,발명의 명칭\n1020210000001,\"펌프\n", "1020210000002,밸브\n", 200000, "");
    assert_int_equal(all.counts.quarantined, 1);
    assert_int_equal(all.patents.n, 200000);
    collection_free(&all);
}

static void lines_beyond_16_bits_are_told(void **state) {
    (void)state;
    collection all = {0};
    read_made(&all, OPENING, "\n", 70000, RECORD("", "1020210000002") CLOSING);
    assert_int_equal(all.troubles.n, 1);
    assert_int_equal(all.troubles.at[0].line, 70001);
    collection_free(&all);
}

/* Hands out `step` bytes at a time. */
typedef struct drip {
    const char *at;
    size_t n, step;
} drip;

static size_t read_drip(void *stage, char *at, size_t n) {
    drip *text = stage;
    size_t take = text->n < n ? text->n : n;
    take = take < text->step ? take : text->step;
    memcpy(at, text->at, take);
    text->at += take;
    text->n -= take;
    return take;
}

static char *repair_in_steps(const char *text, size_t step, pt_reader_counts *counts) {
    drip source = {text, strlen(text), step};
    pt_xml_repair *repair = pt_xml_repair_new((pt_bytes){read_drip, &source}, counts);
    pt_bytes out = pt_xml_repair_bytes(repair);
    char *all = pt_zalloc(1 << 16, 1);
    size_t n = 0;
    for (size_t got; (got = out.read(out.stage, all + n, step)) > 0;)
        n += got;
    pt_xml_repair_free(repair);
    return all;
}

static void repair_writes_well_formed_xml(void **state) {
    (void)state;
    static const struct {
        const char *in, *out;
    } cases[] = {
        {"<a>x</a>", "<source><a>x</a></source>"},
        {"<a/><b/>", "<source><a/><b/></source>"},
        {"<?xml version='1.0'?>\n<!-- <b> -->\n<a>&lt;&#65;</a>", "<source>\n\n<a>&lt;&#65;</a></source>"},
        {"<!DOCTYPE a [<!ENTITY e \"]>\">\n<!-- it's -->]><a>&e;</a>", "<source>\n<a>&amp;e;</a></source>"},
        {"<><a></a></>", "<source><a></a></source>"},
        {"<a b='&'>1 < 2 > 0</a>", "<source><a b='&amp;'>1 &lt; 2 &gt; 0</a></source>"},
        {"<a><![CDATA[<x>&]]></a>", "<source><a>&lt;x&gt;&amp;</a></source>"},
        {"<a><b></a>", "<source><a><b><?damage an element that is not closed <b>?></b></a></source>"},
        {"<a></b></a>", "<source><a><?damage an end tag without its start tag <b>?></a></source>"},
        {"<a>x", "<source><a>x<?damage the file ends inside <a>?></a></source>"},
        {"<a><b", "<source><a><?damage the file ends inside <a>?></a></source>"},
        {"<a><!-- x", "<source><a><?stop a comment that does not end?></a></source>"},
        {"<a>\x01</a>\n", "<source><a> </a>\n</source>"},
        {"<가 나='다'>라</가>", "<source><가 나='다'>라</가></source>"},
        {"<가나다라마바사아자차카타파하가나다라마바사아자차카타파하>",
         "<source><가나다라마바사아자차카타파하가나다라마바사아자차카타파하><?damage the file ends inside "
         "<가나다라마바사아자차카타파하가나다라마바사아자차카타>?></"
         "가나다라마바사아자차카타파하가나다라마바사아자차카타파하>"
         "</source>"},
        {"", "<source></source>"},
        {"<", "<source></source>"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t step = 1; step < 9; step += 3) {
            pt_reader_counts counts = {0};
            char *out = repair_in_steps(cases[i].in, step, &counts);
            assert_string_equal(out, cases[i].out);
            free(out);
        }
}

static void decoding_does_not_depend_on_pieces(void **state) {
    (void)state;
    const char *text = "<?xml version='1.0' encoding='EUC-KR'?><a>\xB0\xA1\xB3\xAA\xB4\xD9</a>";
    for (size_t step = 1; step < 9; step++) {
        pt_reader_counts counts = {0};
        drip source = {text, strlen(text), step};
        pt_decoder *decoder = pt_decoder_new((pt_bytes){read_drip, &source}, &counts);
        pt_bytes out = pt_decoder_bytes(decoder);
        char all[128] = "";
        size_t n = 0;
        for (size_t got; (got = out.read(out.stage, all + n, step)) > 0;)
            n += got;
        assert_string_equal(strstr(all, "<a>"), "<a>가나다</a>");
        assert_string_equal(pt_decoder_encoding(decoder), "CP949");
        pt_decoder_free(decoder);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_bad_file_comes_out_as_expected),
        cmocka_unit_test(repaired_text_is_right),
        cmocka_unit_test(fields_that_do_not_exist_are_counted),
        cmocka_unit_test(a_cut_archive_gives_what_it_has),
        cmocka_unit_test(sizes_are_limited),
        cmocka_unit_test(lines_beyond_16_bits_are_told),
        cmocka_unit_test(repair_writes_well_formed_xml),
        cmocka_unit_test(decoding_does_not_depend_on_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
