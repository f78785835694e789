/* SPDX-License-Identifier: Apache-2.0 */
/* plan.c - quotas for the region (exact sizes, shuffled once), weights for the rest of the country. */
#include "synth/plan.h"

#include "base/rng.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static const double planted_share = 0.75; /* of the region's patents */
static const double technology_floor =
    1.02 * 8 / 700;                              /* least share of one technology, rounding down allowed */
static const double outside_share = 0.07;        /* of the country's patents */
static const double outside_share_region = 0.30; /* of the region's patents that are not planted */
static const double planted_elsewhere = 0.40;    /* of a planted item's patents in the rest of the country */
static const double planted_weight = 0.6;        /* of a planted item in the country, against another item */
static const double country_growth = 1.03;       /* yearly factor of everything that is not planted */
static const double utility_share = 0.06;        /* of mechanical patents that are utility models */
static const double size_spread = 0.6, item_spread = 0.5; /* log standard deviation of sizes */

/* Streams of the counter-based generator. */
enum { STREAM_TASK = 1, STREAM_TEXT, STREAM_SHUFFLE, STREAM_SIZE };
enum { PATENTS_MAX = 9999999, NOT_PLANTED = UINT32_MAX };

/* A discrete distribution: values and cumulative weights. */
typedef struct wheel {
    PT_VEC(size_t) value;
    PT_VEC(double) until;
} wheel;

/* What a patent of the region is: a technology, and the how-manieth of it, so that the years of a small
 * technology follow its growth (stratified draws) instead of chance. */
typedef struct slot {
    uint32_t technology; /* or NOT_PLANTED */
    uint32_t rank, size;
} slot;

struct pt_synth_plan {
    const pt_synth_params *params;
    const pt_synth_vocabulary *v;
    slot *slots;      /* [regional] */
    wheel items;      /* items in the country */
    wheel spare;      /* items that are not planted */
    wheel home, away; /* places in and out of the region */
};

static void wheel_add(wheel *w, size_t value, double weight) {
    pt_vec_push(&w->value, value);
    const double before = w->until.n ? w->until.at[w->until.n - 1] : 0;
    pt_vec_push(&w->until, before + weight);
}

static size_t wheel_draw(const wheel *w, uint64_t bits) {
    const double x = pt_rng_double(bits) * w->until.at[w->until.n - 1];
    size_t low = 0, high = w->until.n - 1;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (x < w->until.at[middle]) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return w->value.at[low];
}

static void wheel_free(wheel *w) {
    pt_vec_free(&w->value);
    pt_vec_free(&w->until);
}

/* exp(spread z), z about normal: the sum of four uniform numbers, scaled. */
static double jitter(uint64_t seed, uint64_t what, double spread) {
    const uint64_t key = pt_rng_key(seed, STREAM_SIZE, what);
    double sum = 0;
    for (uint64_t i = 0; i < 4; i++) {
        sum += pt_rng_double(pt_rng_at(key, i)) - 0.5;
    }
    return exp(spread * sum * sqrt(3.0));
}

/* Largest remainders: how many of `n` each share gets. */
static void apportion(const double *share, size_t n_shares, uint64_t n, uint64_t *count) {
    uint64_t left = n;
    double total = 0;
    for (size_t i = 0; i < n_shares; i++) {
        total += share[i];
    }
    for (size_t i = 0; i < n_shares; i++) {
        count[i] = (uint64_t)(share[i] / total * (double)n);
        left -= count[i];
    }
    for (; left > 0; left--) {
        size_t best = 0;
        double most = -1;
        for (size_t i = 0; i < n_shares; i++) {
            const double lacking = share[i] / total * (double)n - (double)count[i];
            if (lacking > most) {
                most = lacking;
                best = i;
            }
        }
        count[best]++;
    }
}

