/* SPDX-License-Identifier: Apache-2.0 */
/* test_report_page.c - the page: nothing in it comes from elsewhere, and everything is in it. */
#include "report_output.h"

#include "base/json.h"

#include <nettle/base64.h>
#include <zlib.h>

/* What stands in a script element of the page: borrowed, n bytes. */
static const char *script_text(const char *html, const char *type, const char *id, size_t *n) {
    char *open = pt_strfmt("<script type=\"%s\" id=\"%s\">", type, id);
    const char *from = strstr(html, open), *to = from ? strstr(from, "</script>") : NULL;
    assert_non_null(to);
    from += strlen(open);
    free(open);
    *n = (size_t)(to - from);
    return from;
}

static json_t *page_block(const char *html, const char *id) {
    size_t n;
    const char *text = script_text(html, "application/json", id, &n);
    json_error_t error;
    json_t *data = json_loadb(text, n, 0, &error);
    if (!data)
        fail_msg("%s", error.text);
    return data;
}

static json_t *packed_block(const char *html, const char *id) {
    size_t n, n_packed;
    const char *text = script_text(html, "text/plain", id, &n);
    struct base64_decode_ctx base64;
    uint8_t *packed = pt_alloc(n, 1);
    base64_decode_init(&base64);
    assert_true(base64_decode_update(&base64, &n_packed, packed, n, text));
    assert_true(base64_decode_final(&base64));
    uLongf n_plain = 1 << 22;
    Bytef *plain = pt_alloc(n_plain, 1);
    assert_int_equal(uncompress(plain, &n_plain, packed, n_packed), Z_OK);
    json_error_t error;
    json_t *data = json_loadb((const char *)plain, n_plain, 0, &error);
    if (!data)
        fail_msg("%s", error.text);
    free(packed);
    free(plain);
    return data;
}

static void test_page_is_inert(void **state) {
    const setting *s = *state;
    size_t n;
    char *html = read_file(s->folder[0], "report.html", &n);
    assert_int_equal(strlen(html), n);
    assert_int_equal(count_of(html, "<script"), 6); /* five blocks of data, one script */
    assert_int_equal(count_of(html, "</script"), 6);
    assert_int_equal(count_of(html, "{{"), 0);
    /* names of namespaces, and d3's own address in its first comment */
    assert_int_equal(count_of(html, "://"), count_of(html, "http://www.w3.org/") + 1);
    assert_non_null(strstr(html, "<title>김해 &lt;연구&gt; &amp; 시험</title>"));
    assert_non_null(strstr(html, "content=\"default-src 'none'; style-src 'sha256-"));
    free(html);
}

static void test_page_holds_everything(void **state) {
    const setting *s = *state;
    size_t n;
    char *html = read_file(s->folder[0], "report.html", &n);
    json_t *data = page_block(html, "study"), *topics = packed_block(html, "topic-terms"),
           *lists = packed_block(html, "lists"), *block = packed_block(html, "patents-0");
    const json_t *patents = json_object_get(block, "rows"),
                 *technologies = json_object_get(data, "technologies");
    assert_string_equal(json_string_value(json_object_get(json_object_get(data, "study"), "note")),
                        s->x.study->note);
    /* a representative of the first technology, so it comes first */
    assert_string_equal(json_string_value(json_array_get(json_array_get(patents, 0), 2)), HARMFUL_TITLE);
    assert_int_equal(json_array_size(patents), N_DOCUMENTS - 2 * N_ITEMS); /* the region's alone */
    assert_int_equal(json_integer_value(json_object_get(data, "patents")), json_array_size(patents));
    assert_int_equal(json_array_size(json_object_get(data, "items")), N_ITEMS);
    assert_int_equal(json_array_size(json_object_get(topics, "topics")), s->x.model->K);
    assert_int_equal(json_array_size(technologies), N_TECHNOLOGIES);
    size_t listed = 0, assigned = 0, unclassified = 0;
    for (size_t k = 0; k < N_ITEMS; k++)
        listed += json_array_size(json_array_get(json_object_get(lists, "items"), k));
    for (uint32_t d = 0; d < N_DOCUMENTS; d++) {
        const uint32_t n_items = s->x.mapping.start[d + 1] - s->x.mapping.start[d];
        assigned += s->x.documents.at[d].weight > 0 ? n_items : 0;
        unclassified += s->x.documents.at[d].weight > 0 && n_items == 0;
    }
    assert_int_equal(listed, assigned);
    assert_int_equal(json_array_size(json_object_get(lists, "unclassified")), unclassified);
    for (size_t t = 0; t < N_TECHNOLOGIES; t++) {
        const json_t *technology = json_array_get(technologies, t);
        assert_string_equal(json_string_value(json_object_get(technology, "name")),
                            s->x.technologies.at[t].name);
        assert_int_equal(json_integer_value(json_object_get(technology, "patents")),
                         s->x.technologies.at[t].n_patents);
        assert_int_equal(json_array_size(json_array_get(json_object_get(lists, "technologies"), t)),
                         s->x.technologies.at[t].n_patents);
    }
    json_decref(data);
    json_decref(topics);
    json_decref(lists);
    json_decref(block);
    free(html);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_page_is_inert),
        cmocka_unit_test(test_page_holds_everything),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
