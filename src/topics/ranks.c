/* SPDX-License-Identifier: Apache-2.0 */
/* ranks.c - the only file that includes mpi.h, and that only when built with -DPT_MPI. */
#include "topics/ranks.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/parallel.h"
#include "base/vec.h"
#include "base/watchdog.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

uint64_t pt_ranks_first(uint64_t n_units, int rank, int size) {
    return (uint64_t)((unsigned __int128)n_units * (unsigned)rank / (unsigned)size);
}

/* How many processes the launcher says there are: 0 = there is no launcher, -1 = it does not tell. Open MPI;
 * MPICH's Hydra and Slurm with pmi2; Slurm with pmix. */
static long launched_processes(void) {
    static const char *const counts[] = {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_STEP_NUM_TASKS"};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        const char *text = getenv(counts[i]);
        if (text && text[0])
            return strtol(text, NULL, 10);
    }
    return getenv("PMIX_RANK") || getenv("PMI_RANK") ? -1 : 0;
}

#ifdef PT_MPI

#include <mpi.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

struct pt_ranks {
    MPI_Comm comm;
    int rank, size, neighbours; /* ranks on this machine, this one among them */
    double patience;            /* seconds */
    size_t chunk;               /* bytes a message at most */
    pt_ranks_cost cost;
    char library[MPI_MAX_LIBRARY_VERSION_STRING];
};

enum { TAG_BYTES = 1, TAG_TRADE = 2 };
/* How long calls of MPI that wait inside, where nobody polls, may take. */
enum { ABORT_SECONDS = 10, LEAVE_SECONDS = 60 };

void pt_ranks_abort(pt_ranks *ranks, const char *message) {
    fprintf(stderr, "patopic: error: rank %d of %d: %s\n", pt_ranks_rank(ranks), pt_ranks_size(ranks),
            message);
    fflush(stderr);
    pt_watchdog_start(ABORT_SECONDS, PT_ERR_AGAIN, "patopic: error: MPI_Abort does not end this process");
    if (ranks)
        MPI_Abort(ranks->comm, PT_ERR_AGAIN);
    _exit(PT_ERR_AGAIN);
}

static void check(pt_ranks *ranks, int code) {
    if (code == MPI_SUCCESS)
        return;
    char text[MPI_MAX_ERROR_STRING] = "", message[MPI_MAX_ERROR_STRING + 128];
    int n = 0;
    MPI_Error_string(code, text, &n);
    snprintf(message, sizeof message,
             "lost the other ranks (%s); start again with --resume to go on from the last checkpoint", text);
    pt_ranks_abort(ranks, message);
}

/* MPICH's MPI_STATUSES_IGNORE is the address 1, which gcc takes for an array of no bytes. */
#pragma GCC diagnostic ignored "-Wstringop-overflow"

static void give_up(pt_ranks *ranks) {
    char message[160];
    snprintf(message, sizeof message,
             "no answer from the other ranks for %.4g minutes; start again with --resume",
             ranks->patience / 60);
    pt_ranks_abort(ranks, message);
}

/* Polls, which is also how MPI moves its bytes; sleeps between polls once the wait is long enough for that
 * not to matter, because another rank may need the core. And not for ever. */
static void wait_for(pt_ranks *ranks, MPI_Request *request, int n) {
    static const double SPIN = 2e-4, LONGEST_NAP = 1e-3; /* seconds */
    const double begin = pt_clock(CLOCK_MONOTONIC);
    double waited = 0;
    for (;;) {
        int done = 0;
        check(ranks, MPI_Testall(n, request, &done, MPI_STATUSES_IGNORE));
        if (done)
            break;
        if (waited > SPIN) {
            const double nap = waited / 20 < LONGEST_NAP ? waited / 20 : LONGEST_NAP;
            nanosleep(&(struct timespec){0, (long)(nap * 1e9)}, NULL);
        }
        waited = pt_clock(CLOCK_MONOTONIC) - begin;
        if (waited > ranks->patience)
            give_up(ranks);
    }
    ranks->cost.seconds += pt_clock(CLOCK_MONOTONIC) - begin;
}

