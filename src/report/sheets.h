/* SPDX-License-Identifier: Apache-2.0 */
/* sheets.h - the sheets of report.xlsx; each function adds one, in Korean. */
#ifndef PT_REPORT_SHEETS_H
#define PT_REPORT_SHEETS_H

#include "report/sheet.h"

/* sheets_items.c */
void pt_sheets_summary(pt_book *b);      /* 요약 */
void pt_sheets_technologies(pt_book *b); /* 산업-품목-기술 */
void pt_sheets_items(pt_book *b);        /* 품목 지표 */
void pt_sheets_years(pt_book *b);        /* 연도별 */

/* sheets_tables.c: tables of the data dictionary as they are */
void pt_sheets_news(pt_book *b);       /* 새 소식; none without an update */
void pt_sheets_reasons(pt_book *b);    /* 선정 까닭 */
void pt_sheets_industries(pt_book *b); /* 산업 비교 */
void pt_sheets_paths(pt_book *b);      /* 성장 경로, 기술 연도별 */
void pt_sheets_entries(pt_book *b);    /* 진입 후보, 품목 군집 */
void pt_sheets_notes(pt_book *b);      /* 빈칸과 규칙 */

/* sheets_patents.c */
void pt_sheets_technology_patents(pt_book *b); /* 기술별 특허 */
void pt_sheets_patents(pt_book *b);            /* 특허 목록, 미분류 */
void pt_sheets_words(pt_book *b);              /* 용어 */

/* sheets_settings.c */
void pt_sheets_settings(pt_book *b); /* 설정과 출처 */

#endif
