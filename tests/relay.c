/* SPDX-License-Identifier: Apache-2.0 */
/* relay.c - a bad network between network namespaces, for tests: each gets a TUN device `pt0` whose packets
 * this program carries to the others, late, and some of them never.
 *
 *     relay DELAY_MS LOSS_PERCENT SEED NAMESPACE...
 *
 * The i-th namespace (from 1) is 10.77.0.i; the caller sets addresses after the line "ready". Root, Linux.
 * Ends when its standard input does; then prints how many packets were carried and dropped. */
#include "base/clock.h"
#include "base/rng.h"
#include "base/vec.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { MOST_HOSTS = 16, MOST_BYTES = 2048 };

typedef struct packet {
    double due;
    size_t n;
    int host;
    unsigned char bytes[MOST_BYTES];
} packet;

typedef PT_VEC(packet *) packets;

/* A TUN device in a namespace: its packets are read here, where the process is. */
static int open_device(const char *name) {
    char path[256];
    snprintf(path, sizeof path, "/run/netns/%s", name);
    const int space = open(path, O_RDONLY | O_CLOEXEC);
    struct ifreq request = {.ifr_flags = IFF_TUN | IFF_NO_PI};
    strcpy(request.ifr_name, "pt0");
    /* A device belongs to the namespace in which /dev/net/tun was opened. */
    const int device =
        space >= 0 && setns(space, CLONE_NEWNET) == 0 ? open("/dev/net/tun", O_RDWR | O_CLOEXEC) : -1;
    if (device < 0 || ioctl(device, TUNSETIFF, &request) != 0) {
        fprintf(stderr, "relay: %s: %s\n", name, strerror(errno));
        exit(1);
    }
    close(space);
    fcntl(device, F_SETFL, O_NONBLOCK);
    return device;
}

/* Host of an IPv4 packet by the last byte of its destination; -1 for anything else. */
static int host_of(const unsigned char *bytes, size_t n, int n_hosts) {
    if (n < 20 || bytes[0] >> 4 != 4)
        return -1;
    const int host = bytes[19] - 1;
    return host >= 0 && host < n_hosts ? host : -1;
}

int main(int argc, char **argv) {
    const int n_hosts = argc - 4;
    if (n_hosts < 1 || n_hosts > MOST_HOSTS)
        return 64;
    const double delay = atof(argv[1]) / 1000, loss = atof(argv[2]) / 100;
    const uint64_t key = strtoull(argv[3], NULL, 10);
    struct pollfd from[MOST_HOSTS + 1];
    for (int i = 0; i < n_hosts; i++)
        from[i] = (struct pollfd){.fd = open_device(argv[4 + i]), .events = POLLIN};
    from[n_hosts] = (struct pollfd){.fd = STDIN_FILENO, .events = POLLIN};
    puts("ready");
    fflush(stdout);
    packets waiting = {0}; /* in order of `due`, because the delay is the same for all */
    size_t first = 0;
    uint64_t seen = 0, dropped = 0;
    for (bool go_on = true; go_on;) {
        const double now = pt_clock(CLOCK_MONOTONIC);
        for (; first < waiting.n && waiting.at[first]->due <= now; first++) {
            packet *p = waiting.at[first];
            if (write(from[p->host].fd, p->bytes, p->n) != (ssize_t)p->n)
                dropped++;
            free(p);
        }
        if (first == waiting.n)
            first = waiting.n = 0;
        const struct timespec patience = {0, first < waiting.n ? (long)((waiting.at[first]->due - now) * 1e9)
                                                               : 100000000};
        if (ppoll(from, (nfds_t)n_hosts + 1, &patience, NULL) <= 0)
            continue;
        go_on = from[n_hosts].revents == 0;
        for (int i = 0; i < n_hosts; i++) {
            packet *p = pt_alloc(1, sizeof *p);
            const ssize_t n = from[i].revents & POLLIN ? read(from[i].fd, p->bytes, sizeof p->bytes) : -1;
            const int host = n > 0 ? host_of(p->bytes, (size_t)n, n_hosts) : -1;
            const bool is_lost = host >= 0 && pt_rng_double(pt_rng_at(key, seen++)) < loss;
            dropped += is_lost;
            if (host < 0 || is_lost) {
                free(p);
                continue;
            }
            p->n = (size_t)n;
            p->host = host;
            p->due = pt_clock(CLOCK_MONOTONIC) + delay;
            pt_vec_push(&waiting, p);
        }
    }
    printf("%llu packets, %llu of them lost\n", (unsigned long long)seen, (unsigned long long)dropped);
    return 0;
}
