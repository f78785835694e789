/* SPDX-License-Identifier: Apache-2.0 */
#include "report_fixture.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "base/vec.h"
#include "patent/counts.h"
#include "report/columns.h"
#include "report/settings.h"
#include "report/terminal.h"
#include "report/workbook.h"

#include <archive.h>
#include <archive_entry.h>
#include <nettle/base64.h>
#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>
#include <zlib.h>

#include <cmocka.h>

static const char *const files[] = {"items.csv",
                                    "selected_items.csv",
                                    "technologies.csv",
                                    "patents.csv",
                                    "topics.csv",
                                    "technology_patents.csv",
                                    "item_years.csv",
                                    "item_words.csv",
                                    "selection_reasons.csv",
                                    "industries.csv",
                                    "technology_years.csv",
                                    "item_paths.csv",
                                    "clusters_of_items.csv",
                                    "entry_candidates.csv",
                                    "notes.csv",
                                    "columns.md",
                                    "ldavis.json",
                                    "network.graphml",
                                    "report.xlsx",
                                    "report.html",
                                    "changes.csv"};
enum { N_FILES = sizeof files / sizeof *files };

typedef struct setting {
    fixture x;
    char folder[3][64]; /* twice with the same parameters, once without BOM and with LF */
} setting;

static char *read_file(const char *folder, const char *name, size_t *n) {
    pt_error err;
    char *path = pt_path_join(folder, name), *bytes;
    assert_int_equal(pt_file_read(path, &bytes, n, &err), PT_OK);
    free(path);
    return bytes;
}

static void write_report(const setting *s, const char *folder, pt_report_params params) {
    pt_error err = {0};
    if (pt_report_write(&s->x.findings, &params, folder, NULL, &err))
        fail_msg("%s", err.message);
}

static int set_up(void **state) {
    setting *s = pt_zalloc(1, sizeof *s);
    fixture_init(&s->x);
    for (int i = 0; i < 3; i++) {
        snprintf(s->folder[i], sizeof s->folder[i], "/tmp/patopic-report-XXXXXX");
        assert_non_null(mkdtemp(s->folder[i]));
        write_report(s, s->folder[i], (pt_report_params){.no_bom = i == 2, .lf = i == 2});
    }
    *state = s;
    return 0;
}

static int tear_down(void **state) {
    setting *s = *state;
    for (int i = 0; i < 3; i++) {
        for (int f = 0; f <= N_FILES; f++) {
            char *path = pt_path_join(s->folder[i], f < N_FILES ? files[f] : "run.json");
            unlink(path);
            free(path);
        }
        rmdir(s->folder[i]);
    }
    fixture_free(&s->x);
    free(s);
    return 0;
}

/* ---- a reader of RFC 4180 for the test */

typedef PT_VEC(char *) cells;

typedef struct csv_file {
    cells at;
    size_t columns, rows; /* rows without the header */
} csv_file;

static csv_file parse_csv(const char *text, const char *line_end) {
    csv_file csv = {0};
    pt_buf cell = {0};
    const size_t end = strlen(line_end);
    while (*text) {
        if (*text == '"') {
            for (text++; *text != '"' || text[1] == '"'; text++) {
                assert_true(*text != '\0');
                text += *text == '"';
                pt_buf_putc(&cell, *text);
            }
            text++;
        }
        while (*text != ',' && strncmp(text, line_end, end) != 0) {
            assert_true(*text != '\0' && *text != '"' && *text != '\r' && *text != '\n');
            pt_buf_putc(&cell, *text++);
        }
        pt_vec_push(&csv.at, pt_buf_take(&cell));
        if (*text == ',') {
            text++;
            continue;
        }
        text += end;
        if (!csv.columns)
            csv.columns = csv.at.n;
        assert_int_equal(csv.at.n % csv.columns, 0);
    }
    csv.rows = csv.at.n / csv.columns - 1;
    return csv;
}

static void free_csv(csv_file *csv) {
    for (size_t i = 0; i < csv->at.n; i++)
        free(csv->at.at[i]);
    pt_vec_free(&csv->at);
}

static csv_file read_csv(const char *folder, const char *name) {
    size_t n;
    char *bytes = read_file(folder, name, &n);
    assert_memory_equal(bytes, "\xEF\xBB\xBF", 3);
    const csv_file csv = parse_csv(bytes + 3, "\r\n");
    free(bytes);
    return csv;
}

