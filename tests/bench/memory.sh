#!/usr/bin/env bash
# How much memory a first run takes, phase by phase: tests/bench/memory.sh [RECORDS]
# Without an argument a million records. The goals are those of ten million, 30 GB of disk below
# $TMPDIR: at most 2,000 MB when matching begins, 8,000 MB in all. Exits with 1 beyond them.
set -euo pipefail
cd "$(dirname "$0")/../.."
records=${1:-1000000}

tests/install.sh test
cmake --preset release >/dev/null
cmake --build --preset release --parallel "$(nproc)" --target cdh cdh_plugins cdh_generate >/dev/null
root=$PWD
bin=$root/build/release/bin
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cp "$root/tests/bench/people.yaml" hub.yaml
"$bin/cdh-generate" people --count "$records" --out people.csv --truth truth.csv >/dev/null
echo "$records people, first run"
python3 "$root/tests/bench/memory.py" matching=2000 end=8000 "$bin/cdh" run
