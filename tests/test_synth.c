/* SPDX-License-Identifier: Apache-2.0 */
/* test_synth.c - the planted corpus: particles, sizes, bytes, form. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/tsv.h"
#include "synth/josa.h"
#include "synth/synth.h"
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xpath.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

static char folder[] = "/tmp/patopic-synth-XXXXXX";

static int make_folder(void **state) {
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int drop_folder(void **state) {
    (void)state;
    char *command = pt_strfmt("rm -rf '%s'", folder);
    const int result = system(command);
    free(command);
    xmlCleanupParser();
    return result;
}

static char *path_of(const char *run, const char *file) {
    return pt_strfmt("%s/%s%s%s", folder, run, *file ? "/" : "", file);
}

/* Runs synth into folder/run; the caller frees nothing. */
static pt_synth_counts make(pt_synth_params p, const char *run) {
    char *out = path_of(run, "");
    pt_error err = {0};
    pt_synth_counts counts;
    p.out_dir = out;
    const pt_status status = pt_synth_write(&p, &counts, NULL, &err);
    if (status != PT_OK) {
        fail_msg("%s", err.message);
    }
    free(out);
    return counts;
}

static pt_synth_params small(void) {
    pt_synth_params p = pt_synth_params_default();
    p.patents = 1000;
    p.regional = 400;
    p.patents_per_file = 130;
    return p;
}

static void assert_same_file(const char *a, const char *b, const char *file) {
    char *pa = path_of(a, file), *pb = path_of(b, file), *ta, *tb;
    size_t na, nb;
    assert_int_equal(pt_file_read(pa, &ta, &na, NULL), PT_OK);
    assert_int_equal(pt_file_read(pb, &tb, &nb, NULL), PT_OK);
    assert_int_equal(na, nb);
    assert_memory_equal(ta, tb, na);
    free(pa);
    free(pb);
    free(ta);
    free(tb);
}

static void particle_follows_the_last_sound(void **state) {
    (void)state;
    static const struct {
        const char *word, *pair, *expected;
    } cases[] = {{"하우징", "은/는", "은"},
                 {"제어부", "은/는", "는"},
                 {"센서", "과/와", "와"},
                 {"전극", "와/과", "과"},
                 {"밸브", "으로/로", "로"},
                 {"노즐", "으로/로", "로"},
                 {"실린더", "로/으로", "로"},
                 {"압력", "으로/로", "으로"},
                 {"하우징(110)", "을/를", "을"},
                 {"커버(3)", "이/가", "가"},
                 {"스테인리스강 304L", "이/가", "이"},
                 {"304L", "으로/로", "로"},
                 {"난연 ABS", "은/는", "는"},
                 {"pH", "이나/나", "나"},
                 {"서버", "으로부터/로부터", "로부터"},
                 {"단말", "로부터/으로부터", "로부터"},
                 {"SM", "을/를", "을"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pt_josa josa;
        assert_true(pt_josa_parse(cases[i].pair, strlen(cases[i].pair), &josa));
        const pt_final final = pt_final_of(cases[i].word, strlen(cases[i].word));
        assert_string_equal(josa.form[final], cases[i].expected);
        assert_int_equal(josa.bytes[final], strlen(cases[i].expected));
    }
    pt_josa josa;
    assert_false(pt_josa_parse("은/가", strlen("은/가"), &josa));
    assert_int_equal(pt_final_of("", 0), PT_FINAL_VOWEL);
}

static void same_bytes_for_any_number_of_threads(void **state) {
    (void)state;
    pt_synth_params p = small();
    p.threads = 1;
    const pt_synth_counts one = make(p, "one");
    p.threads = 3;
    const pt_synth_counts three = make(p, "three");
    assert_int_equal(one.files, 8);
    assert_memory_equal(&one, &three, sizeof one);
    for (unsigned i = 1; i <= one.files; i++) {
        char *name = pt_strfmt("synth-%05u.xml", i);
        assert_same_file("one", "three", name);
        free(name);
    }
    assert_same_file("one", "three", "truth.tsv");
}

static void another_seed_is_another_corpus(void **state) {
    (void)state;
    pt_synth_params p = small();
    make(p, "seed-1");
    p.seed = 2;
    make(p, "seed-2");
    char *a = path_of("seed-1", "synth-00001.xml"), *b = path_of("seed-2", "synth-00001.xml");
    char ha[65], hb[65];
    assert_int_equal(pt_file_digest(a, ha, NULL), PT_OK);
    assert_int_equal(pt_file_digest(b, hb, NULL), PT_OK);
    assert_string_not_equal(ha, hb);
    free(a);
    free(b);
}

static void sizes_are_as_planned(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        pt_synth_params p = pt_synth_params_default();
        p.seed = seed;
        const pt_synth_counts counts = make(p, "sizes");
        assert_int_equal(counts.patents, 4000);
        assert_int_equal(counts.regional, 700);
        char *path = path_of("sizes", "truth.tsv");
        pt_tsv *truth;
        assert_int_equal(pt_tsv_open(&truth, path, NULL), PT_OK);
        free(path);
        assert_int_equal(pt_tsv_rows(truth), 4000);
        unsigned in_region = 0, outside = 0, elsewhere = 0, size[41] = {0};
        for (size_t row = 0; row < pt_tsv_rows(truth); row++) {
            const bool here = *pt_tsv_cell(truth, row, 1) == '1';
            const unsigned tech = (unsigned)atoi(pt_tsv_cell(truth, row, 3));
            assert_int_equal(strlen(pt_tsv_cell(truth, row, 0)), 13);
            assert_in_range(tech, 0, 40);
            in_region += here;
            outside += !*pt_tsv_cell(truth, row, 2);
            size[tech] += here;
            elsewhere += !here && tech > 0;
        }
        pt_tsv_close(truth);
        assert_int_equal(in_region, 700);
        assert_int_equal(size[0], 175); /* a quarter is not planted */
        for (unsigned t = 1; t <= 40; t++) {
            assert_in_range(size[t], 8, 60);
        }
        assert_int_equal(outside, counts.outside);
        assert_in_range(outside, 200, 400);
        assert_in_range(elsewhere, 50, 400); /* planted items are rarer there */
    }
}

