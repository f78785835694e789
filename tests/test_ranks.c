/* SPDX-License-Identifier: Apache-2.0 */
/* What ranks say to one another, and the shards they read: round trips, and bytes that make no sense. What
 * several processes do together is tested by tests/cli/ranks.sh. */
#include "base/file.h"
#include "base/mem.h"
#include "base/rng.h"
#include "base/shard.h"
#include "planted.h"
#include "topics/exchange.h"
#include "topics/shard_files.h"
#include "topics/shards.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "scratch.h"

enum { K = 37, CELLS = PT_WORD_BLOCK * K };

/* Changes of a block: about one cell in `every`, small ones and some of all 32 bits. */
static void fill(int32_t *change, uint64_t key, uint64_t every) {
    memset(change, 0, CELLS * sizeof *change);
    for (uint64_t i = 0; i < CELLS; i++)
        if (pt_rng_below(pt_rng_at(key, 3 * i), every) == 0)
            change[i] = pt_rng_below(pt_rng_at(key, 3 * i + 1), 50)
                            ? (int32_t)pt_rng_below(pt_rng_at(key, 3 * i + 2), 9) - 4
                            : (int32_t)(uint32_t)pt_rng_at(key, 3 * i + 2);
}

static void rows_come_back(void **state) {
    (void)state;
    int32_t change[CELLS], back[CELLS];
    for (uint64_t every = 1; every <= 4096; every *= 4)
        for (int form = PT_ROW_SHORTER; form <= PT_ROW_DENSE; form++) {
            pt_buf bytes = {0};
            for (uint32_t block = 0; block < 5; block++) {
                fill(change, every + block, every);
                pt_rows_encode(&bytes, block, change, K, UINT32_MAX, (pt_row_form)form);
            }
            size_t position = 0;
            uint32_t seen = 0;
            for (pt_row_block block; pt_rows_next(&bytes, &position, &block); seen++) {
                fill(change, every + block.block, every);
                memset(back, 0, sizeof back);
                pt_words words = 0;
                assert_true(pt_rows_add(&block, back, K, &words));
                assert_memory_equal(back, change, sizeof change);
                pt_buf again = {0}; /* of the words that came back, and of no others */
                pt_rows_encode(&again, block.block, change, K, words, (pt_row_form)form);
                assert_memory_equal(again.at + again.n - block.n_bytes, block.at, block.n_bytes);
                pt_buf_free(&again);
                pt_rows_clear(back, K, words);
                assert_true(back[0] == 0 && memcmp(back, back + 1, sizeof back - sizeof *back) == 0);
            }
            assert_int_equal(position, bytes.n);
            assert_true(every > 64 || seen == 5);
            pt_buf_free(&bytes);
        }
}

static void the_shorter_form_is_the_shorter_one(void **state) {
    (void)state;
    int32_t change[CELLS];
    for (uint64_t every = 1; every <= 1024; every *= 2) {
        size_t n[3];
        for (int form = PT_ROW_SHORTER; form <= PT_ROW_DENSE; form++) {
            pt_buf bytes = {0};
            fill(change, every, every);
            pt_rows_encode(&bytes, 1, change, K, UINT32_MAX, (pt_row_form)form);
            n[form] = bytes.n;
            pt_buf_free(&bytes);
        }
        assert_true(n[PT_ROW_SHORTER] <= n[PT_ROW_SPARSE] && n[PT_ROW_SHORTER] <= n[PT_ROW_DENSE]);
    }
}

