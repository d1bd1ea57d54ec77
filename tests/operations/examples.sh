#!/usr/bin/env bash
# Asks systemd's and logrotate's own tools whether the examples below config/ are right.
#
#     examples.sh systemd|logrotate|cron BIN_DIR ROOT     exit code 77 when the tool is not there
#
# The examples name an installed cdh and its user; here both are those of the build.
set -euo pipefail
what=$1 bin=$2 root=$3

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

need() {
  command -v "$1" >/dev/null || { echo "$1 is not there"; exit 77; }
}

check_systemd() {
  need systemd-analyze
  for unit in "$root"/config/systemd/*; do
    sed "s#/usr/local/bin/cdh#$bin/cdh#" "$unit" >"$folder/${unit##*/}"
  done
  # Without systemd as process 1 it says so, and verifies all the same. Of any other complaint it
  # only warns, too.
  said=$(systemd-analyze verify --recursive-errors=no --man=no "$folder"/* 2>&1) || {
    echo "$said"; exit 1; }
  if grep -F "$folder" <<<"$said" || grep -iE "unknown|ignoring|failed to parse" <<<"$said"; then
    exit 1
  fi
  sed -n 's/^OnCalendar=//p' "$folder"/*.timer | while read -r when; do
    systemd-analyze calendar "$when" >/dev/null
  done
  # The scale goes from 0 (safe) to 10; 100 is ten times that.
  for service in "$folder"/*.service; do
    systemd-analyze security --offline=true --threshold=30 --no-pager "$service" \
      >"$folder/verdict" || { cat "$folder/verdict"; exit 1; }
  done
}

check_logrotate() {
  need logrotate
  mkdir "$folder/log"
  echo '{}' >"$folder/log/run.log"
  sed -e "s#/var/log/cdh#$folder/log#g" -e "s#cdh cdh#$(id -un) $(id -gn)#" \
    "$root/config/logrotate.d/cdh" >"$folder/cdh"
  chmod 0644 "$folder/cdh"
  said=$(logrotate -d --state "$folder/state" "$folder/cdh" 2>&1)
  if grep -i "error" <<<"$said"; then exit 1; fi
  grep -q "considering log $folder/log/run.log" <<<"$said" || { echo "$said"; exit 1; }
  # And it does rotate.
  logrotate --force --state "$folder/state" "$folder/cdh"
  [ -s "$folder/log/run.log.1" ]
}

# Each line is five fields of time, a user, and commands that the shell and cdh understand.
check_cron() {
  jobs=$(grep -E '^[0-9*]' "$root/config/cron.d/cdh")
  [ "$(wc -l <<<"$jobs")" = 2 ]
  "$bin/cdh" init "$folder/hub" >/dev/null 2>&1
  export PATH="$bin:$PATH"
  while read -r _ _ _ _ _ user command; do
    [ "$user" = cdh ]
    command=${command//\/etc\/cdh/$folder/hub}
    command=${command//\/var\/log\/cdh/$folder/hub}
    (exec </dev/null; sh -c "$command")
  done <<<"$jobs"
  grep -q 'run 1 done' "$folder/hub/run.log"
}

"check_$what"
