/* SPDX-License-Identifier: Apache-2.0 */
/* test_reader.c - every dialect on a small file of its own, archives, the list of sources, threads; and the
 * numbers that real files must give, where they are at hand (PATOPIC_SHARED, ../shared). */
#include "collect.h"

#include "base/file.h"
#include "base/parallel.h"
#include "patent/decode.h"
#include <libxml/xmlmemory.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define DATA "tests/data/patent/"

static const pt_patent *find(const collection *all, const char *number) {
    for (size_t i = 0; i < all->patents.n; i++)
        if (strcmp(all->patents.at[i].application_number, number) == 0)
            return &all->patents.at[i];
    fail_msg("no patent %s", number);
    return NULL;
}

static void check_codes(const pt_patent *patent, const char *expected) {
    char all[256] = "";
    for (size_t i = 0; i < patent->codes.n; i++) {
        const size_t n = strlen(all);
        snprintf(all + n, sizeof all - n, "%s%s%s", i == 0 ? "" : " ",
                 patent->codes.at[i].scheme == PT_SCHEME_CPC ? "c:" : "", patent->codes.at[i].symbol);
    }
    assert_string_equal(all, expected);
}

static void check_party(const pt_party *party, const char *name, const char *address, const char *country) {
    assert_string_equal(party->name, name);
    assert_string_equal(party->address, address);
    assert_string_equal(party->country, country);
}

static void kipris_list(void **state) {
    (void)state;
    collection all = {0};
    collect_file(&all, DATA "kipris_list.xml");
    assert_int_equal(all.patents.n, 2);
    assert_int_equal(all.counts.cut_abstracts, 1);
    assert_int_equal(all.counts.empty_abstracts, 1);
    const pt_patent *a = find(&all, "1020210000001"), *b = find(&all, "2020210000003");
    assert_string_equal(a->title, "발전소용 온배수 열교환기");
    assert_string_equal(a->abstract, "본 발명은 온배수의 열을 회수하는 열교환기에 관한 것으로, 관다발과");
    assert_true(a->is_cut);
    assert_int_equal(a->kind, PT_KIND_PATENT);
    assert_int_equal(a->form, PT_FORM_LIST);
    assert_int_equal(a->application_date, 20210104);
    assert_int_equal(a->open_date, 20220705);
    assert_int_equal(a->publication_date, 20230210);
    assert_int_equal(a->registration_date, 20230203);
    assert_string_equal(a->registration_number, "1025000010000");
    assert_string_equal(a->status, "공개");
    assert_string_equal(a->country, "KR");
    assert_int_equal(a->line, 7);
    check_codes(a, "F28D7/16 F28F9/02");
    assert_int_equal(b->kind, PT_KIND_UTILITY);
    assert_string_equal(b->abstract, "");
    assert_false(b->is_cut);
    assert_int_equal(b->applicants.n, 3);
    check_party(&b->applicants.at[2], "Delta Tools Inc.", "", "");
    collection_free(&all);
}

static void kipris_search(void **state) {
    (void)state;
    collection all = {0};
    collect_file(&all, DATA "kipris_search.xml");
    assert_int_equal(all.patents.n, 2);
    assert_int_equal(all.counts.trademarks, 1);
    assert_int_equal(all.counts.bad_dates, 1);
    const pt_patent *a = find(&all, "1019850010013");
    assert_string_equal(a->title, "회전축의 속도 검출기");
    assert_string_equal(a->title_en, "SPEED DETECTOR FOR ROTATING SHAFT");
    assert_string_equal(a->abstract, "");
    assert_int_equal(a->application_date, 19851230);
    check_codes(a, "G01P3/00 G01D5/00");
    assert_int_equal(find(&all, "1019880012313")->application_date, 0);
    collection_free(&all);
}