/* An error's message cannot travel when the job never began. */
static pt_status join(pt_ranks *ranks, pt_error *err) {
    int provided = 0;
    pt_watchdog *dog = pt_watchdog_start(
        ranks->patience, PT_ERR_AGAIN,
        "patopic: error: the ranks of the job do not find each other; see the launcher's messages, and "
        "whether the machines reach each other");
    if (MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &provided) != MPI_SUCCESS ||
        provided < MPI_THREAD_FUNNELED) {
        pt_watchdog_stop(dog);
        return pt_fail(err, PT_ERR_IO, "MPI does not start; see the launcher's messages");
    }
    MPI_Comm_dup(MPI_COMM_WORLD, &ranks->comm);
    MPI_Comm_set_errhandler(ranks->comm, MPI_ERRORS_RETURN);
    MPI_Comm_rank(ranks->comm, &ranks->rank);
    MPI_Comm_size(ranks->comm, &ranks->size);
    MPI_Comm machine;
    MPI_Comm_split_type(ranks->comm, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &machine);
    MPI_Comm_size(machine, &ranks->neighbours);
    MPI_Comm_free(&machine);
    pt_watchdog_stop(dog);
    prctl(PR_SET_TIMERSLACK, 1000); /* ns; so that a nap is not three times as long */
    int n = 0;
    MPI_Get_library_version(ranks->library, &n);
    ranks->library[strcspn(ranks->library, "\n,")] = '\0';
    char *version = strstr(ranks->library, " Version:\t");
    if (version) /* of MPICH */
        memmove(version + 1, version + 10, strlen(version + 10) + 1);
    return PT_OK;
}

/* PATOPIC_MPI_CHUNK: bytes a message at most, so that tests can see messages being cut. */
static size_t chunk_bytes(void) {
    enum { LARGEST = 1 << 30 };
    const char *text = getenv("PATOPIC_MPI_CHUNK");
    const long n = text ? strtol(text, NULL, 10) : LARGEST;
    return n < 64 ? 64 : n > LARGEST ? LARGEST : (size_t)n / 8 * 8;
}

pt_status pt_ranks_open(pt_ranks **out, pt_error *err) {
    *out = NULL;
    const long n = launched_processes();
    if (n == 0 || n == 1)
        return PT_OK;
    pt_ranks *ranks = pt_zalloc(1, sizeof *ranks);
    ranks->chunk = chunk_bytes();
    ranks->patience = 30 * 60;
    pt_status status = join(ranks, err);
    if (!status && n > 1 && ranks->size == 1) {
        MPI_Finalize();
        status = pt_fail(err, PT_ERR_CONFIG,
                         "started as one of %ld processes, but %s sees this one alone: they would write over "
                         "one another. The launcher must be of the same MPI library; with Slurm: srun "
                         "--mpi=pmix (Open MPI) or --mpi=pmi2 (MPICH)",
                         n, ranks->library);
    }
    if (status)
        free(ranks);
    else
        *out = ranks;
    return status;
}

/* MPICH over UCX and TCP: MPI_Finalize asks every other rank whether all has arrived, then waits for the
 * launcher where it answers nobody. A rank that answers the question of another while it still polls for the
 * barrier, before it asks itself, is left without an answer and turns for ever. So between machines nobody
 * leaves before all have stopped polling. */
static void settle(const pt_ranks *ranks) {
    if (strstr(ranks->library, "MPICH") && ranks->neighbours < ranks->size)
        nanosleep(&(struct timespec){.tv_sec = 1}, NULL);
}

void pt_ranks_close(pt_ranks *ranks, int exit_code) {
    if (!ranks)
        return;
    MPI_Request request;
    check(ranks, MPI_Ibarrier(ranks->comm, &request));
    wait_for(ranks, &request, 1);
    settle(ranks);
    pt_watchdog *dog =
        pt_watchdog_start(LEAVE_SECONDS, exit_code,
                          "patopic: the work is done, but MPI_Finalize does not come back; ended without it");
    MPI_Comm_free(&ranks->comm);
    MPI_Finalize();
    pt_watchdog_stop(dog);
    free(ranks);
}

int pt_ranks_rank(const pt_ranks *ranks) {
    return ranks ? ranks->rank : 0;
}

int pt_ranks_size(const pt_ranks *ranks) {
    return ranks ? ranks->size : 1;
}

/* A launcher that binds ranks has shared the cores out already. */
int pt_ranks_threads(const pt_ranks *ranks, int requested) {
    const int cores = pt_threads(requested), all = (int)sysconf(_SC_NPROCESSORS_ONLN);
    if (requested > 0 || !ranks || cores < all)
        return cores;
    return cores > ranks->neighbours ? cores / ranks->neighbours : 1;
}

const char *pt_ranks_library(const pt_ranks *ranks) {
    return ranks ? ranks->library : "";
}

void pt_ranks_set_patience(pt_ranks *ranks, double minutes) {
    if (ranks)
        ranks->patience = 60 * minutes;
}

pt_ranks_cost pt_ranks_cost_so_far(const pt_ranks *ranks) {
    return ranks ? ranks->cost : (pt_ranks_cost){0};
}

