#!/usr/bin/env bash
# usage: benchmarks/lmdiff/run.sh MODEL_DIR CORPUS.txt [PHRASES]
# Times the original's method (plain Python with torch and transformers, one thread) and ours on the same model and phrases, in one run.
# Needs: python3 -m pip install torch transformers
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd); model=$1; corpus=$2; n=${3:-400}
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
head -n "$n" "$corpus" > "$work/phrases.txt"
echo "original's method: $(${PYTHON:-python3} "$here/original_method.py" "$model" "$work/phrases.txt" "$n")"
"$here/../../modeldiff" corpus analyze --model "$model" --corpus "$work/phrases.txt" --data "$work/data"
