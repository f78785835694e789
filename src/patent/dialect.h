/* SPDX-License-Identifier: Apache-2.0 */
/* dialect.h - a dialect of patent XML as two tables: which elements are records, and which elements in them
 * are which field. Names are local names; `parents` is the end of the path above, "a/b", or NULL for any. */
#ifndef PT_PATENT_DIALECT_H
#define PT_PATENT_DIALECT_H

#include "patent/builder.h"

typedef enum pt_record_kind {
    PT_RECORD_PATENT,
    PT_RECORD_DESIGN,
    PT_RECORD_TRADEMARK,
    PT_RECORD_OTHER /* is there, but tells no title or no application number */
} pt_record_kind;

typedef struct pt_record_rule {
    const char *name, *parents;
    pt_record_kind kind;
    pt_form form;
} pt_record_rule;

typedef enum pt_rule_mode {
    PT_RULE_TEXT,  /* all text in the element; attribute = its language */
    PT_RULE_GROUP, /* opens and closes with it; attribute = passed when it opens */
    PT_RULE_VALUE, /* the attribute's value */
    PT_RULE_SKIP   /* nothing in it matters */
} pt_rule_mode;

typedef struct pt_rule {
    const char *name, *parents;
    pt_rule_mode mode;
    pt_field field;
    const char *attribute;
} pt_rule;

/* The first rule that fits counts; all VALUE rules that fit do. */
typedef struct pt_dialect {
    const char *country; /* of the office when the record does not tell; "" */
    const pt_record_rule *records;
    size_t n_records;
    const pt_rule *rules;
    size_t n_rules;
} pt_dialect;

extern const pt_dialect pt_dialect_kipris, pt_dialect_kipo_filing, pt_dialect_st36, pt_dialect_st96,
    pt_dialect_docdb, pt_dialect_redbook;

#define PT_RULES(records_, rules_)                                                                           \
    .records = (records_), .n_records = sizeof(records_) / sizeof *(records_), .rules = (rules_),            \
    .n_rules = sizeof(rules_) / sizeof *(rules_)

#endif