static void reduce(pt_ranks *ranks, int64_t *x, size_t n, MPI_Op op) {
    if (pt_ranks_size(ranks) == 1)
        return;
    const size_t most = ranks->chunk / sizeof *x;
    for (size_t at = 0; at < n; at += most) {
        const size_t part = n - at < most ? n - at : most;
        MPI_Request request;
        check(ranks, MPI_Iallreduce(MPI_IN_PLACE, x + at, (int)part, MPI_INT64_T, op, ranks->comm, &request));
        wait_for(ranks, &request, 1);
    }
    ranks->cost.calls++;
    ranks->cost.bytes_sent += 2 * n * sizeof *x * (unsigned)(ranks->size - 1) / (unsigned)ranks->size;
}

void pt_ranks_sum(pt_ranks *ranks, int64_t *x, size_t n) {
    reduce(ranks, x, n, MPI_SUM);
}

void pt_ranks_max(pt_ranks *ranks, int64_t *x, size_t n) {
    reduce(ranks, x, n, MPI_MAX);
}

static void broadcast_from(pt_ranks *ranks, int root, char *bytes, size_t n) {
    if (pt_ranks_size(ranks) == 1)
        return;
    for (size_t at = 0; at < n; at += ranks->chunk) {
        const size_t part = n - at < ranks->chunk ? n - at : ranks->chunk;
        MPI_Request request;
        check(ranks, MPI_Ibcast(bytes + at, (int)part, MPI_BYTE, root, ranks->comm, &request));
        wait_for(ranks, &request, 1);
    }
    ranks->cost.calls++;
    ranks->cost.bytes_sent += ranks->rank == root ? n : 0;
}

void pt_ranks_broadcast(pt_ranks *ranks, void *bytes, size_t n) {
    broadcast_from(ranks, 0, bytes, n);
}

pt_status pt_ranks_agree(pt_ranks *ranks, pt_status status, pt_error *err) {
    if (pt_ranks_size(ranks) == 1)
        return status;
    /* The lowest rank that failed has the largest key. */
    int64_t key = status ? ranks->size - ranks->rank : 0;
    pt_ranks_max(ranks, &key, 1);
    if (key == 0)
        return PT_OK;
    pt_error told = {.status = status};
    const int root = ranks->size - (int)key;
    if (ranks->rank == root && err)
        told = *err;
    told.status = ranks->rank == root ? status : told.status;
    broadcast_from(ranks, root, (char *)&told, sizeof told);
    if (err)
        *err = told;
    return told.status;
}

void pt_ranks_send(pt_ranks *ranks, int to, const void *bytes, size_t n) {
    MPI_Request request;
    const uint64_t length = n;
    check(ranks, MPI_Isend(&length, 1, MPI_UINT64_T, to, TAG_BYTES, ranks->comm, &request));
    wait_for(ranks, &request, 1);
    for (size_t at = 0; at < n; at += ranks->chunk) {
        const size_t part = n - at < ranks->chunk ? n - at : ranks->chunk;
        check(ranks,
              MPI_Isend((const char *)bytes + at, (int)part, MPI_BYTE, to, TAG_BYTES, ranks->comm, &request));
        wait_for(ranks, &request, 1);
    }
    ranks->cost.calls++;
    ranks->cost.bytes_sent += n;
}

void pt_ranks_receive(pt_ranks *ranks, int from, pt_buf *out) {
    MPI_Request request;
    uint64_t n = 0;
    check(ranks, MPI_Irecv(&n, 1, MPI_UINT64_T, from, TAG_BYTES, ranks->comm, &request));
    wait_for(ranks, &request, 1);
    char *bytes = pt_buf_room(out, n);
    for (size_t at = 0; at < n; at += ranks->chunk) {
        const size_t part = n - at < ranks->chunk ? n - at : ranks->chunk;
        check(ranks, MPI_Irecv(bytes + at, (int)part, MPI_BYTE, from, TAG_BYTES, ranks->comm, &request));
        wait_for(ranks, &request, 1);
    }
    ranks->cost.calls++;
}

/* Sizes first, then the bytes: a trade as messages between every two ranks, a share as one gather of all. */
struct pt_transfer {
    pt_ranks *ranks;
    const pt_buf *to; /* trade: [size]; share: the one */
    bool is_share;
    uint64_t *mine, *theirs; /* [size] bytes to and from each */
    MPI_Request sizes;
    PT_VEC(MPI_Request) request;
    pt_buf *from; /* [size] */
    char *all;    /* share: what comes, rank behind rank */
    int *count, *offset;
};