static void kipris_detail(void **state) {
    (void)state;
    collection all = {0};
    collect_file(&all, DATA "kipris_detail.xml");
    assert_int_equal(all.patents.n, 2);
    const pt_patent *a = find(&all, "1020200071870");
    assert_int_equal(a->form, PT_FORM_DETAIL);
    assert_string_equal(a->title_en, "Apparatus for drying seaweed");
    assert_string_equal(a->abstract, "본 발명은 김 건조 장치에 관한 것으로, 열풍&냉풍을 번갈아 보낸다.");
    assert_int_equal(a->claims.n, 2);
    assert_string_equal(a->claims.at[1], "3. 제1항에 있어서, 냉풍기를 더 포함하는 김 건조 장치.");
    assert_int_equal(a->applicants.n, 2);
    check_party(&a->applicants.at[0], "해담식품 주식회사", "경상남도 김해시...", "KR");
    check_party(&a->applicants.at[1], "정하루", "부산광역시 사상구 낙동대로 ***, **호", "US");
    assert_int_equal(a->inventors.n, 1);
    check_party(&a->inventors.at[0], "한바다", "경상남도 김해시 ...", "");
    assert_int_equal(a->open_date, 0);
    assert_int_equal(a->registration_date, 20211115);
    assert_string_equal(a->registration_number, "1023287430000");
    assert_int_equal(find(&all, "2020200000071")->kind, PT_KIND_UTILITY);
    collection_free(&all);
}

static void kipris_wrapped(void **state) {
    (void)state;
    collection all = {0};
    collect_file(&all, DATA "kipris_wrapped.xml");
    collect_file(&all, DATA "kipris_no_hits.xml");
    assert_int_equal(all.patents.n, 1);
    assert_int_equal(all.counts.designs, 1);
    assert_int_equal(all.counts.trademarks, 1);
    assert_int_equal(all.troubles.n, 0);
    collection_free(&all);
}

static void kipo_filing(void **state) {
    (void)state;
    collection all = {0};
    collect_file(&all, DATA "kipo_filing.xml");
    const pt_patent *a = find(&all, "1020220011111");
    assert_string_equal(a->title, "풍력 발전기의 날개 점검 장치");
    assert_string_equal(a->title_en, "APPARATUS FOR INSPECTING BLADE OF WIND TURBINE");
    assert_string_equal(a->abstract, "본 발명은 풍력 발전기의 날개를 대차로 점검하는 장치에 관한 것이다.");
    assert_int_equal(a->claims.n, 1);
    assert_int_equal(a->application_date, 20220126);
    collection_free(&all);
}

static void st36(void **state) {
    (void)state;
    collection all = {0};
    collect_file(&all, DATA "st36_ep.xml");
    collect_file(&all, DATA "st36_cn.xml");
    collect_file(&all, DATA "st36_jp.xml");
    assert_int_equal(all.patents.n, 3);
    const pt_patent *ep = find(&all, "EP05000001");
    assert_string_equal(ep->title, "Oil pan");
    assert_string_equal(ep->abstract, "An oil pan with H2O separator. It has a drain.");
    assert_int_equal(ep->claims.n, 1);
    assert_string_equal(ep->claims.at[0], "An oil pan, having a drain.");
    check_codes(ep, "F16H57/04 c:F16H57/0424");
    check_party(&ep->applicants.at[0], "Muster Getriebe GmbH", "Ringstrasse 2, 89077 Ulm", "DE");
    assert_int_equal(ep->application_date, 20050811);
    assert_int_equal(ep->open_date, 20060607);
    const pt_patent *cn = find(&all, "CN201410000001");
    assert_string_equal(cn->title, "一种水泵");
    check_codes(cn, "A24B15/18");
    check_party(&cn->applicants.at[0], "某某公司", "650231 云南省昆明市", "");
    assert_string_equal(cn->inventors.at[0].name, "段一");
    const pt_patent *jp = find(&all, "JP2019000001");
    assert_string_equal(jp->abstract, "【課題】軸封をよくする。 【解決手段】軸封を二重にする。");
    check_codes(jp, "F04D29/10 F04D13/08");
    assert_int_equal(jp->applicants.n, 1);
    assert_int_equal(jp->open_date, 20210318);
    collection_free(&all);
}