/* Number of nodes that an XPath expression finds. */
static int count_nodes(xmlDocPtr doc, const char *expression) {
    xmlXPathContextPtr context = xmlXPathNewContext(doc);
    xmlXPathObjectPtr found = xmlXPathEvalExpression((const xmlChar *)expression, context);
    const int n = found->nodesetval ? found->nodesetval->nodeNr : 0;
    xmlXPathFreeObject(found);
    xmlXPathFreeContext(context);
    return n;
}

static void files_are_well_formed_and_complete(void **state) {
    (void)state;
    make(small(), "form");
    int items = 0, home = 0;
    for (unsigned i = 1; i <= 8; i++) {
        char *name = pt_strfmt("synth-%05u.xml", i), *path = path_of("form", name);
        xmlDocPtr doc = xmlReadFile(path, NULL, XML_PARSE_NONET);
        assert_non_null(doc);
        const int n = count_nodes(doc, "/response/body/item");
        items += n;
        assert_int_equal(count_nodes(doc, "//inventionTitle[string-length() > 1]"), n);
        assert_int_equal(count_nodes(doc, "//astrtCont[string-length() > 40]"), n);
        assert_int_equal(count_nodes(doc, "//item[ipcInfoArray/ipcInfo/ipcNumber]"), n);
        assert_int_equal(
            count_nodes(doc, "//astrtCont[contains(., '{') or contains(., '|') or contains(., '}')]"), 0);
        home += count_nodes(doc, "//applicantInfo[1][starts-with(address, '경상남도 김해시') or "
                                 "starts-with(address, '경남 김해시')]");
        xmlFreeDoc(doc);
        free(name);
        free(path);
    }
    assert_int_equal(items, 1000);
    assert_int_equal(home, 400); /* the first applicant decides */
}

static void gzip_holds_the_same_text_without_a_date(void **state) {
    (void)state;
    pt_synth_params p = small();
    make(p, "plain");
    p.gzip = true;
    make(p, "packed");
    make(p, "packed-again");
    assert_same_file("packed", "packed-again", "synth-00002.xml.gz");
    char *plain = path_of("plain", "synth-00002.xml"), *packed = path_of("packed", "synth-00002.xml.gz"),
         *text;
    size_t n;
    assert_int_equal(pt_file_read(plain, &text, &n, NULL), PT_OK);
    gzFile file = gzopen(packed, "rb");
    assert_non_null(file);
    char *unpacked = pt_alloc(n + 1, 1);
    assert_int_equal(gzread(file, unpacked, (unsigned)n + 1), n);
    assert_memory_equal(unpacked, text, n);
    gzclose(file);
    free(unpacked);
    free(text);
    free(plain);
    free(packed);
}

