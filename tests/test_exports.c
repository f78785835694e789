/* SPDX-License-Identifier: Apache-2.0 */
/* Every format is read back by a small reader of its own and compared with counts taken from the corpus. */
#include "report_fixture.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "base/vec.h"
#include "report/exports.h"

#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

static const char *const files[] = {"ldavis.json",    "mallet.txt",     "topic-word-weights.txt",
                                    "doc-topics.txt", "topic-keys.txt", "word-topic-counts.txt",
                                    "docword.txt",    "vocab.txt",      "corpus.ldac",
                                    "documents.txt",  "vosviewer.json", "documents-words.mtx",
                                    "network.graphml"};

typedef struct setting {
    fixture x;
    char folder[64];
    uint32_t *bag; /* [D][V] what every format must say */
    uint64_t cells;
} setting;

static int set_up(void **state) {
    setting *s = pt_zalloc(1, sizeof *s);
    fixture_init(&s->x);
    const pt_corpus *corpus = s->x.corpus;
    s->bag = pt_zalloc((size_t)corpus->D * corpus->V, sizeof *s->bag);
    for (uint32_t d = 0; d < corpus->D; d++)
        for (uint64_t i = corpus->doc_start[d]; i < corpus->doc_start[d + 1]; i++) {
            uint32_t *cell = &s->bag[(size_t)d * corpus->V + corpus->word[i]];
            s->cells += *cell == 0;
            *cell += corpus->flags[i] & PT_TOKEN_TITLE ? s->x.model->title_weight : 1;
        }
    snprintf(s->folder, sizeof s->folder, "/tmp/patopic-export-XXXXXX");
    assert_non_null(mkdtemp(s->folder));
    *state = s;
    return 0;
}

static int tear_down(void **state) {
    setting *s = *state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char *path = pt_path_join(s->folder, files[i]);
        unlink(path);
        free(path);
    }
    rmdir(s->folder);
    free(s->bag);
    fixture_free(&s->x);
    free(s);
    return 0;
}

static void export_as(const setting *s, const char *format) {
    pt_error err = {0};
    if (pt_export_write(&s->x.findings, format, s->folder, &err))
        fail_msg("%s: %s", format, err.message);
}

/* The lines of a file; the lines point into *bytes. */
typedef PT_VEC(char *) lines;

static lines read_lines(const setting *s, const char *name, char **bytes) {
    char *path = pt_path_join(s->folder, name);
    pt_error err;
    size_t n;
    lines all = {0};
    assert_int_equal(pt_file_read(path, bytes, &n, &err), PT_OK);
    free(path);
    assert_int_equal((*bytes)[n - 1], '\n');
    for (char *at = *bytes; at < *bytes + n;) {
        char *end = strchr(at, '\n');
        *end = '\0';
        pt_vec_push(&all, at);
        at = end + 1;
    }
    return all;
}

static void check_vocabulary(const setting *s) {
    char *bytes;
    lines words = read_lines(s, "vocab.txt", &bytes);
    assert_int_equal(words.n, s->x.corpus->V);
    for (size_t w = 0; w < words.n; w++) {
        assert_null(strpbrk(words.at[w], " \t"));
        assert_int_equal(strlen(words.at[w]), strlen(s->x.corpus->form[w]));
    }
    pt_vec_free(&words);
    free(bytes);
}

/* Triples from line `first` on, counted from 1; they must be all cells of the bag, in order. */
static void check_triples(const setting *s, const lines *all, size_t first) {
    uint64_t last = 0;
    assert_int_equal(all->n - first, s->cells);
    for (size_t i = first; i < all->n; i++) {
        unsigned d, w, count;
        char rest;
        assert_int_equal(sscanf(all->at[i], "%u %u %u%c", &d, &w, &count, &rest), 3);
        assert_in_range(d, 1, s->x.corpus->D);
        assert_in_range(w, 1, s->x.corpus->V);
        const uint64_t place = (uint64_t)(d - 1) * s->x.corpus->V + w - 1;
        assert_int_equal(count, s->bag[place]);
        assert_true(count > 0 && (i == first || place > last));
        last = place;
    }
}

