/* SPDX-License-Identifier: Apache-2.0 */
/* builder.c - what each field of a record means. */
#include "patent/builder.h"
#include "patent/codes.h"
#include "patent/countries.h"
#include "patent/dates.h"
#include "patent/texts.h"
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { MAX_PARTIES = 4096, MAX_CLAIMS = 4096 };

void pt_builder_init(pt_builder *builder) {
    memset(builder, 0, sizeof *builder);
}

static void free_party(pt_party *party) {
    free(party->name);
    free(party->address);
    free(party->country);
    *party = (pt_party){0};
}

static void clear_parties(pt_parties *parties) {
    for (size_t i = 0; i < parties->n; i++)
        free_party(&parties->at[i]);
    pt_vec_clear(parties);
}

void pt_builder_free(pt_builder *builder) {
    pt_patent_free(&builder->patent);
    pt_buf_free(&builder->code);
    clear_parties(&builder->assignees);
    pt_vec_free(&builder->assignees);
    free_party(&builder->applicant);
}

void pt_builder_begin(pt_builder *builder, pt_form form, const char *country, unsigned line) {
    pt_builder_free(builder);
    pt_builder_init(builder);
    builder->patent.form = form;
    builder->patent.line = line;
    builder->code_scheme = -1;
    snprintf(builder->country, sizeof builder->country, "%s", country);
}

/* --- single texts --- */

static void set_once(char *field, size_t size, const char *clean) {
    if (field[0] == '\0')
        pt_text_put(field, size, clean, strlen(clean));
}

static void take_once(char **field, char *clean) {
    if (*field == NULL && clean[0] != '\0')
        *field = clean;
    else
        free(clean);
}

static void set_date(pt_builder *builder, uint32_t *date, const char *text) {
    bool is_bad;
    const uint32_t day = pt_date_parse(text, &is_bad);
    builder->bad_dates += is_bad;
    if (*date == 0)
        *date = day;
}

/* 3 Korean or not told, 2 English, 1 another language. */
static int language_rank(const char *language) {
    if (language == NULL || language[0] == '\0' || strncasecmp(language, "ko", 2) == 0 ||
        strncasecmp(language, "kr", 2) == 0)
        return 3;
    return strncasecmp(language, "en", 2) == 0 ? 2 : 1;
}

/* Keeps the better of two languages, the first of equal ones; takes `clean` over. */
static void take_ranked(char **field, int *best, int rank, char *clean) {
    if (rank <= *best || clean[0] == '\0') {
        free(clean);
        return;
    }
    free(*field);
    *field = clean;
    *best = rank;
}

static void take_title(pt_builder *builder, char *clean, const char *language) {
    if (language == NULL && builder->title_language[0] != '\0')
        language = builder->title_language;
    const int rank = language_rank(language);
    if (rank == 2)
        take_once(&builder->patent.title_en, pt_strdup(clean));
    char *english = pt_text_split_title(clean);
    if (english != NULL)
        take_once(&builder->patent.title_en, english);
    take_ranked(&builder->patent.title, &builder->title_rank, rank, clean);
    builder->title_language[0] = '\0';
}

static void take_abstract(pt_builder *builder, char *clean, const char *language) {
    if (pt_text_is_no_content(clean)) {
        free(clean);
        return;
    }
    const bool is_cut = pt_text_uncut(clean);
    const int before = builder->abstract_rank;
    take_ranked(&builder->patent.abstract, &builder->abstract_rank, language_rank(language), clean);
    if (builder->abstract_rank > before)
        builder->patent.is_cut = is_cut;
}

/* "2. 삭제" stands for a claim that was deleted. */
static bool is_deleted_claim(const char *clean) {
    clean += strspn(clean, "0123456789. []");
    static const char *const words[] = {"삭제", "(삭제)", "(canceled)", "(cancelled)"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const size_t n = strlen(words[i]);
        if (strncasecmp(clean, words[i], n) == 0 && strspn(clean + n, " .)") == strlen(clean + n))
            return true;
    }
    return false;
}

static void take_claim(pt_builder *builder, char *clean) {
    const bool is_wanted = builder->claims_rank == 0 || builder->are_claims_wanted;
    if (!is_wanted || clean[0] == '\0' || is_deleted_claim(clean) || builder->patent.claims.n >= MAX_CLAIMS)
        free(clean);
    else
        pt_vec_push(&builder->patent.claims, clean);
}

