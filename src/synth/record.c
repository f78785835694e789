/* SPDX-License-Identifier: Apache-2.0 */
/* record.c - the XML around the words: numbers, dates, codes, applicants, inventors. */
#include "synth/record.h"

#include "base/rng.h"
#include <string.h>

const char pt_synth_record_head[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<response><header><requestMsgID></requestMsgID><responseMsgID></responseMsgID><successYN>Y</successYN>"
    "<resultCode>00</resultCode><resultMsg>NORMAL SERVICE.</resultMsg></header><body>\n";
const char pt_synth_record_tail[] = "</body></response>\n";

static const double registered_share = 0.55;
static const double second_applicant = 0.12;
static const double institute_share = 0.12, person_share = 0.18; /* of applicants; the rest are firms */
enum { POOL = 6 }; /* applicants of one place and subject; people are new every time */

static double uniform(pt_synth_draft *d) {
    return pt_rng_double(pt_synth_draft_bits(d));
}

static const char *pick(const pt_synth_words *words, uint64_t bits) {
    return words->at[pt_rng_below(bits, words->n)].text;
}

static void put_element(pt_buf *out, const char *name, const char *text) {
    pt_buf_putc(out, '<');
    pt_buf_puts(out, name);
    pt_buf_putc(out, '>');
    pt_buf_puts(out, text);
    pt_buf_puts(out, "</");
    pt_buf_puts(out, name);
    pt_buf_putc(out, '>');
}

/* The address as KIPRIS shows it: cut or masked, the 시도 short at times. */
static void put_address(const pt_synth_vocabulary *v, const pt_synth_place *place, bool town,
                        pt_synth_draft *d, pt_buf *out) {
    const double form = uniform(d);
    pt_buf_puts(out, form < 0.12 ? place->brief : place->sido);
    if (*place->sigungu) {
        pt_buf_putc(out, ' ');
        pt_buf_puts(out, place->sigungu);
    }
    if (form >= 0.45) {
        pt_buf_putc(out, ' ');
        pt_buf_puts(out, pick(&v->names[town ? PT_NAME_TOWN : PT_NAME_ROAD], pt_synth_draft_bits(d)));
    }
    pt_buf_puts(out, form < 0.8 ? "..." : " ***, **");
}

static void put_person(const pt_synth_vocabulary *v, uint64_t bits, pt_buf *out) {
    pt_buf_puts(out, pick(&v->names[PT_NAME_SURNAME], pt_mix64(bits)));
    pt_buf_puts(out, pick(&v->names[PT_NAME_GIVEN], pt_mix64(bits + 1)));
}

/* An applicant of the pool of (place, subject), the first ones more often. */
static void put_applicant_name(const pt_synth_vocabulary *v, size_t place, size_t subject, pt_synth_draft *d,
                               pt_buf *out) {
    const double kind = uniform(d), skew = uniform(d);
    const uint64_t bits = pt_synth_draft_bits(d);
    const uint64_t id = pt_rng_key(place, subject, (uint64_t)(skew * skew * POOL));
    if (kind < person_share) {
        put_person(v, bits, out);
    } else if (kind < person_share + institute_share) {
        pt_buf_puts(out, pick(&v->names[PT_NAME_FIRM_HEAD], pt_rng_key(place, 0, id % 3)));
        pt_buf_puts(out, pick(&v->names[PT_NAME_INSTITUTE], pt_rng_key(place, 1, id % 3)));
    } else {
        pt_buf_puts(out, id & 1 ? "주식회사 " : "(주)");
        pt_buf_puts(out, pick(&v->names[PT_NAME_FIRM_HEAD], pt_mix64(id)));
        pt_buf_puts(out, pick(&v->names[PT_NAME_FIRM_TAIL], pt_mix64(id + 1)));
    }
}

static void put_applicant(const pt_synth_vocabulary *v, const pt_synth_task *task, size_t place,
                          pt_synth_draft *d, pt_buf *out) {
    pt_buf_puts(out, "<applicantInfo><address>");
    put_address(v, &v->places.at[place], task->in_region && place == task->place, d, out);
    pt_buf_puts(out, "</address><code></code><country>대한민국</country><name>");
    put_applicant_name(v, place, task->subject, d, out);
    pt_buf_puts(out, "</name></applicantInfo>");
}

static void put_people(const pt_synth_vocabulary *v, const pt_synth_task *task, pt_synth_draft *d,
                       pt_buf *out) {
    pt_buf_puts(out, "<applicantInfoArray>");
    put_applicant(v, task, task->place, d, out);
    if (uniform(d) < second_applicant) {
        put_applicant(v, task, pt_rng_below(pt_synth_draft_bits(d), v->places.n), d, out);
    }
    pt_buf_puts(out, "</applicantInfoArray><inventorInfoArray>");
    const uint64_t inventors = 1 + pt_rng_below(pt_synth_draft_bits(d), 3);
    for (uint64_t i = 0; i < inventors; i++) {
        pt_buf_puts(out, "<inventorInfo><address>");
        put_address(v, &v->places.at[task->place], task->in_region, d, out);
        pt_buf_puts(out, "</address><code></code><country>대한민국</country><name>");
        put_person(v, pt_synth_draft_bits(d), out);
        pt_buf_puts(out, "</name></inventorInfo>");
    }
    pt_buf_puts(out, "</inventorInfoArray>");
}

/* Main code first; at times one code only, or the words speak of another item than the codes. */
static void put_codes(const pt_synth_words *codes, pt_synth_draft *d, pt_buf *out) {
    pt_buf_puts(out, "<ipcInfoArray>");
    const size_t first = codes->n ? pt_rng_below(pt_synth_draft_bits(d), codes->n) : 0;
    const size_t n = uniform(d) < 0.4 ? 1 : codes->n;
    for (size_t i = 0; i < n && i < codes->n; i++) {
        pt_buf_puts(out, "<ipcInfo><ipcDate>(2006.01.01)</ipcDate>");
        put_element(out, "ipcNumber", codes->at[(first + i) % codes->n].text);
        pt_buf_puts(out, "</ipcInfo>");
    }
    pt_buf_puts(out, "</ipcInfoArray>");
}

/* 1020150000123 as 10-2015-0000123. */
static void put_number(pt_buf *out, const char *number) {
    pt_buf_append(out, number, 2);
    pt_buf_putc(out, '-');
    pt_buf_append(out, number + 2, 4);
    pt_buf_putc(out, '-');
    pt_buf_append(out, number + 6, 7);
}

static void put_date(pt_buf *out, uint32_t year, uint32_t month, uint32_t day) {
    pt_buf_printf(out, "%04u.%02u.%02u", year, month, day);
}

static void put_summary(const pt_synth_task *task, pt_synth_draft *d, pt_buf *out) {
    pt_buf_puts(out, "<biblioSummaryInfoArray><biblioSummaryInfo><applicationDate>");
    put_date(out, task->year, task->month, task->day);
    pt_buf_puts(out, "</applicationDate><applicationNumber>");
    put_number(out, task->number);
    pt_buf_puts(out, "</applicationNumber><claimCount>");
    pt_buf_printf(out, "%u", 1 + (unsigned)pt_rng_below(pt_synth_draft_bits(d), 18));
    pt_buf_puts(out, "</claimCount><inventionTitle>");
    pt_synth_draft_title(d, out);
    pt_buf_puts(out, "</inventionTitle><openDate>");
    const uint32_t months = task->month - 1 + 18; /* laid open 18 months after filing */
    put_date(out, task->year + months / 12, months % 12 + 1, task->day);
    pt_buf_puts(out, "</openDate><registerStatus>");
    pt_buf_puts(out, uniform(d) < registered_share ? "등록" : "공개");
    pt_buf_puts(out, "</registerStatus></biblioSummaryInfo></biblioSummaryInfoArray>");
}

void pt_synth_record_write(const pt_synth_vocabulary *v, const pt_synth_task *task, pt_synth_draft *d,
                           pt_buf *out) {
    pt_synth_draft_begin(d, task);
    pt_buf_puts(out, "<item>");
    put_summary(task, d, out);
    put_codes(&v->subjects.at[task->subject].ipc, d, out);
    pt_buf_puts(out, "<abstractInfoArray><abstractInfo><astrtCont>");
    pt_synth_draft_abstract(d, out);
    pt_buf_puts(out, "</astrtCont></abstractInfo></abstractInfoArray><claimInfoArray><claimInfo><claim>1. ");
    pt_synth_draft_claim(d, out);
    pt_buf_puts(out, "</claim></claimInfo></claimInfoArray>");
    put_people(v, task, d, out);
    pt_buf_puts(out, "</item>\n");
}
