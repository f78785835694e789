/* SPDX-License-Identifier: Apache-2.0 */
/* title_words.c - see title_words.h. The lists hold what the titles of Korean patents show; 이, 가, 로, 과,
 * 의 are also the last syllables of many nouns, which the lists of exceptions name. */
#include "study/title_words.h"
#include <string.h>

/* clang-format off */
static const char *const verb_ending[] = {
    "하는", "되는", "시키는", "하기", "한", "된", "킨", "할", "될", "갖는", "가지는", "있는", "없는", "않는", "않은",
    "주는", "지는", "리는", "나는", "오는", "가는", "이는", "쓰는", "얻는", "막는", "받는", "따른", "갖춘", "적인",
    "어진", "려진", "워진", "해진", "켜진", "여진", "높은", "낮은", "같은", "작은", "얇은", "좋은", "얻은", "적은",
    "가진", "나은", "지닌", "새로운", "쉬운", "가벼운", "부드러운", "다른", "빠른", "만든", "붙은", "생긴", "담긴", "놓인",
    "하여", "하고", "하며", "하면서", "하도록", "되도록", "되어", "되고", "되며", "위해", "의해", "통해", "대해",
    "인해", "의하여", "시켜", "시키고", "로써", "함으로써", "하지", "되지", "있어서", "따라", "걸친", NULL};
static const char *const verb_after_object[] = {"는", "은", "던", NULL};
/* made of a noun: the noun says it shorter (결함 검출 장치) */
static const char *const derived_verb[] = {"하는", "되는", "시키는", NULL};
static const char *const empty_verb[] = {"갖는", "가지는", "갖은", "있는", "없는", "않는", "않은", "주는", "지는",
                                         "쓰는", "이루는", "얻는", "얻은", "높은", "낮은", "같은", "작은", "좋은", "적은", "받는", "두는", "놓은", NULL};
/* nouns that end like a verb: as they stand, and as the last part of a compound */
static const char *const verb_exception[] = {
    "제한", "기한", "북한", "남한", "무한", "유한", "극한", "상한", "하한", "발한", "오한", NULL};
static const char *const verb_exception_end[] = {"권한", "역할", "분할", "관할", NULL};
static const char *const genitive_exception[] = { /* whole eojeols */
    "회의", "주의", "합의", "정의", "편의", "동의", "유의", "결의", "강의", "협의", "논의", "심의", "모의", "임의",
    "예의", "창의", "문의", "질의", "한의", "수의", "상의", "하의", "내의", "의의", "고의", "호의", "탈의", "토의",
    "화상회의", "영상회의", "원격회의", "온라인회의", "사용자정의", "소프트웨어정의", "부주의", "사용자편의",
    "고객편의", "생활편의", NULL};
static const char *const manner_genitive[] = {
    "기반의", "형의", "형태의", "방식의", "타입의", "식의", "이상의", "이하의", "하나의", "복수의", "다수의", "개의",
    "고유의", "별도의", "최적의", "특정의", "소정의", "일체의", "구조의", "용도의", "일종의", "각종의", "임의의",
    "등의", NULL};
static const char *const object_exception[] = {"마을", "가을", "노을", "고을", "겨를", NULL};
static const char *const with_exception[] = {
    "효과", "결과", "사과", "통과", "투과", "여과", "초과", "경과", "치과", "안과", "외과", "내과", "학과", "성과",
    "모과", "견과", "한과", "부과", "다과", "제과", "유과", "탄과", "피부과", "산부인과", "이비인후과", "소아과",
    "기와", "소와", "무화과", "열과", "교과", "청과", NULL};
static const char *const particle_ending[] = {
    "에서", "에게", "으로", "로부터", "으로부터", "부터", "까지", "로서", "으로서", "에", "것을", NULL};
static const char *const particle_before_verb[] = {"이", "가", "로", "은", NULL};
static const char *const conjunction[] = {"및", "또는", "및/또는", "혹은", "그리고", "내지", "겸", NULL};

static const char *const anaphor[] = {
    "그", "이", "이의", "그의", "이를", "그를", "이에", "그에", "상기", "이들", "이들의", "이들을", "그것", "그것의",
    "그것을", "이것", "이것의", "이것을", "이로부터", "그로부터", "이러한", "이와", "그와", "당해", "이로", "본",
    "이것들의", "그들의", NULL};
