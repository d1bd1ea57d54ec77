#!/bin/sh
# Fuzzes every target of this folder, each for SECONDS (60 when not given), with libFuzzer and the
# address and undefined behaviour sanitizers. Needs clang. What it finds is kept in
# build/fuzz/corpus/<target> for the next time; an input that crashes a target stays in
# build/fuzz/crashes and ends the run with an error: fix it, then keep the input as a seed in
# tests/fuzz/corpus/<target>.
#   tests/fuzz/run.sh [SECONDS]
set -eu
seconds=${1:-60}
cd "$(dirname "$0")/../.."

cmake --preset fuzz >/dev/null
cmake --build build/fuzz --target fuzzers
mkdir -p build/fuzz/crashes

failed=
for program in build/fuzz/bin/fuzz_*; do
  name=${program##*/fuzz_}
  found=build/fuzz/corpus/$name
  seeds=tests/fuzz/corpus/$name
  mkdir -p "$found"
  [ -d "$seeds" ] || seeds=
  echo "== $name, $seconds s"
  # shellcheck disable=SC2086  # no seeds, no argument
  "$program" -max_total_time="$seconds" -rss_limit_mb=2048 -timeout=10 -print_final_stats=1 \
    -artifact_prefix=build/fuzz/crashes/"$name"- "$found" $seeds || failed="$failed $name"
done
if [ -n "$failed" ]; then
  echo "failed:$failed; the inputs are in build/fuzz/crashes" >&2
  exit 1
fi
