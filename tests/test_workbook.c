/* SPDX-License-Identifier: Apache-2.0 */
/* test_workbook.c - report.xlsx: its sheets, and long tables that go on in further ones. */
#include "report_output.h"

#include "report/workbook.h"

#include <archive.h>
#include <archive_entry.h>

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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_workbook),
        cmocka_unit_test(test_workbook_is_split),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