static const char *const glued_anaphor[] = {"이를", "그를", "이의", "그의", "그", "이", "상기", NULL};

static const char *const head[] = {
    "방법", "장치", "시스템", "기기", "기구", "조성물", "장비", "설비", "기술", "플랫폼", "유닛", "모듈", "조립체",
    "어셈블리", "서버", "단말", "단말기", "구조", "구조물", "구조체", "회로", "공법", "프로그램", "매체", "키트",
    "공정", "패키지", "소자", "기계", "제법", "서비스", "로봇", "활물질", "용도", "디바이스", "제품", NULL};
static const char *const machine[] = {"장치", "시스템", "설비", "기기", "장비", "플랫폼", "서버", "단말기", NULL};
static const char *const bare[] = {
    "방법", "장치", "시스템", "기기", "기구", "조성물", "장비", "설비", "기술", "플랫폼", "유닛", "모듈", "조립체",
    "서버", "단말", "단말기", "구조", "구조물", "구조체", "공정", "용도", "프로그램", "컴퓨터", "컴퓨터프로그램",
    "기록", "기록매체", "저장매체", "매체", "저장", "제조", "제조방법", "제조장치", "제조공정", "제조용", "제어",
    "제어방법", "제어장치", "사용", "사용방법", "설치", "설치방법", "시공", "시공방법", "운전", "동작", "작동", "작동방법",
    "구동", "구동방법", "이용", "전자", "전자기기", "전자장치", "제품", "물품", "생산", "제작", "제작방법", "관리",
    "관리방법", "관리시스템", "운용", "운용방법", "운영", "처리", "처리방법", "측정", "애플리케이션", "어플리케이션",
    "의약", "의약용도", "약학", "약학적", "약제학적", "제법", "정보", "학습", "데이터", "신호", "제공", "제공방법",
    "디바이스", "신규", "다기능", "일체형", "사용자", "부재", "물건", "서비스", "공법", "생산방법", "조성물용", "포함",
    "함유", "개선", "예방", "치료", "치료용", "예방용", "판독", "가능", "식품", "기능", "건강기능식품", "기능성", "건강", "조합물", "제제", "제형", "화합물", "유도체", NULL};
static const char *const treatment[] = {
    "제조", "제어", "설치", "사용", "제작", "시공", "이용", "적용", "운용", "구동", "동작", "운전", "작동", "조립",
    "운영", "형성", NULL};
static const char *const needs_object[] = {
    "예방", "치료", "개선", "진단", "방지", "완화", "억제", "촉진", "제조", "제어", "관리", "측정", "처리", "분석",
    "검출", "감지", "증진", "경감", "강화", "저감", "제거", "생산", "저장", "이동", "설치", "분리", "조절", NULL};
/* stand for something said before them: no name starts there after a noun */
static const char *const dependent[] = {
    "가능", "함유", "유래", "관련", "기반", "전용", "포함", "이용", "활용", "적용", "형상", "형태", "방식", "구조", "타입",
    "겸용", "연동", "내장", "일체형", "이상", "이하", "부착", "부착형", "삽입형", "내", "간", "및", "유사", "특이적",
    "대응", "맞춤형", "친화형", "연계", "장착", "장착형", "내장형", "탑재", "결합", "매개", "원", "후", "전", "시", NULL};
/* written in titles, said in no name */
static const char *const filler[] = {"약학적", "약제학적", "약학", "신규", "신규의", "새로운", NULL};
/* praise at the front of a title: the name starts after it */
static const char *const ornament[] = {
    "다기능", "다목적", "일체형", "고효율", "고성능", "고기능", "고기능성", "고품질", "개량형", "신개념", "신형", "첨단",
    "친환경", "범용", "간편", "간이", "복합기능", "기능성", "고", "차세대", "신규", NULL};