static void open_claims(pt_builder *builder, const char *language) {
    const int rank = language_rank(language);
    builder->are_claims_wanted = rank > builder->claims_rank;
    if (!builder->are_claims_wanted)
        return;
    for (size_t i = 0; i < builder->patent.claims.n; i++)
        free(builder->patent.claims.at[i]);
    pt_vec_clear(&builder->patent.claims);
    builder->claims_rank = rank;
}

/* --- parties --- */

static pt_parties *parties_of(pt_builder *builder, pt_field field) {
    return field == PT_FIELD_APPLICANT  ? &builder->patent.applicants
           : field == PT_FIELD_INVENTOR ? &builder->patent.inventors
                                        : &builder->assignees;
}

/* Sources give the same parties in several formats (docdb, epodoc, original); the first one is taken. The
 * "applicant-inventor" of United States sources is an inventor. */
static void open_party(pt_builder *builder, pt_field field, const char *format) {
    if (format != NULL && strcmp(format, "applicant-inventor") == 0) {
        field = PT_FIELD_INVENTOR;
        format = NULL;
    }
    pt_parties *parties = parties_of(builder, field);
    builder->parties = NULL;
    if (format != NULL) {
        if (parties->n == 0)
            snprintf(builder->party_format, sizeof builder->party_format, "%s", format);
        else if (strcmp(builder->party_format, format) != 0)
            return;
    }
    if (parties->n >= MAX_PARTIES)
        return;
    pt_vec_push(parties, (pt_party){0});
    builder->parties = parties;
}

/* "NAME [US]" of OPS. */
static void split_country(pt_party *party) {
    const size_t n = strlen(party->name);
    if (n < 5 || party->name[n - 1] != ']' || party->name[n - 4] != '[')
        return;
    if (party->country == NULL)
        party->country = pt_strndup(party->name + n - 3, 2);
    party->name[n - 4] = '\0';
    for (size_t end = n - 4; end > 0 && strchr(" ,", party->name[end - 1]) != NULL; end--)
        party->name[end - 1] = '\0';
}

static void close_party(pt_builder *builder) {
    if (builder->parties == NULL)
        return;
    pt_party *party = &builder->parties->at[builder->parties->n - 1];
    if (party->name == NULL) {
        free_party(party);
        builder->parties->n--;
    } else {
        split_country(party);
    }
    builder->parties = NULL;
}

/* Parts of a name or an address come one by one. */
static void append_part(char **field, const char *clean, const char *between) {
    if (clean[0] == '\0')
        return;
    char *whole = *field == NULL ? pt_strdup(clean) : pt_strfmt("%s%s%s", *field, between, clean);
    free(*field);
    *field = whole;
}

/* The dots of a masked address, "경상남도 김해시...", say nothing. */
static void trim_dots(char *address) {
    size_t n = strlen(address);
    while (n > 0 && (address[n - 1] == '.' || address[n - 1] == ' '))
        address[--n] = '\0';
}

static void take_country(char **field, char *clean) {
    const char *code = pt_country_code(clean);
    if (code != NULL) {
        free(clean);
        clean = pt_strdup(code);
    }
    if (strcmp(clean, "omitted") == 0 || strcmp(clean, "unknown") == 0)
        clean[0] = '\0';
    take_once(field, clean);
}

static void set_party(pt_builder *builder, pt_field field, char *clean) {
    if (builder->parties == NULL) {
        free(clean);
        return;
    }
    pt_party *party = &builder->parties->at[builder->parties->n - 1];
    if (field == PT_FIELD_PARTY_COUNTRY) {
        take_country(&party->country, clean);
        return;
    }
    if (field == PT_FIELD_PARTY_ADDRESS) {
        trim_dots(clean);
        append_part(&party->address, clean, ", ");
    } else {
        append_part(&party->name, clean, " ");
    }
    free(clean);
}

/* "A|B|C"; Korean names also "A; B" (elsewhere the semicolon parts family and given name). */
static void split_parties(pt_parties *parties, const char *text) {
    const char *separator = strchr(text, '|') == NULL && pt_text_has_hangul(text) ? ";" : "|";
    while (*text != '\0' && parties->n < MAX_PARTIES) {
        const size_t n = strcspn(text, separator);
        char *clean = pt_text_clean(text, n);
        if (clean[0] == '\0')
            free(clean);
        else
            pt_vec_push(parties, ((pt_party){.name = clean}));
        text += n + (text[n] != '\0');
    }
}

/* --- codes --- */