static pt_transfer *begin(pt_ranks *ranks, const pt_buf *to, bool is_share) {
    pt_transfer *t = pt_zalloc(1, sizeof *t);
    t->ranks = ranks;
    t->to = to;
    t->is_share = is_share;
    t->mine = pt_alloc((size_t)ranks->size, sizeof *t->mine);
    t->theirs = pt_alloc((size_t)ranks->size, sizeof *t->theirs);
    t->from = pt_zalloc((size_t)ranks->size, sizeof *t->from);
    for (int r = 0; r < ranks->size; r++)
        t->mine[r] = is_share ? to->n : to[r].n;
    if (is_share)
        check(ranks,
              MPI_Iallgather(t->mine, 1, MPI_UINT64_T, t->theirs, 1, MPI_UINT64_T, ranks->comm, &t->sizes));
    else
        check(ranks,
              MPI_Ialltoall(t->mine, 1, MPI_UINT64_T, t->theirs, 1, MPI_UINT64_T, ranks->comm, &t->sizes));
    ranks->cost.calls++;
    return t;
}

pt_transfer *pt_ranks_begin_trade(pt_ranks *ranks, const pt_buf *to) {
    return begin(ranks, to, false);
}

pt_transfer *pt_ranks_begin_share(pt_ranks *ranks, const pt_buf *mine) {
    return begin(ranks, mine, true);
}

static void post(pt_transfer *t, char *bytes, size_t n, int other, bool is_send) {
    const pt_ranks *ranks = t->ranks;
    for (size_t at = 0; at < n; at += ranks->chunk) {
        const int part = (int)(n - at < ranks->chunk ? n - at : ranks->chunk);
        MPI_Request request;
        check(t->ranks, is_send
                            ? MPI_Isend(bytes + at, part, MPI_BYTE, other, TAG_TRADE, ranks->comm, &request)
                            : MPI_Irecv(bytes + at, part, MPI_BYTE, other, TAG_TRADE, ranks->comm, &request));
        pt_vec_push(&t->request, request);
    }
}

/* Starts with the neighbours, so that not all ranks write to rank 0 first. */
static void post_trade(pt_transfer *t) {
    const int size = t->ranks->size, me = t->ranks->rank;
    for (int i = 1; i < size; i++) {
        const int from = (me + size - i) % size, to = (me + i) % size;
        post(t, pt_buf_room(&t->from[from], t->theirs[from]), t->theirs[from], from, false);
        post(t, t->to[to].at, t->to[to].n, to, true);
        t->ranks->cost.bytes_sent += t->to[to].n;
    }
    pt_buf_append(&t->from[me], t->to[me].at, t->to[me].n);
}

static uint64_t sum_of(const uint64_t *x, int n) {
    uint64_t sum = 0;
    for (int i = 0; i < n; i++)
        sum += x[i];
    return sum;
}

/* One gather where all of it stays below the limit of a message, else messages from everybody to everybody.
 */
static void post_share(pt_transfer *t) {
    pt_ranks *ranks = t->ranks;
    const int size = ranks->size, me = ranks->rank;
    const uint64_t total = sum_of(t->theirs, size);
    ranks->cost.bytes_sent += t->to->n * (unsigned)(size - 1);
    if (total > ranks->chunk) {
        for (int i = 1; i < size; i++) {
            const int from = (me + size - i) % size, to = (me + i) % size;
            post(t, pt_buf_room(&t->from[from], t->theirs[from]), t->theirs[from], from, false);
            post(t, t->to->at, t->to->n, to, true);
        }
        pt_buf_append(&t->from[me], t->to->at, t->to->n);
        return;
    }
    t->all = pt_alloc(total, 1);
    t->count = pt_alloc((size_t)size, sizeof *t->count);
    t->offset = pt_alloc((size_t)size, sizeof *t->offset);
    for (int r = 0, at = 0; r < size; r++) {
        t->count[r] = (int)t->theirs[r];
        t->offset[r] = at;
        at += t->count[r];
    }
    MPI_Request request;
    check(ranks, MPI_Iallgatherv(t->to->at, t->count[me], MPI_BYTE, t->all, t->count, t->offset, MPI_BYTE,
                                 ranks->comm, &request));
    pt_vec_push(&t->request, request);
}

void pt_transfer_go(pt_transfer *t) {
    wait_for(t->ranks, &t->sizes, 1);
    if (t->is_share)
        post_share(t);
    else
        post_trade(t);
}

