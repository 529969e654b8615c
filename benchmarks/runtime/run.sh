#!/usr/bin/env bash
# The runtime's speed beside the matrix-product rate of the same run and, where PYTHON names a Python with torch and
# transformers, beside the same work there. One model a run, so that each stays under five minutes on an idle machine.
#
#   [PYTHON=/path/to/python] [THREADS=1] [SECONDS_EACH=1] [DEVICE=cpu] benchmarks/runtime/run.sh [toy] [gpt2-small] [llama-small]
#
# Tables go to platform-core/target/benchmark/MODEL.md.
set -euo pipefail
cd "$(dirname "$0")/../.."
threads=${THREADS:-1}
export OMP_NUM_THREADS=$threads OPT_OUT_TRACKING=true
export MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=8589934592 MALLOC_TOP_PAD_=268435456
[ $# -gt 0 ] || set -- toy gpt2-small llama-small
for model in "$@"; do
  mvn -q -B -ntp -pl platform-core -am test -Dtest=RuntimeBenchmark -Dtest.excluded.groups=none \
    -Dsurefire.failIfNoSpecifiedTests=false -Dtest.threads="$threads" -Dbenchmark.models="$model" \
    -Dbenchmark.seconds="${SECONDS_EACH:-1}" -Dbenchmark.device="${DEVICE:-cpu}" -Dbenchmark.python="${PYTHON:-}"
  mv platform-core/target/benchmark/runtime.md "platform-core/target/benchmark/$model.md"
done
cat platform-core/target/benchmark/*.md
