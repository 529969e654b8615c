#!/usr/bin/env bash
# usage: benchmarks/cluster/workers.sh [SECONDS]
# Sampling throughput of one and of two worker processes (one libtorch thread each) on a GPT-2 of about 10 million parameters:
# the same campaign each time, in a cluster of real processes on loopback, looked at for SECONDS (default 90) after its start.
# LANES is the number of lanes (default 32): the more, the less often the weights, which do not fit into a small processor's
# caches, are read for each evaluation. Needs: python3 -m pip install torch transformers (for the model's random weights). MODELDIFF names the command.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd); seconds=${1:-90}; py=${PYTHON:-python3}
run=${MODELDIFF:-$here/../../modeldiff}; work=${WORK:-$(mktemp -d)}; started=()
stop() { for pid in "${started[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done; wait 2>/dev/null || true; started=(); }
trap stop EXIT
line() { # waits until a file has a line that begins with $2 and prints the rest of it
  local i; for i in $(seq 240); do sed -n "s#^$2##p" "$1" | grep -m1 . && return; sleep 0.5; done; echo "no '$2' in $1" >&2; exit 1
}
[ -d "$work/gpt2-10m" ] || "$py" "$here/model.py" "$here/../../models/mini-prose" "$work/gpt2-10m"
: > "$work/rates"; ladder=${LADDER:-0.25,0.4,0.55,0.7,0.8,0.9,0.95,1}
for workers in 1 2; do
  home=$work/with-$workers; rm -rf "$home"; mkdir -p "$home"
  "$run" serve --roles coordinator,web --data "$home/coordinator" > "$home/serve.txt" 2>&1 & started+=($!)
  cluster=$(line "$home/serve.txt" "The cluster is at " | sed 's/\.$//'); store=$(line "$home/serve.txt" "Cassandra answers at " | sed 's/\.$//')
  api=$(line "$home/serve.txt" "API: *")
  for w in $(seq "$workers"); do
    "$run" worker --join "$cluster" --cassandra "$store" --data "$home/worker-$w" > "$home/worker-$w.txt" 2>&1 & started+=($!)
  done
  sleep 10 # until every worker is a member: the campaign is spread when it begins
  "$run" campaign start --server "$api" --model "$work/gpt2-10m" --length 25 --z 7.4:7.8 --ladder "$ladder" \
    --lanes "${LANES:-32}" --moves "${MOVES:-4}" --evaluations 10000000 --seed 1 --json > "$home/started.json"
  "$py" "$here/rate.py" "$api" "$workers" "$seconds" | tee -a "$work/rates"
  stop
done
awk '{ rate[$1] = $3 } END { printf "two workers over one: %.2f\n", rate[2] / rate[1] }' "$work/rates"