static void st96(void **state) {
    (void)state;
    collection all = {0};
    collect_file(&all, DATA "st96.xml");
    const pt_patent *a = find(&all, "1020210090909");
    assert_string_equal(a->title, "웨이퍼 접합 방법");
    assert_string_equal(a->title_en, "Wafer bonding method");
    assert_int_equal(a->application_date, 20210712);
    assert_int_equal(a->claims.n, 1);
    check_codes(a, "H01L21/30 c:H01L21/2007");
    check_party(&a->applicants.at[0], "주식회사 두레", "김해시", "KR");
    collection_free(&all);
}

static void docdb_and_ops(void **state) {
    (void)state;
    collection all = {0};
    collect_file(&all, DATA "docdb.xml");
    assert_int_equal(all.counts.repairs[PT_REPAIR_PREFIX], 1);
    collect_file(&all, DATA "ops.xml");
    assert_int_equal(all.patents.n, 2);
    assert_int_equal(all.counts.other_records_skipped, 1);
    const pt_patent *kr = find(&all, "1020210080808");
    check_codes(kr, "A61K9/16 c:A61K9/1652");
    assert_int_equal(kr->applicants.n, 1);
    check_party(&kr->applicants.at[0], "GAON CO LTD", "", "KR");
    const pt_patent *ep = find(&all, "EP99000001");
    assert_string_equal(ep->title, "Brick machine");
    assert_int_equal(ep->applicants.n, 1);
    check_party(&ep->applicants.at[0], "BOER BV DE", "", "NL");
    collection_free(&all);
}

static void redbook(void **state) {
    (void)state;
    collection all = {0};
    collect_file(&all, DATA "redbook.xml");
    assert_int_equal(all.counts.designs, 1);
    assert_int_equal(all.counts.repairs[PT_REPAIR_SEVERAL_ROOTS], 1);
    collect_file(&all, DATA "patdoc.xml");
    collect_file(&all, DATA "pap.xml");
    assert_int_equal(all.patents.n, 3);
    const pt_patent *grant = find(&all, "US13648001");
    assert_string_equal(grant->title, "Managing pump messages");
    check_codes(grant, "G06F15/16");
    assert_int_equal(grant->registration_date, 20150106);
    check_party(&grant->applicants.at[0], "Pump Corporation", "Armonk, NY", "US");
    assert_string_equal(grant->inventors.at[0].name, "Roe Jane");
    const pt_patent *old = find(&all, "US09413001");
    assert_string_equal(old->title, "Valve of the 5th kind");
    assert_string_equal(old->abstract, "A valve called &ldquo;soft&rdquo;.");
    check_codes(old, "A61B5/00 G06F13/00");
    const pt_patent *pap = find(&all, "US09342001");
    assert_string_equal(pap->abstract, "A system for trading.");
    assert_int_equal(pap->open_date, 20010315);
    assert_string_equal(pap->inventors.at[0].name, "Wayne Roe");
    collection_free(&all);
}

