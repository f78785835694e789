/* SPDX-License-Identifier: Apache-2.0 */
/* Opening a compiled dictionary: map it, then trust nothing in it that was not checked. */
#include "korean/lexicon_format.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

size_t pt_section_element(pt_section section) {
    static const size_t SIZE[PT_SECTIONS] = {
        [PT_SECTION_ALPHABET] = sizeof(uint16_t),
        [PT_SECTION_TRIE] = sizeof(pt_trie_node),
        [PT_SECTION_UNITS] = sizeof(pt_unit),
        [PT_SECTION_MORPHEMES] = sizeof(pt_lexeme),
        [PT_SECTION_FORMS] = 1,
        [PT_SECTION_CONNECTIONS] = sizeof(int16_t),
        [PT_SECTION_LEFT_TAGS] = 1,
        [PT_SECTION_RIGHT_TAGS] = 1,
        [PT_SECTION_UNKNOWN] = sizeof(pt_unknown_class),
        [PT_SECTION_SYLLABLES] = sizeof(int16_t),
        [PT_SECTION_STARTS] = sizeof(int16_t),
        [PT_SECTION_PAIRS] = sizeof(pt_syllable_pair),
        [PT_SECTION_CONTEXT_SLOTS] = sizeof(uint32_t),
        [PT_SECTION_CONTEXTS] = sizeof(pt_context_row),
        [PT_SECTION_ATOMS] = sizeof(pt_atom_ids),
        [PT_SECTION_SUFFIXES] = 1,
        [PT_SECTION_PATTERN] = 1,
    };
    return SIZE[section];
}

uint64_t pt_lexicon_checksum(const void *bytes, size_t n) {
    const unsigned char *at = bytes;
    uint64_t sum = 0x9E3779B97F4A7C15u ^ n;
    for (; n >= 8; at += 8, n -= 8) {
        uint64_t word;
        memcpy(&word, at, 8);
        sum = (sum ^ word) * 0xBF58476D1CE4E5B9u;
        sum ^= sum >> 29;
    }
    for (; n; at++, n--)
        sum = (sum ^ *at) * 0x100000001B3u;
    return sum;
}

static pt_status damaged(pt_error *err, const char *path, const char *what) {
    return pt_fail(err, PT_ERR_CONFIG, "%s: %s; build the dictionary again (patopic dict)", path, what);
}

static pt_status check_header(const pt_lexicon_header *h, size_t bytes, const char *path, pt_error *err) {
    if (bytes < sizeof *h || memcmp(h->magic, PT_LEXICON_MAGIC, sizeof h->magic) != 0)
        return damaged(err, path, "not a compiled dictionary");
    if (h->version != PT_LEXICON_VERSION)
        return damaged(err, path, "compiled for another version of the program");
    if (h->file_bytes != bytes)
        return damaged(err, path, "its size differs from what its header says (cut?)");
    for (int s = 0; s < PT_SECTIONS; s++) {
        const uint64_t offset = h->section[s].offset, count = h->section[s].count;
        if (offset % 8 || offset < sizeof *h || offset > bytes ||
            count > (bytes - offset) / pt_section_element((pt_section)s))
            return damaged(err, path, "a section lies outside the file");
    }
    if (h->checksum != pt_lexicon_checksum((const char *)(h + 1), bytes - sizeof *h))
        return damaged(err, path, "wrong checksum");
    return PT_OK;
}