/* Row from 0 (behind the header), column by its name. */
static const char *cell_at(const csv_file *csv, size_t row, const char *column) {
    for (size_t c = 0; c < csv->columns; c++)
        if (strcmp(csv->at.at[c], column) == 0)
            return csv->at.at[(row + 1) * csv->columns + c];
    fail_msg("no column %s", column);
    return NULL;
}

/* ---- tests */

static void test_numbers(void **state) {
    (void)state;
    char text[PT_NUMBER_BYTES];
    assert_string_equal(pt_number_text(text, 0.1), "0.1");
    assert_string_equal(pt_number_text(text, 12.0), "12");
    assert_string_equal(pt_number_text(text, -0.0), "0");
    assert_string_equal(pt_number_text(text, NAN), "");
    assert_string_equal(pt_number_text(text, INFINITY), "");
    assert_string_equal(pt_number_text(text, 123456789.0), "123456789");
    assert_string_equal(pt_number_text(text, 1.0 / 3), "0.3333333");
}

static void test_formula_guard(void **state) {
    (void)state;
    assert_true(pt_is_formula("=1+1"));
    assert_true(pt_is_formula("+82-2-123"));
    assert_true(pt_is_formula("-cmd|' /C calc'!A0"));
    assert_true(pt_is_formula("@SUM(A1)"));
    assert_true(pt_is_formula("\t=1"));
    assert_true(pt_is_formula("\r=1"));
    assert_true(pt_is_formula("＝1+1"));
    assert_false(pt_is_formula("-12.5"));
    assert_false(pt_is_formula("+3e-7"));
    assert_true(pt_is_formula("-1e"));
    assert_true(pt_is_formula("-"));
    assert_false(pt_is_formula(""));
    assert_false(pt_is_formula("연료전지"));
}

static void test_tables_have_their_rows(void **state) {
    const setting *s = *state;
    const size_t rows[] = {N_ITEMS, N_SELECTED, N_TECHNOLOGIES};
    for (int i = 0; i < 3; i++) {
        csv_file csv = read_csv(s->folder[0], files[i]);
        assert_int_equal(csv.rows, rows[i]);
        free_csv(&csv);
    }
    csv_file years = read_csv(s->folder[0], "item_years.csv");
    assert_int_equal(years.rows, N_ITEMS * N_YEARS);
    for (size_t row = 0; row < years.rows;
         row++) { /* the mean needs both neighbours, and they must be whole */
        const bool is_complete = strcmp(cell_at(&years, row, "complete"), "1") == 0;
        assert_true(is_complete || *cell_at(&years, row, "mean_3") == '\0');
        assert_true(is_complete || row % N_YEARS > 0);
    }
    assert_string_equal(cell_at(&years, 0, "mean_3"), "");
    free_csv(&years);
}

/* Each selected item is explained; every technology has its years, the unpublished ones marked. */
static void test_study_tables(void **state) {
    const setting *s = *state;
    csv_file csv = read_csv(s->folder[0], "selection_reasons.csv");
    size_t selected = 0;
    for (size_t row = 0; row < csv.rows; row++) {
        const bool is_selected = strcmp(cell_at(&csv, row, "selected"), "1") == 0;
        selected += is_selected;
        assert_non_null(strstr(cell_at(&csv, row, "reason"), is_selected ? "선정" : "제외"));
    }
    assert_int_equal(selected, N_SELECTED);
    free_csv(&csv);
    csv = read_csv(s->folder[0], "technology_years.csv");
    assert_int_equal(csv.rows, N_TECHNOLOGIES * N_YEARS);
    double patents = 0;
    for (size_t row = 0; row < N_YEARS; row++)
        patents += strtod(cell_at(&csv, row, "patents"), NULL);
    assert_true(patents == s->x.technologies.at[0].n_patents);
    assert_string_equal(cell_at(&csv, N_YEARS - 1, "complete"), "0");
    assert_string_equal(cell_at(&csv, 0, "complete"), "1");
    free_csv(&csv);
    csv = read_csv(s->folder[0], "industries.csv");
    assert_int_equal(csv.rows, N_INDUSTRIES);
    free_csv(&csv);
    csv = read_csv(s->folder[0], "notes.csv");
    bool explains = false;
    for (size_t row = 0; row < csv.rows; row++)
        explains = explains || strcmp(cell_at(&csv, row, "about"), "growth_path") == 0;
    assert_true(explains);
    free_csv(&csv);
}

