/* SPDX-License-Identifier: Apache-2.0 */
/* Forms in which a stem and an ending melt into one another, so that no boundary between syllables parts
 * them: 가르치+어 = 가르쳐, 보+ㄴ = 본, 만들+는 = 만드는, 모르+아 = 몰라, 가깝+어 = 가까워, 짓+어 = 지어. */
#include "korean/unicode.h"
#include "korean/wordlist.h"

#include <string.h>

/* Jamo as their place in a syllable: code = AC00 + (initial * 21 + vowel) * 28 + final. */
enum { V_A = 0, V_AE = 1, V_YA = 2, V_EO = 4, V_E = 5, V_YEO = 6, V_O = 8, V_WA = 9, V_WAE = 10, V_OE = 11 };
enum { V_U = 13, V_WEO = 14, V_EU = 18, V_I = 20 };
enum { F_NONE = 0, F_NIEUN = 4, F_RIEUL = 8, F_MIEUM = 16, F_PIEUP = 17, F_SIOT = 19, F_SSANGSIOT = 20 };
enum { F_TIKEUT = 7, F_HIEUH = 27, I_RIEUL = 5, I_IEUNG = 11 };

typedef struct syllable {
    unsigned initial, vowel, final;
} syllable;

typedef struct ending {
    const char *form; /* as in the analysis: ㄴ/ETM, 어/EC, 었/EP */
    pt_tag tag;
    double share; /* of the occurrences of a stem */
} ending;

/* Shares of endings behind stems in the treebanks, rounded; the endings that melt, and frequent enough. */
static const ending ENDINGS[] = {
    {"ㄴ", PT_ETM, 0.12},    {"ㄹ", PT_ETM, 0.05},   {"ㅁ", PT_ETN, 0.02},     {"ㄴ다", PT_EF, 0.05},
    {"ㅂ니다", PT_EF, 0.01}, {"ㄴ데", PT_EC, 0.003}, {"ㄹ수록", PT_EC, 0.002}, {"어", PT_EC, 0.12},
    {"었", PT_EP, 0.12},     {"어서", PT_EC, 0.01},  {"어야", PT_EC, 0.006},   {"어도", PT_EC, 0.005},
    {"어라", PT_EF, 0.001},  {"어요", PT_EF, 0.01},  {"는", PT_ETM, 0.1},      {"니", PT_EC, 0.005},
};

static syllable split(uint32_t code) {
    const uint32_t k = code - PT_HANGUL_FIRST;
    return (syllable){k / 588, k % 588 / 28, k % 28};
}

static size_t put(char *out, syllable s) {
    return pt_utf8_encode(PT_HANGUL_FIRST + (s.initial * 21 + s.vowel) * 28 + s.final, out);
}

static unsigned final_of_jamo(uint32_t jamo) {
    switch (jamo) {
    case 0x3134:
        return F_NIEUN;
    case 0x3139:
        return F_RIEUL;
    case 0x3141:
        return F_MIEUM;
    default:
        return F_PIEUP;
    }
}

static bool bright(unsigned vowel) {
    return vowel == V_A || vowel == V_O || vowel == V_YA;
}

/* The last syllable of a vowel stem with 아/어; false when the vowel does not melt. */
static bool contract(syllable *s, const syllable *before) {
    switch (s->vowel) {
    case V_I:
        s->vowel = V_YEO;
        return true;
    case V_O:
        s->vowel = V_WA;
        return true;
    case V_U:
        s->vowel = V_WEO;
        return true;
    case V_OE:
        s->vowel = V_WAE;
        return true;
    case V_EU:
        s->vowel = before && bright(before->vowel) ? V_A : V_EO;
        return true;
    case V_A:
    case V_EO:
    case V_YEO:
    case V_AE:
    case V_E:
        return true;
    default:
        return false;
    }
}

typedef struct stem {
    const char *text;
    size_t head; /* bytes before the last syllable */
    syllable last, before;
    bool has_before;
} stem;

static stem read_stem(const char *text) {
    const size_t n = strlen(text);
    size_t used;
    stem s = {.text = text, .head = n - 3, .has_before = n > 3};
    s.last = split(pt_utf8_decode(text + n - 3, 3, &used));
    if (s.has_before)
        s.before = split(pt_utf8_decode(text + n - 6, 3, &used));
    return s;
}

