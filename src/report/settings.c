/* SPDX-License-Identifier: Apache-2.0 */
#include "report/settings.h"
#include "korean/unicode.h"
#include "report/csv_writer.h"
#include "report/sheet.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

json_t *pt_json_number(double value) {
    return isfinite(value) ? json_real(value) : json_null();
}

json_t *pt_json_count(uint64_t value) {
    if (value <= (1ULL << 53))
        return json_integer((json_int_t)value);
    return json_sprintf("%llu", (unsigned long long)value);
}

json_t *pt_json_text(const char *value) {
    json_t *text = json_string(value ? value : "");
    if (!text) {
        char *valid = pt_valid_text(value);
        text = json_string(valid);
        free(valid);
    }
    return text;
}

char *pt_valid_text(const char *value) {
    pt_buf text = {0};
    if (value)
        pt_fold_text(value, strlen(value), &text);
    return pt_buf_take(&text);
}

static json_t *year(uint32_t value) {
    return value ? json_integer(value) : json_null();
}

static void add(pt_settings *settings, const char *section, const char *key, const char *korean,
                const char *english, json_t *value) {
    assert(settings->n < PT_MAX_SETTINGS);
    settings->at[settings->n++] = (pt_setting){section, key, korean, english, value};
}

static void add_study(pt_settings *list, const pt_study *study) {
    add(list, "study", "name", "연구 이름", "study", pt_json_text(study->name));
    add(list, "study", "note", "알림", "note", pt_json_text(study->note));
    add(list, "study", "region", "지역", "region", pt_json_text(study->region));
    add(list, "study", "reference", "비교 집단", "reference", pt_json_text(study->reference));
    add(list, "study", "from", "출원 연도 (부터)", "year of application from", year(study->from));
    add(list, "study", "to", "출원 연도 (까지)", "year of application to", year(study->to));
    add(list, "study", "items", "선정할 품목 수", "items to select", json_integer(study->items));
    add(list, "study", "technologies", "도출할 기술 수", "technologies to name",
        json_integer(study->technologies));
    add(list, "study", "industries", "산업의 표", "table of industries", pt_json_text(study->industries));
    add(list, "study", "assignment", "주소를 보는 출원인", "applicants whose address counts",
        pt_json_text(pt_assignment_rule_name(study->assignment)));
    add(list, "study", "digest", "연구 파일 SHA-256", "SHA-256 of the study file",
        pt_json_text(study->digest));
}

static void add_model(pt_settings *list, const pt_findings *f) {
    const pt_study *study = f->study;
    const pt_model *model = f->model;
    double alpha_sum = 0;
    for (uint32_t k = 0; k < model->K; k++)
        alpha_sum += model->alpha[k];
    add(list, "model", "seed", "난수 씨앗", "random seed", pt_json_count(model->seed));
    add(list, "model", "topics", "주제 수", "topics", json_integer(model->K));
    add(list, "model", "general_topics", "그중 일반 주제", "general topics among them",
        json_integer(model->K - model->n_items));
    add(list, "model", "sweeps", "표집 반복", "sweeps", json_integer(model->n_sweeps));
    add(list, "model", "documents", "모형의 특허 수", "patents in the model", json_integer(model->D));
    add(list, "model", "words", "낱말 종류", "distinct words", json_integer(model->V));
    add(list, "model", "tokens", "낱말 수", "tokens", pt_json_count(model->N));
    add(list, "model", "title_weight", "제목의 무게", "weight of the title",
        json_integer(model->title_weight));
    add(list, "model", "taught_words", "분류 코드에서 배운 단어의 표", "words learned from codes",
        pt_json_text(study->taught_words));
    add(list, "model", "code_weight", "분류 코드의 무게", "weight of classification codes",
        pt_json_number(study->code_weight));
    add(list, "model", "table_weight", "분류 대응표의 무게", "weight of the table of codes",
        pt_json_number(study->table_weight));
    add(list, "model", "least_agreement", "품목을 주는 최소 일치율",
        "least agreement of an item that is given", pt_json_number(study->least_agreement));
    add(list, "model", "min_patents_per_word", "낱말의 최소 특허 수", "fewest patents a word",
        json_integer(study->min_patents_per_word));
    add(list, "model", "max_share_of_patents", "낱말의 최대 특허 비율", "largest share of patents a word",
        pt_json_number(study->max_share_of_patents));
    add(list, "model", "alpha_sum", "α 합 (추정된 값)", "sum of alpha (as estimated)",
        pt_json_number(alpha_sum));
    add(list, "model", "beta", "β", "beta", pt_json_number(model->beta));
    add(list, "model", "lambda", "λ (품목 근거의 무게)", "lambda (weight of item evidence)",
        pt_json_number(model->lambda));
    add(list, "model", "keyword_mass", "β_s (씨앗말의 질량)", "beta_s (mass of seed words)",
        pt_json_number(model->keyword_mass));
    add(list, "model", "gamma0", "γ₀", "gamma 0", pt_json_number(model->gamma0));
    add(list, "model", "gamma1", "γ₁", "gamma 1", pt_json_number(model->gamma1));
    add(list, "model", "corpus_digest", "말뭉치 SHA-256", "SHA-256 of the corpus",
        pt_json_text(model->corpus_digest));
}

