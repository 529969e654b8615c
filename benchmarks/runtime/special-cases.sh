#!/usr/bin/env bash
# What exponentials cost where the system has taken libtorch's pages away, before and after special cases are computed.
# Needs Linux, python3 and the right to advise one's own processes' memory (root). A table goes to the terminal.
set -euo pipefail
cd "$(dirname "$0")/../.."
export OMP_NUM_THREADS=1
mvn -q -B -ntp -pl platform-core -am test -Dtest=SpecialCasesBenchmark -Dtest.excluded.groups=none \
  -Dsurefire.failIfNoSpecifiedTests=false -Dtest.threads=1
