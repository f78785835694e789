/* SPDX-License-Identifier: Apache-2.0 */
/* run.json: the only file of a study that holds times. */
#include "base/file.h"
#include "base/mem.h"
#include "report/settings.h"

#include <stdlib.h>
#include <time.h>

static json_t *settings_json(const pt_outline *outline) {
    pt_settings settings;
    pt_settings_init(&settings, outline);
    json_t *all = json_object();
    for (size_t i = 0; i < settings.n; i++) {
        const pt_setting *setting = &settings.at[i];
        json_t *section = json_object_get(all, setting->section);
        if (!section) {
            section = json_object();
            json_object_set_new(all, setting->section, section);
        }
        json_object_set(section, setting->key, setting->value);
    }
    pt_settings_free(&settings);
    const pt_study *study = outline->findings->study;
    json_t *quota = json_object();
    for (uint32_t i = 0; i < study->n_quota; i++)
        json_object_set_new(quota, study->quota[i].industry, json_integer(study->quota[i].n));
    json_object_set_new(all, "quota", quota);
    return all;
}

static json_t *model_json(const pt_model *model) {
    json_t *alpha = json_array(), *sweeps = json_array();
    for (uint32_t k = 0; k < model->K; k++)
        json_array_append_new(alpha, pt_json_number(model->alpha[k]));
    for (uint32_t i = 0; i < model->n_sweeps; i++) {
        const pt_sweep_record *record = &model->sweep[i];
        json_array_append_new(sweeps, json_pack("{s:I, s:o, s:o, s:o}", "sweep", (json_int_t)record->sweep,
                                                "log_likelihood", pt_json_number(record->log_likelihood),
                                                "changed", pt_json_number(record->changed), "alpha_sum",
                                                pt_json_number(record->alpha_sum)));
    }
    return json_pack("{s:o, s:o, s:o}", "alpha", alpha, "beta", pt_json_number(model->beta), "sweeps",
                     sweeps);
}

static json_t *sources_json(const pt_findings *f) {
    json_t *sources = json_array();
    for (size_t i = 0; i < f->n_sources; i++) {
        const pt_source_row *row = &f->sources[i];
        json_array_append_new(
            sources, json_pack("{s:o, s:o, s:o, s:o, s:o}", "path", pt_json_text(row->path), "sha256",
                               pt_json_text(row->digest), "dialect", pt_json_text(row->dialect), "patents",
                               pt_json_count(row->patents), "quarantined", pt_json_count(row->quarantined)));
    }
    return sources;
}

static json_t *counts_json(const pt_outline *outline) {
    const pt_findings *f = outline->findings;
    json_t *reading = json_object();
    for (size_t i = 0; i < f->n_counts; i++)
        json_object_set_new(reading, f->counts[i].name, pt_json_count(f->counts[i].n));
    return json_pack("{s:o, s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "reading", reading, "patents",
                     (json_int_t)f->documents->D, "unclassified", (json_int_t)f->mapping->unclassified,
                     "unknown_region", (json_int_t)f->documents->unknown_region, "region_patents",
                     (json_int_t)outline->region_patents, "region_unclassified",
                     (json_int_t)outline->region_unclassified, "selected_items", (json_int_t)f->selection->n,
                     "technologies", (json_int_t)f->technologies->n);
}

static pt_status outputs_json(json_t *outputs, const char *folder, const char *const *names, size_t n,
                              pt_error *err) {
    for (size_t i = 0; i < n; i++) {
        char digest[65];
        char *path = pt_path_join(folder, names[i]);
        const pt_status status = pt_file_digest(path, digest, err);
        free(path);
        if (status)
            return status;
        json_object_set_new(outputs, names[i], json_string(digest));
    }
    return PT_OK;
}

pt_status pt_run_record_write(const pt_outline *outline, const char *folder, const char *const *outputs,
                              size_t n_outputs, pt_error *err) {
    const pt_findings *f = outline->findings;
    json_t *record = json_object(), *digests = json_object(), *stages = json_array();
    char written[32];
    struct tm utc;
    const time_t now = time(NULL);
    strftime(written, sizeof written, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &utc));
    for (size_t i = 0; i < f->n_times; i++)
        json_array_append_new(stages, json_pack("{s:s, s:o}", "stage", f->times[i].stage, "seconds",
                                                pt_json_number(f->times[i].seconds)));
    json_object_set_new(record, "parameters", settings_json(outline));
    json_object_set_new(record, "compiler", json_string(__VERSION__));
    json_object_set_new(record, "model", model_json(f->model));
    json_object_set_new(record, "inputs", sources_json(f));
    json_object_set_new(record, "outputs", digests);
    json_object_set_new(record, "counts", counts_json(outline));
    json_object_set_new(record, "stages", stages);
    json_object_set_new(record, "peak_memory_bytes", pt_json_count(f->peak_memory_bytes));
    json_object_set_new(record, "threads", json_integer(f->threads));
    json_object_set_new(record, "written", json_string(written));
    pt_status status = outputs_json(digests, folder, outputs, n_outputs, err);
    if (!status) {
        char *path = pt_path_join(folder, "run.json");
        status = pt_json_write(record, path, 2, err);
        free(path);
    }
    json_decref(record);
    return status;
}