/* The region's slots: every technology its quota, then those not planted; Fisher-Yates. */
static void deal_region(pt_synth_plan *plan) {
    const pt_synth_vocabulary *v = plan->v;
    const uint64_t n = plan->params->regional, seed = plan->params->seed;
    const size_t t = v->n_technologies;
    double *share = pt_zalloc(t + 1, sizeof *share), total = 0;
    uint64_t *count = pt_zalloc(t + 1, sizeof *count);
    for (size_t i = 0; i < t; i++) {
        share[i] = v->subjects.at[i].weight * jitter(seed, v->subjects.at[i].tech_no, size_spread);
        total += share[i];
    }
    const double least = fmin(technology_floor, planted_share / (double)t);
    for (size_t i = 0; i < t; i++) {
        share[i] = least + (planted_share - least * (double)t) * share[i] / total;
    }
    share[t] = 1 - planted_share;
    apportion(share, t + 1, n, count);
    plan->slots = pt_alloc(n, sizeof *plan->slots);
    uint64_t at = 0;
    for (size_t i = 0; i <= t; i++) {
        for (uint64_t k = 0; k < count[i]; k++) {
            plan->slots[at++] = (slot){i < t ? (uint32_t)i : NOT_PLANTED, (uint32_t)k, (uint32_t)count[i]};
        }
    }
    const uint64_t key = pt_rng_key(seed, STREAM_SHUFFLE, n);
    for (uint64_t i = n; i > 1; i--) {
        const uint64_t j = pt_rng_below(pt_rng_at(key, i), i);
        const slot swap = plan->slots[i - 1];
        plan->slots[i - 1] = plan->slots[j];
        plan->slots[j] = swap;
    }
    free(share);
    free(count);
}

static bool is_planted(const pt_synth_vocabulary *v, size_t item) {
    for (size_t t = 0; t < v->n_technologies; t++) {
        if (v->subjects.at[t].item == item) {
            return true;
        }
    }
    return false;
}

/* `창원시` holds `창원시 성산구`; an empty 시군구 holds all. */
static bool in_region(const pt_synth_params *params, const pt_synth_place *place) {
    const size_t n = strlen(params->sigungu);
    return !strcmp(params->sido, place->sido) && !strncmp(params->sigungu, place->sigungu, n) &&
           (n == 0 || place->sigungu[n] == '\0' || place->sigungu[n] == ' ');
}

static pt_status check_params(const pt_synth_params *p, pt_error *err) {
    if (p->patents < 1 || p->patents > PATENTS_MAX || p->regional > p->patents) {
        return pt_fail(err, PT_ERR_USAGE,
                       "synth: 1 to %d patents, of them at most all regional; asked for %llu and %llu",
                       PATENTS_MAX, (unsigned long long)p->patents, (unsigned long long)p->regional);
    }
    if (p->from < 1950 || p->to > 2100 || p->from > p->to) {
        return pt_fail(err, PT_ERR_USAGE, "synth: years %u to %u; use years between 1950 and 2100 in order",
                       p->from, p->to);
    }
    if (!(p->label_noise >= 0 && p->label_noise <= 1 && p->withheld >= 0 && p->withheld <= 1 &&
          p->title_damage >= 0 && p->title_damage <= 1)) {
        return pt_fail(err, PT_ERR_USAGE,
                       "synth: label noise, withheld share and title damage lie between 0 and 1");
    }
    if (p->patents_per_file < 1 || p->threads < 0) {
        return pt_fail(err, PT_ERR_USAGE, "synth: at least one patent a file, and 0 or more threads");
    }
    return PT_OK;
}

pt_status pt_synth_plan_new(const pt_synth_params *params, const pt_synth_vocabulary *v, pt_synth_plan **out,
                            pt_error *err) {
    *out = NULL;
    const pt_status status = check_params(params, err);
    if (status != PT_OK) {
        return status;
    }
    pt_synth_plan *plan = pt_zalloc(1, sizeof *plan);
    plan->params = params;
    plan->v = v;
    for (size_t i = v->n_technologies; i < v->n_technologies + v->n_items; i++) {
        const double weight = jitter(params->seed, 1000 + i, item_spread);
        const bool planted = is_planted(v, i);
        wheel_add(&plan->items, i, planted ? weight * planted_weight : weight);
        if (!planted) {
            wheel_add(&plan->spare, i, weight);
        }
    }
    for (size_t i = 0; i < v->places.n; i++) {
        wheel_add(in_region(params, &v->places.at[i]) ? &plan->home : &plan->away, i, v->places.at[i].weight);
    }
    if (plan->home.value.n == 0 || plan->away.value.n == 0 || plan->spare.value.n == 0) {
        pt_synth_plan_free(plan);
        return pt_fail(
            err, PT_ERR_USAGE,
            "synth: no place or no item in or out of the region \"%s %s\"; see %s/synth/places.tsv",
            params->sido, params->sigungu, params->dict_dir);
    }
    deal_region(plan);
    *out = plan;
    return PT_OK;
}

void pt_synth_plan_free(pt_synth_plan *plan) {
    if (!plan) {
        return;
    }
    wheel_free(&plan->items);
    wheel_free(&plan->spare);
    wheel_free(&plan->home);
    wheel_free(&plan->away);
    free(plan->slots);
    free(plan);
}