static void test_items(void **state) {
    const setting *s = *state;
    csv_file csv = read_csv(s->folder[0], "items.csv");
    assert_string_equal(cell_at(&csv, 0, "item_id"), "IG001");
    assert_string_equal(cell_at(&csv, 0, "item"), item_names[0]);
    assert_string_equal(cell_at(&csv, 0, "selected"), "1");
    assert_string_equal(cell_at(&csv, N_ITEMS - 1, "selected"), "0");
    assert_string_equal(cell_at(&csv, N_ITEMS - 1, "lq"), ""); /* NAN */
    assert_string_equal(cell_at(&csv, N_ITEMS - 1, "rank"), "");
    for (size_t k = 0; k + 1 < N_ITEMS; k++)
        assert_true(fabs(strtod(cell_at(&csv, k, "lq"), NULL) / s->x.indicators.at[k].lq - 1) < 1e-6);
    free_csv(&csv);
}

static void test_patents(void **state) {
    const setting *s = *state;
    csv_file csv = read_csv(s->folder[0], "patents.csv");
    size_t row = 0;
    for (uint32_t d = 0; d < N_DOCUMENTS; d++) {
        const uint32_t n = s->x.mapping.start[d + 1] - s->x.mapping.start[d];
        for (uint32_t i = 0; i < (n ? n : 1); i++, row++) {
            assert_string_equal(cell_at(&csv, row, "application_number"),
                                s->x.documents.at[d].application_number);
            assert_string_equal(cell_at(&csv, row, "title"),
                                d == 1 ? "'" FORMULA_TITLE : s->x.documents.at[d].title);
            assert_string_equal(cell_at(&csv, row, "in_region"), d / N_ITEMS % 4 == 3 ? "0" : "1");
            assert_string_equal(cell_at(&csv, row, "item"),
                                n ? item_names[s->x.mapping.at[s->x.mapping.start[d] + i].item] : "미분류");
            if (n && i == 0)
                assert_non_null(strstr(cell_at(&csv, row, "evidence"), " %"));
        }
    }
    assert_int_equal(csv.rows, row);
    assert_string_equal(cell_at(&csv, 0, "application_date"), "2012-01-01");
    free_csv(&csv);
}

static void test_topics_are_items(void **state) {
    const setting *s = *state;
    csv_file csv = read_csv(s->folder[0], "topics.csv");
    size_t row = 0, seeds = 0;
    for (uint32_t k = 0; k < s->x.model->K; k++) {
        pt_top_word words[30];
        const size_t n = pt_model_top_words(s->x.model, k, 30, words);
        for (size_t i = 0; i < n; i++, row++) {
            assert_int_equal(strtoul(cell_at(&csv, row, "topic"), NULL, 10), k + 1);
            assert_int_equal(strtoul(cell_at(&csv, row, "rank"), NULL, 10), i + 1);
            assert_string_equal(cell_at(&csv, row, "item_id"), k < N_ITEMS ? s->x.id[k] : "");
            assert_string_equal(cell_at(&csv, row, "word"), s->x.corpus->form[words[i].word]);
            seeds += *cell_at(&csv, row, "is_seed") == '1';
        }
    }
    assert_int_equal(csv.rows, row);
    assert_in_range(seeds, N_ITEMS, 2 * N_ITEMS);
    free_csv(&csv);
}

static void test_style_of_tables(void **state) {
    const setting *s = *state;
    for (int i = 0; i < 8; i++) {
        size_t n_plain, n_bom;
        char *plain = read_file(s->folder[2], files[i], &n_plain),
             *bom = read_file(s->folder[0], files[i], &n_bom);
        csv_file a = parse_csv(plain, "\n"), b = parse_csv(bom + 3, "\r\n");
        assert_int_not_equal((unsigned char)plain[0], 0xEF);
        assert_int_equal(a.at.n, b.at.n);
        assert_int_equal(n_plain + 3 + a.rows + 1, n_bom);
        for (size_t c = 0; c < a.at.n; c++)
            assert_string_equal(a.at.at[c], b.at.at[c]);
        free_csv(&a);
        free_csv(&b);
        free(plain);
        free(bom);
    }
}

static void test_same_bytes(void **state) {
    const setting *s = *state;
    for (int i = 0; i < N_FILES; i++) {
        size_t n, m;
        char *a = read_file(s->folder[0], files[i], &n), *b = read_file(s->folder[1], files[i], &m);
        if (n != m || memcmp(a, b, n) != 0)
            fail_msg("%s differs between two runs", files[i]);
        free(a);
        free(b);
    }
}

