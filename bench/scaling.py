#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The cost model of bench/scaling.md: sweeps a second for ranks, networks and sizes, as TSV on stdout."""
import math

V, K, S, LENGTH = 100_000, 351, 16, 100  # words, topics, sub-sweeps, tokens a document
TOKENS = 24.1e6      # drawn a second a core (measured, R = 1)
MOVED = .8           # share of tokens that move in a sweep (measured; early sweeps, later ones move fewer)
FIXED = .0016        # processor seconds a sub-sweep, whatever has changed (measured, R = 2)
ROW = 1.58e-7        # processor seconds a changed row and pass: encode, sum, apply, pack (measured, R = 2)
CELL = 3.6e-9        # the same a changed cell (measured, R = 2, V 5,000)
BYTES = 2.55         # bytes a changed cell (measured)
CORES = 16           # cores a rank (assumed)
LATENCY, MESSAGE = 20e-6, 1e-6  # seconds a step of a collective, a message (assumed)
RUNS = 8             # runs of blocks a sub-sweep (exchange.c)


def cells(moved):
    """Distinct cells that so many moves change: 180,000 of 199,000 (measured from 11,000 to 813,000), never more than all."""
    return min(180e3 * (moved / 199e3) ** (.8 if moved < 199e3 else .7), 2 * moved, .6 * V * K)


def rows(moved):
    """Words that so many moves touch: 32,200 of 199,000, exponent .63 (measured), never more than all."""
    return min(32.2e3 * (moved / 199e3) ** .63, 2 * moved, V)


def sweep(documents, ranks, gbit, cores=CORES):
    moved = documents * LENGTH * MOVED / ranks / S
    own, all_ = cells(moved), cells(moved * ranks)
    draw = documents * LENGTH / ranks / TOKENS / cores
    if ranks == 1:
        return draw, 0, 0
    passes = S * (FIXED + ROW * (2 * rows(moved) + rows(moved * ranks)) + CELL * (2 * own + all_)) / cores
    wire = S * (BYTES * (own + all_) * (ranks - 1) / ranks / (gbit * 1e9 / 8)
                + RUNS * (ranks * MESSAGE + 3 * math.log2(ranks) * LATENCY))
    return draw, passes, wire


if __name__ == "__main__":
    print("documents\tgbit\tranks\tdraw\tpasses\twire\tsweeps_per_s\tefficiency")
    for documents in (5e6, 1e8, 1e9):
        for gbit in (10, 100):
            for ranks in (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024):
                parts = sweep(documents, ranks, gbit)
                alone = sum(sweep(documents, 1, gbit))
                print(f"{documents:.0f}\t{gbit}\t{ranks}\t" + "\t".join(f"{x:.4g}" for x in parts)
                      + f"\t{1 / sum(parts):.4g}\t{alone / sum(parts) / ranks:.2f}")
