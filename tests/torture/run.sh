#!/usr/bin/env bash
# Kills runs, restarts their database and fills their disk, again and again, and compares what comes
# of it with undisturbed runs: tests/torture/run.sh [--seconds N] [--database NAME]... [--seed N]
# Ends with 0 when there was no difference; what it is told is in torture.py.
set -euo pipefail
cd "$(dirname "$0")/../.."

tests/install.sh test
cmake --preset dev >/dev/null
cmake --build --preset dev --parallel "$(nproc)" --target cdh cdh_plugins >/dev/null
exec python3 tests/torture/torture.py --program build/dev/bin/cdh "$@"
