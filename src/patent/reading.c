/* SPDX-License-Identifier: Apache-2.0 */
/* reading.c - where every record ends up, and its count. */
#include "patent/reading.h"
#include "patent/texts.h"
#include <string.h>

void pt_reading_drop_source(pt_reading *reading, unsigned line, const char *reason, const char *excerpt) {
    reading->counts->quarantined_sources++;
    reading->is_reported = true;
    reading->sink->quarantine(reading->sink->user, reading->path, line, reason, excerpt);
}

void pt_reading_drop_record(pt_reading *reading, pt_builder *builder, unsigned line, const char *reason) {
    enum { EXCERPT_BYTES = 120 };
    pt_buf excerpt = {0};
    const char *title = builder->patent.title;
    pt_buf_puts(&excerpt, builder->number);
    if (title != NULL) {
        pt_buf_puts(&excerpt, excerpt.n > 0 ? " " : "");
        pt_buf_append(&excerpt, title, pt_text_fit(title, strlen(title), EXCERPT_BYTES));
    }
    reading->counts->records++;
    reading->counts->quarantined++;
    reading->is_reported = true;
    reading->sink->quarantine(reading->sink->user, reading->path, line, reason, pt_buf_text(&excerpt));
    pt_buf_free(&excerpt);
}

void pt_reading_end_record(pt_reading *reading, pt_builder *builder) {
    const char *reason = NULL;
    switch (pt_builder_finish(builder, reading->counts, &reason)) {
    case PT_VERDICT_PATENT:
        reading->counts->records++;
        reading->counts->patents++;
        reading->sink->patent(reading->sink->user, &builder->patent);
        break;
    case PT_VERDICT_DESIGN:
        reading->counts->records++;
        reading->counts->designs++;
        break;
    case PT_VERDICT_TRADEMARK:
        reading->counts->records++;
        reading->counts->trademarks++;
        break;
    case PT_VERDICT_BAD:
        pt_reading_drop_record(reading, builder, builder->patent.line, reason);
        break;
    }
}