static bool shapes_fit(const pt_lexicon_header *h) {
    const uint64_t pairs = h->section[PT_SECTION_PAIRS].count;
    const uint64_t slots = h->section[PT_SECTION_CONTEXT_SLOTS].count;
    return h->n_left > 0 && h->n_left < PT_IDS_MAX && h->n_right > 0 && h->n_right < PT_IDS_MAX &&
           h->n_letters > 0 && h->n_letters <= PT_HANGUL_COUNT + 1 &&
           h->section[PT_SECTION_ALPHABET].count == PT_HANGUL_COUNT &&
           h->section[PT_SECTION_SUFFIXES].count == PT_HANGUL_COUNT &&
           h->section[PT_SECTION_CONNECTIONS].count == (uint64_t)h->n_left * h->n_right &&
           h->section[PT_SECTION_LEFT_TAGS].count == h->n_left &&
           h->section[PT_SECTION_RIGHT_TAGS].count == h->n_right &&
           h->section[PT_SECTION_UNKNOWN].count == PT_UNKNOWN_CLASSES &&
           h->section[PT_SECTION_SYLLABLES].count == (uint64_t)h->n_letters * PT_UNKNOWN_CLASSES * 2 &&
           h->section[PT_SECTION_STARTS].count == (uint64_t)h->n_letters * PT_UNKNOWN_CLASSES &&
           h->section[PT_SECTION_ATOMS].count == PT_TAGS &&
           h->section[PT_SECTION_TRIE].count > h->n_letters &&
           h->section[PT_SECTION_TRIE].count < UINT32_MAX &&
           h->section[PT_SECTION_UNITS].count < UINT32_MAX &&
           h->section[PT_SECTION_MORPHEMES].count < UINT32_MAX &&
           h->section[PT_SECTION_MORPHEMES].count > 0 && h->section[PT_SECTION_FORMS].count < UINT32_MAX &&
           pairs > 0 && pairs < UINT32_MAX && slots > 0 && slots < UINT32_MAX &&
           h->section[PT_SECTION_PATTERN].count > 0;
}

static bool ids_fit(const uint16_t right[PT_FINALS], uint16_t left, const pt_lexicon *x) {
    bool fit = left < x->n_left;
    for (int f = 0; f < PT_FINALS; f++)
        fit = fit && right[f] < x->n_right;
    return fit;
}

/* Every index stored in a section points into the section that it means. */
static bool indices_fit(const pt_lexicon *x, const pt_lexicon_header *h) {
    const uint64_t n_trie = h->section[PT_SECTION_TRIE].count, n_units = h->section[PT_SECTION_UNITS].count;
    const uint64_t n_lexemes = h->section[PT_SECTION_MORPHEMES].count;
    const uint64_t n_forms = h->section[PT_SECTION_FORMS].count;
    bool fit = true;
    for (size_t k = 0; k < PT_HANGUL_COUNT; k++)
        fit &= x->alphabet[k] < x->n_letters;
    for (uint64_t k = 0; k < n_trie; k++)
        fit &= x->trie[k].base + (uint64_t)x->n_letters <= n_trie && x->trie[k].value <= n_units;
    for (uint64_t k = 0; k < n_units; k++)
        fit &= x->units[k].left < x->n_left && x->units[k].right < x->n_right &&
               x->units[k].morphemes < n_lexemes;
    fit &= n_units == 0 || x->units[n_units - 1].last;
    for (uint64_t k = 0; k < n_lexemes; k++)
        fit &= x->lexemes[k].form + (uint64_t)x->lexemes[k].bytes <= n_forms && x->lexemes[k].tag < PT_TAGS;
    fit &= x->lexemes[n_lexemes - 1].last == 1;
    for (uint32_t k = 0; k < x->n_left; k++)
        fit &= x->left_tags[k] < PT_TAGS;
    for (uint32_t k = 0; k < x->n_right; k++)
        fit &= x->right_tags[k] < PT_TAGS;
    for (int k = 0; k < PT_UNKNOWN_CLASSES; k++)
        for (int size = 0; size < PT_SIZES; size++)
            fit &= ids_fit(x->unknown[k].right[size], x->unknown[k].left[size], x) &&
                   x->unknown[k].tag < PT_TAGS;
    for (int k = 0; k < PT_TAGS; k++)
        fit &= ids_fit(x->atoms[k].right, x->atoms[k].left, x);
    bool hole = false; /* without an empty slot a search would not end */
    for (uint32_t k = 0; k < x->n_pairs && !hole; k++)
        hole = x->pairs[k].key == 0;
    bool gap = false;
    for (uint32_t k = 0; k < x->n_context_slots; k++) {
        gap |= x->context_slots[k] == 0;
        fit &= (x->context_slots[k] & PT_CONTEXT_ROWS_MAX) <= h->section[PT_SECTION_CONTEXTS].count &&
               (x->context_slots[k] == 0) == ((x->context_slots[k] & PT_CONTEXT_ROWS_MAX) == 0);
    }
    unsigned ends = 0;
    const uint64_t n_pattern = h->section[PT_SECTION_PATTERN].count;
    for (uint64_t k = 0; k < n_pattern; k++)
        ends += x->pattern[k] == '\0';
    return fit && hole && gap && ends == PT_PATTERNS && x->pattern[n_pattern - 1] == '\0';
}

