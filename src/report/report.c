/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"
#include "base/monitor.h"
#include "report/columns.h"
#include "report/exports.h"
#include "report/findings.h"
#include "report/page.h"
#include "report/settings.h"
#include "report/tables.h"
#include "report/topic_map.h"
#include "report/workbook.h"

#include <locale.h>
#include <stdlib.h>

/* Everything but run.json, which holds their digests. */
static const char *const outputs[] = {"items.csv",
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
                                      "changes.csv"}; /* the last one of an update alone */

static pt_status write_all(const pt_outline *outline, const pt_report_params *params, const char *folder,
                           const pt_monitor *monitor, pt_error *err) {
    enum { STEPS = 5 };
    const pt_csv_style style = {.no_bom = params->no_bom, .lf = params->lf};
    pt_status status = pt_tables_write(outline, folder, style, err);
    if (!status)
        status = pt_columns_write(folder, style, err);
    if (status)
        return status;
    pt_progress(monitor, "report", 1, STEPS);
    pt_topic_map *map = pt_topic_map_new(outline);
    status = pt_ldavis_write(outline, map, folder, err);
    if (!status)
        status = pt_graphml_write(outline, folder, err);
    pt_progress(monitor, "report", 2, STEPS);
    if (!status)
        status = pt_workbook_write(outline, PT_SHEET_ROWS, folder, err);
    pt_progress(monitor, "report", 3, STEPS);
    if (!status)
        status = pt_page_write(outline, map, folder, err);
    pt_topic_map_free(map);
    pt_progress(monitor, "report", 4, STEPS);
    if (!status)
        status = pt_run_record_write(outline, folder, outputs,
                                     sizeof outputs / sizeof *outputs - !outline->findings->news, err);
    pt_progress(monitor, "report", STEPS, STEPS);
    return status;
}

pt_status pt_report_write(const pt_findings *findings, const pt_report_params *params, const char *folder,
                          const pt_monitor *monitor, pt_error *err) {
    /* Numbers with a decimal point whatever the program's locale: for this thread and this call alone. */
    const locale_t plain = newlocale(LC_NUMERIC_MASK, "C", (locale_t)0);
    const locale_t before = plain ? uselocale(plain) : (locale_t)0;
    pt_outline outline;
    pt_outline_init(&outline, findings);
    const pt_status status = write_all(&outline, params, folder, monitor, err);
    pt_outline_free(&outline);
    if (plain) {
        uselocale(before);
        freelocale(plain);
    }
    return status;
}