/* nouns in 로, whose 로의 is a genitive */
static const char *const road[] = {
    "회로", "도로", "경로", "통로", "유로", "선로", "항로", "진로", "수로", "피로", "철로", "원자로", "소각로", "가열로",
    "전기로", "고로", "가로", "세로", "마이크로", "용해로", "활주로", "연소로", "미로", "용광로", "제로", "하이드로",
    "열처리로", "유도로", NULL};
static const char *const case_genitive[] = {"에의", "에서의", "으로의", "로서의", "로부터의", "까지의", "와의",
                                            NULL};
static const char *const bad_end[] = {
    "개발", "이용", "적용", "사용", "활용", "제공", "위해", "의한", "등", "것", "경우", "대한", "구비", "포함", "함유",
    "하나", "이상", "기반", "하기", "증식", "억제", "감염", "분화", "염", "단편", "또는", "중", "간", "시", "수", NULL};
static const char *const clause_verb[] = {
    "이용한", "활용한", "사용한", "적용한", "위한", "이용하는", "활용하는", "기반한", "응용한", NULL};
static const char *const empty_action[] = {
    "포함", "이용", "활용", "사용", "구비", "함유", "제공", "형성", "수행", "구성",
    "적용", "가능", "필요", "개선", "향상", "안정", "유용", "우수", "용이", "사용가능", "신규", "존재", "실행", NULL};
/* clang-format on */

bool pt_slice_is(pt_slice slice, const char *text) {
    const size_t n = strlen(text);
    return slice.n == n && memcmp(slice.at, text, n) == 0;
}

bool pt_slice_ends(pt_slice slice, const char *text) {
    const size_t n = strlen(text);
    return slice.n >= n && memcmp(slice.at + slice.n - n, text, n) == 0;
}

size_t pt_slice_syllables(pt_slice slice) {
    size_t n = 0;
    for (size_t i = 0; i < slice.n; i++)
        n += ((unsigned char)slice.at[i] & 0xC0) != 0x80;
    return n;
}

pt_slice pt_slice_without(pt_slice slice, size_t bytes) {
    return (pt_slice){slice.at, slice.n - bytes};
}

static bool is_any(pt_slice slice, const char *const *list) {
    for (; *list; list++)
        if (pt_slice_is(slice, *list))
            return true;
    return false;
}

/* Length of the first ending in the list that the eojeol has, 0 = none. */
static size_t ending(pt_slice slice, const char *const *list) {
    for (; *list; list++)
        if (pt_slice_ends(slice, *list))
            return strlen(*list);
    return 0;
}

static bool is_verb(pt_slice eojeol) {
    return ending(eojeol, verb_ending) > 0 && !is_any(eojeol, verb_exception) &&
           !ending(eojeol, verb_exception_end);
}

/* 세포로의 분화: not a plain genitive, while 회로의 is one. */
static bool is_case_genitive(pt_slice eojeol) {
    const pt_slice stem = {eojeol.at, eojeol.n - strlen("의")};
    return ending(eojeol, case_genitive) > 0 || (pt_slice_ends(stem, "로") && !ending(stem, road)) ||
           (pt_slice_ends(stem, "과") && !ending(stem, with_exception));
}

static bool says_more(pt_slice eojeol, size_t particle) {
    return eojeol.n > particle;
}

pt_title_word pt_title_word_kind(pt_slice eojeol, pt_slice next) {
    if (pt_slice_is(eojeol, ",") || pt_slice_is(eojeol, ";") || pt_slice_is(eojeol, ":"))
        return PT_TITLE_COMMA;
    if (is_any(eojeol, conjunction))
        return PT_TITLE_AND;
    if (pt_slice_ends(eojeol, "의") && says_more(eojeol, 3) && !is_any(eojeol, genitive_exception))
        return is_case_genitive(eojeol)          ? PT_TITLE_PARTICLE
               : ending(eojeol, manner_genitive) ? PT_TITLE_MANNER
                                                 : PT_TITLE_GENITIVE;
    if ((pt_slice_ends(eojeol, "을") || pt_slice_ends(eojeol, "를")) && says_more(eojeol, 3) &&
        !ending(eojeol, object_exception))
        return PT_TITLE_PARTICLE;
    if (is_verb(eojeol))
        return PT_TITLE_VERB;
    const size_t particle = ending(eojeol, particle_ending);
    if (particle > 0 && says_more(eojeol, particle))
        return PT_TITLE_PARTICLE;
    if (ending(eojeol, particle_before_verb) && says_more(eojeol, 3) && next.n > 0 && is_verb(next))
        return PT_TITLE_PARTICLE;
    if ((pt_slice_ends(eojeol, "와") || pt_slice_ends(eojeol, "과")) && says_more(eojeol, 3) &&
        (pt_slice_is(eojeol, "연결과") || !ending(eojeol, with_exception)))
        return PT_TITLE_WITH;
    return PT_TITLE_NOUN;
}

