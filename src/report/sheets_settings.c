/* SPDX-License-Identifier: Apache-2.0 */
/* Where the workbook comes from. */
#include "base/mem.h"
#include "report/csv_writer.h"
#include "report/settings.h"
#include "report/sheets.h"

#include <stdlib.h>

/* ---- 설정과 출처 */

static const pt_sheet_column setting_columns[] = {
    {"구분", 14, PT_STYLE_TEXT}, {"항목", 30, PT_STYLE_TEXT}, {"값", 70, PT_STYLE_TEXT}};

static void put_setting(pt_sheet *s, const char *section, const char *name, const char *value) {
    pt_sheet_text(s, section);
    pt_sheet_text(s, name);
    pt_sheet_text(s, value);
    pt_sheet_end_row(s);
}

void pt_sheets_settings(pt_book *b) {
    const pt_findings *f = b->outline->findings;
    char text[PT_NUMBER_BYTES];
    pt_settings settings;
    pt_settings_init(&settings, b->outline);
    pt_sheet s = pt_sheet_start(b, "설정과 출처", PT_COLUMNS(setting_columns), 0);
    for (size_t i = 0; i < PT_N_DEFINITIONS; i++)
        put_setting(&s, "뜻", pt_definitions[i].korean, pt_definitions[i].korean_text);
    for (size_t i = 0; i < settings.n; i++)
        put_setting(&s, settings.at[i].section, settings.at[i].korean,
                    pt_setting_text(&settings.at[i], text));
    for (uint32_t i = 0; i < f->study->n_quota; i++)
        put_setting(&s, "quota", f->study->quota[i].industry, pt_number_text(text, f->study->quota[i].n));
    for (size_t i = 0; i < f->n_counts; i++)
        put_setting(&s, "읽은 자료", pt_count_korean(f->counts[i].name),
                    pt_number_text(text, (double)f->counts[i].n));
    for (size_t i = 0; i < f->n_sources; i++) {
        const pt_source_row *row = &f->sources[i];
        char *value = pt_strfmt("%s%s특허 %llu, 격리 %llu, SHA-256 %s", row->dialect ? row->dialect : "",
                                row->dialect ? ", " : "", (unsigned long long)row->patents,
                                (unsigned long long)row->quarantined, row->digest);
        char *path = pt_valid_text(row->path);
        put_setting(&s, "파일", path, value);
        free(path);
        free(value);
    }
    pt_settings_free(&settings);
    pt_sheet_end(&s);
}
