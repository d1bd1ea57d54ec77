#!/usr/bin/env bash
# A private MariaDB server for tests, on a Unix socket only, with its own defaults: what the store
# needs of a session, it asks for.
#   tests/services/mariadb.sh start DIR      starts it and writes its address to DIR/url
#   tests/services/mariadb.sh start DIR tls  the same, and it speaks TLS at a free port of 127.0.0.1 and
#                                            127.0.0.2, with a certificate for the first alone: the port
#                                            goes to DIR/port, the authority to DIR/ca.pem and another
#                                            one, which the server knows nothing of, to DIR/other_ca.pem
#   tests/services/mariadb.sh restart DIR    kills it, with whatever it does, and starts it again
#   tests/services/mariadb.sh stop DIR       stops it and removes DIR
# As root it runs as the user nobody: the server refuses root. With CDH_TEST_DISK_MB, which only root may
# mount, it has a disk of its own of that size, in memory; where that is stands in DIR/where.
set -euo pipefail
action=$1
dir=$2
with=${3:-}
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
  if mountpoint -q "$home"; then umount "$home"; fi
  rm -rf "$home"
  rm -rf "$dir"
}

# An authority, NAME.pem, in the current folder.
make_authority() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 \
    -subj "/CN=$1 of tests" -keyout "$1.key" -out "$1.pem" 2>/dev/null
}

# In the current folder, and what the server reads of it into DIR.
make_certificates() {
  make_authority ca
  make_authority other_ca
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=the server of tests" \
    -keyout server.key -out server.csr 2>/dev/null
  openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -out server.pem \
    -extfile <(echo "subjectAltName=IP:127.0.0.1") 2>/dev/null
  cp ca.pem other_ca.pem "$dir"
  python3 -c "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])" \
    > "$dir/port"
  echo "--ssl-cert=$PWD/server.pem --ssl-key=$PWD/server.key --bind-address=127.0.0.1,127.0.0.2" \
    "--port=$(cat "$dir/port")" > network
}

# From this folder, which is the current one.
serve() {
  local home=$1 network
  read -r -a network < network
  "${run[@]}" setsid $server --no-defaults --datadir="$home/data" --tmpdir="$home/tmp" \
    --pid-file="$home/pid" --socket="$home/socket" --skip-log-bin "${network[@]}" \
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
  [ -z "${CDH_TEST_DISK_MB:-}" ] || mount -t tmpfs -o "size=${CDH_TEST_DISK_MB}m,mode=700" cdh-test "$home"
  mkdir "$home/tmp"
  cd "$home"
  if [ "$with" = tls ]; then make_certificates; else echo --skip-networking > network; fi
  # So that what the hub writes takes of the disk by and by, and not 64 MB once.
  [ -z "${CDH_TEST_DISK_MB:-}" ] || sed -i 's/$/ --innodb-autoextend-increment=1/' network
  [ "$(id -u)" = 0 ] && chown -R nobody:nogroup "$home"
  "${run[@]}" mariadb-install-db --no-defaults --datadir="$home/data" --skip-test-db \
    --auth-root-authentication-method=normal >install.log 2>&1
  serve "$home"
  echo "mariadb://root@localhost/mysql?socket=$home/socket" > "$dir/url"
}

case $action in
  start) dir=$(mkdir -p "$dir" && cd "$dir" && pwd); start ;;
  restart) restart ;;
  stop) stop ;;
  *) echo "usage: $0 start|restart|stop DIR [tls]" >&2; exit 2 ;;
esac
