/* SPDX-License-Identifier: Apache-2.0 */
/* A checkpoint with bytes changed, and a training that goes on from it: refused with a message, or taken and
 * used. The input is what is changed in a checkpoint that the target itself has made, so that seeds do not
 * age: flags (1: digests are made to fit; 2: the head, 4: the part is cut), bytes to cut, then again and
 * again: offset (2 bytes, head before part), value */
#include "base/file.h"
#include "base/mem.h"
#include "fuzz.h"
#include "planted.h"
#include "topics/checkpoint_format.h"
#include "topics/train.h"

#include <string.h>

enum { DOCUMENTS = 40, SWEEPS = 5, STOP_AT = 3 };

typedef struct stopper {
    volatile sig_atomic_t stop;
} stopper;

static void on_progress(void *user, const char *stage, uint64_t done, uint64_t total) {
    (void)stage, (void)total;
    ((stopper *)user)->stop = done == STOP_AT;
}

typedef struct target {
    planted p;
    char folder[64], *path, *part;
    char *head_bytes, *part_bytes;
    size_t n_head, n_part;
} target;

static pt_status train(const target *t, bool resume, bool stops, pt_error *err) {
    stopper self = {0};
    const pt_monitor monitor = {.progress = on_progress, .stop = &self.stop, .user = &self};
    pt_train_params params = pt_train_params_default();
    params.general_topics = 3;
    params.sweeps = SWEEPS;
    params.kept_sweeps = 3;
    params.threads = 1;
    params.checkpoint = t->path;
    params.resume = resume;
    pt_model *model = NULL;
    const pt_status status =
        pt_train(t->p.corpus, t->p.seeds, NULL, &params, &model, stops ? &monitor : NULL, err);
    expect((status == PT_OK) == (model != NULL), "a model and a failure");
    pt_model_free(model);
    return status;
}

static char *to_remove;

static void remove_folder(void) {
    rmdir(to_remove);
}

static void begin(target *t) {
    pt_error err = {0};
    t->p = planted_new(DOCUMENTS);
    strcpy(t->folder, "/tmp/patopic-fuzz-XXXXXX");
    expect(mkdtemp(t->folder) != NULL, "no folder");
    to_remove = t->folder;
    atexit(remove_folder);
    t->path = pt_path_join(t->folder, "train.ckpt");
    t->part = pt_checkpoint_part(t->path, STOP_AT, 0, 1);
    expect(train(t, false, true, &err) == PT_ERR_AGAIN, err.message);
    expect(pt_file_read(t->path, &t->head_bytes, &t->n_head, &err) == PT_OK, err.message);
    expect(pt_file_read(t->part, &t->part_bytes, &t->n_part, &err) == PT_OK, err.message);
    expect(train(t, true, false, &err) == PT_OK, err.message);
}

static void put(const char *path, const char *bytes, size_t n) {
    FILE *out = fopen(path, "wb");
    expect(out && fwrite(bytes, 1, n, out) == n && fclose(out) == 0, "cannot write");
}

/* Digests that fit: of the part in its entry, of the head behind it. */
static void seal(char *head, size_t n_head, const char *part, size_t n_part) {
    char hex[65];
    if (n_head < PT_CHECKPOINT_DIGEST + sizeof(pt_checkpoint_entry))
        return;
    char *entry = head + n_head - PT_CHECKPOINT_DIGEST - sizeof(pt_checkpoint_entry);
    pt_digest(part, n_part, hex);
    memcpy(entry + offsetof(pt_checkpoint_entry, digest), hex, PT_CHECKPOINT_DIGEST);
    pt_digest(head, n_head - PT_CHECKPOINT_DIGEST, hex);
    memcpy(head + n_head - PT_CHECKPOINT_DIGEST, hex, PT_CHECKPOINT_DIGEST);
}

static void change(const target *t, const uint8_t *data, size_t size, char *head, char *part) {
    for (size_t i = 2; i + 2 < size; i += 3) {
        const size_t at = data[i] | (size_t)data[i + 1] << 8;
        if (at < t->n_head)
            head[at] = (char)data[i + 2];
        else
            part[(at - t->n_head) % t->n_part] = (char)data[i + 2];
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static target t; /* one for the life of the fuzzer */
    if (!t.path)
        begin(&t);
    char *head = pt_alloc(t.n_head, 1), *part = pt_alloc(t.n_part, 1);
    memcpy(head, t.head_bytes, t.n_head);
    memcpy(part, t.part_bytes, t.n_part);
    const uint8_t flags = size ? data[0] : 0, cut = size > 1 ? data[1] : 0;
    size_t n_head = t.n_head - (flags & 2 ? cut % t.n_head : 0);
    const size_t n_part = t.n_part - (flags & 4 ? cut % t.n_part : 0);
    change(&t, data, size, head, part);
    if (flags & 1)
        seal(head, n_head, part, n_part);
    put(t.path, head, n_head);
    put(t.part, part, n_part);
    pt_error err = {0};
    const pt_status status = train(&t, true, false, &err);
    expect(status == PT_OK || status == PT_ERR_DATA || status == PT_ERR_NO_INPUT || status == PT_ERR_IO,
           "an unexpected status");
    expect(status == PT_OK || err.message[0], "refused without a message");
    pt_checkpoint_remove(t.path, NULL);
    free(head);
    free(part);
    return 0;
}