static size_t count_of(const char *text, const char *part) {
    size_t n = 0;
    for (const char *p = text; (p = strstr(p, part)) != NULL; p += strlen(part))
        n++;
    return n;
}

static pt_buf member_of(const char *path, const char *name) {
    pt_buf text = {0};
    struct archive *zip = archive_read_new();
    struct archive_entry *entry;
    archive_read_support_format_zip(zip);
    assert_int_equal(archive_read_open_filename(zip, path, 1 << 16), ARCHIVE_OK);
    while (archive_read_next_header(zip, &entry) == ARCHIVE_OK) {
        if (strcmp(archive_entry_pathname(entry), name) != 0)
            continue;
        char block[4096];
        la_ssize_t got;
        while ((got = archive_read_data(zip, block, sizeof block)) > 0)
            pt_buf_append(&text, block, (size_t)got);
        assert_int_equal(got, 0);
    }
    archive_read_free(zip);
    if (!text.n)
        fail_msg("%s is not in %s", name, path);
    return text;
}

static void assert_member_has(const char *path, const char *member, const char *text) {
    pt_buf content = member_of(path, member);
    if (!strstr(pt_buf_text(&content), text))
        fail_msg("%s: no %s", member, text);
    pt_buf_free(&content);
}

/* Path of the member that holds the sheet of a name; free() it. Sheets are numbered in their order. */
static char *member_of_sheet(const char *path, const char *name) {
    pt_buf book = member_of(path, "xl/workbook.xml");
    char *open = pt_strfmt("<sheet name=\"%s\" sheetId=\"", name);
    const char *at = strstr(pt_buf_text(&book), open);
    if (!at)
        fail_msg("no sheet %s", name);
    char *member = pt_strfmt("xl/worksheets/sheet%lu.xml", strtoul(at + strlen(open), NULL, 10));
    pt_buf_free(&book);
    free(open);
    return member;
}

static void assert_sheet_has(const char *path, const char *sheet, const char *text) {
    char *member = member_of_sheet(path, sheet);
    assert_member_has(path, member, text);
    free(member);
}

static void test_workbook(void **state) {
    const setting *s = *state;
    static const char *const tables[] = {"새 소식",   "산업-품목-기술", "선정 까닭",   "산업 비교",
                                         "품목 지표", "연도별",         "성장 경로",   "기술 연도별",
                                         "진입 후보", "품목 군집",      "기술별 특허", "특허 목록",
                                         "미분류",    "용어",           "빈칸과 규칙", "설정과 출처"};
    char *path = pt_path_join(s->folder[0], "report.xlsx");
    assert_sheet_has(path, "요약", s->x.study->note);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        assert_sheet_has(path, tables[i], "<autoFilter");
        assert_sheet_has(path, tables[i], "state=\"frozen\"");
    }
    assert_member_has(path, "xl/styles.xml", "<name val=\"맑은 고딕\"/>");
    assert_member_has(path, "xl/charts/chart1.xml", "<c:barChart>");  /* 요약 */
    assert_member_has(path, "xl/charts/chart2.xml", "<c:barChart>");  /* 산업 비교 */
    assert_member_has(path, "xl/charts/chart3.xml", "<c:lineChart>"); /* 연도별 */
    assert_member_has(path, "docProps/core.xml", "2000-01-01T00:00:00Z");
    assert_sheet_has(path, "산업-품목-기술", s->x.technologies.at[N_TECHNOLOGIES - 1].name);
    assert_sheet_has(path, "특허 목록", "t=\"inlineStr\"><is><t>=1+1</t>"); /* text, no formula */
    assert_sheet_has(path, "특허 목록", "<t>1020120001000</t>");
    assert_sheet_has(path, "새 소식", "<t>=품목&lt;b&gt;</t>");
    assert_sheet_has(path, "설정과 출처", "corpus/\uFFFD\uFFFD.xml");
    assert_sheet_has(path, "빈칸과 규칙", "태동");
    free(path);
}

/* What stands in a script element of the page: borrowed, n bytes. */
static const char *script_text(const char *html, const char *type, const char *id, size_t *n) {
    char *open = pt_strfmt("<script type=\"%s\" id=\"%s\">", type, id);
    const char *from = strstr(html, open), *to = from ? strstr(from, "</script>") : NULL;
    assert_non_null(to);
    from += strlen(open);
    free(open);
    *n = (size_t)(to - from);
    return from;
}

