/* SPDX-License-Identifier: Apache-2.0 */
#include "base/apart.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* In memory that parent and child share. */
typedef struct outcome {
    bool is_told;
    pt_status status;
    pt_error err;
} outcome;

static _Noreturn void work_and_tell(pt_status (*work)(void *user, pt_error *err), void *user, outcome *told,
                                    pid_t parent) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == parent) {
        told->status = work(user, &told->err);
        told->is_told = true;
    }
    _exit(told->is_told ? PT_OK : PT_ERR_BUG);
}

static pt_status result(const outcome *told, int how, const char *what, pt_error *err) {
    if (told->is_told) {
        if (err && told->status)
            *err = told->err;
        return told->status;
    }
    if (WIFSIGNALED(how))
        return pt_fail(err, PT_ERR_BUG, "%s: not written: out of memory, or a fault of a library (%s)", what,
                       strsignal(WTERMSIG(how)));
    return pt_fail(err, PT_ERR_BUG, "%s: not written: out of memory (exit status %d)", what,
                   WIFEXITED(how) ? WEXITSTATUS(how) : -1);
}

pt_status pt_run_apart(pt_status (*work)(void *user, pt_error *err), void *user, const char *what,
                       pt_error *err) {
    outcome *told = mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (told == MAP_FAILED)
        return work(user, err);
    fflush(NULL); /* or the child, where it runs out of memory, would write it once more */
    const pid_t parent = getpid(), child = fork();
    if (child == 0)
        work_and_tell(work, user, told, parent);
    int how = 0;
    while (child > 0 && waitpid(child, &how, 0) < 0 && errno == EINTR)
        ;
    const pt_status status = child > 0 ? result(told, how, what, err) : work(user, err);
    munmap(told, sizeof *told);
    return status;
}
