"""The databases that stores are tortured on: a file, and private servers that come and go.

Standard library only. Each kind has

    url(name)      of a new, empty store
    remove(name)   takes it away
    restart()      of a server: crashes it and starts it again
    fill(left)     of a server with a disk of its own: leaves that many bytes free on it
    make_room()    the opposite; the server is there again when it returns
    stop()         at the end
"""
import os
import pathlib
import subprocess
import time

DISK_MB = 2000
SECONDS_TO_RECOVER = 10
SERVICES = pathlib.Path(__file__).resolve().parent.parent / "services"


class Sqlite:
    name = "sqlite"
    can_restart = can_fill = False

    def __init__(self, folder):
        self.folder = folder

    def url(self, name):
        return f"sqlite://{self.folder}/{name}.db"

    def remove(self, name):
        for file in pathlib.Path(self.folder).glob(f"{name}.db*"):
            file.unlink()

    def stop(self):
        pass


class Server:
    """Of a script below tests/services."""

    can_restart = True
    can_fill = os.geteuid() == 0  # only root may give it a disk of its own
    drop_option = ""

    def __init__(self, folder):
        self.folder = folder / self.name
        self.script("start")
        self.address = (self.folder / "url").read_text().strip()
        self.disk = pathlib.Path((self.folder / "where").read_text().strip())

    def script(self, action):
        disk = {"CDH_TEST_DISK_MB": str(DISK_MB)} if self.can_fill and DISK_MB else {}
        subprocess.run([SERVICES / f"{self.name}.sh", action, self.folder], check=True,
                       stdout=subprocess.DEVNULL, env={**os.environ, **disk})

    def fill(self, left):
        free = os.statvfs(self.disk).f_bavail * os.statvfs(self.disk).f_frsize
        with open(self.disk / "filler", "wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(1, free - left))

    # A server may stop for good when its disk is full, as PostgreSQL does that cannot write its log.
    def make_room(self):
        (self.disk / "filler").unlink()
        end = time.monotonic() + SECONDS_TO_RECOVER
        while time.monotonic() < end:
            try:
                return self.execute("SELECT 1")
            except subprocess.CalledProcessError:
                time.sleep(0.2)
        self.restart()

    def execute(self, statement):
        subprocess.run([*self.client(), statement], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)

    def url(self, name):
        self.execute(f"CREATE DATABASE {name}")
        return self.address.replace(f"/{self.own_database}?", f"/{name}?")

    def remove(self, name):
        self.execute(f"DROP DATABASE IF EXISTS {name}{self.drop_option}")

    def restart(self):
        self.script("restart")

    def stop(self):
        self.script("stop")


class Postgresql(Server):
    name = "postgresql"
    own_database = "postgres"
    drop_option = " WITH (FORCE)"  # a killed client's session may linger

    def client(self):
        return ["psql", "-q", "-d", self.address, "-c"]


class Mariadb(Server):
    name = "mariadb"
    own_database = "mysql"

    def client(self):
        socket = self.address.split("socket=")[1]
        return ["mariadb", "--no-defaults", "-uroot", f"--socket={socket}", "-e"]


KINDS = {kind.name: kind for kind in (Sqlite, Postgresql, Mariadb)}
