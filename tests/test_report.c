/* SPDX-License-Identifier: Apache-2.0 */
#include "report_output.h"

#include "base/json.h"
#include "base/vec.h"
#include "patent/counts.h"
#include "report/columns.h"
#include "report/settings.h"
#include "report/terminal.h"

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
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_counters_have_names),
        cmocka_unit_test(test_ldavis),
        cmocka_unit_test(test_run_record),
        cmocka_unit_test(test_cannot_write),
        cmocka_unit_test(test_widths),
        cmocka_unit_test(test_terminal),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