static void test_uci(void **state) {
    const setting *s = *state;
    char *bytes;
    export_as(s, "uci");
    lines all = read_lines(s, "docword.txt", &bytes);
    assert_int_equal(strtoul(all.at[0], NULL, 10), s->x.corpus->D);
    assert_int_equal(strtoul(all.at[1], NULL, 10), s->x.corpus->V);
    assert_int_equal(strtoul(all.at[2], NULL, 10), s->cells);
    check_triples(s, &all, 3);
    check_vocabulary(s);
    pt_vec_free(&all);
    free(bytes);
}

static void test_mtx(void **state) {
    const setting *s = *state;
    char *bytes, *numbers_bytes;
    export_as(s, "mtx");
    lines all = read_lines(s, "documents-words.mtx", &bytes);
    assert_string_equal(all.at[0], "%%MatrixMarket matrix coordinate integer general");
    size_t first = 1;
    while (all.at[first][0] == '%')
        first++;
    unsigned rows, columns;
    unsigned long entries;
    assert_int_equal(sscanf(all.at[first], "%u %u %lu", &rows, &columns, &entries), 3);
    assert_int_equal(rows, s->x.corpus->D);
    assert_int_equal(columns, s->x.corpus->V);
    assert_int_equal(entries, s->cells);
    check_triples(s, &all, first + 1);
    lines numbers = read_lines(s, "documents.txt", &numbers_bytes);
    assert_int_equal(numbers.n, s->x.corpus->D);
    assert_string_equal(numbers.at[7], s->x.documents.at[7].application_number);
    pt_vec_free(&numbers);
    pt_vec_free(&all);
    free(numbers_bytes);
    free(bytes);
}

static void test_ldac(void **state) {
    const setting *s = *state;
    char *bytes;
    export_as(s, "ldac");
    lines all = read_lines(s, "corpus.ldac", &bytes);
    assert_int_equal(all.n, s->x.corpus->D);
    uint64_t cells = 0;
    for (uint32_t d = 0; d < all.n; d++) {
        char *at;
        const unsigned long n = strtoul(all.at[d], &at, 10);
        for (unsigned long i = 0; i < n; i++) {
            assert_int_equal(*at, ' ');
            const unsigned long w = strtoul(at + 1, &at, 10);
            assert_int_equal(*at, ':');
            assert_true(w < s->x.corpus->V);
            assert_int_equal(strtoul(at + 1, &at, 10), s->bag[(size_t)d * s->x.corpus->V + w]);
        }
        assert_int_equal(*at, '\0');
        cells += n;
    }
    assert_int_equal(cells, s->cells);
    check_vocabulary(s);
    pt_vec_free(&all);
    free(bytes);
}

/* Words of a line separated by blanks against the bag of document d. A blank in a word is "_" there. */
static void check_words(const setting *s, uint32_t d, char *text) {
    const pt_corpus *corpus = s->x.corpus;
    uint64_t met = 0, expected = 0;
    uint32_t *count = pt_zalloc(corpus->V, sizeof *count);
    for (char *word = strtok(text, " "); word; word = strtok(NULL, " "), met++) {
        uint32_t w = 0;
        for (; w < corpus->V; w++) {
            char *form = pt_strdup(corpus->form[w]);
            for (char *p = form; *p; p++)
                *p = *p == ' ' ? '_' : *p;
            const bool same = strcmp(form, word) == 0;
            free(form);
            if (same)
                break;
        }
        assert_true(w < corpus->V);
        count[w]++;
    }
    for (uint32_t w = 0; w < corpus->V; w++) {
        assert_int_equal(count[w], s->bag[(size_t)d * corpus->V + w]);
        expected += count[w];
    }
    assert_int_equal(met, expected);
    free(count);
}