/* Whatever the bytes are, nothing is read or written outside (ASan), and a cut stream is seen to be one. */
static void bytes_that_make_no_sense_are_refused(void **state) {
    (void)state;
    int32_t change[CELLS], back[CELLS] = {0};
    pt_words words = 0;
    pt_buf bytes = {0};
    fill(change, 1, 3);
    pt_rows_encode(&bytes, 1, change, K, UINT32_MAX, PT_ROW_SHORTER);
    for (uint64_t i = 0; i < 20000; i++) {
        pt_buf wrong = {0};
        pt_buf_append(&wrong, bytes.at, pt_rng_below(pt_rng_at(2, 3 * i), bytes.n + 1));
        for (int j = 0; j < 3 && wrong.n; j++)
            wrong.at[pt_rng_below(pt_rng_at(3, 3 * i + (uint64_t)j), wrong.n)] =
                (char)pt_rng_at(4, 3 * i + (uint64_t)j);
        size_t position = 0;
        for (pt_row_block block; pt_rows_next(&wrong, &position, &block);)
            if (!pt_rows_add(&block, back, K, &words))
                break;
        pt_buf_free(&wrong);
    }
    for (size_t n = 1; n < bytes.n; n++) {
        const pt_buf cut = {bytes.at, n, n};
        size_t position = 0;
        pt_row_block block;
        assert_false(pt_rows_next(&cut, &position, &block));
    }
    pt_buf_free(&bytes);
}

typedef struct source {
    uint64_t run;
    uint32_t V;
} source;

static pt_words give(void *user, int worker, uint32_t block, int32_t *change) {
    (void)worker;
    const source *from = user;
    pt_words words = 0;
    for (uint32_t i = 0; i < CELLS; i++) {
        const bool is_word = block * PT_WORD_BLOCK + i / K < from->V;
        change[i] = is_word ? (int32_t)pt_rng_below(pt_rng_key(from->run, block, i), 4) : 0;
        words |= change[i] ? (pt_words)1 << i / K : 0;
    }
    return words;
}

static void an_exchange_adds_up(void **state) {
    (void)state;
    enum { V = 5000 };
    pt_exchange *exchange = pt_exchange_new(NULL, V, K, true, 2);
    for (uint64_t run = 0; run < 3; run++)
        pt_exchange_run(exchange, give, &(source){run, V});
    for (uint32_t w = 0; w < V; w++) {
        const uint32_t *row = pt_exchange_row(exchange, w);
        for (uint32_t k = 0; k < K; k++) {
            uint64_t expected = 0;
            for (uint64_t run = 0; run < 3; run++)
                expected += pt_rng_below(pt_rng_key(run, w / PT_WORD_BLOCK, w % PT_WORD_BLOCK * K + k), 4);
            assert_int_equal(row[k], expected);
        }
    }
    pt_exchange_free(exchange);
}

static void shards_cover_the_documents(void **state) {
    (void)state;
    static const uint32_t sizes[] = {1, 255, 256, 511, 512, 4000, 262143, 262144, 1000003, 4000000000u};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        const uint32_t D = sizes[i], n = pt_shards_of(D);
        assert_true(n >= 1 && n <= PT_MOST_SHARDS);
        assert_int_equal(pt_shard_document(D, 0), 0);
        assert_int_equal(pt_shard_document(D, n), D);
        for (int size = 1; size < 9; size++) {
            assert_int_equal(pt_ranks_first(n, 0, size), 0);
            assert_int_equal(pt_ranks_first(n, size, size), n);
        }
    }
    pt_shard shard;
    pt_error err = {0};
    assert_int_equal(pt_shard_parse("3/8", &shard, &err), PT_OK);
    assert_int_equal(shard.index, 2);
    assert_int_equal(pt_shard_first(shard, 20), 5);
    assert_int_equal(pt_shard_end(shard, 20), 7);
    static const char *const wrong[] = {"",     "3",    "0/2",  "3/2",  "1/0",
                                        "1/2x", " 1/2", "-1/2", "1/-2", "99999999999/3"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(pt_shard_parse(wrong[i], &shard, &err), PT_ERR_USAGE);
}

