#!/usr/bin/env bash
# Measures the hub beside its floor: tests/bench/run.sh [RECORDS]    (1,000,000 when not said)
# Builds the release preset, works in a temporary folder, and prints one table. Every figure is of
# this run on this machine; the ratios are what can be compared.
set -euo pipefail
cd "$(dirname "$0")/../.."
records=${1:-1000000}

tests/install.sh test
cmake --preset release >/dev/null
cmake --build --preset release --parallel "$(nproc)" \
  --target cdh cdh_plugins cdh_generate cdh_floor cdh_pairs_bench cdh_boundary_bench \
  cdh_xlsx_bench >/dev/null
bin=$PWD/build/release/bin
bench=$PWD/tests/bench
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp tests/bench/people.yaml "$work/hub.yaml"
cd "$work"
"$bin/cdh-generate" people --count "$records" --out people.csv --truth truth.csv >/dev/null

measure() { python3 "$bench/measure.py" figures.tsv "$@"; }
measure floor "$bin/cdh-floor" people.csv "sqlite://$work/floor.db"
rm -f floor.db*
measure "first run" "$bin/cdh" run -q
pairs=$("$bin/cdh-pairs-bench" people.db)
measure "unchanged run" "$bin/cdh" run -q
"$bin/cdh-generate" people --count "$records" --out people.csv --truth truth.csv --changed 0.01 \
  --night 2 >/dev/null
measure "1% changed" "$bin/cdh" run -q

python3 - "$records" <<'PY'
import sys
records = int(sys.argv[1])
rows = [line.rstrip("\n").split("\t") for line in open("figures.tsv", encoding="utf-8")]
floor = float(rows[0][1])
print(f"{records:,} people of 12 fields, CSV into SQLite")
print(f"{'':16}{'seconds':>9}{'records/s':>12}{'x floor':>9}{'peak MB':>9}")
for name, seconds, peak in rows:
    s = float(seconds)
    print(f"{name:16}{s:9.2f}{records / s:12,.0f}{s / floor:9.2f}{int(peak):9,}")
PY
echo "$pairs"
echo
"$bin/cdh-boundary-bench" --benchmark_color=false 2>/dev/null
echo
"$bin/cdh-xlsx-bench" "$work/table.xlsx"