static void test_tomotopy(void **state) {
    const setting *s = *state;
    char *bytes;
    export_as(s, "tomotopy-text");
    lines all = read_lines(s, "documents.txt", &bytes);
    assert_int_equal(all.n, s->x.corpus->D);
    for (uint32_t d = 0; d < all.n; d += 17)
        check_words(s, d, all.at[d]);
    pt_vec_free(&all);
    free(bytes);
}

static void check_mallet_instances(const setting *s) {
    char *bytes;
    lines all = read_lines(s, "mallet.txt", &bytes);
    assert_int_equal(all.n, s->x.corpus->D);
    for (uint32_t d = 0; d < all.n; d += 13) {
        char *label = strchr(all.at[d], '\t'), *text = strchr(label + 1, '\t');
        *label = *text = '\0';
        assert_string_equal(all.at[d], s->x.documents.at[d].application_number);
        const uint32_t from = s->x.mapping.start[d];
        assert_string_equal(label + 1, from < s->x.mapping.start[d + 1] ? s->x.id[s->x.mapping.at[from].item]
                                                                        : "unclassified");
        check_words(s, d, text + 1);
    }
    pt_vec_free(&all);
    free(bytes);
}

/* Topic by topic the counts must sum to n_k: so the order is not permuted. */
static void check_mallet_counts(const setting *s) {
    const pt_model *model = s->x.model;
    char *bytes, *weights_bytes;
    lines all = read_lines(s, "word-topic-counts.txt", &bytes);
    uint64_t *sum = pt_zalloc(model->K, sizeof *sum);
    double *weight = pt_zalloc(model->K, sizeof *weight);
    assert_int_equal(all.n, model->V);
    for (uint32_t w = 0; w < all.n; w++) {
        char *at;
        assert_int_equal(strtoul(all.at[w], &at, 10), w);
        at = strchr(at + 1, ' ');
        unsigned long before = UINT32_MAX;
        while (at && *at == ' ') {
            const unsigned long k = strtoul(at + 1, &at, 10);
            assert_true(*at == ':' && k < model->K);
            const unsigned long n = strtoul(at + 1, &at, 10);
            assert_in_range(n, 1, before);
            before = n;
            sum[k] += n;
        }
    }
    lines weights = read_lines(s, "topic-word-weights.txt", &weights_bytes);
    for (size_t i = 0; i < weights.n; i++) {
        char *word = strchr(weights.at[i], '\t'), *value = strrchr(weights.at[i], '\t');
        assert_true(word && value > word);
        weight[strtoul(weights.at[i], NULL, 10)] += strtod(value + 1, NULL) - model->beta;
    }
    for (uint32_t k = 0; k < model->K; k++) {
        assert_int_equal(sum[k], model->topic_total[k]);
        assert_true(fabs(weight[k] - (double)model->topic_total[k]) < 1e-3);
    }
    free(sum);
    free(weight);
    pt_vec_free(&all);
    pt_vec_free(&weights);
    free(bytes);
    free(weights_bytes);
}

static void test_mallet(void **state) {
    const setting *s = *state;
    const pt_model *model = s->x.model;
    char *bytes, *keys_bytes;
    export_as(s, "mallet");
    check_mallet_instances(s);
    check_mallet_counts(s);
    lines all = read_lines(s, "doc-topics.txt", &bytes);
    assert_int_equal(all.n, model->D);
    for (uint32_t d = 0; d < all.n; d++) {
        char *at;
        assert_int_equal(strtoul(all.at[d], &at, 10), d);
        at = strchr(at + 1, '\t');
        double best = 0;
        uint32_t best_topic = 0;
        for (uint32_t k = 0; k < model->K; k++) {
            assert_int_equal(*at, '\t');
            const double share = strtod(at + 1, &at);
            if (share > best) {
                best = share;
                best_topic = k;
            }
        }
        assert_int_equal(*at, '\0');
        assert_true(fabs(best - (double)model->theta[(size_t)d * PT_MODEL_TOPICS]) < 1e-5);
        assert_true(best_topic == model->theta_topic[(size_t)d * PT_MODEL_TOPICS] || best < 0.5);
    }
    lines keys = read_lines(s, "topic-keys.txt", &keys_bytes);
    assert_int_equal(keys.n, model->K);
    for (uint32_t k = 0; k < keys.n; k++) {
        char *at;
        assert_int_equal(strtoul(keys.at[k], &at, 10), k);
        assert_true(fabs(strtod(at + 1, &at) / model->alpha[k] - 1) < 1e-6);
    }
    pt_vec_free(&all);
    pt_vec_free(&keys);
    free(bytes);
    free(keys_bytes);
}

