/* SPDX-License-Identifier: Apache-2.0 */
/* decode.c - detection on the first 64 KiB, then iconv, or a check when it is UTF-8 already. */
#include "patent/decode.h"
#include "base/buf.h"
#include "base/mem.h"
#include <errno.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { HEAD_BYTES = 64 * 1024, CHUNK_BYTES = 32 * 1024 };
static const char replacement[] = "\xEF\xBF\xBD"; /* U+FFFD */

struct pt_decoder {
    pt_bytes source;
    pt_reader_counts *counts;
    char encoding[32];
    iconv_t converter; /* (iconv_t)-1: the source is UTF-8 */
    pt_buf raw;        /* read, not yet decoded */
    pt_buf text;       /* decoded */
    size_t text_at;    /* consumed so far */
    bool is_ended;     /* the source has no more */
    bool was_repaired; /* a wrong encoding counts once a source */
};

int pt_utf8_sequence(const char *text, size_t n, unsigned *code) {
    const unsigned char *u = (const unsigned char *)text;
    if (u[0] < 0x80) {
        *code = u[0];
        return 1;
    }
    const int bytes = u[0] >= 0xC2 && u[0] <= 0xDF   ? 2
                      : (u[0] & 0xF0) == 0xE0        ? 3
                      : u[0] >= 0xF0 && u[0] <= 0xF4 ? 4
                                                     : 0;
    if (bytes == 0)
        return 0;
    unsigned value = u[0] & (0x7Fu >> bytes);
    for (int i = 1; i < bytes; i++) {
        if ((size_t)i >= n)
            return -1;
        if ((u[i] & 0xC0) != 0x80)
            return 0;
        value = value << 6 | (u[i] & 0x3F);
    }
    const bool is_overlong = (bytes == 3 && value < 0x800) || (bytes == 4 && value < 0x10000);
    if (is_overlong || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return 0;
    *code = value;
    return bytes;
}

static void count_repair(pt_decoder *decoder) {
    decoder->counts->repairs[PT_REPAIR_ENCODING] += !decoder->was_repaired;
    decoder->was_repaired = true;
}

/* One chunk from the source to the end of raw. */
static void fill_raw(pt_decoder *decoder) {
    char chunk[CHUNK_BYTES];
    const size_t got =
        decoder->is_ended ? 0 : decoder->source.read(decoder->source.stage, chunk, sizeof chunk);
    decoder->is_ended = got == 0;
    pt_buf_append(&decoder->raw, chunk, got);
}

static void drop_raw(pt_decoder *decoder, size_t n) {
    decoder->raw.n -= n;
    if (decoder->raw.n > 0)
        memmove(decoder->raw.at, decoder->raw.at + n, decoder->raw.n);
}

/* How much of the head is well-formed UTF-8 beyond ASCII, and how many bytes are not. */
static void weigh_utf8(const pt_buf *raw, size_t *n_good, size_t *n_bad) {
    *n_good = *n_bad = 0;
    for (size_t i = 0; i < raw->n;) {
        unsigned code;
        const int bytes = pt_utf8_sequence(raw->at + i, raw->n - i, &code);
        if (bytes < 0)
            return;
        *n_good += bytes > 1;
        *n_bad += bytes == 0;
        i += bytes == 0 ? 1 : (size_t)bytes;
    }
}

/* Share of double-byte pairs of CP949 (lead 81-FE, trail 41-5A 61-7A 81-FE) that are whole. */
static bool looks_like_cp949(const pt_buf *raw) {
    size_t n_good = 0, n_bad = 0;
    for (size_t i = 0; i < raw->n; i++) {
        const unsigned char lead = (unsigned char)raw->at[i];
        if (lead < 0x80)
            continue;
        if (i + 1 >= raw->n)
            break;
        const unsigned char trail = (unsigned char)raw->at[i + 1];
        const bool is_pair = lead >= 0x81 && lead <= 0xFE &&
                             ((trail >= 0x41 && trail <= 0x5A) || (trail >= 0x61 && trail <= 0x7A) ||
                              (trail >= 0x81 && trail <= 0xFE));
        n_good += is_pair;
        n_bad += !is_pair;
        i += is_pair;
    }
    return n_good > 0 && n_bad * 20 <= n_good;
}

/* The encoding that an XML declaration in the first 256 bytes names, "" without one. */
static void read_declared(const pt_buf *raw, char declared[32]) {
    declared[0] = '\0';
    char head[257];
    const size_t n = raw->n < 256 ? raw->n : 256;
    memcpy(head, raw->at, n);
    head[n] = '\0';
    const char *start = strstr(head, "<?xml");
    const char *end = start == NULL ? NULL : strstr(start, "?>");
    const char *name = start == NULL ? NULL : strstr(start, "encoding");
    if (name == NULL || end == NULL || name > end)
        return;
    name += strcspn(name, "\"'?");
    if (*name == '"' || *name == '\'')
        snprintf(declared, 32, "%.*s", (int)strcspn(name + 1, "\"'?"), name + 1);
}

static bool is_one_of(const char *name, const char *const *names) {
    for (; *names != NULL; names++)
        if (strcasecmp(name, *names) == 0)
            return true;
    return false;
}

/* Whether a declaration that could be read as ASCII can tell the truth: in UTF-32 or EBCDIC it could not have
 * been. False for names that iconv does not know, too. */
static bool can_be(const char *encoding) {
    char mark[] = "<?xml", out[sizeof mark];
    char *from = mark, *to = out;
    size_t left = sizeof mark - 1, room = sizeof out;
    const iconv_t converter = iconv_open("UTF-8", encoding);
    if (converter == (iconv_t)-1)
        return false;
    const bool is_same = iconv(converter, &from, &left, &to, &room) != (size_t)-1 && left == 0 &&
                         (size_t)(to - out) == sizeof mark - 1 && memcmp(out, "<?xml", sizeof mark - 1) == 0;
    iconv_close(converter);
    return is_same;
}

static size_t skip_mark(pt_decoder *decoder, const char *mark, size_t n, const char *encoding) {
    const pt_buf *raw = &decoder->raw;
    if (raw->n < n || memcmp(raw->at, mark, n) != 0)
        return 0;
    drop_raw(decoder, n);
    snprintf(decoder->encoding, sizeof decoder->encoding, "%s", encoding);
    return n;
}

static bool find_utf16(pt_decoder *decoder) {
    if (skip_mark(decoder, "\xFF\xFE", 2, "UTF-16LE") || skip_mark(decoder, "\xFE\xFF", 2, "UTF-16BE"))
        return true;
    const pt_buf *raw = &decoder->raw;
    if (raw->n < 4 || memchr(raw->at, '\0', 4) == NULL)
        return false;
    const char *encoding = memcmp(raw->at, "<\0", 2) == 0   ? "UTF-16LE"
                           : memcmp(raw->at, "\0<", 2) == 0 ? "UTF-16BE"
                                                            : NULL;
    if (encoding != NULL)
        snprintf(decoder->encoding, sizeof decoder->encoding, "%s", encoding);
    return encoding != NULL;
}

/* Sets decoder->encoding from the head. */
static void detect(pt_decoder *decoder) {
    static const char *const korean[] = {"EUC-KR",  "CP949",          "MS949",
                                         "UHC",     "KS_C_5601-1987", "KS_C_5601-1989",
                                         "KSC5601", "x-windows-949",  NULL};
    static const char *const unicode[] = {"", "UTF-8", "UTF8", "UTF-16", "UTF_8", "US-ASCII", "ASCII", NULL};
    if (find_utf16(decoder) || skip_mark(decoder, "\xEF\xBB\xBF", 3, "UTF-8"))
        return;
    char declared[32];
    read_declared(&decoder->raw, declared);
    size_t n_good, n_bad;
    weigh_utf8(&decoder->raw, &n_good, &n_bad);
    const bool is_utf8 = n_good > 0 && n_bad * 20 <= n_good;
    const bool is_ascii = n_good == 0 && n_bad == 0;
    const char *encoding = "UTF-8";
    const bool is_impossible =
        !is_one_of(declared, unicode) && !is_one_of(declared, korean) && !can_be(declared);
    if (is_impossible && !is_utf8 && !is_ascii) {
        count_repair(decoder);
        encoding = looks_like_cp949(&decoder->raw) ? "CP949" : "UTF-8";
    } else if (is_impossible && is_ascii) {
        count_repair(decoder);
    } else if (is_one_of(declared, unicode)) {
        if (!is_utf8 && !is_ascii && looks_like_cp949(&decoder->raw)) {
            encoding = "CP949";
            if (strcasestr(declared, "UTF") != NULL)
                count_repair(decoder);
        }
    } else if (is_utf8) {
        count_repair(decoder);
    } else {
        encoding = is_one_of(declared, korean) ? "CP949" : declared;
    }
    snprintf(decoder->encoding, sizeof decoder->encoding, "%s", encoding);
}

static void open_converter(pt_decoder *decoder) {
    decoder->converter = (iconv_t)-1;
    if (strcasecmp(decoder->encoding, "UTF-8") == 0)
        return;
    decoder->converter = iconv_open("UTF-8", decoder->encoding);
    if (decoder->converter != (iconv_t)-1)
        return;
    count_repair(decoder);
    const bool is_korean = looks_like_cp949(&decoder->raw);
    snprintf(decoder->encoding, sizeof decoder->encoding, "%s", is_korean ? "CP949" : "UTF-8");
    if (is_korean)
        decoder->converter = iconv_open("UTF-8", "CP949");
}

/* raw → text where raw is UTF-8: whole runs are copied, what is no sequence becomes U+FFFD. */
static void pass_utf8(pt_decoder *decoder) {
    const pt_buf *raw = &decoder->raw;
    size_t run = 0, at = 0;
    while (at < raw->n) {
        unsigned code;
        const int bytes = pt_utf8_sequence(raw->at + at, raw->n - at, &code);
        if (bytes < 0 && !decoder->is_ended)
            break;
        if (bytes > 0) {
            at += (size_t)bytes;
            continue;
        }
        pt_buf_append(&decoder->text, raw->at + run, at - run);
        pt_buf_append(&decoder->text, replacement, sizeof replacement - 1);
        count_repair(decoder);
        run = ++at;
    }
    if (at > run)
        pt_buf_append(&decoder->text, raw->at + run, at - run);
    drop_raw(decoder, at);
}

/* Whether iconv went over a postal mark although it says that it cannot convert it: so does glibc 2.36 with
 * A2 E8 of CP949, which Microsoft left free and KS X 1001:2002 gave to U+327E. */
static bool is_postal_mark(const pt_decoder *decoder, const char *start, const char *end) {
    return end - start >= 2 && memcmp(end - 2, "\xA2\xE8", 2) == 0 && strcmp(decoder->encoding, "CP949") == 0;
}

static void convert(pt_decoder *decoder) {
    char out[CHUNK_BYTES];
    char *from = decoder->raw.at;
    size_t left = decoder->raw.n;
    while (left > 0) {
        const char *start = from;
        char *to = out;
        size_t room = sizeof out;
        const size_t result = iconv(decoder->converter, &from, &left, &to, &room);
        const int why = errno;
        pt_buf_append(&decoder->text, out, (size_t)(to - out));
        if (result != (size_t)-1)
            break;
        if (why == EINVAL && !decoder->is_ended)
            break;
        if (why == EILSEQ && is_postal_mark(decoder, start, from)) {
            pt_buf_append(&decoder->text, "\xE3\x89\xBE", 3);
        } else if (why != E2BIG && left > 0) {
            pt_buf_append(&decoder->text, replacement, sizeof replacement - 1);
            count_repair(decoder);
            from++;
            left--;
        }
    }
    drop_raw(decoder, decoder->raw.n - left);
}

static void decode_more(pt_decoder *decoder) {
    if (decoder->raw.n == 0)
        return;
    if (decoder->converter == (iconv_t)-1)
        pass_utf8(decoder);
    else
        convert(decoder);
}

pt_decoder *pt_decoder_new(pt_bytes source, pt_reader_counts *counts) {
    pt_decoder *decoder = pt_zalloc(1, sizeof *decoder);
    decoder->source = source;
    decoder->counts = counts;
    while (!decoder->is_ended && decoder->raw.n < HEAD_BYTES)
        fill_raw(decoder);
    if (decoder->raw.n > 0)
        detect(decoder);
    else
        snprintf(decoder->encoding, sizeof decoder->encoding, "UTF-8");
    open_converter(decoder);
    decode_more(decoder);
    return decoder;
}

void pt_decoder_free(pt_decoder *decoder) {
    if (decoder == NULL)
        return;
    if (decoder->converter != (iconv_t)-1)
        iconv_close(decoder->converter);
    pt_buf_free(&decoder->raw);
    pt_buf_free(&decoder->text);
    free(decoder);
}

static size_t read_text(void *stage, char *at, size_t n) {
    pt_decoder *decoder = stage;
    while (decoder->text_at == decoder->text.n) {
        pt_buf_clear(&decoder->text);
        decoder->text_at = 0;
        if (decoder->is_ended && decoder->raw.n == 0)
            return 0;
        fill_raw(decoder);
        decode_more(decoder);
    }
    const size_t left = decoder->text.n - decoder->text_at;
    const size_t take = left < n ? left : n;
    memcpy(at, decoder->text.at + decoder->text_at, take);
    decoder->text_at += take;
    return take;
}

pt_bytes pt_decoder_bytes(pt_decoder *decoder) {
    return (pt_bytes){read_text, decoder};
}

const char *pt_decoder_peek(const pt_decoder *decoder, size_t *n) {
    *n = decoder->text.n < HEAD_BYTES ? decoder->text.n : HEAD_BYTES;
    return pt_buf_text(&decoder->text);
}

const char *pt_decoder_encoding(const pt_decoder *decoder) {
    return decoder->encoding;
}