static void set_code_scheme(pt_builder *builder, const char *clean) {
    builder->code_scheme = strncmp(clean, "CPC", 3) == 0   ? PT_SCHEME_CPC
                           : strncmp(clean, "IPC", 3) == 0 ? PT_SCHEME_IPC
                                                           : -1;
}

static void open_code(pt_builder *builder, pt_field field) {
    pt_buf_clear(&builder->code);
    builder->code_scheme = field == PT_FIELD_IPC_PARTS   ? PT_SCHEME_IPC
                           : field == PT_FIELD_CPC_PARTS ? PT_SCHEME_CPC
                                                         : -1;
}

static void close_code(pt_builder *builder) {
    if (builder->code_scheme >= 0 && builder->code.n > 0)
        builder->bad_codes += pt_codes_add(&builder->patent.codes, (pt_scheme)builder->code_scheme,
                                           pt_buf_text(&builder->code));
    builder->code_scheme = -1;
    pt_buf_clear(&builder->code);
}

/* --- the fields --- */

void pt_builder_open(pt_builder *builder, pt_field field, const char *value) {
    switch (field) {
    case PT_FIELD_APPLICANT:
    case PT_FIELD_INVENTOR:
    case PT_FIELD_ASSIGNEE:
        open_party(builder, field, value);
        break;
    case PT_FIELD_IPC_PARTS:
    case PT_FIELD_CPC_PARTS:
    case PT_FIELD_SCHEMED_PARTS:
        open_code(builder, field);
        break;
    case PT_FIELD_CLAIMS:
        open_claims(builder, value);
        break;
    case PT_FIELD_DETAIL:
        builder->patent.form = PT_FORM_DETAIL;
        break;
    default:
        break;
    }
}

void pt_builder_close(pt_builder *builder, pt_field field) {
    if (field == PT_FIELD_APPLICANT || field == PT_FIELD_INVENTOR || field == PT_FIELD_ASSIGNEE)
        close_party(builder);
    else if (field == PT_FIELD_IPC_PARTS || field == PT_FIELD_CPC_PARTS || field == PT_FIELD_SCHEMED_PARTS)
        close_code(builder);
}

/* Symbols keep their blanks: old sources write them in columns. */
static bool set_code(pt_builder *builder, pt_field field, const char *text, size_t n) {
    if (field != PT_FIELD_IPC && field != PT_FIELD_CPC && field != PT_FIELD_CODE_PART &&
        field != PT_FIELD_CODE_SUBGROUP)
        return false;
    char *raw = pt_strndup(text, n);
    if (field == PT_FIELD_CODE_PART || field == PT_FIELD_CODE_SUBGROUP) {
        if (field == PT_FIELD_CODE_SUBGROUP)
            pt_buf_putc(&builder->code, '/');
        pt_buf_puts(&builder->code, raw + strspn(raw, " \t\r\n"));
    } else {
        builder->bad_codes +=
            pt_codes_add(&builder->patent.codes, field == PT_FIELD_IPC ? PT_SCHEME_IPC : PT_SCHEME_CPC, raw);
    }
    free(raw);
    return true;
}

static bool is_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* The two letters of an office, told by letters or by a country's name. */
static void set_office(char office[3], const char *clean) {
    const char *code = pt_country_code(clean);
    if (code == NULL && strlen(clean) == 2 && is_letter(clean[0]) && is_letter(clean[1]))
        code = clean;
    if (code != NULL)
        snprintf(office, 3, "%s", code);
}

/* Fields that are looked at and not kept as they are. */
static void set_mark(pt_builder *builder, pt_field field, const char *clean) {
    pt_patent *patent = &builder->patent;
    switch (field) {
    case PT_FIELD_COUNTRY:
        set_office(builder->country, clean);
        break;
    case PT_FIELD_APPLICATION_COUNTRY:
        if (builder->application_country[0] == '\0')
            set_office(builder->application_country, clean);
        break;
    case PT_FIELD_APPLICATION_NUMBER:
        set_once(builder->number, sizeof builder->number, clean);
        break;
    case PT_FIELD_APPLICATION_TYPE:
        builder->is_design |= strcasecmp(clean, "design") == 0;
        break;
    case PT_FIELD_DOCUMENT_KIND:
        set_once(builder->kind, sizeof builder->kind, clean);
        break;
    case PT_FIELD_OPEN_NUMBER:
        set_once(builder->open_number, sizeof builder->open_number, clean);
        break;
    case PT_FIELD_DRAWING_NAME:
        set_once(builder->drawing, sizeof builder->drawing, clean);
        break;
    case PT_FIELD_TITLE_LANGUAGE:
        snprintf(builder->title_language, sizeof builder->title_language, "%.3s", clean);
        break;
    case PT_FIELD_CODE_SCHEME:
        set_code_scheme(builder, clean);
        break;
    case PT_FIELD_APPLICATION_DATE:
        set_date(builder, &patent->application_date, clean);
        break;
    case PT_FIELD_OPEN_DATE:
        set_date(builder, &patent->open_date, clean);
        break;
    case PT_FIELD_PUBLICATION_DATE:
        set_date(builder, &patent->publication_date, clean);
        break;
    case PT_FIELD_REGISTRATION_DATE:
        set_date(builder, &patent->registration_date, clean);
        break;
    default:
        break;
    }
}

