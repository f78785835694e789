/* SPDX-License-Identifier: Apache-2.0 */
/* synth.h - a planted corpus: invented Korean patents in KIPRIS form (getBibliographyDetailInfoSearch) of
 * which it is known what they are about. A region gets the technologies of dict/synth/technologies.tsv; the
 * country around it the items of dict/synth/items.tsv and things outside any standard.
 * A patent is a function of (parameters, index) alone: the bytes do not depend on threads or time. */
#ifndef PT_SYNTH_SYNTH_H
#define PT_SYNTH_SYNTH_H

#include "base/status.h"

typedef struct pt_synth_params {
    uint64_t patents;           /* in all, 1 .. 9,999,999 */
    uint64_t regional;          /* of them with a first applicant in the region */
    uint64_t seed;              /* another seed: other texts, sizes and applicants, same vocabularies */
    const char *sido, *sigungu; /* the region; sigungu "" = the whole 시도 */
    const char *dict_dir;       /* holds synth/ with its seven tables */
    const char *out_dir;        /* gets synth-00001.xml[.gz] ..., other files there are left alone */
    const char *truth_path;     /* NULL: out_dir/truth.tsv */
    uint32_t from, to;          /* years of application */
    double label_noise;         /* share of patents whose text speaks of another item than the truth says */
    double withheld;            /* share of the seed words that no text uses */
    double title_damage;        /* share of planted titles in which a word of the name is lost or wrong */
    uint32_t patents_per_file;
    bool gzip;   /* without time stamp: same bytes every time */
    int threads; /* 0 = all cores */
} pt_synth_params;

typedef struct pt_synth_counts {
    uint64_t patents, regional, planted, outside; /* planted: of a named technology, anywhere */
    uint64_t files, bytes;                        /* bytes of XML before compression */
} pt_synth_counts;

/* 4,000 patents of 2013-2022, 700 of them of 경상남도 김해시, seed 1; folders "dict" and "synth". */
pt_synth_params pt_synth_params_default(void);

/* Writes the corpus and its truth: application_number (13 digits), in_region, item_id (empty = outside the
 * standard), tech_no (0 = none), technology. `counts` and `monitor` may be NULL.
 * Errors: PT_ERR_USAGE (impossible parameters), PT_ERR_CONFIG (tables), PT_ERR_CREATE, PT_ERR_IO,
 * PT_ERR_AGAIN (stopped; the files written so far are whole). */
pt_status pt_synth_write(const pt_synth_params *params, pt_synth_counts *counts, const pt_monitor *monitor,
                         pt_error *err) PT_WARN_UNUSED;

#endif