static json_t *page_block(const char *html, const char *id) {
    size_t n;
    const char *text = script_text(html, "application/json", id, &n);
    json_error_t error;
    json_t *data = json_loadb(text, n, 0, &error);
    if (!data)
        fail_msg("%s", error.text);
    return data;
}

static json_t *packed_block(const char *html, const char *id) {
    size_t n, n_packed;
    const char *text = script_text(html, "text/plain", id, &n);
    struct base64_decode_ctx base64;
    uint8_t *packed = pt_alloc(n, 1);
    base64_decode_init(&base64);
    assert_true(base64_decode_update(&base64, &n_packed, packed, n, text));
    assert_true(base64_decode_final(&base64));
    uLongf n_plain = 1 << 22;
    Bytef *plain = pt_alloc(n_plain, 1);
    assert_int_equal(uncompress(plain, &n_plain, packed, n_packed), Z_OK);
    json_error_t error;
    json_t *data = json_loadb((const char *)plain, n_plain, 0, &error);
    if (!data)
        fail_msg("%s", error.text);
    free(packed);
    free(plain);
    return data;
}

static void test_page_is_inert(void **state) {
    const setting *s = *state;
    size_t n;
    char *html = read_file(s->folder[0], "report.html", &n);
    assert_int_equal(strlen(html), n);
    assert_int_equal(count_of(html, "<script"), 6); /* five blocks of data, one script */
    assert_int_equal(count_of(html, "</script"), 6);
    assert_int_equal(count_of(html, "{{"), 0);
    /* names of namespaces, and d3's own address in its first comment */
    assert_int_equal(count_of(html, "://"), count_of(html, "http://www.w3.org/") + 1);
    assert_non_null(strstr(html, "<title>김해 &lt;연구&gt; &amp; 시험</title>"));
    assert_non_null(strstr(html, "content=\"default-src 'none'; style-src 'sha256-"));
    free(html);
}

static void test_page_holds_everything(void **state) {
    const setting *s = *state;
    size_t n;
    char *html = read_file(s->folder[0], "report.html", &n);
    json_t *data = page_block(html, "study"), *topics = packed_block(html, "topic-terms"),
           *lists = packed_block(html, "lists"), *block = packed_block(html, "patents-0");
    const json_t *patents = json_object_get(block, "rows"),
                 *technologies = json_object_get(data, "technologies");
    assert_string_equal(json_string_value(json_object_get(json_object_get(data, "study"), "note")),
                        s->x.study->note);
    /* a representative of the first technology, so it comes first */
    assert_string_equal(json_string_value(json_array_get(json_array_get(patents, 0), 2)), HARMFUL_TITLE);
    assert_int_equal(json_array_size(patents), N_DOCUMENTS - 2 * N_ITEMS); /* the region's alone */
    assert_int_equal(json_integer_value(json_object_get(data, "patents")), json_array_size(patents));
    assert_int_equal(json_array_size(json_object_get(data, "items")), N_ITEMS);
    assert_int_equal(json_array_size(json_object_get(topics, "topics")), s->x.model->K);
    assert_int_equal(json_array_size(technologies), N_TECHNOLOGIES);
    size_t listed = 0, assigned = 0, unclassified = 0;
    for (size_t k = 0; k < N_ITEMS; k++)
        listed += json_array_size(json_array_get(json_object_get(lists, "items"), k));
    for (uint32_t d = 0; d < N_DOCUMENTS; d++) {
        const uint32_t n_items = s->x.mapping.start[d + 1] - s->x.mapping.start[d];
        assigned += s->x.documents.at[d].weight > 0 ? n_items : 0;
        unclassified += s->x.documents.at[d].weight > 0 && n_items == 0;
    }
    assert_int_equal(listed, assigned);
    assert_int_equal(json_array_size(json_object_get(lists, "unclassified")), unclassified);
    for (size_t t = 0; t < N_TECHNOLOGIES; t++) {
        const json_t *technology = json_array_get(technologies, t);
        assert_string_equal(json_string_value(json_object_get(technology, "name")),
                            s->x.technologies.at[t].name);
        assert_int_equal(json_integer_value(json_object_get(technology, "patents")),
                         s->x.technologies.at[t].n_patents);
        assert_int_equal(json_array_size(json_array_get(json_object_get(lists, "technologies"), t)),
                         s->x.technologies.at[t].n_patents);
    }
    json_decref(data);
    json_decref(topics);
    json_decref(lists);
    json_decref(block);
    free(html);
}

