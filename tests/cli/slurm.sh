#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The batch scripts for Slurm, as Slurm would run them: a job of the array after another, stopped and queued again.
# Slurm itself is not needed: srun starts the one process, scontrol is only noted.
. "$(dirname "$0")/lib.sh.inc"
scripts=$root/src/pipeline/slurm
cd "$scratch" || exit 1
mkdir bin xml out
ln -s "$patopic" bin/patopic
printf '#!/bin/sh\nwhile [ "${1#-}" != "$1" ]; do shift; done\nexec "$@"\n' > bin/srun
printf '#!/bin/sh\necho "$@" >> scontrol.log\n' > bin/scontrol
chmod +x bin/*
export PATH=$scratch/bin:$PATH SOURCES=$scratch/xml OUT=$scratch/out STUDY=$scratch/s.ini SLURM_CPUS_PER_TASK=1
for i in 1 2 3; do "$patopic" synth --patents 200 --regional 60 --seed $i --out xml/$i --quiet --truth t.tsv || fail synth; done
printf '[study]\nname = s\n[model]\nsweeps = 20000\n' > s.ini
expect 0 -- "$patopic" ingest xml --store whole.db --quiet
for i in 1 2 3 0; do SLURM_ARRAY_TASK_ID=$i SLURM_ARRAY_TASK_MAX=3 expect 0 -- bash "$scripts/patopic-ingest.sbatch"; done
[ -s out/shards/corpus.head ] || fail "no shards"
# Preempted: the chain is saved and the job queued again.
SLURM_JOB_ID=77 bash "$scripts/patopic-train.sbatch" >train.log 2>&1 &
job=$!
until pgrep -P $job >/dev/null && grep -q evidence train.log || ! kill -0 $job 2>/dev/null; do sleep .05; done
pkill -USR1 -P $job
wait $job; code=$?
[ $code -eq 75 ] && [ -s out/s/train.ckpt ] || fail "exit $code after SIGUSR1: $(cat train.log)"
[ "$(cat scontrol.log)" = "requeue 77" ] || fail "not queued again: $(cat scontrol.log)"
rm -r out/s
sed -i 's/20000/3/' s.ini
SLURM_JOB_ID=77 expect 0 -- bash "$scripts/patopic-train.sbatch"
expect 0 -- "$patopic" train --store whole.db --study s.ini --model whole.bin --out o --quiet
cmp -s whole.bin out/model.bin || fail "another model by the batch scripts"
for i in 1 2 3 4; do SLURM_ARRAY_TASK_ID=$i SLURM_ARRAY_TASK_MAX=4 expect 0 -- bash "$scripts/patopic-infer.sbatch"; done
"$patopic" infer xml --model whole.bin --quiet > whole.tsv || fail infer
cat out/items-{1,2,3,4}.tsv | cmp -s - whole.tsv || fail "the parts of infer are not the whole"
finish
