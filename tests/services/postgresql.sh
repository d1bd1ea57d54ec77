#!/usr/bin/env bash
# A private PostgreSQL server for tests, on a Unix socket only.
#   tests/services/postgresql.sh start DIR    starts it and writes its address to DIR/url
#   tests/services/postgresql.sh restart DIR  kills it, with whatever it does, and starts it again
#   tests/services/postgresql.sh stop DIR     stops it and removes DIR
# As root it runs as the user postgres, which Debian's package makes. With CDH_TEST_DISK_MB, which only
# root may mount, it has a disk of its own of that size, in memory; where that is stands in DIR/where.
set -euo pipefail
action=$1
dir=$2
initdb=$(ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -n 1 || true)
[ -n "$initdb" ] || { echo "PostgreSQL is not installed; run tests/install.sh test" >&2; exit 1; }
bin=$(dirname "$initdb")

as_user=()
[ "$(id -u)" = 0 ] && as_user=(setpriv --reuid=postgres --regid=postgres --init-groups)

stop() {
  [ -s "$dir/where" ] || return 0
  local home
  home=$(cat "$dir/where")
  (cd "$home" && "${as_user[@]}" "$bin/pg_ctl" -D "$home/data" -m immediate -w stop) >/dev/null 2>&1 || true
  if mountpoint -q "$home"; then umount "$home"; fi
  rm -rf "$home"
  rm -rf "$dir"
}

# In its folder.
serve() {
  "${as_user[@]}" "$bin/pg_ctl" -D data -w -l server.log start -o \
    "-c listen_addresses='' -k $1 -c fsync=off -c full_page_writes=off -c shared_buffers=128MB" >/dev/null
}

restart() {
  cd "$(cat "$dir/where")"
  "${as_user[@]}" "$bin/pg_ctl" -D data -m immediate -w stop >/dev/null 2>&1 || true
  serve "$PWD"
}

start() {
  stop
  mkdir -p "$dir"
  # Socket paths are short by law (107 bytes), build folders are not.
  local home
  home=$(mktemp -d /tmp/cdh-pg.XXXXXX)
  echo "$home" > "$dir/where"
  [ -z "${CDH_TEST_DISK_MB:-}" ] || mount -t tmpfs -o "size=${CDH_TEST_DISK_MB}m,mode=700" cdh-test "$home"
  [ "$(id -u)" = 0 ] && chown postgres: "$home"
  cd "$home"
  "${as_user[@]}" "$bin/initdb" -D data -U cdh -A trust -E UTF8 --locale=C.UTF-8 --no-sync >initdb.log
  serve "$home"
  echo "postgresql:///postgres?host=$home&user=cdh" > "$dir/url"
}

case $action in
  start) dir=$(mkdir -p "$dir" && cd "$dir" && pwd); start ;;
  restart) restart ;;
  stop) stop ;;
  *) echo "usage: $0 start|restart|stop DIR" >&2; exit 2 ;;
esac
