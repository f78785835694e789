/* SPDX-License-Identifier: Apache-2.0 */
/* columns.c - the names, compared without blanks, marks and case. The first column of a field counts;
 * classification and claims may be spread over several. */
#include "patent/columns.h"
#include <string.h>

static const struct {
    const char *name;
    pt_field field;
} names[] = {
    {"출원번호", PT_FIELD_APPLICATION_NUMBER},
    {"출원번호일반", PT_FIELD_APPLICATION_NUMBER},
    {"특허출원번호", PT_FIELD_APPLICATION_NUMBER},
    {"applicationnumber", PT_FIELD_APPLICATION_NUMBER},
    {"applicationno", PT_FIELD_APPLICATION_NUMBER},
    {"applno", PT_FIELD_APPLICATION_NUMBER},
    {"국가코드", PT_FIELD_COUNTRY},
    {"국가", PT_FIELD_COUNTRY},
    {"발행국", PT_FIELD_COUNTRY},
    {"출원국가", PT_FIELD_COUNTRY},
    {"countrycode", PT_FIELD_COUNTRY},
    {"문헌종류코드", PT_FIELD_DOCUMENT_KIND},
    {"문헌종류", PT_FIELD_DOCUMENT_KIND},
    {"문헌코드", PT_FIELD_DOCUMENT_KIND},
    {"kindcode", PT_FIELD_DOCUMENT_KIND},
    {"발명의명칭", PT_FIELD_TITLE},
    {"발명의명칭국문", PT_FIELD_TITLE},
    {"발명의명칭한글", PT_FIELD_TITLE},
    {"발명명칭", PT_FIELD_TITLE},
    {"고안의명칭", PT_FIELD_TITLE},
    {"명칭", PT_FIELD_TITLE},
    {"특허명", PT_FIELD_TITLE},
    {"title", PT_FIELD_TITLE},
    {"inventiontitle", PT_FIELD_TITLE},
    {"titleofinvention", PT_FIELD_TITLE},
    {"발명의명칭영문", PT_FIELD_TITLE_EN},
    {"영문명칭", PT_FIELD_TITLE_EN},
    {"titleen", PT_FIELD_TITLE_EN},
    {"titleenglish", PT_FIELD_TITLE_EN},
    {"요약", PT_FIELD_ABSTRACT},
    {"요약국문", PT_FIELD_ABSTRACT},
    {"요약서", PT_FIELD_ABSTRACT},
    {"초록", PT_FIELD_ABSTRACT},
    {"abstract", PT_FIELD_ABSTRACT},
    {"대표청구항", PT_FIELD_CLAIM},
    {"청구항1", PT_FIELD_CLAIM},
    {"독립청구항", PT_FIELD_CLAIM},
    {"청구항", PT_FIELD_CLAIM},
    {"청구범위", PT_FIELD_CLAIM},
    {"representativeclaim", PT_FIELD_CLAIM},
    {"출원일", PT_FIELD_APPLICATION_DATE},
    {"출원일자", PT_FIELD_APPLICATION_DATE},
    {"applicationdate", PT_FIELD_APPLICATION_DATE},
    {"filingdate", PT_FIELD_APPLICATION_DATE},
    {"공개일", PT_FIELD_OPEN_DATE},
    {"공개일자", PT_FIELD_OPEN_DATE},
    {"opendate", PT_FIELD_OPEN_DATE},
    {"publicationdate", PT_FIELD_PUBLICATION_DATE},
    {"공고일", PT_FIELD_PUBLICATION_DATE},
    {"공고일자", PT_FIELD_PUBLICATION_DATE},
    {"등록일", PT_FIELD_REGISTRATION_DATE},
    {"등록일자", PT_FIELD_REGISTRATION_DATE},
    {"registrationdate", PT_FIELD_REGISTRATION_DATE},
    {"공개번호", PT_FIELD_OPEN_NUMBER},
    {"공개번호공표재공표", PT_FIELD_OPEN_NUMBER},
    {"등록번호", PT_FIELD_REGISTRATION_NUMBER},
    {"registrationnumber", PT_FIELD_REGISTRATION_NUMBER},
    {"상태", PT_FIELD_STATUS},
    {"법적상태", PT_FIELD_STATUS},
    {"법적상태등록현황", PT_FIELD_STATUS},
    {"등록상태", PT_FIELD_STATUS},
    {"현재상태", PT_FIELD_STATUS},
    {"상태정보", PT_FIELD_STATUS},
    {"행정상태", PT_FIELD_STATUS},
    {"legalstatus", PT_FIELD_STATUS},
    {"ipc", PT_FIELD_IPC},
    {"ipc분류", PT_FIELD_IPC},
    {"ipc코드", PT_FIELD_IPC},
    {"ipcall", PT_FIELD_IPC},
    {"ipcmain", PT_FIELD_IPC},
    {"국제특허분류", PT_FIELD_IPC},
    {"originalipcmain", PT_FIELD_IPC},
    {"originalipcall", PT_FIELD_IPC},
    {"currentipcmain", PT_FIELD_IPC},
    {"currentipcall", PT_FIELD_IPC},
    {"cpc", PT_FIELD_CPC},
    {"cpc분류", PT_FIELD_CPC},
    {"cpc코드", PT_FIELD_CPC},
    {"originalcpcmain", PT_FIELD_CPC},
    {"originalcpcall", PT_FIELD_CPC},
    {"currentcpcmain", PT_FIELD_CPC},
    {"currentcpcall", PT_FIELD_CPC},
    {"출원인", PT_FIELD_APPLICANTS},
    {"출원인명", PT_FIELD_APPLICANTS},
    {"출원인한글", PT_FIELD_APPLICANTS},
    {"applicant", PT_FIELD_APPLICANTS},
    {"applicants", PT_FIELD_APPLICANTS},
    {"출원인주소", PT_FIELD_APPLICANT_ADDRESS},
    {"주소", PT_FIELD_APPLICANT_ADDRESS},
    {"applicantaddress", PT_FIELD_APPLICANT_ADDRESS},
    {"출원인국적", PT_FIELD_APPLICANT_COUNTRY},
    {"출원인국가", PT_FIELD_APPLICANT_COUNTRY},
    {"출원인국가코드", PT_FIELD_APPLICANT_COUNTRY},
    {"발명자", PT_FIELD_INVENTORS},
    {"발명자고안자", PT_FIELD_INVENTORS},
    {"발명자명", PT_FIELD_INVENTORS},
    {"inventor", PT_FIELD_INVENTORS},
    {"inventors", PT_FIELD_INVENTORS},
};