static void exports(void **state) {
    (void)state;
    collection all = {0};
    collect_file(&all, DATA "export_kipris.csv");
    assert_int_equal(all.patents.n, 3);
    const pt_patent *a = find(&all, "1020210147821");
    assert_string_equal(a->title, "반려동물용 급수기");
    assert_string_equal(a->title_en, "WATERER");
    assert_string_equal(a->registration_number, "1024582310000");
    assert_int_equal(a->inventors.n, 2);
    const pt_patent *b = find(&all, "1020190100688");
    assert_string_equal(b->title, "미용실 \"예약\" 관리 시스템");
    assert_int_equal(b->applicants.n, 2);
    assert_int_equal(b->line, 5);
    const pt_patent *c = find(&all, "2020180000123");
    assert_string_equal(c->applicants.at[0].name, "하비, 인크.");
    assert_int_equal(c->line, 8);

    collect_file(&all, DATA "export_wips_cp949.csv");
    assert_int_equal(all.patents.n, 7);
    assert_int_equal(all.counts.repairs[PT_REPAIR_ENCODING], 0);
    const pt_patent *mask = find(&all, "1020130005074");
    check_codes(mask, "A62B9/04 A62B18/02");
    assert_string_equal(mask->claims.at[0], "두건과 정화통을 포함하는 방독면.");
    check_party(&mask->applicants.at[0], "산청", "", "KR");
    assert_int_equal(find(&all, "2019990001234")->kind, PT_KIND_UTILITY);
    assert_int_equal(find(&all, "EP98204170")->inventors.n, 2);
    assert_string_equal(find(&all, "US1992957301")->inventors.at[0].name, "Zegler; Robert E.");

    collect_file(&all, DATA "export_tabs.tsv");
    assert_string_equal(find(&all, "1020107017844")->abstract, "강판에 관한 것이다");
    assert_string_equal(find(&all, "1020107017845")->abstract, "도금에 관한 것이다");
    assert_int_equal(all.patents.n, 9);
    assert_int_equal(all.troubles.n, 0);
    collection_free(&all);
}

static void archives(void **state) {
    (void)state;
    static const struct {
        const char *file;
        size_t patents;
    } cases[] = {{DATA "one.xml.gz", 1}, {DATA "two.zip", 2}, {DATA "three.tar.gz", 3}};
    for (size_t i = 0; i < 3; i++) {
        collection all = {0};
        collect_file(&all, cases[i].file);
        assert_int_equal(all.patents.n, cases[i].patents);
        assert_int_equal(all.troubles.n, 0);
        collection_free(&all);
    }
    collection all = {0};
    collect_file(&all, "tests/bad/archive_in_archive.zip");
    assert_string_equal(all.troubles.at[0].path, "tests/bad/archive_in_archive.zip:inner.zip");
    collection_free(&all);
}

/* --- the list of sources --- */

static void write_file(const char *folder, const char *name, const char *text) {
    char *path = pt_path_join(folder, name);
    pt_writer *writer;
    pt_error err = {0};
    assert_int_equal(pt_writer_open(&writer, path, &err), PT_OK);
    pt_writer_puts(writer, text);
    assert_int_equal(pt_writer_close(writer, &err), PT_OK);
    free(path);
}

static void remove_tree(const char *folder) {
    char *command = pt_strfmt("rm -rf '%s'", folder);
    assert_int_equal(system(command), 0);
    free(command);
}

static void sources_are_found_by_content(void **state) {
    (void)state;
    char folder[] = "/tmp/patopic-sources-XXXXXX";
    assert_non_null(mkdtemp(folder));
    write_file(folder, "b/말없는이름", "\n\n<response/>");
    write_file(folder, "a.xml", "글");
    write_file(folder, "c.dat", "출원번호,발명의 명칭\n");
    write_file(folder, "README.md", "# 출원번호\n");
    write_file(folder, "notes.jsonl", "{}\n");
    write_file(folder, ".hidden.xml", "<a/>");
    write_file(folder, ".git/x.xml", "<a/>");
    char *loop = pt_path_join(folder, "b/loop");
    assert_int_equal(symlink("..", loop), 0);
    free(loop);
    pt_sources sources;
    pt_error err = {0};
    const char *const paths[] = {folder, folder};
    assert_int_equal(pt_sources_list(paths, 1, &sources, &err), PT_OK);
    assert_int_equal(sources.paths.n, 3);
    assert_string_equal(sources.paths.at[0] + strlen(folder), "/a.xml");
    assert_string_equal(sources.paths.at[1] + strlen(folder), "/b/말없는이름");
    assert_string_equal(sources.paths.at[2] + strlen(folder), "/c.dat");
    assert_int_equal(sources.n_skipped, 3);
    pt_sources_free(&sources);
    assert_int_equal(pt_sources_list(paths, 2, &sources, &err), PT_OK);
    assert_int_equal(sources.paths.n, 3);
    pt_sources_free(&sources);

    /* A file that is named is read whatever it is. */
    char *readme = pt_path_join(folder, "README.md");
    assert_int_equal(pt_sources_list((const char *const *)&readme, 1, &sources, &err), PT_OK);
    assert_int_equal(sources.paths.n, 1);
    pt_sources_free(&sources);
    free(readme);
    remove_tree(folder);
}

