/* SPDX-License-Identifier: Apache-2.0 */
/* dates.c - one number per day, proleptic Gregorian calendar. */
#include "patent/dates.h"
#include <stddef.h>
#include <string.h>

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool exists(unsigned year, unsigned month, unsigned day) {
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (year < 1800 || year > 2199 || month < 1 || month > 12 || day < 1)
        return false;
    const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= days[month - 1] + (month == 2 && is_leap ? 1u : 0u);
}

/* Up to `width` digits at *at; moves *at behind them. Returns how many there were. */
static int read_digits(const char **at, int width, unsigned *value) {
    int n = 0;
    *value = 0;
    while (n < width && is_digit((*at)[0])) {
        *value = *value * 10 + (unsigned)(*(*at)++ - '0');
        n++;
    }
    return n;
}

/* The marks between year, month and day. */
static void skip_marks(const char **at) {
    static const char *const marks[] = {".", "/", "-", " ", "\t", "년", "월", "年", "月"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const size_t n = strlen(marks[i]);
        if (strncmp(*at, marks[i], n) == 0) {
            *at += n;
            i = (size_t)-1;
        }
    }
}

/* What may follow a day: nothing, a time, a zone, a full stop, ".0" of a spreadsheet. Never a digit. */
static bool is_end(const char *at) {
    return !is_digit(*at);
}

uint32_t pt_date_parse(const char *text, bool *is_bad) {
    *is_bad = false;
    const char *at = text;
    while (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r' || *at == '(')
        at++;
    if (at[strspn(at, "0.-/ \t\r\n:)")] == '\0')
        return 0;
    unsigned year, month, day;
    if (read_digits(&at, 4, &year) == 4) {
        skip_marks(&at);
        if (read_digits(&at, 2, &month) > 0) {
            skip_marks(&at);
            if (read_digits(&at, 2, &day) > 0 && is_end(at) && exists(year, month, day))
                return year * 10000 + month * 100 + day;
        }
    }
    *is_bad = true;
    return 0;
}
