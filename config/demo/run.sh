#!/usr/bin/env bash
# The demo: installs what the build needs, builds, consolidates the made-up data of five departments
# into SQLite, and shows the result. From a fresh checkout on Debian 12, as root or with sudo:
# config/demo/run.sh. Run it again: nothing has changed, so nothing is written.
# With CDH_DEMO_BIN=FOLDER it uses the programs there, and neither installs nor builds.
set -euo pipefail
cd "$(dirname "$0")/../.."

step() { printf '\n== %s\n\n' "$*"; }

if [ -z "${CDH_DEMO_BIN:-}" ]; then
  step "Installing what the build needs"
  tests/install.sh build
  step "Building"
  cmake --preset demo >/dev/null
  cmake --build --preset demo --parallel "$(nproc)" | tail -n 1
  CDH_DEMO_BIN=$PWD/build/demo/bin
fi
export PATH="$CDH_DEMO_BIN:$PATH"
cd config/demo

step "Made-up data of 2,000 customers in five departments"
cdh-generate demo --out data
(cd data && wc -c newsletter.csv webforms.jsonl erp.xlsx sales.ods support.csv satisfaction.csv)

step "cdh run: read, clean, match and merge it all"
status=0
cdh run || status=$?
# 6: all is well, and some records were refused. The data has six rows that are broken on purpose.
case $status in
  0) echo; echo "Exit code 0: all well." ;;
  6) echo; echo "Exit code 6: all well, but newly quarantined records wait for somebody." ;;
  *) exit "$status" ;;
esac

step "cdh quarantine list: what was refused, and why"
cdh quarantine list

# The ids of the customers that have an entity such as sales_order.
customers_with() {
  cdh --quiet --format json export "$1" -o - | grep -o '"profile_id":"[^"]*"' |
    cut -d '"' -f 4 | sort -u
}
# Of those that have orders, tickets and a newsletter consent, one that most departments know.
well_known_customer() {
  comm -12 <(customers_with sales_order) <(customers_with service_case) |
    comm -12 - <(customers_with consent) |
    grep -f - <(cdh --quiet export links -o - | cut -d , -f 1,5 | sort -u) |
    cut -d , -f 2 | sort | uniq -c | sort -k 1,1nr -k 2 | awk 'NR == 1 { print $2 }'
}

step "cdh profile show: one customer, with the record and the rule behind each value"
cdh profile show "$(well_known_customer)"

step "cdh evaluate: how well the profiles agree with the known truth"
cdh evaluate data/truth.csv

cat <<END

The profiles are in config/demo/demo.db. Next, in config/demo:

  export PATH=$CDH_DEMO_BIN:\$PATH
  cdh profile find kowalski          # look for a customer
  cdh profile explain ID             # why records are one customer (ID: as find shows it)
  cdh review list                    # pairs that may be one customer: a steward decides
  cdh check --explain                # what the configuration means in full
  cdh run                            # again: nothing has changed
END
