#!/usr/bin/env bash
# Scores the matching on data with known truth: tests/accuracy/run.sh [--check] [--data FOLDER] [SET...]
# Builds the release preset, works in temporary folders, and prints one table of all sets or of those
# named; exit code 1 when one is below its floor. Published data is looked for in ../shared/data; where
# it is not, only the generated sets are scored. With --bin FOLDER it uses the programs there and does
# not build. See accuracy.py.
set -euo pipefail
cd "$(dirname "$0")/../.."

case " $* " in
  *" --bin"[\ =]*) ;;
  *)
    tests/install.sh test
    cmake --preset release >/dev/null
    cmake --build --preset release --parallel "$(nproc)" --target cdh cdh_plugins cdh_generate >/dev/null
    ;;
esac
exec python3 tests/accuracy/accuracy.py "$@"
