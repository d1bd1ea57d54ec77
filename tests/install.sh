#!/usr/bin/env bash
# Installs what building and testing need on Debian 12. Usage: tests/install.sh [build|test]
# As root or with sudo; does nothing when everything is there.
set -euo pipefail

build=(
  cmake ninja-build g++ pkg-config ccache
  libboost-dev libpoco-dev libsoci-dev libspdlog-dev libcli11-dev libyaml-cpp-dev nlohmann-json3-dev
  libsimdjson-dev libicu-dev libphonenumber-dev libzip-dev libexpat1-dev libzstd-dev
  zlib1g-dev libxxhash-dev libsqlite3-dev libpq-dev libmariadb-dev libgtest-dev libgmock-dev
)
test=(python3 postgresql mariadb-server-core mariadb-client-core libeatmydata1
  libbenchmark-dev sqlite3 openssl systemd logrotate)

wanted=("${build[@]}")
[ "${1:-test}" = build ] || wanted+=("${test[@]}")
missing=()
for package in "${wanted[@]}"; do
  dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed ||
    missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo)
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
  apt-get install -y -qq --no-install-recommends "${missing[@]}"