void pt_builder_set(pt_builder *builder, pt_field field, const char *text, size_t n, const char *language) {
    if (set_code(builder, field, text, n))
        return;
    pt_patent *patent = &builder->patent;
    char *clean = pt_text_clean(text, n);
    switch (field) {
    case PT_FIELD_REGISTRATION_NUMBER:
        take_once(&patent->registration_number, clean);
        return;
    case PT_FIELD_STATUS:
        take_once(&patent->status, clean);
        return;
    case PT_FIELD_TITLE:
        take_title(builder, clean, language);
        return;
    case PT_FIELD_TITLE_EN:
        take_once(&patent->title_en, clean);
        return;
    case PT_FIELD_ABSTRACT:
        take_abstract(builder, clean, language);
        return;
    case PT_FIELD_CLAIM:
        take_claim(builder, clean);
        return;
    case PT_FIELD_PARTY_NAME:
    case PT_FIELD_PARTY_ADDRESS:
    case PT_FIELD_PARTY_COUNTRY:
        set_party(builder, field, clean);
        return;
    case PT_FIELD_APPLICANTS:
        split_parties(&patent->applicants, clean);
        break;
    case PT_FIELD_INVENTORS:
        split_parties(&patent->inventors, clean);
        break;
    case PT_FIELD_APPLICANT_ADDRESS:
        clean[strcspn(clean, "|;")] = '\0';
        trim_dots(clean);
        take_once(&builder->applicant.address, clean);
        return;
    case PT_FIELD_APPLICANT_COUNTRY:
        clean[strcspn(clean, "|;,")] = '\0';
        trim_dots(clean);
        take_country(&builder->applicant.country, clean);
        return;
    default:
        set_mark(builder, field, clean);
        break;
    }
    free(clean);
}

/* --- the end of a record --- */

/* The right that other fields tell, for numbers that do not. */
static pt_right told_right(const pt_builder *builder) {
    if (builder->is_design)
        return PT_RIGHT_DESIGN;
    const pt_right by_kind = pt_right_of_kind(builder->kind);
    if (by_kind != PT_RIGHT_UNKNOWN)
        return by_kind;
    const char *registered = builder->patent.registration_number;
    const char *numbers[] = {registered == NULL ? "" : registered, builder->open_number};
    for (size_t i = 0; i < 2; i++) {
        if (strncmp(numbers[i], "10", 2) == 0 && strlen(numbers[i]) >= 9)
            return PT_RIGHT_PATENT;
        if (strncmp(numbers[i], "20", 2) == 0 && strlen(numbers[i]) >= 9)
            return PT_RIGHT_UTILITY;
    }
    return PT_RIGHT_UNKNOWN;
}

/* KIPRIS names drawings by application number. */
static pt_right number_from_drawing(const pt_builder *builder, char number[PT_NUMBER_BYTES],
                                    pt_reader_counts *counts) {
    char stem[14];
    const size_t digits = strspn(builder->drawing, "0123456789");
    if (digits != 13 || builder->drawing[13] != '.')
        return PT_RIGHT_UNKNOWN;
    snprintf(stem, sizeof stem, "%.13s", builder->drawing);
    const pt_right right = pt_number_parse("KR", stem, PT_RIGHT_UNKNOWN, number);
    counts->repairs[PT_REPAIR_NUMBER] += right == PT_RIGHT_PATENT || right == PT_RIGHT_UTILITY;
    return right;
}

static void fill_party(pt_party *party) {
    if (party->address == NULL)
        party->address = pt_strdup("");
    if (party->country == NULL)
        party->country = pt_strdup("");
}

