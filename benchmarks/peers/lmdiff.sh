#!/usr/bin/env bash
# usage: benchmarks/peers/lmdiff.sh SHAPE CORPUS.txt [PHRASES]      SHAPE: gpt2, distilbert, bert, bert-tiny
# LMdiff's preprocessing (two models, two .h5, two .csv) by the original's method in Python and by ours: same models, same phrases,
# one run, one thread. Needs: python3 -m pip install torch transformers h5py. MODELDIFF names the command (default: ./modeldiff).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd); shape=$1; corpus=$2; n=${3:-400}; py=${PYTHON:-python3}
work=${WORK:-$(mktemp -d)}; mkdir -p "$work"
grep -v '^---$\|^[a-z]*: ' "$corpus" | grep . | head -n "$n" > "$work/phrases.txt"
[ -d "$work/$shape-b" ] || "$py" "$here/lmdiff_models.py" "$shape" "$corpus" "$work" > /dev/null 2>&1
# Runs a command and appends the seconds it took and the processor seconds it used to $work/times.
timed() {
  local TIMEFORMAT='%R %U %S'
  { time "$@" 2>&4 >&3; } 3>&1 4>&2 2>> "$work/times"
}
: > "$work/times"; rm -rf "$work/ours-$shape"
export OMP_NUM_THREADS=1 MKL_NUM_THREADS=1
timed "$py" "$here/lmdiff_original.py" "$work/$shape-a" "$work/$shape-b" "$work/phrases.txt" "$work/original-$shape"
timed "${MODELDIFF:-$here/../../modeldiff}" corpus preprocess --compat --a "$work/$shape-a" --b "$work/$shape-b" \
  --corpus "$work/phrases.txt" --output-dir "$work/ours-$shape" > /dev/null
awk -v shape="$shape" -v n="$n" '{ wall[NR] = $1; cpu[NR] = $2 + $3 } END {
  printf "%s, %d phrases, whole workflow with start and loading: original %.1f s, ours %.1f s, ratio %.1f;", shape, n, wall[1], wall[2], wall[1] / wall[2]
  printf " processor time: original %.1f s, ours %.1f s, ratio %.1f\n", cpu[1], cpu[2], cpu[1] / cpu[2] }' "$work/times"