static void missing_input_has_its_message(void **state) {
    (void)state;
    char folder[] = "/tmp/patopic-sources-XXXXXX";
    assert_non_null(mkdtemp(folder));
    pt_sources sources;
    pt_error err = {0};
    const char *empty[] = {folder}, *nowhere[] = {"/nonexistent/x.xml"};
    assert_int_equal(pt_sources_list(empty, 1, &sources, &err), PT_ERR_NO_INPUT);
    assert_non_null(strstr(err.message, "no patents in /tmp/patopic-sources-"));
    pt_sources_free(&sources);
    assert_int_equal(pt_sources_list(nowhere, 1, &sources, &err), PT_ERR_NO_INPUT);
    assert_non_null(strstr(err.message, "No such file"));
    pt_sources_free(&sources);
    assert_int_equal(pt_sources_list(NULL, 0, &sources, &err), PT_ERR_NO_INPUT);
    pt_sources_free(&sources);
    const pt_reader_sink sink = {collect_patent, collect_trouble, NULL};
    pt_reader_counts counts = {0};
    assert_int_equal(pt_reader_read("/nonexistent/x.xml", &sink, &counts, &err), PT_ERR_NO_INPUT);
    assert_int_equal(pt_reader_read(folder, &sink, &counts, &err), PT_ERR_NO_INPUT);
    remove_tree(folder);
}

static void no_permission_has_its_message(void **state) {
    (void)state;
    char folder[] = "/tmp/patopic-sources-XXXXXX";
    assert_non_null(mkdtemp(folder));
    write_file(folder, "a.xml", "<a/>");
    const bool is_root = geteuid() == 0;
    assert_int_equal(chmod(folder, is_root ? 0700 : 0), 0);
    /* The superuser may read anything: become nobody, whom the folder does not let in. */
    if (is_root)
        assert_int_equal(seteuid(65534), 0);
    pt_sources sources;
    pt_error err = {0};
    const char *paths[] = {folder};
    const pt_status status = pt_sources_list(paths, 1, &sources, &err);
    pt_sources_free(&sources);
    if (is_root)
        assert_int_equal(seteuid(0), 0);
    assert_int_equal(chmod(folder, 0700), 0);
    remove_tree(folder);
    assert_int_equal(status, PT_ERR_NO_INPUT);
    assert_non_null(strstr(err.message, "Permission denied"));
}

/* --- threads --- */

typedef struct shared_work {
    const pt_sources *sources;
    collection *each; /* one a source */
} shared_work;

static void read_source(void *shared, int worker, size_t unit) {
    (void)worker;
    shared_work *work = shared;
    const pt_reader_sink sink = {collect_patent, collect_trouble, &work->each[unit]};
    pt_error err = {0};
    const pt_status status =
        pt_reader_read(work->sources->paths.at[unit], &sink, &work->each[unit].counts, &err);
    work->each[unit].counts.other_records_skipped += status == PT_OK ? 0 : 1000000;
}

