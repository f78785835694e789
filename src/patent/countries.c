/* SPDX-License-Identifier: Apache-2.0 */
/* countries.c - the names of the offices and applicants that Korean records have in practice. */
#include "patent/countries.h"
#include <stddef.h>
#include <string.h>
#include <strings.h>

static const struct {
    char code[3];
    const char *name;
} countries[] = {
    {"AE", "아랍에미리트"}, {"AR", "아르헨티나"},   {"AT", "오스트리아"}, {"AU", "오스트레일리아"},
    {"AU", "호주"},         {"BD", "방글라데시"},   {"BE", "벨기에"},     {"BG", "불가리아"},
    {"BR", "브라질"},       {"CA", "캐나다"},       {"CH", "스위스"},     {"CL", "칠레"},
    {"CN", "중국"},         {"CO", "콜롬비아"},     {"CZ", "체코"},       {"DE", "독일"},
    {"DK", "덴마크"},       {"EE", "에스토니아"},   {"EG", "이집트"},     {"ES", "스페인"},
    {"FI", "핀란드"},       {"FR", "프랑스"},       {"GB", "영국"},       {"GR", "그리스"},
    {"HK", "홍콩"},         {"HU", "헝가리"},       {"ID", "인도네시아"}, {"IE", "아일랜드"},
    {"IL", "이스라엘"},     {"IN", "인도"},         {"IR", "이란"},       {"IS", "아이슬란드"},
    {"IT", "이탈리아"},     {"JP", "일본"},         {"KR", "대한민국"},   {"KR", "한국"},
    {"KZ", "카자흐스탄"},   {"LI", "리히텐슈타인"}, {"LT", "리투아니아"}, {"LU", "룩셈부르크"},
    {"LV", "라트비아"},     {"MX", "멕시코"},       {"MY", "말레이시아"}, {"NL", "네덜란드"},
    {"NO", "노르웨이"},     {"NP", "네팔"},         {"NZ", "뉴질랜드"},   {"PE", "페루"},
    {"PH", "필리핀"},       {"PK", "파키스탄"},     {"PL", "폴란드"},     {"PT", "포르투갈"},
    {"RO", "루마니아"},     {"RU", "러시아"},       {"RU", "러시아연방"}, {"SA", "사우디아라비아"},
    {"SE", "스웨덴"},       {"SG", "싱가포르"},     {"SI", "슬로베니아"}, {"SK", "슬로바키아"},
    {"TH", "태국"},         {"TR", "터키"},         {"TR", "튀르키예"},   {"TW", "대만"},
    {"UA", "우크라이나"},   {"US", "미국"},         {"VN", "베트남"},     {"ZA", "남아프리카"},
};

const char *pt_country_code(const char *name) {
    for (size_t i = 0; i < sizeof countries / sizeof *countries; i++)
        if (strcmp(countries[i].name, name) == 0 || strcasecmp(countries[i].code, name) == 0)
            return countries[i].code;
    return NULL;
}