/* Patents of the region that hold both items, counted the slow way. */
static uint32_t together(const setting *s, const char *a, const char *b) {
    uint32_t n = 0;
    for (uint32_t d = 0; d < N_DOCUMENTS; d++) {
        bool has_a = false, has_b = false;
        for (uint32_t i = s->x.mapping.start[d]; i < s->x.mapping.start[d + 1]; i++) {
            has_a = has_a || strcmp(s->x.id[s->x.mapping.at[i].item], a) == 0;
            has_b = has_b || strcmp(s->x.id[s->x.mapping.at[i].item], b) == 0;
        }
        n += has_a && has_b && s->x.documents.at[d].weight > 0;
    }
    return n;
}

static double number_at(xmlXPathContext *context, const char *path) {
    xmlXPathObject *object = xmlXPathEvalExpression((const xmlChar *)path, context);
    const double value = xmlXPathCastToNumber(object);
    xmlXPathFreeObject(object);
    return value;
}

static char *text_at(xmlXPathContext *context, const char *path) {
    xmlXPathObject *object = xmlXPathEvalExpression((const xmlChar *)path, context);
    char *text = (char *)xmlXPathCastToString(object);
    xmlXPathFreeObject(object);
    return text;
}

static void test_graphml(void **state) {
    const setting *s = *state;
    export_as(s, "graphml");
    char *path = pt_path_join(s->folder, "network.graphml");
    xmlDoc *document = xmlReadFile(path, NULL, XML_PARSE_NONET);
    assert_non_null(document);
    xmlXPathContext *context = xmlXPathNewContext(document);
    xmlXPathRegisterNs(context, (const xmlChar *)"g",
                       (const xmlChar *)"http://graphml.graphdrawing.org/xmlns");
    const unsigned nodes = (unsigned)number_at(context, "count(//g:node)"),
                   edges = (unsigned)number_at(context, "count(//g:edge)");
    assert_in_range(nodes, N_SELECTED, N_ITEMS);
    assert_int_equal(number_at(context, "count(//g:data[not(@key = //g:key/@id)])"), 0);
    assert_int_equal(
        number_at(context, "count(//g:edge[not(@source = //g:node/@id) or not(@target = //g:node/@id)])"), 0);
    assert_true(edges > 10);
    uint64_t sum = 0, expected = 0;
    for (unsigned e = 1; e <= edges; e++) {
        char *ask[3] = {pt_strfmt("//g:node[@id = //g:edge[%u]/@source]/g:data[@key = 'k0']", e),
                        pt_strfmt("//g:node[@id = //g:edge[%u]/@target]/g:data[@key = 'k0']", e),
                        pt_strfmt("//g:edge[%u]/g:data[@key = 'k9']", e)};
        char *a = text_at(context, ask[0]), *b = text_at(context, ask[1]);
        const double patents = number_at(context, ask[2]);
        assert_int_equal(patents, together(s, a, b));
        sum += (uint64_t)patents;
        for (int i = 0; i < 3; i++)
            free(ask[i]);
        xmlFree(a);
        xmlFree(b);
    }
    for (uint32_t a = 0; a < N_ITEMS; a++)
        for (uint32_t b = a + 1; b < N_ITEMS; b++)
            expected += together(s, s->x.id[a], s->x.id[b]);
    assert_int_equal(sum, expected);
    for (unsigned n = 1; n <= nodes; n++) {
        char *ask = pt_strfmt("//g:node[%u]/g:data[@key = 'k6']", n);
        assert_true(fabs(number_at(context, ask)) <= 1);
        free(ask);
    }
    xmlXPathFreeContext(context);
    xmlFreeDoc(document);
    free(path);
}

