/* SPDX-License-Identifier: Apache-2.0 */
/* faults.c - runs a command and lets power fail, or the disk, at its n-th write point: the system calls that
 * change files (write, fsync, rename, unlink …) are counted over all its threads
 * and child processes, by ptrace.
 *
 *     faults kill N COMMAND…     SIGKILL just before the n-th write point
 *     faults ENOSPC N COMMAND…   the n-th write point and all later writes fail with "no space left"
 *     faults EIO N COMMAND…      the n-th write point fails with "input/output error", once
 *     faults count 0 COMMAND…    prints the number of write points to the file $FAULTS_COUNT
 *
 * Exit status: that of the command; 137 when it was killed. Linux on x86-64. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__linux__) && defined(__x86_64__)

typedef enum mode { KILL, FAIL_ONCE, FAIL_FROM, COUNT } mode;

enum { MAX_THREADS = 256 };

typedef struct tracee {
    pid_t id;
    bool in_call, fails;
} tracee;

typedef struct tracing {
    mode mode;
    long at, seen;
    int code; /* errno to inject */
    pid_t child;
    tracee thread[MAX_THREADS];
    int n_threads;
} tracing;

static bool is_write_point(unsigned long long number, unsigned long long descriptor) {
    switch (number) {
    case SYS_write:
    case SYS_writev:
        return descriptor > 2; /* what goes to the terminal is no file */
    case SYS_pwrite64:
    case SYS_fsync:
    case SYS_fdatasync:
    case SYS_ftruncate:
    case SYS_rename:
    case SYS_unlink:
    case SYS_mkdir:
    case SYS_rmdir:
    case SYS_symlink:
        return true;
    default:
        return false;
    }
}

static tracee *find_thread(tracing *t, pid_t id) {
    for (int i = 0; i < t->n_threads; i++)
        if (t->thread[i].id == id)
            return &t->thread[i];
    if (t->n_threads == MAX_THREADS) {
        fprintf(stderr, "faults: too many threads\n");
        exit(70);
    }
    t->thread[t->n_threads] = (tracee){.id = id};
    return &t->thread[t->n_threads++];
}

static void on_entry(tracing *t, tracee *thread, const struct user_regs_struct *regs) {
    if (!is_write_point(regs->orig_rax, regs->rdi))
        return;
    t->seen++;
    if (t->mode == KILL && t->seen == t->at) {
        for (int i = 0; i < t->n_threads; i++) /* and its child processes */
            kill(t->thread[i].id, SIGKILL);
        return;
    }
    const bool is_write = regs->orig_rax == SYS_write || regs->orig_rax == SYS_pwrite64;
    thread->fails =
        (t->mode == FAIL_ONCE && t->seen == t->at) || (t->mode == FAIL_FROM && t->seen >= t->at && is_write);
    if (thread->fails) {
        struct user_regs_struct none = *regs;
        none.orig_rax = (unsigned long long)-1; /* no such call: nothing happens */
        ptrace(PTRACE_SETREGS, thread->id, NULL, &none);
    }
}

static void on_exit_of_call(tracing *t, tracee *thread, struct user_regs_struct *regs) {
    if (!thread->fails)
        return;
    regs->rax = (unsigned long long)-(long long)t->code;
    ptrace(PTRACE_SETREGS, thread->id, NULL, regs);
    thread->fails = false;
}

static void on_call(tracing *t, pid_t id) {
    tracee *thread = find_thread(t, id);
    struct user_regs_struct regs;
    thread->in_call = !thread->in_call;
    if (ptrace(PTRACE_GETREGS, id, NULL, &regs) != 0)
        return;
    if (thread->in_call)
        on_entry(t, thread, &regs);
    else
        on_exit_of_call(t, thread, &regs);
}

/* Follows the child and its threads to the end; returns its wait status. */
static int follow(tracing *t) {
    int status, last = 0;
    pid_t id;
    while ((id = waitpid(-1, &status, __WALL)) > 0) {
        if (WIFEXITED(status) || WIFSIGNALED(status)) {
            if (id == t->child)
                last = status;
            continue;
        }
        long deliver = 0;
        const int stop = WSTOPSIG(status);
        if (stop == (SIGTRAP | 0x80))
            on_call(t, id);
        else if (stop != SIGTRAP && stop != SIGSTOP)
            deliver = stop;
        ptrace(PTRACE_SYSCALL, id, NULL, deliver);
    }
    return last;
}

static void write_count(const tracing *t) {
    const char *path = getenv("FAULTS_COUNT");
    FILE *out = path ? fopen(path, "w") : NULL;
    if (!out || fprintf(out, "%ld\n", t->seen) < 0 || fclose(out) != 0) {
        fprintf(stderr, "faults: cannot write FAULTS_COUNT\n");
        exit(74);
    }
}

int main(int argc, char **argv) {
    if (argc < 4) {
        fprintf(stderr, "usage: faults kill|ENOSPC|EIO|count N COMMAND...\n");
        return 64;
    }
    tracing t = {.at = atol(argv[2])};
    t.mode = strcmp(argv[1], "kill") == 0     ? KILL
             : strcmp(argv[1], "ENOSPC") == 0 ? FAIL_FROM
             : strcmp(argv[1], "EIO") == 0    ? FAIL_ONCE
                                              : COUNT;
    t.code = t.mode == FAIL_FROM ? ENOSPC : EIO;
    t.child = fork();
    if (t.child == 0) {
        ptrace(PTRACE_TRACEME, 0, NULL, NULL);
        raise(SIGSTOP);
        execvp(argv[3], argv + 3);
        _exit(127);
    }
    int status;
    if (t.child < 0 || waitpid(t.child, &status, 0) < 0 ||
        ptrace(PTRACE_SETOPTIONS, t.child, NULL,
               PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_EXITKILL) != 0) {
        perror("faults");
        return 71;
    }
    ptrace(PTRACE_SYSCALL, t.child, NULL, 0);
    status = follow(&t);
    if (t.mode == COUNT)
        write_count(&t);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

#else
int main(void) {
    return 71;
}
#endif