static uint64_t next(uint64_t key, uint64_t *i) {
    return pt_rng_at(key, (*i)++);
}

static size_t draw_outside(const pt_synth_vocabulary *v, uint64_t bits) {
    return v->n_technologies + v->n_items + pt_rng_below(bits, v->n_outside);
}

/* A patent of the country: an item, and where that is planted, at times one of its technologies. */
static size_t draw_elsewhere(const pt_synth_plan *plan, uint64_t key, uint64_t *i) {
    const pt_synth_vocabulary *v = plan->v;
    if (pt_rng_double(next(key, i)) < outside_share) {
        return draw_outside(v, next(key, i));
    }
    const size_t item = wheel_draw(&plan->items, next(key, i));
    size_t own[16], n = 0;
    for (size_t t = 0; t < v->n_technologies && n < sizeof own / sizeof *own; t++) {
        if (v->subjects.at[t].item == item) {
            own[n++] = t;
        }
    }
    const bool technology = pt_rng_double(next(key, i)) < planted_elsewhere;
    return n > 0 && technology ? own[pt_rng_below(next(key, i), n)] : item;
}

static size_t draw_subject(const pt_synth_plan *plan, const slot *home, uint64_t key, uint64_t *i) {
    if (!home) {
        return draw_elsewhere(plan, key, i);
    }
    if (home->technology != NOT_PLANTED) {
        return home->technology;
    }
    const bool outside = pt_rng_double(next(key, i)) < outside_share_region;
    return outside ? draw_outside(plan->v, next(key, i)) : wheel_draw(&plan->spare, next(key, i));
}

/* An item within three rows of the subject's own: items.tsv keeps fields together. */
static size_t draw_neighbour(const pt_synth_vocabulary *v, size_t subject, uint64_t bits) {
    const size_t first = v->n_technologies, item = v->subjects.at[subject].item;
    if (item < first || item >= first + v->n_items || v->n_items < 8) {
        return first + pt_rng_below(bits, v->n_items);
    }
    const size_t step = pt_rng_below(bits, 6); /* -3 .. -1, 1 .. 3 */
    return first + (item - first + v->n_items + step - 3 + (step >= 3)) % v->n_items;
}

/* Year with weights growth^(year - from). */
static uint32_t draw_year(const pt_synth_params *p, double growth, double u) {
    double total = 0, weight = 1;
    for (uint32_t year = p->from; year <= p->to; year++, weight *= growth) {
        total += weight;
    }
    double left = u * total;
    uint32_t year = p->from;
    for (weight = 1; year < p->to && left >= weight; year++, weight *= growth) {
        left -= weight;
    }
    return year;
}

pt_synth_task pt_synth_plan_task(const pt_synth_plan *plan, uint64_t index) {
    const pt_synth_params *p = plan->params;
    const pt_synth_vocabulary *v = plan->v;
    const uint64_t key = pt_rng_key(p->seed, STREAM_TASK, index);
    uint64_t i = 0;
    pt_synth_task task = {.key = pt_rng_key(p->seed, STREAM_TEXT, index)};
    task.in_region = (index + 1) * p->regional / p->patents != index * p->regional / p->patents;
    const slot *home = task.in_region ? &plan->slots[index * p->regional / p->patents] : NULL;
    task.subject = draw_subject(plan, home, key, &i);
    task.neighbour = draw_neighbour(v, task.subject, next(key, &i));
    const bool wrong = pt_rng_double(next(key, &i)) < p->label_noise;
    task.words_of = wrong ? task.neighbour : task.subject;
    task.place = wheel_draw(task.in_region ? &plan->home : &plan->away, next(key, &i));
    const pt_synth_subject *subject = &v->subjects.at[task.subject];
    const double u = pt_rng_double(next(key, &i));
    const bool planted = home && subject->tech_no > 0;
    task.year = planted ? draw_year(p, subject->growth, (home->rank + u) / home->size)
                        : draw_year(p, country_growth, u);
    task.month = 1 + (uint32_t)pt_rng_below(next(key, &i), 12);
    task.day = 1 + (uint32_t)pt_rng_below(next(key, &i), 28);
    task.utility_model = subject->style == PT_STYLE_MECH && pt_rng_double(next(key, &i)) < utility_share;
    snprintf(task.number, sizeof task.number, "%s%04u%07u", task.utility_model ? "20" : "10",
             task.year % 10000, (unsigned)(index + 1) % 10000000);
    return task;
}