bool pt_title_word_is_anaphor(pt_slice eojeol, pt_slice *rest) {
    *rest = (pt_slice){eojeol.at + eojeol.n, 0};
    if (is_any(eojeol, anaphor))
        return true;
    for (const char *const *word = glued_anaphor; *word; word++) {
        const size_t n = strlen(*word);
        if (eojeol.n <= n || memcmp(eojeol.at, *word, n) != 0)
            continue;
        const pt_slice tail = {eojeol.at + n, eojeol.n - n};
        /* 그래핀 and 이온 are no anaphors: what is glued must be a bare head, or a verb after 이를 */
        if (pt_title_word_is_bare(tail) || (pt_slice_ends((pt_slice){eojeol.at, n}, "를") && is_verb(tail))) {
            *rest = tail;
            return true;
        }
    }
    return false;
}

bool pt_title_word_is_head(pt_slice eojeol) {
    return ending(eojeol, head) > 0;
}

bool pt_title_word_is_bare(pt_slice eojeol) {
    return is_any(eojeol, bare);
}

pt_slice pt_title_word_machine(pt_slice eojeol) {
    const size_t n = ending(eojeol, machine);
    return (pt_slice){eojeol.at + eojeol.n - n, n};
}

bool pt_title_word_is_treatment(pt_slice eojeol) {
    return is_any(eojeol, treatment);
}

bool pt_title_word_needs_object(pt_slice eojeol) {
    return is_any(eojeol, needs_object);
}

bool pt_title_word_is_act(pt_slice eojeol) {
    return ending(eojeol, needs_object) > 0;
}

bool pt_title_word_is_dependent(pt_slice eojeol) {
    const pt_slice stem = {eojeol.at, eojeol.n > 3 ? eojeol.n - 3 : 0};
    return is_any(eojeol, dependent) || (pt_slice_ends(eojeol, "용") && is_any(stem, needs_object));
}

bool pt_title_word_is_ornament(pt_slice eojeol) {
    return is_any(eojeol, ornament);
}

bool pt_title_word_is_filler(pt_slice eojeol) {
    return is_any(eojeol, filler);
}

bool pt_title_word_is_bad_end(pt_slice eojeol) {
    return is_any(eojeol, bad_end);
}

bool pt_title_word_may_be_verb(pt_slice eojeol) {
    return pt_slice_syllables(eojeol) >= 2 && ending(eojeol, verb_after_object) > 0;
}

bool pt_title_word_is_clause_verb(pt_slice eojeol) {
    return is_any(eojeol, clause_verb) || (pt_title_word_may_be_verb(eojeol) &&
                                           !ending(eojeol, derived_verb) && !ending(eojeol, empty_verb));
}

size_t pt_title_word_action(pt_slice eojeol) {
    static const char *const form[] = {"하는", "하기", "하기위한", "하기위해", NULL};
    const size_t n = ending(eojeol, form);
    const pt_slice stem = {eojeol.at, eojeol.n - n};
    return n > 0 && pt_slice_syllables(stem) >= 2 && !is_any(stem, empty_action) ? stem.n : 0;
}

bool pt_title_word_contains(pt_slice eojeol) {
    static const char *const verbs[] = {"포함", "함유", "구성", "이루어진"};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (eojeol.n >= strlen(verbs[i]) && memcmp(eojeol.at, verbs[i], strlen(verbs[i])) == 0)
            return true;
    return false;
}

bool pt_title_word_is_ingredient(pt_slice eojeol) {
    return pt_slice_ends(eojeol, "성분으로") || pt_slice_ends(eojeol, "성분으로서");
}