static void test_vosviewer(void **state) {
    const setting *s = *state;
    export_as(s, "vosviewer");
    char *path = pt_path_join(s->folder, "vosviewer.json");
    json_error_t error;
    json_t *file = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
    assert_non_null(file);
    const json_t *network = json_object_get(file, "network"), *items = json_object_get(network, "items"),
                 *links = json_object_get(network, "links");
    uint32_t n_patents = 0, patents[N_ITEMS] = {0};
    for (uint32_t d = 0; d < N_DOCUMENTS; d++) {
        if (!(s->x.documents.at[d].weight > 0))
            continue;
        n_patents += s->x.mapping.start[d] < s->x.mapping.start[d + 1];
        for (uint32_t i = s->x.mapping.start[d]; i < s->x.mapping.start[d + 1]; i++)
            patents[s->x.mapping.at[i].item]++;
    }
    for (size_t i = 0; i < json_array_size(items); i++) {
        const json_t *item = json_array_get(items, i);
        const json_int_t id = json_integer_value(json_object_get(item, "id"));
        assert_in_range(id, 1, N_ITEMS);
        assert_string_equal(json_string_value(json_object_get(item, "label")), item_names[id - 1]);
        assert_int_equal(json_integer_value(json_object_get(json_object_get(item, "weights"), "Patents")),
                         patents[id - 1]);
    }
    assert_true(json_array_size(links) > 10);
    for (size_t i = 0; i < json_array_size(links); i++) {
        const json_t *link = json_array_get(links, i);
        const json_int_t a = json_integer_value(json_object_get(link, "source_id")) - 1,
                         b = json_integer_value(json_object_get(link, "target_id")) - 1;
        const double strength =
            (double)n_patents * together(s, s->x.id[a], s->x.id[b]) / ((double)patents[a] * patents[b]);
        assert_true(fabs(json_real_value(json_object_get(link, "strength")) / strength - 1) < 1e-9);
    }
    json_decref(file);
    free(path);
}

static void test_ldavis(void **state) {
    const setting *s = *state;
    export_as(s, "ldavis");
    char *path = pt_path_join(s->folder, "ldavis.json");
    json_error_t error;
    json_t *file = json_load_file(path, 0, &error);
    assert_non_null(file);
    const json_t *map = json_object_get(file, "mdsDat");
    for (size_t k = 0; k < s->x.model->K; k++) {
        const double share = 100.0 * (double)s->x.model->topic_total[k] / (double)s->x.model->N;
        assert_int_equal(json_integer_value(json_array_get(json_object_get(map, "topics"), k)), k + 1);
        assert_true(fabs(json_real_value(json_array_get(json_object_get(map, "Freq"), k)) - share) < 1e-9);
    }
    json_decref(file);
    free(path);
}

static void test_no_such_format(void **state) {
    const setting *s = *state;
    pt_error err = {0};
    assert_int_equal(pt_export_write(&s->x.findings, "spss", s->folder, &err), PT_ERR_USAGE);
    assert_non_null(strstr(err.message, "graphml"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_uci),
        cmocka_unit_test(test_mtx),
        cmocka_unit_test(test_ldac),
        cmocka_unit_test(test_tomotopy),
        cmocka_unit_test(test_mallet),
        cmocka_unit_test(test_graphml),
        cmocka_unit_test(test_vosviewer),
        cmocka_unit_test(test_ldavis),
        cmocka_unit_test(test_no_such_format),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
