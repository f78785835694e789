/* SPDX-License-Identifier: Apache-2.0 */
/* ranks.h - the only door to MPI: the processes of one job and what they say to one another. Without MPI
 * (the default build), and for ranks = NULL, there is one rank and every call is the identity.
 *
 * Every call but rank, size and cost is collective: all ranks make the same calls in the same order. Sums are
 * of integers, so their order does not matter. Messages of any size are cut below the 2^31 of MPI's counts.
 * A rank that is lost, or silent for longer than the patience, ends the whole job with a message and
 * PT_ERR_AGAIN's code: a job that has lost a rank cannot go on, but its checkpoint can. */
#ifndef PT_TOPICS_RANKS_H
#define PT_TOPICS_RANKS_H

#include "base/buf.h"
#include "base/status.h"

/* Joins the job when a launcher (mpirun, srun) has started this process; *out is NULL when there is none, or
 * when this is its only process. Errors: PT_ERR_CONFIG (several processes, but built without MPI), PT_ERR_IO.
 */
pt_status pt_ranks_open(pt_ranks **out, pt_error *err) PT_WARN_UNUSED;
/* Leaves the job; waits for the others. exit_code: with which to end the process when MPI does not let it
 * go. NULL is fine. */
void pt_ranks_close(pt_ranks *ranks, int exit_code);

int pt_ranks_rank(const pt_ranks *ranks); /* 0 .. size - 1 */
int pt_ranks_size(const pt_ranks *ranks);
/* Name and version of the MPI library, "" without; borrowed. */
const char *pt_ranks_library(const pt_ranks *ranks);
/* Threads of a rank when `requested` is 0: its share of the cores that the ranks of its machine may use. */
int pt_ranks_threads(const pt_ranks *ranks, int requested);
/* How long to wait for the others before giving up; 30 minutes. */
void pt_ranks_set_patience(pt_ranks *ranks, double minutes);

/* The first of n units that a rank owns, units dealt in whole runs: rank r owns first(r) .. first(r + 1) - 1.
 */
uint64_t pt_ranks_first(uint64_t n_units, int rank, int size);

/* Ends the job at once, from any rank, with a message on stderr. */
void pt_ranks_abort(pt_ranks *ranks, const char *message) __attribute__((noreturn));
/* The status of all: PT_OK when every rank has it, else that of the lowest rank that failed, with its
 * message. So every rank takes the same way out. */
pt_status pt_ranks_agree(pt_ranks *ranks, pt_status status, pt_error *err) PT_WARN_UNUSED;

/* x [n], element by element, over all ranks. */
void pt_ranks_sum(pt_ranks *ranks, int64_t *x, size_t n);
void pt_ranks_max(pt_ranks *ranks, int64_t *x, size_t n);
/* From rank 0 to all. */
void pt_ranks_broadcast(pt_ranks *ranks, void *bytes, size_t n);
/* What each rank has, appended to `all` of every rank in the order of ranks. */
void pt_ranks_collect(pt_ranks *ranks, const pt_buf *mine, pt_buf *all);
/* Rank `from` calls send, rank `to` receive, no one else; receive appends to what is there. */
void pt_ranks_send(pt_ranks *ranks, int to, const void *bytes, size_t n);
void pt_ranks_receive(pt_ranks *ranks, int from, pt_buf *out);

/* An exchange under way. begin, then go, then end, each once, each returning as soon as it can; between them
 * the caller computes while bytes travel. All ranks go through them in the same order. */
typedef struct pt_transfer pt_transfer;
/* to [size]: what each rank is to get; must live until end. */
pt_transfer *pt_ranks_begin_trade(pt_ranks *ranks, const pt_buf *to);
/* Everybody gets `mine` of everybody; must live until end. */
pt_transfer *pt_ranks_begin_share(pt_ranks *ranks, const pt_buf *mine);
void pt_transfer_go(pt_transfer *transfer);
/* from [size] is overwritten: what each rank had for this one. Frees the transfer. */
void pt_transfer_end(pt_transfer *transfer, pt_buf *from);

/* What the calls above have cost this rank so far. */
typedef struct pt_ranks_cost {
    uint64_t bytes_sent; /* handed to MPI for other ranks; of a sum, as a ring would send it */
    uint64_t calls;
    double seconds; /* inside the calls, waiting included */
} pt_ranks_cost;
pt_ranks_cost pt_ranks_cost_so_far(const pt_ranks *ranks);

#endif