static void test_columns(void **state) {
    const setting *s = *state;
    size_t n;
    char *text = read_file(s->folder[0], "columns.md", &n);
    for (int i = 0; i < PT_N_TABLES; i++) {
        csv_file csv = read_csv(s->folder[0], pt_tables[i].file);
        char *heading = pt_strfmt("\n## %s\n", pt_tables[i].file);
        const char *section = strstr(text, heading);
        assert_non_null(section);
        for (size_t c = 0; c < csv.columns; c++) {
            char *line = pt_strfmt("\n| `%s` | ", csv.at.at[c]);
            assert_non_null(section = strstr(section, line));
            free(line);
        }
        free(heading);
        free_csv(&csv);
    }
    free(text);
}

static void test_counters_have_names(void **state) {
    (void)state;
    for (int i = 0; i < PT_N_REPAIRS; i++) {
        char *name = pt_strfmt("repair: %s", pt_repair_name((pt_repair)i));
        assert_string_not_equal(pt_count_korean(name), name);
        free(name);
    }
    assert_string_equal(pt_count_korean("designs skipped"), "디자인 (제외)");
    assert_string_equal(pt_count_korean("something new"), "something new");
}

/* With 50 rows a sheet every long table goes on in further sheets, each with the header. */
static void test_workbook_is_split(void **state) {
    const setting *s = *state;
    char folder[] = "/tmp/patopic-report-XXXXXX";
    assert_non_null(mkdtemp(folder));
    pt_outline outline;
    pt_outline_init(&outline, &s->x.findings);
    pt_error err = {0};
    assert_int_equal(pt_workbook_write(&outline, 50, folder, &err), PT_OK);
    char *path = pt_path_join(folder, "report.xlsx");
    pt_buf names = member_of(path, "xl/workbook.xml");
    const uint32_t classified = outline.region_patents - outline.region_unclassified;
    const uint32_t parts = (classified + 48) / 49; /* 49 rows beside the header */
    assert_true(parts > 3);
    size_t rows = 0, headers = 0;
    for (uint32_t part = 1; part <= parts; part++) {
        char *name = part == 1 ? pt_strdup("특허 목록") : pt_strfmt("특허 목록 %u", part);
        char *member = member_of_sheet(path, name);
        pt_buf sheet = member_of(path, member);
        rows += count_of(pt_buf_text(&sheet), "<row r=");
        headers += count_of(pt_buf_text(&sheet), "<t>출원번호</t>");
        assert_null(strstr(pt_buf_text(&sheet), "<row r=\"51\""));
        pt_buf_free(&sheet);
        free(name);
        free(member);
    }
    assert_int_equal(rows, classified + parts);
    assert_int_equal(headers, parts);
    assert_non_null(strstr(pt_buf_text(&names), "name=\"용어 2\""));
    pt_buf_free(&names);
    pt_outline_free(&outline);
    unlink(path);
    rmdir(folder);
    free(path);
}

static void test_ldavis(void **state) {
    const setting *s = *state;
    char *path = pt_path_join(s->folder[0], "ldavis.json");
    json_error_t error;
    json_t *data = json_load_file(path, 0, &error);
    assert_non_null(data);
    const json_t *map = json_object_get(data, "mdsDat"), *terms = json_object_get(data, "tinfo");
    double share = 0, middle = 0;
    for (size_t k = 0; k < s->x.model->K; k++) {
        assert_int_equal(json_integer_value(json_array_get(json_object_get(map, "topics"), k)), k + 1);
        assert_int_equal(json_integer_value(json_array_get(json_object_get(data, "topic.order"), k)), k + 1);
        share += json_real_value(json_array_get(json_object_get(map, "Freq"), k));
        middle += json_real_value(json_array_get(json_object_get(map, "x"), k));
    }
    assert_true(fabs(share - 100) < 1e-6);
    assert_true(fabs(middle) < 1e-6); /* principal coordinates are centred */
    const size_t n_terms = json_array_size(json_object_get(terms, "Term"));
    assert_int_equal(n_terms, json_array_size(json_object_get(terms, "loglift")));
    assert_int_equal(n_terms, json_array_size(json_object_get(terms, "Category")));
    json_decref(data);
    free(path);
}