/* 어-endings: writes the melted surface; 0 when nothing melts. rest is what follows 어 or 었. */
static size_t melt_eo(const stem *s, bool past, const char *rest, char *out) {
    syllable last = s->last;
    size_t n = s->head;
    memcpy(out, s->text, n);
    const unsigned close = past ? F_SSANGSIOT : F_NONE;
    const unsigned harmony = bright(last.vowel) ? V_A : V_EO;
    if (last.final == F_NONE && last.vowel == V_EU && last.initial == I_RIEUL && s->has_before &&
        s->before.final == F_NONE) { /* 모르 */
        syllable before = s->before;
        before.final = F_RIEUL;
        n -= 3;
        n += put(out + n, before);
        last.vowel = bright(before.vowel) ? V_A : V_EO;
    } else if (last.final == F_NONE) {
        if (!contract(&last, s->has_before ? &s->before : NULL))
            return 0;
    } else if (!s->has_before) {
        return 0; /* short irregular stems are in the treebanks, the others are regular */
    } else if (last.final == F_PIEUP) { /* 가깝 */
        last.final = F_NONE;
        n += put(out + n, last);
        last = (syllable){I_IEUNG, V_WEO, F_NONE};
    } else if (last.final == F_SIOT || last.final == F_TIKEUT) { /* 짓, 걷 */
        last.final = last.final == F_SIOT ? F_NONE : F_RIEUL;
        n += put(out + n, last);
        last = (syllable){I_IEUNG, harmony, F_NONE};
    } else
        return 0;
    last.final = close;
    n += put(out + n, last);
    strcpy(out + n, rest);
    return n;
}

/* Endings that begin with a bare consonant: ㄴ, ㄹ, ㅁ, ㅂ. */
static size_t melt_consonant(const stem *s, const char *form, char *out) {
    size_t used;
    const unsigned final = final_of_jamo(pt_utf8_decode(form, strlen(form), &used));
    syllable last = s->last;
    size_t n = s->head;
    memcpy(out, s->text, n);
    if (last.final == F_PIEUP && s->has_before && final != F_PIEUP && form[used] == '\0') { /* 가까운 */
        last.final = F_NONE;
        n += put(out + n, last);
        last = (syllable){I_IEUNG, V_U, F_NONE};
    } else if (last.final != F_NONE && !(last.final == F_RIEUL && final != F_MIEUM) && last.final != F_HIEUH)
        return 0;
    last.final = final;
    n += put(out + n, last);
    strcpy(out + n, form + used);
    return n;
}

/* 만들 + 는 = 만드는. */
static size_t melt_rieul(const stem *s, const char *form, char *out) {
    if (s->last.final != F_RIEUL)
        return 0;
    syllable last = s->last;
    last.final = F_NONE;
    memcpy(out, s->text, s->head);
    const size_t n = s->head + put(out + s->head, last);
    strcpy(out + n, form);
    return n;
}

static size_t melt(const stem *s, const ending *e, char *out) {
    size_t used;
    const uint32_t first = pt_utf8_decode(e->form, strlen(e->form), &used);
    if (!pt_is_hangul(first))
        return melt_consonant(s, e->form, out);
    if (strncmp(e->form, "어", 3) == 0 || strncmp(e->form, "었", 3) == 0)
        return melt_eo(s, e->form[2] != "어"[2], e -> form + 3, out);
    return melt_rieul(s, e->form, out);
}

static void conjugate_stem(pt_wordlist *list, const char *text, pt_tag tag, double count) {
    const stem s = read_stem(text);
    for (size_t k = 0; k < sizeof ENDINGS / sizeof *ENDINGS; k++) {
        const ending *e = &ENDINGS[k];
        char surface[3 * PT_WORD_SYLLABLES_MAX + 32];
        if ((tag == PT_VA && (strcmp(e->form, "는") == 0 || strcmp(e->form, "ㄴ다") == 0)) ||
            !melt(&s, e, surface))
            continue;
        char *analysis = pt_strfmt("%s/%s+%s/%s", text, pt_tag_key(tag), e->form, pt_tag_key(e->tag));
        (void)pt_wordlist_add(list, surface, analysis, e->share * count);
        free(analysis);
    }
}

void pt_wordlist_conjugate(pt_wordlist *list) {
    const size_t n = list->words.n;
    for (size_t k = 0; k < n; k++) {
        const pt_word word = list->words.at[k];
        const char *analysis = pt_intern_text(list->strings, word.analysis);
        const char *surface = pt_intern_text(list->strings, word.surface);
        const bool verb = strcmp(analysis, "VV") == 0, adjective = strcmp(analysis, "VA") == 0;
        if ((verb || adjective) && strlen(surface) <= 3 * PT_WORD_SYLLABLES_MAX) {
            char *text = pt_strdup(surface); /* the list's own text moves as it grows */
            conjugate_stem(list, text, verb ? PT_VV : PT_VA, word.count < 1 ? word.count : 1);
            free(text);
        }
    }
}