/* How often a text stands in the corpus. */
static unsigned long hits_of(const char *run, const char *wanted) {
    unsigned long hits = 0;
    for (unsigned i = 1; i <= 8; i++) {
        char *name = pt_strfmt("synth-%05u.xml", i), *path = path_of(run, name), *text;
        size_t n;
        assert_int_equal(pt_file_read(path, &text, &n, NULL), PT_OK);
        for (const char *at = text; (at = strstr(at, wanted)); at++) {
            hits++;
        }
        free(text);
        free(name);
        free(path);
    }
    return hits;
}

/* How many abstracts of the corpus hold a seed word of their item. */
static unsigned long seed_hits(const char *run) {
    return hits_of(run, "프로세스자동화") + hits_of(run, "물리치료");
}

static void titles_can_be_damaged(void **state) {
    (void)state;
    static const char whole[] = "<inventionTitle>척주 교정 치료기</inventionTitle>";
    pt_synth_params p = small();
    make(p, "whole");
    p.title_damage = 1;
    make(p, "damaged");
    assert_same_file("whole", "damaged", "truth.tsv");
    assert_true(hits_of("whole", whole) > 0);
    assert_int_equal(hits_of("damaged", whole), 0);
    assert_true(hits_of("damaged", "척주 교정 치료기") > 0); /* abstracts still say it */
    p.title_damage = 1.5;
    pt_error err;
    p.out_dir = folder;
    assert_int_equal(pt_synth_write(&p, NULL, NULL, &err), PT_ERR_USAGE);
}

static void seeds_can_be_withheld(void **state) {
    (void)state;
    pt_synth_params p = small();
    make(p, "with-seeds");
    p.withheld = 1;
    make(p, "without-seeds");
    assert_true(seed_hits("with-seeds") > 0);
    assert_int_equal(seed_hits("without-seeds"), 0);
}

static void label_noise_leaves_the_truth(void **state) {
    (void)state;
    pt_synth_params p = small();
    make(p, "no-noise");
    p.label_noise = 0.5;
    make(p, "noise");
    assert_same_file("no-noise", "noise", "truth.tsv");
    char *a = path_of("no-noise", "synth-00001.xml"), *b = path_of("noise", "synth-00001.xml");
    char ha[65], hb[65];
    assert_int_equal(pt_file_digest(a, ha, NULL), PT_OK);
    assert_int_equal(pt_file_digest(b, hb, NULL), PT_OK);
    assert_string_not_equal(ha, hb);
    free(a);
    free(b);
}

static void bad_parameters_are_refused(void **state) {
    (void)state;
    pt_error err;
    pt_synth_params p = small();
    p.out_dir = folder;
    p.regional = p.patents + 1;
    assert_int_equal(pt_synth_write(&p, NULL, NULL, &err), PT_ERR_USAGE);
    p = small();
    p.out_dir = folder;
    p.sigungu = "없는시";
    assert_int_equal(pt_synth_write(&p, NULL, NULL, &err), PT_ERR_USAGE);
    assert_non_null(strstr(err.message, "없는시"));
    p = small();
    p.out_dir = folder;
    p.dict_dir = "/nonexistent";
    assert_int_equal(pt_synth_write(&p, NULL, NULL, &err), PT_ERR_NO_INPUT);
    p = small();
    p.out_dir = folder;
    p.from = 2023;
    assert_int_equal(pt_synth_write(&p, NULL, NULL, &err), PT_ERR_USAGE);
}

static void a_stop_is_obeyed(void **state) {
    (void)state;
    const volatile sig_atomic_t stop = 1;
    const pt_monitor monitor = {.stop = &stop};
    pt_synth_params p = small();
    char *out = path_of("stopped", "");
    p.out_dir = out;
    assert_int_equal(pt_synth_write(&p, NULL, &monitor, NULL), PT_ERR_AGAIN);
    free(out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(particle_follows_the_last_sound),
        cmocka_unit_test(same_bytes_for_any_number_of_threads),
        cmocka_unit_test(another_seed_is_another_corpus),
        cmocka_unit_test(sizes_are_as_planned),
        cmocka_unit_test(files_are_well_formed_and_complete),
        cmocka_unit_test(gzip_holds_the_same_text_without_a_date),
        cmocka_unit_test(seeds_can_be_withheld),
        cmocka_unit_test(titles_can_be_damaged),
        cmocka_unit_test(label_noise_leaves_the_truth),
        cmocka_unit_test(bad_parameters_are_refused),
        cmocka_unit_test(a_stop_is_obeyed),
    };
    return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
