#!/bin/bash
# A Slurm of one machine, started here and taken down at the end, runs the scripts of
# docs/guides/slurm: as MPI ranks and as an array whose parts are merged. Both must export the bytes of
# a study that was run on one thread. Exit code 77: it cannot be started here, and nothing was tested.
#   slurm_test.sh NINES SCRIPTS STUDY
set -u
nines=$1 scripts=$2 study=$3
for program in munged slurmctld slurmd sbatch mpirun; do
  PATH=$PATH:/usr/sbin command -v "$program" >/dev/null || { echo "there is no $program"; exit 77; }
done
[ "$(id -u)" -eq 0 ] || { echo "Slurm's daemons want to be root"; exit 77; }
export PATH=$PATH:/usr/sbin
home=$(mktemp -d /tmp/nines-slurm-XXXXXX)
daemons=()
finish() {
  for pid in "${daemons[@]}"; do kill "$pid" 2>/dev/null; done
  sleep 0.3
  for pid in "${daemons[@]}"; do kill -9 "$pid" 2>/dev/null; done
  rm -rf "$home"
}
trap finish EXIT
mkdir -p "$home"/{munge,state,spool}
chmod 0700 "$home/munge"
dd if=/dev/urandom of="$home/munge/key" bs=1024 count=1 2>/dev/null
chmod 0400 "$home/munge/key"
chmod 0755 "$home"
munged --foreground --force --key-file="$home/munge/key" --socket="$home/munge.socket" \
  --pid-file="$home/munge/pid" --log-file="$home/munge/log" --seed-file="$home/munge/seed" &
daemons+=($!)
host=$(hostname -s)
cat >"$home/slurm.conf" <<CONF
ClusterName=nines
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=16817
SlurmdPort=16818
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$home/munge.socket
CredType=cred/munge
StateSaveLocation=$home/state
SlurmdSpoolDir=$home/spool
SlurmctldPidFile=$home/slurmctld.pid
SlurmdPidFile=$home/slurmd.pid
SlurmctldLogFile=$home/slurmctld.log
SlurmdLogFile=$home/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SchedulerType=sched/backfill
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
MpiDefault=none
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=$host Default=YES MaxTime=INFINITE State=UP OverSubscribe=FORCE:8
CONF
export SLURM_CONF=$home/slurm.conf
slurmctld -D -f "$SLURM_CONF" >/dev/null 2>&1 &
daemons+=($!)
sleep 1
slurmd -D -f "$SLURM_CONF" >/dev/null 2>&1 &
daemons+=($!)
for _ in $(seq 100); do
  [ "$(sinfo -h -o %t 2>/dev/null)" = idle ] && break
  sleep 0.2
done
if [ "$(sinfo -h -o %t 2>/dev/null)" != idle ]; then
  echo "Slurm does not come up here:"; tail -n 5 "$home"/*.log; sinfo; exit 77
fi

cp "$(dirname "$study")"/*.yaml "$home/"
name=$(basename "$study" .yaml)
cd "$home" || exit 1
export NINES=$nines
# Root in a container, more ranks than cores, no network: what a cluster has not.
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_rmaps_base_oversubscribe=1
"$nines" study run "$name.yaml" --store plain.db --threads 1 --quiet || exit 1
"$nines" study export plain.db >plain.json || exit 1

cp "$name.yaml" ranks.yaml
tasks=$(nproc)
sbatch --wait --ntasks="$tasks" --output=ranks.log "$scripts/study.sbatch" ranks.yaml || {
  cat ranks.log; exit 1; }
"$nines" study export ranks.db >ranks.json || exit 1
# The study's name is that of its file.
sed -i 's/"study": "ranks"/"study": "'"$name"'"/' ranks.json
cmp plain.json ranks.json || { echo "on $tasks ranks: other bytes"; exit 1; }
echo "on $tasks ranks: the same bytes"

sbatch --wait --array=1-3 --output=part-%a.log "$scripts/array.sbatch" "$name.yaml" || {
  cat part-*.log; exit 1; }
"$nines" study merge all.db "$name"-part-*.db || exit 1
"$nines" study export all.db >all.json || exit 1
cmp plain.json all.json || { echo "as an array of three: other bytes"; exit 1; }
echo "as an array of three: the same bytes"
