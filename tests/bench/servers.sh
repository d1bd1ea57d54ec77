#!/usr/bin/env bash
# Measures the hub on SQLite, PostgreSQL and MariaDB, each beside its floor:
#   tests/bench/servers.sh [RECORDS] [DATABASE]...    100,000 on all three when not said
# Builds the release preset, starts private servers in a temporary folder, and prints a table. With
# CDH_BENCH_BIN=DIR it takes the programs from there and builds nothing.
set -euo pipefail
cd "$(dirname "$0")/../.."
bench=$PWD/tests/bench
bin=${CDH_BENCH_BIN:-}
if [ -z "$bin" ]; then
  tests/install.sh test
  cmake --preset release >/dev/null
  cmake --build --preset release --parallel "$(nproc)" \
    --target cdh cdh_plugins cdh_generate cdh_floor >/dev/null
  bin=$PWD/build/release/bin
fi
exec python3 "$bench/servers.py" "$bin" "$@"