/* Codes, cells and fingerprints of D documents, some of them without. */
static pt_shard_patents patents_of(uint32_t D, uint32_t n_items) {
    pt_shard_patents patents = {.known = pt_alloc(D, sizeof *patents.known), .codes.n_codes = 50};
    patents.codes.start = pt_zalloc((size_t)D + 1, sizeof(uint64_t));
    patents.table.start = pt_zalloc((size_t)D + 1, sizeof(uint64_t));
    patents.codes.code = pt_alloc((size_t)D * 2, sizeof(uint32_t));
    patents.table.item = pt_alloc(D, sizeof(uint32_t));
    patents.table.value = pt_alloc(D, sizeof(float));
    for (uint32_t d = 0; d < D; d++) {
        uint64_t code = patents.codes.start[d], cell = patents.table.start[d];
        patents.known[d] = pt_rng_hash(d);
        for (uint32_t i = 0; i < d % 3; i++)
            patents.codes.code[code++] = (d + 7 * i) % 50;
        if (d % 5 == 0) {
            patents.table.item[cell] = d % n_items;
            patents.table.value[cell++] = (float)d / 8;
        }
        patents.codes.start[d + 1] = code;
        patents.table.start[d + 1] = cell;
    }
    return patents;
}

static void patents_free(pt_shard_patents *patents) {
    free(patents->known);
    free(patents->codes.start);
    free(patents->codes.code);
    free(patents->table.start);
    free(patents->table.item);
    free(patents->table.value);
}

static void assert_same_patents(const pt_shard_patents *part, uint32_t i, const pt_shard_patents *whole,
                                uint32_t d) {
    assert_int_equal(part->known[i], whole->known[d]);
    const uint64_t code = part->codes.start[i], cell = part->table.start[i];
    const uint64_t n_codes = part->codes.start[i + 1] - code, n_cells = part->table.start[i + 1] - cell;
    assert_int_equal(n_codes, whole->codes.start[d + 1] - whole->codes.start[d]);
    assert_int_equal(n_cells, whole->table.start[d + 1] - whole->table.start[d]);
    assert_memory_equal(part->codes.code + code, whole->codes.code + whole->codes.start[d], n_codes * 4);
    assert_memory_equal(part->table.item + cell, whole->table.item + whole->table.start[d], n_cells * 4);
    assert_memory_equal(part->table.value + cell, whole->table.value + whole->table.start[d], n_cells * 4);
}

/* A rank reads its own shards alone: the files of all others may be gone. */
static void others_shards_are_not_read(void **state) {
    (void)state;
    enum { FILES = 4 };
    planted p = planted_new(1100);
    char *folder = scratch_path("own");
    pt_error err = {0};
    for (int rank = 0; rank < FILES; rank++) {
        assert_int_equal(pt_shards_write(folder, p.corpus, p.seeds, NULL, FILES, &err), PT_OK);
        for (int other = 0; other < FILES; other++) {
            char *name = pt_strfmt("corpus-%04d", other + 1), *path = pt_path_join(folder, name);
            if (other != rank)
                assert_int_equal(unlink(path), 0);
            free(name);
            free(path);
        }
        pt_shard_set set;
        assert_int_equal(pt_shards_read(folder, rank, FILES, &set, &err), PT_OK);
        pt_shard_set_free(&set);
        assert_int_equal(pt_shards_read(folder, (rank + 1) % FILES, FILES, &set, &err), PT_ERR_NO_INPUT);
        pt_shards_remove(folder);
    }
    free(folder);
    planted_free(&p);
}

