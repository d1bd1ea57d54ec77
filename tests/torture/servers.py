"""The databases that stores are tortured on: a file, and private servers that come and go.

Standard library only. Each kind has

    url(name)      of a new, empty store
    remove(name)   takes it away
    restart()      crashes the server and starts it again; of a file: nothing, and says False
    stop()         at the end
"""
import os
import pathlib
import shutil
import subprocess
import tempfile

SERVICES = pathlib.Path(__file__).resolve().parent.parent / "services"


class Sqlite:
    name = "sqlite"
    can_restart = False

    def __init__(self, folder):
        self.folder = folder

    def url(self, name):
        return f"sqlite://{self.folder}/{name}.db"

    def remove(self, name):
        for file in pathlib.Path(self.folder).glob(f"{name}.db*"):
            file.unlink()

    def stop(self):
        pass


class Postgresql:
    """The server of tests/services/postgresql.sh."""

    name = "postgresql"
    can_restart = True

    def __init__(self, folder):
        self.folder = folder / "postgresql"
        self.script("start")
        self.address = (self.folder / "url").read_text().strip()

    def script(self, action):
        subprocess.run([SERVICES / "postgresql.sh", action, self.folder], check=True,
                       stdout=subprocess.DEVNULL)

    def execute(self, statement):
        subprocess.run(["psql", "-q", "-d", self.address, "-c", statement], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def url(self, name):
        self.execute(f"CREATE DATABASE {name}")
        return self.address.replace("/postgres?", f"/{name}?")

    def remove(self, name):
        self.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def restart(self):
        self.script("restart")

    def stop(self):
        self.script("stop")


KINDS = {kind.name: kind for kind in (Sqlite, Postgresql)}
