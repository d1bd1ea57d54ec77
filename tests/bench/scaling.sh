#!/usr/bin/env bash
# First runs of several sizes, one after the other: tests/bench/scaling.sh [RECORDS]...
# Prints a table and draws build/scaling.svg. By default 100,000, 1, 3 and 10 million, which takes half
# an hour on two processors and 30 GB of disk below $TMPDIR.
set -euo pipefail
cd "$(dirname "$0")/../.."
sizes=("$@")
[ ${#sizes[@]} -gt 0 ] || sizes=(100000 1000000 3000000 10000000)

tests/install.sh test
cmake --preset release >/dev/null
cmake --build --preset release --parallel "$(nproc)" --target cdh cdh_plugins cdh_generate >/dev/null
root=$PWD
bin=$root/build/release/bin
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for records in "${sizes[@]}"; do
  mkdir "$work/$records"
  cd "$work/$records"
  cp "$root/tests/bench/people.yaml" hub.yaml
  "$bin/cdh-generate" people --count "$records" --out people.csv --truth truth.csv >/dev/null
  python3 "$root/tests/bench/measure.py" ../figures.tsv "$records" "$bin/cdh" run -q
  cd "$work"
  rm -rf "${work:?}/$records"
done
python3 "$root/tests/bench/scaling.py" figures.tsv "$root/build/scaling.svg"