static void fill_parties(pt_builder *builder) {
    pt_patent *patent = &builder->patent;
    if (patent->applicants.n == 0) {
        const pt_parties none = patent->applicants;
        patent->applicants = builder->assignees;
        builder->assignees = none;
    }
    if (patent->applicants.n > 0) {
        take_once(&patent->applicants.at[0].address,
                  pt_strdup(builder->applicant.address == NULL ? "" : builder->applicant.address));
        take_once(&patent->applicants.at[0].country,
                  pt_strdup(builder->applicant.country == NULL ? "" : builder->applicant.country));
    }
    for (size_t i = 0; i < patent->applicants.n; i++)
        fill_party(&patent->applicants.at[i]);
    for (size_t i = 0; i < patent->inventors.n; i++)
        fill_party(&patent->inventors.at[i]);
}

/* Exports with a column for the English title have it behind the Korean one as well: 유모차(STROLLER). */
static void drop_english(char *title, const char *english) {
    const size_t n = strlen(title), n_english = strlen(english);
    if (n_english == 0 || n <= n_english + 2 || title[n - 1] != ')' || title[n - n_english - 2] != '(' ||
        strncasecmp(title + n - n_english - 1, english, n_english) != 0)
        return;
    size_t end = n - n_english - 2;
    while (end > 0 && title[end - 1] == ' ')
        end--;
    title[end] = '\0';
}

/* 10-2328743-0000 */
static void drop_hyphens(char *number) {
    char *to = number;
    for (const char *from = number; *from != '\0'; from++)
        if (*from != '-')
            *to++ = *from;
    *to = '\0';
}

static void fill_texts(pt_patent *patent) {
    char **const texts[] = {&patent->title, &patent->title_en, &patent->abstract, &patent->status,
                            &patent->registration_number};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (*texts[i] == NULL)
            *texts[i] = pt_strdup("");
    drop_english(patent->title, patent->title_en);
    drop_hyphens(patent->registration_number);
}

/* Outside Korea the one date of a publication is that of opening (kind A) or of grant (B, C, E). */
static void fill_dates(pt_builder *builder) {
    pt_patent *patent = &builder->patent;
    if (strcmp(patent->country, "KR") == 0)
        return;
    if (builder->kind[0] == 'A' && patent->open_date == 0)
        patent->open_date = patent->publication_date;
    if (strchr("BCE", builder->kind[0]) != NULL && builder->kind[0] != '\0' && patent->registration_date == 0)
        patent->registration_date = patent->publication_date;
}

pt_verdict pt_builder_finish(pt_builder *builder, pt_reader_counts *counts, const char **reason) {
    pt_patent *patent = &builder->patent;
    const char *country =
        builder->application_country[0] != '\0' ? builder->application_country : builder->country;
    char number[PT_NUMBER_BYTES];
    const pt_right told = told_right(builder);
    pt_right right = pt_number_parse(country, builder->number, told, number);
    if (right == PT_RIGHT_UNKNOWN && builder->number[0] == '\0')
        right = number_from_drawing(builder, number, counts);
    if (right == PT_RIGHT_DESIGN || told == PT_RIGHT_DESIGN)
        return PT_VERDICT_DESIGN;
    if (right == PT_RIGHT_TRADEMARK)
        return PT_VERDICT_TRADEMARK;
    if (right == PT_RIGHT_UNKNOWN) {
        *reason = builder->number[0] == '\0' ? "no application number"
                  : pt_number_is_spoilt(builder->number)
                      ? "the application number was rounded by a spreadsheet: format its column as text"
                      : "the application number has none of the known forms";
        return PT_VERDICT_BAD;
    }
    if (patent->title == NULL && patent->title_en != NULL)
        patent->title = pt_strdup(patent->title_en);
    if (patent->title == NULL && patent->abstract == NULL) {
        *reason = "neither title nor abstract";
        return PT_VERDICT_BAD;
    }
    patent->application_number = pt_strdup(number);
    patent->country = country[0] != '\0'                     ? pt_strdup(country)
                      : number[0] >= '0' && number[0] <= '9' ? pt_strdup("KR")
                                                             : pt_strndup(number, 2);
    patent->kind = right == PT_RIGHT_UTILITY ? PT_KIND_UTILITY : PT_KIND_PATENT;
    fill_texts(patent);
    fill_parties(builder);
    fill_dates(builder);
    counts->bad_dates += builder->bad_dates;
    counts->bad_codes += builder->bad_codes;
    counts->cut_abstracts += patent->is_cut;
    counts->empty_abstracts += patent->abstract[0] == '\0';
    return PT_VERDICT_PATENT;
}
