#!/usr/bin/env bash
# Starts one Model-diff process of a cluster from its environment:
#
#   MODELDIFF_HOME       where the program lies
#   MODELDIFF_DATA       data directory of this process
#   MODELDIFF_ROLES      coordinator, gpu-worker, web, separated by commas; default: all
#   MODELDIFF_CASSANDRA  host:port[,host:port...] of the store; default: an embedded one
#   MODELDIFF_HOST       name or address by which the others reach this process
#   MODELDIFF_PORT       port of the cluster protocol, default 25520
#   MODELDIFF_JOIN       host:port[,host:port...] of members to join; default: form a cluster
#   MODELDIFF_BOOTSTRAP  kubernetes: find the members through the Kubernetes API instead
#   MODELDIFF_HEAP       Java heap, default 2g
#   MODELDIFF_THREADS    libtorch threads, default 1
#   MODELDIFF_JAVA_OPTS  more options for the JVM
set -euo pipefail

: "${MODELDIFF_HOME:?is where the program lies}" "${MODELDIFF_DATA:?is the data directory}"
threads=${MODELDIFF_THREADS:-1}
host=${MODELDIFF_HOST:-$(hostname -i | cut -d' ' -f1)}
port=${MODELDIFF_PORT:-25520}

options=(-Xmx"${MODELDIFF_HEAP:-2g}" -Dfile.encoding=UTF-8 -Djava.awt.headless=true
  -Dmodeldiff.home="$MODELDIFF_HOME" -Dai.djl.offline=true
  -Dai.djl.pytorch.num_threads="$threads" -Dai.djl.pytorch.num_interop_threads=1
  -Dlogback.configurationFile="$MODELDIFF_HOME/logback-container.xml"
  -Dpekko.remote.artery.canonical.hostname="$host" -Dpekko.remote.artery.canonical.port="$port"
  -Dpekko.remote.artery.bind.hostname=0.0.0.0 -Dpekko.remote.artery.bind.port="$port"
  -Dmodeldiff.ops.host=0.0.0.0 -Dmodeldiff.ops.port="${MODELDIFF_OPS_PORT:-9095}")

roles=${MODELDIFF_ROLES:-coordinator,gpu-worker,web}
i=0
for role in ${roles//,/ }; do
  options+=(-Dpekko.cluster.roles.$i="$role")
  i=$((i + 1))
done

if [ "${MODELDIFF_BOOTSTRAP:-}" = kubernetes ]; then
  options+=(-Dmodeldiff.cluster.bootstrap=kubernetes
    -Dpekko.management.http.hostname="$host" -Dpekko.management.http.bind-hostname=0.0.0.0)
fi

arguments=(--data "$MODELDIFF_DATA")
[ -z "${MODELDIFF_CASSANDRA:-}" ] || arguments+=(--cassandra "$MODELDIFF_CASSANDRA")
[ -z "${MODELDIFF_JOIN:-}" ] || arguments+=(--join "$MODELDIFF_JOIN")

export OPT_OUT_TRACKING=true OMP_NUM_THREADS="${OMP_NUM_THREADS:-$threads}"
command=${1:-serve}
[ $# -eq 0 ] || shift
# shellcheck disable=SC2086 # MODELDIFF_JAVA_OPTS holds several words.
exec "${MODELDIFF_JAVA:-java}" "${options[@]}" ${MODELDIFF_JAVA_OPTS:-} -cp "$MODELDIFF_HOME/lib/*" \
  io.modeldiff.web.cli.Main "$command" "${arguments[@]}" "$@"
