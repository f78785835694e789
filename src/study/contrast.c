/* SPDX-License-Identifier: Apache-2.0 */
/* contrast.c - see contrast.h. */
#include "study/contrast.h"
#include "base/mem.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* clang-format off */
static const char *const boilerplate[] = {
    "방법", "장치", "시스템", "제조", "이용", "기술", "조성물", "포함", "제공", "예방", "치료", "발명", "기기", "설비",
    "장비", "구조", "구조물", "구조체", "유닛", "모듈", "기구", "방식", "사용", "활용", "적용", "개선", "효과", "상기",
    "제조방법", "제어방법", "용도", "함유", "형성", "구성", "기반", "구비", "수단", "부재", "단계", "경우", "조립체",
    "일체형", "기능", "기능성", "특징", "목적", "문제", "해결", "가능", "필요", "이상", "이하", "실시", "방안", "약학",
    "약학적", "유효", "성분", "유효성분", "가지", "위치", "단부", "일측", "타측", "하부", "상부", "내부", "외부", "복수",
    "본체", "다수", "정도", "전체", "부분", "종래", "대한", "관련", "향상", "증가", "감소", "제품", "건강", "식품", "질환", "질병", NULL};
/* clang-format on */

bool pt_word_is_boilerplate(const char *form, size_t bytes) {
    for (const char *const *word = boilerplate; *word; word++)
        if (strlen(*word) == bytes && memcmp(*word, form, bytes) == 0)
            return true;
    bool has_letter = false;
    for (size_t i = 0; i < bytes; i++)
        has_letter = has_letter || (unsigned char)form[i] > '9';
    return !has_letter || bytes == 1;
}

pt_contrast *pt_contrast_new(const pt_corpus *corpus) {
    pt_contrast *contrast = pt_zalloc(1, sizeof *contrast);
    contrast->corpus = corpus;
    contrast->with = pt_zalloc(corpus->V, sizeof *contrast->with);
    contrast->others_with = pt_zalloc(corpus->V, sizeof *contrast->others_with);
    contrast->whole = pt_zalloc(corpus->V, sizeof *contrast->whole);
    return contrast;
}

void pt_contrast_free(pt_contrast *contrast) {
    if (!contrast)
        return;
    free(contrast->with);
    free(contrast->others_with);
    free(contrast->whole);
    free(contrast);
}

/* Documents that hold each word; tokens with a flag of `skip` are passed over. */
static void count_documents(const pt_corpus *corpus, const uint32_t *document, uint32_t n, uint8_t skip,
                            uint32_t *with) {
    uint32_t *last = pt_zalloc(corpus->V, sizeof *last); /* document that was counted last, from 1 */
    memset(with, 0, corpus->V * sizeof *with);
    for (uint32_t i = 0; i < n; i++)
        for (uint64_t t = corpus->doc_start[document[i]]; t < corpus->doc_start[document[i] + 1]; t++) {
            const uint32_t w = corpus->word[t];
            if (corpus->flags[t] & skip)
                continue;
            with[w] += last[w] != i + 1;
            last[w] = i + 1;
        }
    free(last);
}

void pt_contrast_set(pt_contrast *contrast, const uint32_t *cluster, uint32_t n, const uint32_t *others,
                     uint32_t n_others) {
    contrast->n = n;
    contrast->n_others = n_others;
    count_documents(contrast->corpus, cluster, n, 0, contrast->with);
    count_documents(contrast->corpus, cluster, n, PT_TOKEN_PART, contrast->whole);
    count_documents(contrast->corpus, others, n_others, 0, contrast->others_with);
}

double pt_contrast_of(const pt_contrast *contrast, uint32_t word) {
    const double a = (contrast->with[word] + 0.5) / (contrast->n + 1.0),
                 b = (contrast->corpus->doc_freq[word] + 0.5) / (contrast->corpus->D + 1.0),
                 o = (contrast->others_with[word] + 0.5) / (contrast->n_others + 1.0);
    return a * (log(a / b) + (contrast->n_others > 0 ? 0.5 * log(a / o) : 0));
}

uint32_t pt_contrast_top(const pt_contrast *contrast, uint32_t *word, uint32_t room) {
    const pt_corpus *corpus = contrast->corpus;
    double *value = pt_alloc(room, sizeof *value);
    uint32_t n = 0;
    for (uint32_t w = 0; w < corpus->V; w++) {
        if (contrast->with[w] < 2 || 2 * contrast->whole[w] < contrast->with[w] ||
            pt_word_is_boilerplate(corpus->form[w], strlen(corpus->form[w])))
            continue;
        const double x = pt_contrast_of(contrast, w);
        if (x <= 0 || (n == room && x <= value[n - 1]))
            continue;
        uint32_t place = n < room ? n++ : n - 1;
        for (; place > 0 && value[place - 1] < x; place--) {
            value[place] = value[place - 1];
            word[place] = word[place - 1];
        }
        value[place] = x;
        word[place] = w;
    }
    free(value);
    return n;
}
