#!/usr/bin/env bash
# What exponentials cost where the system has taken libtorch's pages away, before and after special cases are computed.
# Needs Linux, python3 and the right to advise one's own processes' memory (root). A table goes to the terminal.
set -euo pipefail
cd "$(dirname "$0")/../.."
export OMP_NUM_THREADS=1 OPT_OUT_TRACKING=true
export MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=8589934592 MALLOC_TOP_PAD_=268435456
mvn -q -B -ntp -pl platform-core -am test -Dtest=SpecialCasesBenchmark -Dtest.excluded.groups=none \
  -Dsurefire.failIfNoSpecifiedTests=false -Dtest.threads=1