static void a_corpus_comes_back_from_its_shards(void **state) {
    (void)state;
    planted p = planted_new(1100);
    pt_shard_patents patents = patents_of(p.corpus->D, p.seeds->n_items);
    char *folder = scratch_path("shards"), whole[65], digest[65];
    pt_corpus_digest(p.corpus, whole);
    pt_error err = {0};
    for (uint32_t n_files = 1; n_files <= 9; n_files += 4) {
        assert_int_equal(pt_shards_write(folder, p.corpus, p.seeds, &patents, n_files, &err), PT_OK);
        for (int size = 1; size <= 6; size++) {
            uint32_t d = 0;
            for (int rank = 0; rank < size; rank++) {
                pt_shard_set set;
                assert_int_equal(pt_shards_read(folder, rank, size, &set, &err), PT_OK);
                const pt_corpus *part = set.corpus;
                assert_int_equal(part->first_doc, d);
                assert_int_equal(pt_corpus_total(part), p.corpus->D);
                pt_corpus_digest(part, digest);
                assert_string_equal(digest, whole);
                assert_memory_equal(part->doc_freq, p.corpus->doc_freq, part->V * sizeof *part->doc_freq);
                assert_int_equal(set.seeds->start[set.seeds->n_items], p.seeds->start[p.seeds->n_items]);
                assert_int_equal(set.patents.codes.n_codes, patents.codes.n_codes);
                for (uint32_t i = 0; i < part->D; i++, d++) {
                    const uint64_t n = part->doc_start[i + 1] - part->doc_start[i],
                                   at = p.corpus->doc_start[d];
                    assert_int_equal(n, p.corpus->doc_start[d + 1] - at);
                    assert_memory_equal(part->word + part->doc_start[i], p.corpus->word + at,
                                        n * sizeof *part->word);
                    assert_memory_equal(part->flags + part->doc_start[i], p.corpus->flags + at, n);
                    assert_same_patents(&set.patents, i, &patents, d);
                }
                pt_shard_set_free(&set);
            }
            assert_int_equal(d, p.corpus->D);
        }
        pt_shards_remove(folder);
        assert_false(pt_file_exists(folder));
    }
    free(folder);
    patents_free(&patents);
    planted_free(&p);
}

static void write_bytes(const char *path, const char *bytes, size_t n) {
    pt_writer *writer = NULL;
    pt_error err = {0};
    assert_int_equal(pt_writer_open(&writer, path, &err), PT_OK);
    pt_writer_bytes(writer, bytes, n);
    assert_int_equal(pt_writer_close(writer, &err), PT_OK);
}

/* Every byte of the head, and of a shard, is watched over; a head that is sealed anew is still not believed.
 */
static void damaged_shards_are_refused(void **state) {
    (void)state;
    planted p = planted_new(600);
    char *folder = scratch_path("damaged"), *head = pt_path_join(folder, "corpus.head"), *bytes = NULL;
    pt_error err = {0};
    size_t n = 0;
    pt_shard_set set;
    assert_int_equal(pt_shards_write(folder, p.corpus, p.seeds, NULL, 1, &err), PT_OK);
    assert_int_equal(pt_file_read(head, &bytes, &n, &err), PT_OK);
    for (size_t i = 0; i < n; i += 97) {
        bytes[i] ^= 0x21;
        write_bytes(head, bytes, n);
        assert_int_equal(pt_shards_read(folder, 0, 1, &set, &err), PT_ERR_DATA);
        bytes[i] ^= 0x21;
    }
    for (size_t i = 8; i < 400; i++) {
        char hex[65], was = bytes[i];
        bytes[i] = (char)(was + 1 + (int)(i % 200));
        pt_digest(bytes, n - 64, hex);
        memcpy(bytes + n - 64, hex, 64);
        write_bytes(head, bytes, n);
        if (pt_shards_read(folder, 0, 1, &set, &err) == PT_OK)
            pt_shard_set_free(&set); /* a byte that says nothing of the documents, such as a digest's */
        bytes[i] = was;
    }
    free(bytes);
    pt_shards_remove(folder);
    assert_int_equal(pt_shards_read(folder, 0, 1, &set, &err), PT_ERR_NO_INPUT);
    free(head);
    free(folder);
    planted_free(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_come_back),
        cmocka_unit_test(the_shorter_form_is_the_shorter_one),
        cmocka_unit_test(bytes_that_make_no_sense_are_refused),
        cmocka_unit_test(an_exchange_adds_up),
        cmocka_unit_test(shards_cover_the_documents),
        cmocka_unit_test(a_corpus_comes_back_from_its_shards),
        cmocka_unit_test(others_shards_are_not_read),
        cmocka_unit_test(damaged_shards_are_refused),
    };
    return cmocka_run_group_tests(tests, scratch_make, scratch_drop);
}