void pt_transfer_end(pt_transfer *t, pt_buf *from) {
    wait_for(t->ranks, t->request.at, (int)t->request.n);
    for (int r = 0; r < t->ranks->size; r++) {
        if (t->all)
            pt_buf_append(&t->from[r], t->all + t->offset[r], (size_t)t->count[r]);
        pt_buf_free(&from[r]);
        from[r] = t->from[r];
    }
    pt_vec_free(&t->request);
    free(t->mine);
    free(t->theirs);
    free(t->from);
    free(t->all);
    free(t->count);
    free(t->offset);
    free(t);
}

void pt_ranks_collect(pt_ranks *ranks, const pt_buf *mine, pt_buf *all) {
    if (pt_ranks_size(ranks) == 1) {
        pt_buf_append(all, mine->at, mine->n);
        return;
    }
    pt_buf *from = pt_zalloc((size_t)ranks->size, sizeof *from);
    pt_transfer *transfer = pt_ranks_begin_share(ranks, mine);
    pt_transfer_go(transfer);
    pt_transfer_end(transfer, from);
    for (int r = 0; r < ranks->size; r++) {
        pt_buf_append(all, from[r].at, from[r].n);
        pt_buf_free(&from[r]);
    }
    free(from);
}

#else

struct pt_transfer {
    const pt_buf *to;
};

pt_status pt_ranks_open(pt_ranks **out, pt_error *err) {
    *out = NULL;
    const long n = launched_processes();
    return n <= 1 ? PT_OK
                  : pt_fail(err, PT_ERR_CONFIG,
                            "started as one of several processes, but this patopic was built without "
                            "MPI: build it with `make MPI=1` and start build-mpi/patopic");
}

void pt_ranks_close(pt_ranks *ranks, int exit_code) {
    (void)ranks;
    (void)exit_code;
}

int pt_ranks_rank(const pt_ranks *ranks) {
    (void)ranks;
    return 0;
}

int pt_ranks_size(const pt_ranks *ranks) {
    (void)ranks;
    return 1;
}

int pt_ranks_threads(const pt_ranks *ranks, int requested) {
    (void)ranks;
    return pt_threads(requested);
}

const char *pt_ranks_library(const pt_ranks *ranks) {
    (void)ranks;
    return "";
}

void pt_ranks_set_patience(pt_ranks *ranks, double minutes) {
    (void)ranks;
    (void)minutes;
}

void pt_ranks_abort(pt_ranks *ranks, const char *message) {
    (void)ranks;
    fprintf(stderr, "patopic: error: %s\n", message);
    exit(PT_ERR_AGAIN);
}

pt_status pt_ranks_agree(pt_ranks *ranks, pt_status status, pt_error *err) {
    (void)ranks;
    (void)err;
    return status;
}

void pt_ranks_sum(pt_ranks *ranks, int64_t *x, size_t n) {
    (void)ranks;
    (void)x;
    (void)n;
}

void pt_ranks_max(pt_ranks *ranks, int64_t *x, size_t n) {
    (void)ranks;
    (void)x;
    (void)n;
}

void pt_ranks_broadcast(pt_ranks *ranks, void *bytes, size_t n) {
    (void)ranks;
    (void)bytes;
    (void)n;
}

void pt_ranks_send(pt_ranks *ranks, int to, const void *bytes, size_t n) {
    (void)ranks;
    (void)to;
    (void)bytes;
    (void)n;
}

void pt_ranks_receive(pt_ranks *ranks, int from, pt_buf *out) {
    (void)ranks;
    (void)from;
    (void)out;
}

void pt_ranks_collect(pt_ranks *ranks, const pt_buf *mine, pt_buf *all) {
    (void)ranks;
    pt_buf_append(all, mine->at, mine->n);
}

static pt_transfer *begin(const pt_buf *to) {
    pt_transfer *transfer = pt_zalloc(1, sizeof *transfer);
    transfer->to = to;
    return transfer;
}

pt_transfer *pt_ranks_begin_trade(pt_ranks *ranks, const pt_buf *to) {
    (void)ranks;
    return begin(to);
}

pt_transfer *pt_ranks_begin_share(pt_ranks *ranks, const pt_buf *mine) {
    (void)ranks;
    return begin(mine);
}

void pt_transfer_go(pt_transfer *transfer) {
    (void)transfer;
}

void pt_transfer_end(pt_transfer *transfer, pt_buf *from) {
    pt_buf_clear(from);
    pt_buf_append(from, transfer->to->at, transfer->to->n);
    free(transfer);
}

pt_ranks_cost pt_ranks_cost_so_far(const pt_ranks *ranks) {
    (void)ranks;
    return (pt_ranks_cost){0};
}

#endif
