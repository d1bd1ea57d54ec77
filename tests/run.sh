#!/usr/bin/env bash
# Installs what the tests need, builds everything and runs every test. From a fresh checkout on
# Debian 12, as root or with sudo: tests/run.sh [ctest options]
set -euo pipefail
cd "$(dirname "$0")/.."

tests/install.sh test
cmake --preset dev
cmake --build --preset dev --parallel "$(nproc)"
ctest --preset dev "$@"