static void threads_read_the_same(void **state) {
    (void)state;
    pt_sources sources;
    pt_error err = {0};
    const char *paths[] = {DATA, "tests/bad"};
    assert_int_equal(pt_sources_list(paths, 2, &sources, &err), PT_OK);
    const size_t n = sources.paths.n;
    shared_work one = {&sources, pt_zalloc(n, sizeof(collection))};
    shared_work four = {&sources, pt_zalloc(n, sizeof(collection))};
    pt_parallel_for(1, n, read_source, &one);
    pt_parallel_for(4, n, read_source, &four);
    for (size_t i = 0; i < n; i++) {
        assert_memory_equal(&one.each[i].counts, &four.each[i].counts, sizeof one.each[i].counts);
        assert_int_equal(one.each[i].patents.n, four.each[i].patents.n);
        for (size_t p = 0; p < one.each[i].patents.n; p++)
            assert_int_equal(pt_patent_fullness(&one.each[i].patents.at[p], &four.each[i].patents.at[p]), 0);
        collection_free(&one.each[i]);
        collection_free(&four.each[i]);
    }
    free(one.each);
    free(four.each);
    pt_sources_free(&sources);
}

/* --- real files --- */

/* Path below the shared folder, NULL (and a message) when it is not at hand; free it. */
static char *shared_path(const char *below) {
    const char *root = getenv("PATOPIC_SHARED");
    char *path = pt_path_join(root == NULL || root[0] == '\0' ? "../shared" : root, below);
    if (access(path, R_OK) == 0)
        return path;
    print_message("skipped: %s is not here\n", path);
    free(path);
    return NULL;
}

/* What a folder of real files must give. */
typedef struct census {
    const char *below;
    size_t files, patents, distinct;
    unsigned designs, trademarks, other, quarantined, sources;
} census;

static const census censuses[] = {
    {"data/neojune/patent", 11, 1825, 1328, 0, 0, 0, 0, 0},
    {"data/neojune/wrapped", 14, 691, 507, 24, 6, 0, 0, 1},
    {"data/neojune/other-ip-rights", 8, 0, 0, 18, 15, 0, 0, 0},
    {"data/harim-k-kipris-trademark", 1, 0, 0, 0, 10, 0, 0, 0},
    {"data/kipris-raw-xml", 2, 3, 3, 0, 0, 0, 0, 0},
    {"data/77eileen-patent-rag/kipris_detail_xml_reconstructed", 400, 400, 400, 0, 0, 0, 0, 0},
    {"data/kjihee-wips-gasmask", 1, 1595, 1595, 0, 0, 0, 0, 0},
    {"data/moksu27-likelion", 1, 7481, 7391, 0, 0, 0, 0, 0},
    {"data/nelson0210-rephind", 1, 11, 10, 0, 0, 0, 0, 0},
    {"data/wipo-st36-st96", 15, 13, 11, 0, 1, 0, 0, 1},
    {"data/epo-docdb", 5, 14, 14, 0, 0, 0, 0, 0},
    {"data/epo-ops", 15, 8, 4, 0, 0, 120, 2, 0},
    {"data/epo-st36-fulltext", 30, 30, 30, 0, 0, 0, 0, 0},
    {"data/uspto-samples", 15, 12, 12, 1, 0, 1, 0, 1},
};