static void set_pointers(pt_lexicon *x, const pt_lexicon_header *h) {
    const char *base = x->map;
    const void *at[PT_SECTIONS];
    for (int s = 0; s < PT_SECTIONS; s++)
        at[s] = base + h->section[s].offset;
    x->n_left = h->n_left;
    x->n_right = h->n_right;
    x->n_letters = h->n_letters;
    x->alphabet = at[PT_SECTION_ALPHABET];
    x->trie = at[PT_SECTION_TRIE];
    x->units = at[PT_SECTION_UNITS];
    x->lexemes = at[PT_SECTION_MORPHEMES];
    x->forms = at[PT_SECTION_FORMS];
    x->connections = at[PT_SECTION_CONNECTIONS];
    x->left_tags = at[PT_SECTION_LEFT_TAGS];
    x->right_tags = at[PT_SECTION_RIGHT_TAGS];
    x->unknown = at[PT_SECTION_UNKNOWN];
    x->syllables = at[PT_SECTION_SYLLABLES];
    x->starts = at[PT_SECTION_STARTS];
    x->pairs = at[PT_SECTION_PAIRS];
    x->n_pairs = (uint32_t)h->section[PT_SECTION_PAIRS].count;
    x->context_slots = at[PT_SECTION_CONTEXT_SLOTS];
    x->n_context_slots = (uint32_t)h->section[PT_SECTION_CONTEXT_SLOTS].count;
    x->contexts = at[PT_SECTION_CONTEXTS];
    x->atoms = at[PT_SECTION_ATOMS];
    x->suffixes = at[PT_SECTION_SUFFIXES];
    x->pattern = at[PT_SECTION_PATTERN];
}

static pt_status map_file(pt_lexicon *x, const char *path, pt_error *err) {
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return pt_fail_errno(err, PT_ERR_NO_INPUT, "%s: cannot open the dictionary", path);
    struct stat about;
    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) {
        close(fd);
        return damaged(err, path, "not a regular file");
    }
    if ((size_t)about.st_size < sizeof(pt_lexicon_header)) {
        close(fd);
        return damaged(err, path, "not a compiled dictionary");
    }
    x->map_bytes = (size_t)about.st_size;
    x->map = mmap(NULL, x->map_bytes, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (x->map == MAP_FAILED) {
        x->map = NULL;
        return pt_fail_errno(err, PT_ERR_IO, "%s: cannot map the dictionary", path);
    }
    return PT_OK;
}

pt_status pt_lexicon_open(pt_lexicon **out, const char *path, pt_error *err) {
    *out = NULL;
    pt_lexicon *x = pt_zalloc(1, sizeof *x);
    pt_status status = map_file(x, path, err);
    const pt_lexicon_header *h = x->map;
    if (!status)
        status = check_header(h, x->map_bytes, path, err);
    if (!status && !shapes_fit(h))
        status = damaged(err, path, "sections of the wrong size");
    if (!status) {
        set_pointers(x, h);
        if (!indices_fit(x, h))
            status = damaged(err, path, "an index points outside its section");
        (void)madvise(x->map, x->map_bytes, MADV_DONTNEED); /* what was only checked is not kept resident */
    }
    if (status)
        pt_lexicon_close(x);
    else
        *out = x;
    return status;
}

void pt_lexicon_close(pt_lexicon *lexicon) {
    if (!lexicon)
        return;
    pt_user_words_free(lexicon->user);
    if (lexicon->map)
        munmap(lexicon->map, lexicon->map_bytes);
    free(lexicon);
}

uint64_t pt_lexicon_identity(const pt_lexicon *lexicon) {
    return ((const pt_lexicon_header *)lexicon->map)->checksum ^ pt_user_words_checksum(lexicon->user);
}
