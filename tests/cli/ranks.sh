#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Several MPI processes on one machine, with each MPI library of Debian that is installed: the same bytes for 1 to
# 4 ranks and 1 or 2 threads; counts kept by their words' owners; messages cut small; checkpoints that go on with
# another number of ranks, after signals, a killed rank and a damaged file. Skipped without MPI. Every combination of
# ranks, threads, command and library with PATOPIC_TEST_ALL=1, else some of them.
. "$(dirname "$0")/lib.sh.inc"
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_rmaps_base_oversubscribe=1 \
    OMPI_MCA_hwloc_base_binding_policy=none OMP_WAIT_POLICY=passive
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0" # of the MPI libraries
libraries=()
for library in openmpi mpich; do
    command -v mpicc.$library >/dev/null && command -v mpirun.$library >/dev/null && libraries+=(.$library)
done
[ ${#libraries[@]} -gt 0 ] || { command -v mpicc >/dev/null && command -v mpirun >/dev/null && libraries=(''); }
if [ ${#libraries[@]} -eq 0 ]; then
    echo "skipped: several ranks (no MPI: install libopenmpi-dev or mpich)"
    finish
fi

# A corpus of 8 shards, and the sample's store as shards; what one process makes of them.
awk 'BEGIN { srand(7); D = 2100; print D; print 500
    for (d = 1; d <= D; d++) { t = int(rand() * 10); m = 5 + int(rand() * 15)
        for (i = 0; i < m; i++) line[n++] = d " " (rand() < .8 ? t * 50 + int(rand() * rand() * 50) + 1 : int(rand() * 500) + 1) " " 1 + int(rand() * 2) }
    print n; for (i = 0; i < n; i++) print line[i] }' > "$scratch/docword.txt"
awk 'NR == 1 { print 60 } NR > 1 && NR < 3 { print } NR == 3 { print 0 } NR > 3 && $1 <= 60 { line[n++] = $0 }
    END { for (i = 0; i < n; i++) print line[i] }' "$scratch/docword.txt" > "$scratch/head.txt"
awk 'NR == 3 { print n } NR != 3' n="$(($(wc -l < "$scratch/head.txt") - 3))" "$scratch/head.txt" > "$scratch/holdout.txt"
study=$scratch/study.ini
printf '[study]\nname = s\n[model]\nsweeps = 8\ncode_weight = 0.8\ntable_weight = 0.1\ncollocations = 10\n' > "$study"
expect 0 -- "$patopic" ingest "$root/corpus/synth-00001.xml.gz" "$root/corpus/synth-00002.xml.gz" --store "$scratch/p.db" --quiet
expect 0 -- "$patopic" shard --store "$scratch/p.db" --study "$study" --out "$scratch/shards" --files 3 --quiet
cd "$scratch" || exit 1
lda_files="topic_word.tsv doc_topic.tsv sweeps.tsv topic_word.nwk"
lda=(lda --docword docword.txt --holdout holdout.txt --topics 20 --sweeps 20 --sub-sweeps 6 --nwk)
train=(train --study "$study" --dict "$root/dict" --lexicon "$(dirname "$patopic")/korean.dict" --quiet)
expect 0 -- "$patopic" "${lda[@]}" --out alone
many_topics=(lda --docword docword.txt --topics 1300 --sweeps 3 --sub-sweeps 6 --nwk) # drawn from lists (word_lists.h)
expect 0 -- "$patopic" "${many_topics[@]}" --out many-topics
expect 0 -- "$patopic" "${train[@]}" --store p.db --model alone.bin --out alone
mv learned_terms.tsv alone.tsv || fail "no compounds learned"
expect 0 -- "$patopic" shard --docword docword.txt --out cut --files 5 --quiet
expect 0 -- "$patopic" lda --docword cut "${lda[@]:3}" --out cut-alone
for f in $lda_files; do cmp -s alone/$f cut-alone/$f || fail "$f from shards"; done
expect 0 -- "$patopic" "${train[@]}" --shards shards --model cut.bin --out cut-alone
cmp -s alone.bin cut.bin && cmp -s alone.tsv learned_terms.tsv || fail "model from shards"
printf 'x' | dd of=cut/corpus-0003 bs=1 seek=2000 conv=notrunc 2>/dev/null
expect 65 "cut/corpus-0003" "damaged" -- "$patopic" lda --docword cut --topics 20 --out bad
printf 'x' | dd of=cut/corpus.head bs=1 seek=150 conv=notrunc 2>/dev/null
expect 65 "corpus.head" "damaged" -- "$patopic" lda --docword cut --topics 20 --out bad
rm -rf cut bad

mpi() { # ranks, arguments: of the program of the library at hand
    local n=$1
    shift
    timeout 300 "mpirun$library" -n "$n" "$program" "$@"
}
same_lda() { for f in $lda_files; do cmp -s alone/$f "$1/$f" || fail "$library: $f differs: $2"; done; }
# A long chain in the background on so many ranks; returns when it has two checkpoints. $ranks are its processes.
long=("${lda[@]}" --sweeps 100 --threads 1)
start() {
    rm -rf stopped pids
    timeout 300 "mpirun$library" -n "$1" sh -c 'echo $$ >> pids; exec "$@"' sh \
        "$program" "${long[@]}" --out stopped --checkpoint-every 2 >stopped.log 2>&1 &
    job=$!
    until [ -s stopped/train.ckpt.old ] || ! kill -0 $job 2>/dev/null; do sleep .02; done
    ranks=$(cat pids)
}
same_long() { for f in $lda_files; do cmp -s long/$f stopped/$f || fail "$library: $f differs: $1"; done; }
expect 0 -- "$patopic" "${long[@]}" --out long

for library in "${libraries[@]}"; do
    program=$root/$BUILD/mpi/mpicc$library/patopic
    (cd "$root" && make -s --no-print-directory BUILD="$BUILD" "$BUILD/mpi/mpicc$library/patopic" >/dev/null) ||
        fail "no program with mpicc$library"
    for n in 1 2 3 4; do
        for t in 1 2; do
            [ "${PATOPIC_TEST_ALL:-0}" = 1 ] || [ $((n % 2 + 1)) -eq $t ] || continue
            expect 0 -- mpi $n "${lda[@]}" --threads $t --out many
            same_lda many "$n ranks, $t threads"
            [ ! -e many/shards ] && [ ! -e many/train.ckpt ] || fail "$library: temporary files are left"
            rm -rf many many.bin learned_terms.tsv
            expect 0 -- mpi $n "${train[@]}" --shards shards --threads $t --model many.bin --out many
            cmp -s alone.bin many.bin && cmp -s alone.tsv learned_terms.tsv ||
                fail "$library: model differs: $n ranks, $t threads"
        done
    done
    expect 0 -- mpi 2 "${train[@]}" --store p.db --threads 1 --model store.bin --out many
    cmp -s alone.bin store.bin || fail "$library: model from the store differs"
    expect 0 -- mpi 3 "${many_topics[@]}" --threads 1 --out many
    for f in doc_topic.tsv topic_word.nwk; do cmp -s many-topics/$f many/$f || fail "$library: $f differs: 1300 topics"; done
    for n in 2 3; do
        expect 0 -- mpi $n "${lda[@]}" --threads 1 --counts-memory 0.02 --out split
        same_lda split "$n ranks, counts by owners"
    done
    expect 0 -- mpi 3 "${train[@]}" --shards shards --threads 1 --counts-memory 0.5 --model split.bin --out many
    cmp -s alone.bin split.bin || fail "$library: model differs: counts by owners"
    export PATOPIC_MPI_CHUNK=1000
    expect 0 -- mpi 3 "${lda[@]}" --threads 1 --out chunks
    same_lda chunks "3 ranks, messages of 1000 bytes"
    unset PATOPIC_MPI_CHUNK

    # Stopped as batch systems do it; each time it goes on with another number of ranks, to the same bytes.
    start 3
    kill -USR1 $ranks
    wait $job; code=$?
    [ $code -eq 75 ] || fail "$library: exit $code after SIGUSR1: $(cat stopped.log)"
    grep -q "go on with --resume" stopped.log || fail "$library: no way out in: $(cat stopped.log)"
    expect 65 "other parameters" -- mpi 2 "${lda[@]}" --resume --out stopped
    expect 0 -- "$patopic" "${long[@]}" --resume --out stopped
    same_long "stopped on 3 ranks, resumed alone"
    ls stopped/train.ckpt* 2>/dev/null && fail "$library: checkpoints are left"
    start 2
    kill -TERM $ranks
    wait $job; code=$?
    [ $code -eq 75 ] || fail "$library: exit $code after SIGTERM: $(cat stopped.log)"
    expect 0 -- mpi 4 "${long[@]}" --resume --out stopped
    same_long "stopped on 2 ranks, resumed on 4"
    # A killed rank ends the job; a damaged newest checkpoint is told and the one before taken.
    start 3
    kill -KILL "$(tail -1 pids)"
    wait $job; code=$?
    { [ $code -ne 0 ] && [ $code -ne 124 ]; } || fail "$library: exit $code after a rank was killed"
    grep -qi "killed" stopped.log || fail "$library: no word of the killed rank: $(cat stopped.log)"
    newest=$(od -An -tu4 -j12 -N4 stopped/train.ckpt | tr -d ' ')
    printf 'xx' | dd of="stopped/train.ckpt.$newest-2of3" bs=1 seek=100 conv=notrunc 2>/dev/null
    expect 0 "damaged" "the checkpoint before" -- mpi 2 "${long[@]}" --resume --out stopped
    same_long "a rank killed and the newest checkpoint damaged"
    expect 64 "one process" -- mpi 2 version
done
# Without MPI, processes that know nothing of each other would write over each other.
OMPI_COMM_WORLD_SIZE=2 expect 78 "make MPI=1" -- "$patopic" "${lda[@]}" --out bad
finish
