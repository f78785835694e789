/* SPDX-License-Identifier: Apache-2.0 */
/* josa.h - the particle that a noun takes: it follows how the noun's last syllable ends. */
#ifndef PT_SYNTH_JOSA_H
#define PT_SYNTH_JOSA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum pt_final { PT_FINAL_VOWEL, PT_FINAL_RIEUL, PT_FINAL_CONSONANT } pt_final;

/* How UTF-8 text ends when read aloud; digits and Latin letters by their Korean names (L = 엘), a
 * bracketed tail is not read (`하우징(10)` ends like 하우징). Text without a readable end: a vowel. */
pt_final pt_final_of(const char *text, size_t bytes);

typedef struct pt_josa {
    const char *form[3]; /* by pt_final; borrowed constants */
    uint8_t bytes[3];
} pt_josa;

/* The pair written as "은/는", in either order. False if it is no pair of Korean. */
bool pt_josa_parse(const char *pair, size_t bytes, pt_josa *out);

#endif
