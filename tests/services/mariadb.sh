#!/usr/bin/env bash
# A private MariaDB server for tests, on a Unix socket only, with its own defaults: what the store
# needs of a session, it asks for.
#   tests/services/mariadb.sh start DIR    starts it and writes its address to DIR/url
#   tests/services/mariadb.sh restart DIR  kills it, with whatever it does, and starts it again
#   tests/services/mariadb.sh stop DIR     stops it and removes DIR
# As root it runs as the user nobody: the server refuses root.
set -euo pipefail
action=$1
dir=$2
server=/usr/sbin/mariadbd
[ -x $server ] || { echo "MariaDB is not installed; run tests/install.sh test" >&2; exit 1; }

# Tests make and drop tables all the time, and the server waits for the disk after each.
run=(env LD_PRELOAD=libeatmydata.so)
[ "$(id -u)" = 0 ] && run+=(setpriv --reuid=nobody --regid=nogroup --clear-groups)

# The server of this folder.
end() {
  local pid
  pid=$(cat "$1/pid" 2>/dev/null || true)
  [ -n "$pid" ] || return 0
  kill -KILL "$pid" 2>/dev/null || true
  while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
}

stop() {
  [ -s "$dir/where" ] || return 0
  local home
  home=$(cat "$dir/where")
  end "$home"
  rm -rf "$home"
  rm -rf "$dir"
}

# From this folder, which is the current one.
serve() {
  local home=$1
  "${run[@]}" setsid $server --no-defaults --datadir="$home/data" --tmpdir="$home/tmp" \
    --pid-file="$home/pid" --socket="$home/socket" --skip-networking --skip-log-bin \
    --skip-innodb-file-per-table --innodb-buffer-pool-size=128M </dev/null >server.log 2>&1 &
  local server_pid=$!
  until grep -qs "ready for connections" server.log; do
    kill -0 "$server_pid" 2>/dev/null || { cat server.log >&2; exit 1; }
    sleep 0.1
  done
}

restart() {
  local home
  home=$(cat "$dir/where")
  end "$home"
  cd "$home"
  serve "$home"
}

start() {
  stop
  mkdir -p "$dir"
  # Socket paths are short by law (107 bytes), build folders are not.
  local home
  home=$(mktemp -d /tmp/cdh-mariadb.XXXXXX)
  echo "$home" > "$dir/where"
  mkdir "$home/tmp"
  [ "$(id -u)" = 0 ] && chown -R nobody:nogroup "$home"
  cd "$home"
  "${run[@]}" mariadb-install-db --no-defaults --datadir="$home/data" --skip-test-db \
    --auth-root-authentication-method=normal >install.log 2>&1
  serve "$home"
  echo "mariadb://root@localhost/mysql?socket=$home/socket" > "$dir/url"
}

case $action in
  start) dir=$(mkdir -p "$dir" && cd "$dir" && pwd); start ;;
  restart) restart ;;
  stop) stop ;;
  *) echo "usage: $0 start|restart|stop DIR" >&2; exit 2 ;;
esac
