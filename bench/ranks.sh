#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# ranks.sh - what several ranks cost on this machine, TSV on stdout: one row a sweep and rank. BUILD names the build
# folder, MPI the library (openmpi or mpich; the first that is there), RANKS_DOCUMENTS the sizes.
set -eu
cd "$(dirname "$0")/.."
build=${BUILD:-build}
export OMP_WAIT_POLICY=passive OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 \
    OMPI_MCA_rmaps_base_oversubscribe=1 OMPI_MCA_hwloc_base_binding_policy=none
for mpi in ${MPI:-openmpi mpich}; do
    command -v "mpicc.$mpi" >/dev/null && command -v "mpirun.$mpi" >/dev/null && break
    mpi=
done
[ -n "$mpi" ] || { echo "skipped: no MPI (libopenmpi-dev or mpich)" >&2; exit 0; }
make --no-print-directory -s "$build/mpi/mpicc.$mpi/bench" BUILD="$build" >&2
run() { "mpirun.$mpi" -n "$1" "$build/mpi/mpicc.$mpi/bench" "${@:2}" | sed "s/^/$2\t$3\t/"; }
printf 'documents\twords\tranks\trank\tthreads\ttopics\tsub_sweeps\tform\ttokens\tsweep\tseconds\tcpu_seconds\tcommunication\tencode\tapply\tbytes_sent\trows\tcells\tencoded\tideal\tchanged\tlog_likelihood\n'
for documents in ${RANKS_DOCUMENTS:-5000 20000 40000 80000}; do
    run 1 "$documents" 100000 100 351 16 6 1 plain
    run 2 "$documents" 100000 100 351 16 6 1 plain
    run 2 "$documents" 100000 100 351 16 6 1 shorter # cells are counted
done
for form in sparse dense; do run 2 20000 100000 100 351 16 6 1 $form; done
run 2 20000 100000 100 351 16 6 1 plain 100 # counts by the words' owners
