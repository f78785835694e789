/* SPDX-License-Identifier: Apache-2.0 */
/* tags.h - parts of speech: the Sejong set, with the common nouns split in three as in the Kaist set. */
#ifndef PT_KOREAN_TAGS_H
#define PT_KOREAN_TAGS_H

#include <stdbool.h>
#include <stddef.h>

typedef enum pt_tag {
    PT_TAG_NONE,
    PT_NNG, /* common noun */
    PT_NNV, /* common noun that makes a verb with 하다: 형성 */
    PT_NNA, /* common noun that makes an adjective with 하다: 가능 */
    PT_NNP, /* proper noun */
    PT_NNB, /* bound noun: 것 */
    PT_NNU, /* bound noun of counting: 개 */
    PT_NP,  /* pronoun */
    PT_NR,  /* numeral in Hangul */
    PT_VV,
    PT_VA,
    PT_VX,
    PT_VCP, /* 이다 */
    PT_VCN, /* 아니다 */
    PT_MM,
    PT_MAG,
    PT_MAJ,
    PT_IC,
    PT_JKS, /* particles */
    PT_JKO,
    PT_JKG,
    PT_JKB,
    PT_JKV,
    PT_JKQ,
    PT_JC,
    PT_JX,
    PT_EP, /* endings */
    PT_EF,
    PT_EC,
    PT_ETM,
    PT_ETN,
    PT_XPN, /* affixes */
    PT_XSN,
    PT_XSV,
    PT_XSA,
    PT_XSB, /* adverb-making 히 */
    PT_SL,  /* Latin, Greek */
    PT_SH,  /* hanja */
    PT_SN,  /* digits, quantities */
    PT_SF,  /* . ! ? */
    PT_SP,  /* , · : ; / */
    PT_SSO, /* opening bracket or quote */
    PT_SSC, /* closing */
    PT_SW,  /* anything else */
    PT_TAGS
} pt_tag;

/* The Sejong name for people: NNV and NNA read NNG. */
const char *pt_tag_name(pt_tag tag);
/* The tag of a name used in dict/korean; PT_TAG_NONE when there is none. */
pt_tag pt_tag_find(const char *name, size_t bytes);
/* The name used in dict/korean. */
const char *pt_tag_key(pt_tag tag);

static inline bool pt_tag_is_noun(pt_tag tag) { /* carries content: what topic models count */
    return tag >= PT_NNG && tag <= PT_NNP;
}
/* An open class, whose ids carry the length of the word. */
static inline bool pt_tag_is_sized(pt_tag tag) {
    return pt_tag_is_noun(tag) || tag == PT_VV || tag == PT_VA;
}
static inline bool pt_tag_is_particle(pt_tag tag) {
    return tag >= PT_JKS && tag <= PT_JX;
}
static inline bool pt_tag_is_ending(pt_tag tag) {
    return tag >= PT_EP && tag <= PT_ETN;
}
static inline bool pt_tag_is_symbol(pt_tag tag) {
    return tag >= PT_SL;
}

#endif