static void test_run_record(void **state) {
    const setting *s = *state;
    char *path = pt_path_join(s->folder[0], "run.json");
    json_error_t error;
    json_t *record = json_load_file(path, 0, &error);
    assert_non_null(record);
    const json_t *outputs = json_object_get(record, "outputs");
    assert_int_equal(json_object_size(outputs), N_FILES);
    for (int i = 0; i < N_FILES; i++) {
        char digest[65], *file = pt_path_join(s->folder[0], files[i]);
        pt_error err;
        assert_int_equal(pt_file_digest(file, digest, &err), PT_OK);
        assert_string_equal(json_string_value(json_object_get(outputs, files[i])), digest);
        free(file);
    }
    const json_t *source = json_array_get(json_object_get(record, "inputs"), 1); /* name that is no UTF-8 */
    assert_string_equal(json_string_value(json_object_get(source, "path")), "corpus/\uFFFD\uFFFD.xml");
    assert_string_equal(json_string_value(json_object_get(source, "dialect")), "");
    const json_t *model = json_object_get(record, "model");
    assert_int_equal(json_array_size(json_object_get(model, "alpha")), s->x.model->K);
    assert_int_equal(json_integer_value(json_object_get(
                         json_object_get(json_object_get(record, "counts"), "reading"), "duplicates")),
                     21);
    assert_int_equal(json_integer_value(json_object_get(record, "peak_memory_bytes")), 1 << 20);
    json_decref(record);
    free(path);
}

static void test_cannot_write(void **state) {
    const setting *s = *state;
    char *folder = pt_path_join(s->folder[0], "items.csv"); /* a file, no folder */
    pt_error err = {0};
    const pt_report_params params = {0};
    assert_int_equal(pt_report_write(&s->x.findings, &params, folder, NULL, &err), PT_ERR_CREATE);
    assert_non_null(strstr(err.message, "items.csv"));
    free(folder);
}

static void test_widths(void **state) {
    (void)state;
    assert_int_equal(pt_display_width("한글 a"), 6);
    assert_int_equal(pt_display_width("3D프린팅·성형"), 2 + 6 + 1 + 4);
    assert_int_equal(pt_display_width("e\xCC\x81"), 1);
    assert_int_equal(pt_display_width("\xED\x95"), 1); /* cut in the middle */
}

static void test_terminal(void **state) {
    const setting *s = *state;
    pt_buf wide = {0}, narrow = {0}, coloured = {0};
    pt_report_terminal(&s->x.findings, &wide, 0, false);
    pt_report_terminal(&s->x.findings, &narrow, 80, false);
    pt_report_terminal(&s->x.findings, &coloured, 80, true);
    for (size_t t = 0; t < N_TECHNOLOGIES; t++)
        assert_non_null(strstr(pt_buf_text(&wide), s->x.technologies.at[t].name));
    assert_memory_equal(pt_buf_text(&wide), s->x.study->note, strlen(s->x.study->note));
    assert_int_equal(count_of(pt_buf_text(&wide), "\n"), N_TECHNOLOGIES + 2);
    assert_int_equal(count_of(pt_buf_text(&narrow), "\n"), N_TECHNOLOGIES + 2);
    for (char *line = strtok(narrow.at, "\n"); line; line = strtok(NULL, "\n"))
        assert_in_range(pt_display_width(line), 1, 80);
    assert_null(strchr(pt_buf_text(&wide), '\033'));
    assert_non_null(strchr(pt_buf_text(&coloured), '\033'));
    pt_buf_free(&wide);
    pt_buf_free(&narrow);
    pt_buf_free(&coloured);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_formula_guard),
        cmocka_unit_test(test_tables_have_their_rows),
        cmocka_unit_test(test_items),
        cmocka_unit_test(test_study_tables),
        cmocka_unit_test(test_patents),
        cmocka_unit_test(test_topics_are_items),
        cmocka_unit_test(test_style_of_tables),
        cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_workbook),
        cmocka_unit_test(test_page_is_inert),
        cmocka_unit_test(test_page_holds_everything),
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_counters_have_names),
        cmocka_unit_test(test_workbook_is_split),
        cmocka_unit_test(test_ldavis),
        cmocka_unit_test(test_run_record),
        cmocka_unit_test(test_cannot_write),
        cmocka_unit_test(test_widths),
        cmocka_unit_test(test_terminal),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