static void real_files_give_their_numbers(void **state) {
    (void)state;
    size_t n_wrong = 0;
    for (size_t i = 0; i < sizeof censuses / sizeof *censuses; i++) {
        const census *c = &censuses[i];
        char *path = shared_path(c->below);
        if (path == NULL)
            continue;
        collection all = {0};
        const size_t files = collect_paths(&all, (const char *const *)&path, 1);
        const size_t distinct = collect_distinct(&all);
        const pt_reader_counts *got = &all.counts;
        if (files != c->files || all.patents.n != c->patents || distinct != c->distinct ||
            got->designs != c->designs || got->trademarks != c->trademarks ||
            got->other_records_skipped != c->other || got->quarantined != c->quarantined ||
            got->quarantined_sources != c->sources) {
            n_wrong++;
            print_error("%s: %zu files, %zu patents, %zu different, %lu designs, %lu trade marks, %lu other, "
                        "%lu records and %lu sources aside\n",
                        c->below, files, all.patents.n, distinct, (unsigned long)got->designs,
                        (unsigned long)got->trademarks, (unsigned long)got->other_records_skipped,
                        (unsigned long)got->quarantined, (unsigned long)got->quarantined_sources);
        }
        for (size_t p = 0; p < all.patents.n; p++)
            if (all.patents.at[p].title[0] == '\0' &&
                strcmp(all.patents.at[p].application_number, "1020190100885") != 0)
                fail_msg("%s: no title", all.patents.at[p].application_number);
        collection_free(&all);
        free(path);
    }
    assert_int_equal(n_wrong, 0);
}

/* The 25 files of the two folders: 1,830 different patents. The file whose root is empty has 454 of them, all
 * missing from patent/ (130 are in a file of wrapped/ as well, so 324 are in that file alone). */
static void neojune_is_read_whole(void **state) {
    (void)state;
    char *patent = shared_path("data/neojune/patent"), *wrapped = shared_path("data/neojune/wrapped");
    if (patent == NULL || wrapped == NULL) {
        free(patent);
        free(wrapped);
        skip();
    }
    const char *const paths[] = {patent, wrapped};
    pt_sources sources;
    pt_error err = {0};
    assert_int_equal(pt_sources_list(paths, 2, &sources, &err), PT_OK);
    assert_int_equal(sources.paths.n, 25);
    collection all = {0}, others = {0}, empty_root = {0}, plain = {0};
    for (size_t i = 0; i < sources.paths.n; i++) {
        const char *path = sources.paths.at[i];
        const bool has_empty_root = strstr(path, "MALFORMED") != NULL;
        collect_file(&all, path);
        collect_file(has_empty_root ? &empty_root : &others, path);
        if (has_empty_root || strncmp(path, patent, strlen(patent)) == 0)
            collect_file(&plain, path);
    }
    assert_int_equal(collect_distinct(&all), 1830);
    assert_int_equal(collect_distinct(&empty_root), 454);
    assert_int_equal(collect_distinct(&plain), 1328 + 454);
    assert_int_equal(collect_distinct(&others), 1830 - 324);
    assert_int_equal(all.counts.error_answers, 1);
    assert_int_equal(all.counts.repairs[PT_REPAIR_EMPTY_ROOT], 2);
    assert_int_equal(all.counts.bad_codes, 0);
    collection_free(&all);
    collection_free(&others);
    collection_free(&empty_root);
    collection_free(&plain);
    pt_sources_free(&sources);
    free(patent);
    free(wrapped);
}

static void details_have_addresses(void **state) {
    (void)state;
    char *path = shared_path("data/77eileen-patent-rag/kipris_detail_xml_reconstructed");
    if (path == NULL)
        skip();
    collection all = {0};
    collect_paths(&all, (const char *const *)&path, 1);
    size_t with_address = 0, with_claims = 0;
    for (size_t i = 0; i < all.patents.n; i++) {
        const pt_patent *patent = &all.patents.at[i];
        assert_int_equal(patent->form, PT_FORM_DETAIL);
        with_address += patent->applicants.n > 0 && patent->applicants.at[0].address[0] != '\0';
        with_claims += patent->claims.n > 0;
    }
    assert_int_equal(with_address, 400);
    assert_int_equal(with_claims, 400);
    collection_free(&all);
    free(path);
}

