/* SPDX-License-Identifier: Apache-2.0 */
#include "base/watchdog.h"

#include "base/mem.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

struct pt_watchdog {
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t stopped;
    bool is_stopped;
    struct timespec until; /* CLOCK_MONOTONIC */
    int exit_code;
    const char *message;
};

/* Signals stay with the threads that were there before (base/parallel.h, the console). */
static void *watch(void *user) {
    pt_watchdog *dog = user;
    pthread_mutex_lock(&dog->mutex);
    int code = 0;
    while (!dog->is_stopped && code != ETIMEDOUT)
        code = pthread_cond_timedwait(&dog->stopped, &dog->mutex, &dog->until);
    if (!dog->is_stopped) {
        fprintf(stderr, "%s\n", dog->message);
        fflush(stderr);
        _exit(dog->exit_code);
    }
    pthread_mutex_unlock(&dog->mutex);
    return NULL;
}

pt_watchdog *pt_watchdog_start(double seconds, int exit_code, const char *message) {
    pt_watchdog *dog = pt_zalloc(1, sizeof *dog);
    dog->exit_code = exit_code;
    dog->message = message;
    clock_gettime(CLOCK_MONOTONIC, &dog->until);
    const double whole = (double)(long)seconds;
    dog->until.tv_sec += (long)whole;
    dog->until.tv_nsec += (long)((seconds - whole) * 1e9);
    if (dog->until.tv_nsec >= 1000000000) {
        dog->until.tv_nsec -= 1000000000;
        dog->until.tv_sec++;
    }
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&dog->stopped, &monotonic);
    pthread_condattr_destroy(&monotonic);
    pthread_mutex_init(&dog->mutex, NULL);
    if (pthread_create(&dog->thread, NULL, watch, dog) == 0)
        return dog;
    pthread_cond_destroy(&dog->stopped);
    pthread_mutex_destroy(&dog->mutex);
    free(dog);
    return NULL;
}

void pt_watchdog_stop(pt_watchdog *dog) {
    if (!dog)
        return;
    pthread_mutex_lock(&dog->mutex);
    dog->is_stopped = true;
    pthread_cond_signal(&dog->stopped);
    pthread_mutex_unlock(&dog->mutex);
    pthread_join(dog->thread, NULL);
    pthread_cond_destroy(&dog->stopped);
    pthread_mutex_destroy(&dog->mutex);
    free(dog);
}
