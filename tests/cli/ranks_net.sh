#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Ranks on "hosts" of their own: network namespaces with host names, between which every packet comes late and some
# never (tests/relay.c). The same bytes as alone; a host that falls silent ends the job. Needs root, TUN and MPI.
. "$(dirname "$0")/lib.sh.inc"
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMP_WAIT_POLICY=passive
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0"
skip() { echo "skipped: ranks across hosts ($1)"; finish; }
libraries=()
for library in openmpi mpich; do
    command -v mpicc.$library >/dev/null && command -v mpirun.$library >/dev/null && libraries+=(.$library)
done
[ ${#libraries[@]} -gt 0 ] || skip "no MPI: install libopenmpi-dev or mpich"
[ "$(id -u)" -eq 0 ] && [ -c /dev/net/tun ] && command -v ip >/dev/null || skip "not root, no TUN device, or no iproute2"
hosts="pt-$$-1 pt-$$-2"
for host in $hosts; do ip netns add "$host" 2>/dev/null || skip "this kernel or container gives no network namespaces"; done
(cd "$root" && make -s --no-print-directory BUILD="$BUILD" "$BUILD/tests/relay" >/dev/null) || fail "relay"
mkfifo "$scratch/relay.in"
"$root/$BUILD/tests/relay" 5 2 1 $hosts <"$scratch/relay.in" >"$scratch/relay.out" 2>&1 &
relay=$!
exec 7>"$scratch/relay.in"
# Whatever a launcher leaves behind runs on these hosts, and so does the relay.
leave() {
    exec 7>&-
    for host in $hosts; do
        ip netns pids "$host" 2>/dev/null | xargs -r kill -KILL 2>/dev/null
        ip netns del "$host" 2>/dev/null
    done
    rm -rf "$scratch"
}
trap leave EXIT
until grep -q ready "$scratch/relay.out" || ! kill -0 $relay 2>/dev/null; do sleep .05; done
kill -0 $relay 2>/dev/null || skip "$(cat "$scratch/relay.out")"
i=1
for host in $hosts; do
    ip -n "$host" link set lo up
    ip -n "$host" addr add 10.77.0.$i/24 dev pt0
    ip -n "$host" link set pt0 up mtu 1500
    i=$((i + 1))
done
# What a launcher calls in place of ssh: HOST COMMAND..., with the options that it may put before the host.
cat > "$scratch/hop" <<END
#!/bin/sh
while [ "\${1#-}" != "\$1" ]; do shift; done
host=\${1##*.}; shift
exec ip netns exec pt-$$-\$host unshare -u sh -c "hostname host\$host; \$*"
END
chmod +x "$scratch/hop"
on_hosts() { # ranks, arguments; the launcher runs on the first host
    local n=$1 launcher
    shift
    case $library in
    .openmpi) launcher=(mpirun.openmpi --mca plm_rsh_agent "$scratch/hop" --mca plm_rsh_no_tree_spawn 1 --mca pml ob1
        --mca btl tcp,self --mca btl_tcp_if_include pt0 --mca oob_tcp_if_include pt0 --bind-to none --oversubscribe
        --host 10.77.0.1:4,10.77.0.2:4 --map-by node -x OMP_WAIT_POLICY) ;;
    .mpich) launcher=(env UCX_TLS=tcp,self UCX_NET_DEVICES=pt0 MPIR_CVAR_NOLOCAL=1 mpirun.mpich -launcher ssh
        -launcher-exec "$scratch/hop" -iface pt0 -localhost 10.77.0.1 -hosts 10.77.0.1,10.77.0.2 -ppn 1) ;;
    esac
    timeout -k 5 40 "$scratch/hop" 10.77.0.1 "${launcher[*]} -n $n $program $*"
}
awk 'BEGIN { srand(7); D = 600; print D; print 300
    for (d = 1; d <= D; d++) { t = int(rand() * 10)
        for (i = 0; i < 12; i++) line[n++] = d " " (rand() < .8 ? t * 30 + int(rand() * 30) + 1 : int(rand() * 300) + 1) " 1" }
    print n; for (i = 0; i < n; i++) print line[i] }' > "$scratch/docword.txt"
lda="lda --docword $scratch/docword.txt --topics 10 --sweeps 4 --sub-sweeps 8 --threads 1"
expect 0 -- "$patopic" $lda --out "$scratch/alone"
for library in "${libraries[@]}"; do
    program=$root/$BUILD/mpi/mpicc$library/patopic
    (cd "$root" && make -s --no-print-directory BUILD="$BUILD" "$BUILD/mpi/mpicc$library/patopic" >/dev/null) ||
        fail "no program with mpicc$library"
    expect 0 -- on_hosts 2 $lda --out "$scratch/many"
    for f in topic_word.tsv doc_topic.tsv sweeps.tsv; do
        cmp -s "$scratch/alone/$f" "$scratch/many/$f" || fail "$library: $f differs across hosts"
    done
    # The network stops for good: the ranks wait as long as they were told, then end with a message.
    on_hosts 2 $lda --sweeps 100000 --checkpoint-every 2 --patience 0.05 --out "$scratch/cut" >"$scratch/cut.log" 2>&1 &
    job=$!
    until [ -e "$scratch/cut/train.ckpt" ] || ! kill -0 $job 2>/dev/null; do sleep .1; done
    kill -STOP $relay
    sleep 5
    kill -CONT $relay
    wait $job; code=$?
    { [ $code -ne 0 ] && [ $code -ne 124 ]; } || fail "$library: exit $code after the network went"
    grep -q "no answer from the other ranks" "$scratch/cut.log" || fail "$library: $(cat "$scratch/cut.log")"
    # Nobody stays behind (ABORT_SECONDS of ranks.c at most).
    for tries in $(seq 150); do
        left=$(for host in $hosts; do ip netns pids "$host"; done | grep -vx $relay)
        [ -n "$left" ] || break
        sleep .1
    done
    [ -z "$left" ] || fail "$library: left behind: $(ps -o pid,stat,args -p "$(echo $left | tr ' ' ,)")"
    rm -rf "$scratch/cut"
done
exec 7>&-
wait $relay
cat "$scratch/relay.out"
awk '/packets/ { good = $1 > 100 && $3 > 0 } END { exit !good }' "$scratch/relay.out" || fail "nothing was lost on the way: $(cat "$scratch/relay.out")"
finish
