#!/usr/bin/env python3
"""Prints how long the hub takes on each database, and a bare program that writes the same rows to it.

    servers.py BIN [RECORDS] [DATABASE]...

Standard library only; called by servers.sh. A column each:

    floor      cdh-floor writes all tables, in the fastest way the database has
    run        the first run, and how many times the floor's time it took
    raw rows   cdh-floor writes source_record alone
    landing    the first run until it begins to match, and how many times that
    unchanged  the second run, over the same file, and its records a second
"""
import pathlib
import subprocess
import sys
import tempfile
import time

BENCH = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(BENCH.parent / "torture"))
import servers  # noqa: E402: the private servers of the torture

ENDED_WELL = (0, 6)  # 6: newly quarantined records


class Bench:
    def __init__(self, bin_folder, folder, records):
        self.bin, self.folder, self.records = bin_folder, folder, records
        self.execute("cdh-generate", "people", "--count", str(records), "--out", "people.csv",
                     "--truth", "truth.csv")

    def execute(self, program, *arguments):
        begin = time.monotonic()
        subprocess.run([self.bin / program, *arguments], cwd=self.folder, check=True,
                       stdout=subprocess.DEVNULL)
        return time.monotonic() - begin

    # Seconds of a run, and of its reading: it names its phases as they begin.
    def run(self):
        begin, landed = time.monotonic(), None
        run = subprocess.Popen([self.bin / "cdh", "run"], cwd=self.folder, text=True,
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for line in run.stderr:
            if landed is None and line.strip() == "matching":
                landed = time.monotonic() - begin
        if run.wait() not in ENDED_WELL:
            sys.exit(f"cdh run ended with {run.returncode}")
        return time.monotonic() - begin, landed

    # Of a new store each.
    def floor(self, kind, *what):
        url = kind.url("floor")
        seconds = self.execute("cdh-floor", "people.csv", url, *what)
        kind.remove("floor")
        return seconds

    def measure(self, kind):
        floor, rows = self.floor(kind), self.floor(kind, "landing")
        text = (BENCH / "people.yaml").read_text(encoding="utf-8")
        head, rest = text.split("store:", 1)
        (self.folder / "hub.yaml").write_text(f"{head}store: {kind.url('hub')}\n"
                                              f"{rest.split(chr(10), 1)[1]}")
        first, landing = self.run()
        unchanged, _ = self.run()
        kind.remove("hub")
        print(f"{kind.name:11}{floor:8.2f}{first:9.2f}{first / floor:6.2f}{rows:10.2f}{landing:10.2f}"
              f"{landing / rows:6.2f}{unchanged:11.2f}{self.records / unchanged:13,.0f}", flush=True)


def main():
    bin_folder = pathlib.Path(sys.argv[1]).resolve()
    records = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    servers.DISK_MB = None  # on the machine's own disk
    with tempfile.TemporaryDirectory(prefix="cdh-bench-") as temporary:
        folder = pathlib.Path(temporary)
        bench = Bench(bin_folder, folder, records)
        print(f"{records:,} people of 12 fields, seconds")
        print(f"{'':11}{'floor':>8}{'run':>9}{'x':>6}{'raw rows':>10}{'landing':>10}{'x':>6}"
              f"{'unchanged':>11}{'records/s':>13}", flush=True)
        for name in sys.argv[3:] or ("sqlite", "postgresql", "mariadb"):
            kind = servers.KINDS[name](folder)
            try:
                bench.measure(kind)
            finally:
                kind.stop()


if __name__ == "__main__":
    main()