/* ASCII letters (lower case), digits and everything beyond ASCII but the byte order mark. */
static void squeeze(const char *cell, char *out, size_t size) {
    size_t n = 0;
    if (strncmp(cell, "\xEF\xBB\xBF", 3) == 0)
        cell += 3;
    for (; *cell != '\0' && n + 1 < size; cell++) {
        const unsigned char c = (unsigned char)*cell;
        if (c >= 'A' && c <= 'Z')
            out[n++] = (char)(c - 'A' + 'a');
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80)
            out[n++] = (char)c;
    }
    out[n] = '\0';
}

static int field_of(const char *cell) {
    char plain[96];
    squeeze(cell, plain, sizeof plain);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].name, plain) == 0)
            return (int)names[i].field;
    return -1;
}

static bool may_repeat(int field) {
    return field == PT_FIELD_IPC || field == PT_FIELD_CPC || field == PT_FIELD_CLAIM;
}

static bool has_field(const pt_columns *columns, int field) {
    for (size_t i = 0; i < columns->field.n; i++)
        if (columns->field.at[i] == field)
            return true;
    return false;
}

bool pt_columns_find(pt_columns *columns, const pt_cells *row) {
    pt_vec_clear(&columns->field);
    for (size_t i = 0; i < row->n; i++) {
        int field = field_of(row->at[i]);
        if (field >= 0 && !may_repeat(field) && has_field(columns, field))
            field = -1;
        if (field == PT_FIELD_APPLICATION_NUMBER)
            columns->number = i;
        pt_vec_push(&columns->field, field);
    }
    return has_field(columns, PT_FIELD_APPLICATION_NUMBER) &&
           (has_field(columns, PT_FIELD_TITLE) || has_field(columns, PT_FIELD_ABSTRACT) ||
            has_field(columns, PT_FIELD_APPLICATION_DATE));
}

void pt_columns_free(pt_columns *columns) {
    pt_vec_free(&columns->field);
}