static void add_score(pt_settings *list, const pt_findings *f) {
    const pt_study *study = f->study;
    add(list, "score", "share", "비중의 무게", "weight of the share", pt_json_number(study->w_share));
    add(list, "score", "lq", "특화도의 무게", "weight of the location quotient", pt_json_number(study->w_lq));
    add(list, "score", "growth", "성장의 무게", "weight of growth", pt_json_number(study->w_growth));
    add(list, "score", "recency", "최근성의 무게", "weight of recency", pt_json_number(study->w_recency));
    add(list, "score", "kappa", "κ (특화도 수축)", "kappa (shrinkage of LQ)", pt_json_number(study->kappa));
    add(list, "score", "bootstrap_draws", "붓스트랩 횟수", "bootstrap draws",
        json_integer(f->indicators->draws));
}

void pt_settings_init(pt_settings *settings, const pt_outline *outline) {
    const pt_findings *f = outline->findings;
    settings->n = 0;
    add_study(settings, f->study);
    add_model(settings, f);
    add_score(settings, f);
    const char *edition = f->items->n ? f->items->at[0].edition : "";
    add(settings, "standard", "edition", "품목 기준의 판", "edition of the items", pt_json_text(edition));
    add(settings, "standard", "items", "품목 기준의 품목 수", "items of the standard",
        json_integer(f->items->n));
    add(settings, "standard", "digest", "품목 기준 SHA-256", "SHA-256 of the items file",
        pt_json_text(f->items->digest));
    add(settings, "version", "patopic", "patopic", "patopic", pt_json_text(PT_VERSION));
    add(settings, "version", "xlsxwriter", "libxlsxwriter", "libxlsxwriter",
        pt_json_text(pt_sheet_library_version()));
    add(settings, "version", "jansson", "jansson", "jansson", pt_json_text(JANSSON_VERSION));
}

void pt_settings_free(pt_settings *settings) {
    for (size_t i = 0; i < settings->n; i++)
        json_decref(settings->at[i].value);
    settings->n = 0;
}

const char *pt_setting_text(const pt_setting *setting, char *text_out) {
    if (json_is_string(setting->value))
        return json_string_value(setting->value);
    return pt_number_text(text_out, json_is_number(setting->value) ? json_number_value(setting->value) : NAN);
}

static const struct {
    const char *name, *korean, *english;
} count_names[] = {
    {"records", "읽은 문헌", "records read"},
    {"patents read", "읽은 특허", "patents read"},
    {"cut abstracts", "잘린 초록", "cut abstracts"},
    {"empty abstracts", "빈 초록", "empty abstracts"},
    {"designs skipped", "디자인 (제외)", "designs (left out)"},
    {"trademarks skipped", "상표 (제외)", "trademarks (left out)"},
    {"other records skipped", "그 밖의 문헌 (제외)", "other records (left out)"},
    {"error answers", "오류 응답", "error answers"},
    {"dates that do not exist", "없는 날짜 (비움)", "dates that do not exist (left empty)"},
    {"codes that do not exist", "없는 분류 코드 (버림)", "codes that do not exist (dropped)"},
    {"repair: undeclared prefix", "고침: 선언되지 않은 이름 앞가지", "repaired: undeclared prefix"},
    {"repair: tag without a name", "고침: 이름 없는 태그", "repaired: tag without a name"},
    {"repair: several roots", "고침: 여러 뿌리 요소", "repaired: several roots"},
    {"repair: blank before the declaration", "고침: XML 선언 앞의 빈칸",
     "repaired: blank before the declaration"},
    {"repair: text outside the root", "고침: 뿌리 요소 밖의 글", "repaired: text outside the root"},
    {"repair: bare ampersand", "고침: 홀로 있는 &", "repaired: bare ampersand"},
    {"repair: bare less-than sign", "고침: 홀로 있는 <", "repaired: bare less-than sign"},
    {"repair: unknown entity", "고침: 알 수 없는 엔티티", "repaired: unknown entity"},
    {"repair: forbidden character", "고침: 쓸 수 없는 문자", "repaired: forbidden character"},
    {"repair: wrong encoding", "고침: 잘못 적힌 문자 집합", "repaired: wrong encoding"},
    {"repair: number from the drawing's name", "고침: 도면 이름에서 얻은 출원번호",
     "repaired: number taken from the drawing's name"},
    {"duplicates", "중복 (하나만 남김)", "duplicates (one kept)"},
    {"quarantined", "격리한 문헌", "quarantined records"},
};

const char *pt_count_korean(const char *name) {
    for (size_t i = 0; i < sizeof count_names / sizeof *count_names; i++)
        if (strcmp(count_names[i].name, name) == 0)
            return count_names[i].korean;
    return name;
}

const char *pt_count_english(const char *name) {
    for (size_t i = 0; i < sizeof count_names / sizeof *count_names; i++)
        if (strcmp(count_names[i].name, name) == 0)
            return count_names[i].english;
    return name;
}
