/* SPDX-License-Identifier: Apache-2.0 */
#include "korean/tags.h"

#include <string.h>

static const char *const KEYS[PT_TAGS] = {
    [PT_TAG_NONE] = "?", [PT_NNG] = "NNG", [PT_NNV] = "NNV", [PT_NNA] = "NNA", [PT_NNP] = "NNP",
    [PT_NNB] = "NNB",    [PT_NNU] = "NNU", [PT_NP] = "NP",   [PT_NR] = "NR",   [PT_VV] = "VV",
    [PT_VA] = "VA",      [PT_VX] = "VX",   [PT_VCP] = "VCP", [PT_VCN] = "VCN", [PT_MM] = "MM",
    [PT_MAG] = "MAG",    [PT_MAJ] = "MAJ", [PT_IC] = "IC",   [PT_JKS] = "JKS", [PT_JKO] = "JKO",
    [PT_JKG] = "JKG",    [PT_JKB] = "JKB", [PT_JKV] = "JKV", [PT_JKQ] = "JKQ", [PT_JC] = "JC",
    [PT_JX] = "JX",      [PT_EP] = "EP",   [PT_EF] = "EF",   [PT_EC] = "EC",   [PT_ETM] = "ETM",
    [PT_ETN] = "ETN",    [PT_XPN] = "XPN", [PT_XSN] = "XSN", [PT_XSV] = "XSV", [PT_XSA] = "XSA",
    [PT_XSB] = "XSB",    [PT_SL] = "SL",   [PT_SH] = "SH",   [PT_SN] = "SN",   [PT_SF] = "SF",
    [PT_SP] = "SP",      [PT_SSO] = "SSO", [PT_SSC] = "SSC", [PT_SW] = "SW",
};

const char *pt_tag_key(pt_tag tag) {
    return KEYS[tag];
}

const char *pt_tag_name(pt_tag tag) {
    switch (tag) {
    case PT_NNV:
    case PT_NNA:
        return "NNG";
    case PT_NNU:
        return "NNB";
    case PT_XSB:
        return "XSA";
    case PT_SSO:
    case PT_SSC:
        return "SS";
    default:
        return KEYS[tag];
    }
}

pt_tag pt_tag_find(const char *name, size_t bytes) {
    for (int tag = PT_TAG_NONE + 1; tag < PT_TAGS; tag++)
        if (strlen(KEYS[tag]) == bytes && memcmp(KEYS[tag], name, bytes) == 0)
            return (pt_tag)tag;
    return PT_TAG_NONE;
}