/* Four of the European texts are not well-formed; all four are repaired. */
static void broken_texts_survive(void **state) {
    (void)state;
    char *path = shared_path("data/epo-st36-fulltext");
    if (path == NULL)
        skip();
    static const char *const broken[] = {"application_v1-2-A1.xml", "application_v1-4-A1-1.xml",
                                         "application_v1-4-A1.xml", "application_v1-5-1-A1-2.xml"};
    for (size_t i = 0; i < 4; i++) {
        collection all = {0};
        char *file = pt_path_join(path, broken[i]);
        collect_file(&all, file);
        assert_int_equal(all.patents.n, 1);
        assert_true(all.counts.repairs[PT_REPAIR_AMPERSAND] + all.counts.repairs[PT_REPAIR_LESS_THAN] > 0);
        assert_true(all.patents.at[0].title[0] != '\0' && all.patents.at[0].codes.n > 0);
        collection_free(&all);
        free(file);
    }
    free(path);
}

/* Bytes of CP949 as text. */
static void assert_decoded(const char *bytes, const char *text) {
    pt_reader_counts counts = {0};
    pt_memory memory = {bytes, strlen(bytes)};
    pt_decoder *decoder = pt_decoder_new(pt_memory_bytes(&memory), &counts);
    size_t n;
    const char *found = pt_decoder_peek(decoder, &n);
    assert_string_equal(pt_decoder_encoding(decoder), "CP949");
    assert_int_equal(n, strlen(text));
    assert_memory_equal(found, text, n);
    pt_decoder_free(decoder);
}

/* A character that glibc's iconv refuses but goes over: nothing is read behind the end, nothing is lost. */
static void postal_marks_of_cp949(void **state) {
    (void)state;
    assert_decoded("z\xA2\xE8", "z㉾");
    assert_decoded("\xA2\xE8\xA2\xE8", "㉾㉾");
    assert_decoded("\xBF\xEC\xC6\xED\xA2\xE8\xB9\xF8\xC8\xA3", "우편㉾번호");
    assert_decoded("\xBF\xEC\xC6\xED\xA2\xE8"
                   "A",
                   "우편㉾A");
}

/* Leaks are not to be looked for in a forked child, whose other threads are gone. */
static void leave_at_once(int status, void *unused) {
    (void)unused;
    _exit(status);
}

/* Where libxml2 gets no memory it goes on with less text, so its requests have to end the process. */
static void no_memory_ends_libxml2(void **state) {
    (void)state;
    collection all = {0};
    collect_file(&all, "tests/bad/bad_date.xml");
    collection_free(&all);
    xmlFreeFunc release;
    xmlMallocFunc get;
    xmlReallocFunc resize;
    xmlStrdupFunc copy;
    assert_int_equal(xmlMemGet(&release, &get, &resize, &copy), 0);
    volatile size_t too_much = SIZE_MAX; /* the compiler would complain about the number itself */
    fflush(NULL);
    const pid_t child = fork();
    if (child == 0) {
        if (!freopen("/dev/null", "w", stderr) || on_exit(leave_at_once, NULL) != 0)
            _exit(2);
        _exit(get(too_much) ? 1 : 0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), PT_ERR_BUG);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kipris_list),
        cmocka_unit_test(kipris_search),
        cmocka_unit_test(kipris_detail),
        cmocka_unit_test(kipris_wrapped),
        cmocka_unit_test(kipo_filing),
        cmocka_unit_test(st36),
        cmocka_unit_test(st96),
        cmocka_unit_test(docdb_and_ops),
        cmocka_unit_test(redbook),
        cmocka_unit_test(exports),
        cmocka_unit_test(archives),
        cmocka_unit_test(sources_are_found_by_content),
        cmocka_unit_test(missing_input_has_its_message),
        cmocka_unit_test(no_permission_has_its_message),
        cmocka_unit_test(threads_read_the_same),
        cmocka_unit_test(real_files_give_their_numbers),
        cmocka_unit_test(neojune_is_read_whole),
        cmocka_unit_test(details_have_addresses),
        cmocka_unit_test(broken_texts_survive),
        cmocka_unit_test(postal_marks_of_cp949),
        cmocka_unit_test(no_memory_ends_libxml2),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
