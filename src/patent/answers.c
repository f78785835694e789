/* SPDX-License-Identifier: Apache-2.0 */
/* answers.c - see the header. */
#include "patent/answers.h"
#include "patent/texts.h"
#include <stdio.h>
#include <string.h>

bool pt_answer_is_part(const char *name) {
    static const char *const parts[] = {"successYN", "resultCode",    "resultMsg",
                                        "errMsg",    "returnAuthMsg", "returnReasonCode"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (strcmp(parts[i], name) == 0)
            return true;
    return false;
}

bool pt_answer_is_head(const char *name) {
    return strcmp(name, "header") == 0 || strcmp(name, "cmmMsgHeader") == 0;
}

void pt_answer_note(pt_answer *answer, const char *name, const char *text, size_t n) {
    while (n > 0 && strchr(" \t\r\n", *text) != NULL) {
        text++;
        n--;
    }
    while (n > 0 && strchr(" \t\r\n", text[n - 1]) != NULL)
        n--;
    if (strcmp(name, "successYN") == 0)
        pt_text_put(answer->success, sizeof answer->success, text, n);
    else if (strcmp(name, "resultCode") == 0 || strcmp(name, "returnReasonCode") == 0)
        pt_text_put(answer->code, sizeof answer->code, text, n);
    else if (n > 0)
        pt_text_put(answer->message, sizeof answer->message, text, n);
}

bool pt_answer_is_error(pt_answer *answer, char *reason, size_t size) {
    const bool is_good_code = strspn(answer->code, "0") == strlen(answer->code);
    const bool is_error = !is_good_code || strcmp(answer->success, "N") == 0;
    if (is_error)
        snprintf(reason, size, "the service answered with an error: %s%s%s", answer->code,
                 answer->code[0] == '\0' ? "" : " ", answer->message);
    *answer = (pt_answer){0};
    return is_error;
}
