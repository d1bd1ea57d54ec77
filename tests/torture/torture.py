#!/usr/bin/env python3
"""Disturbs runs at every phase and at random instants, and compares the stores with undisturbed ones.

Standard library only. Each trial delivers some nights into a new store. Of every night the run is
killed, its database crashed or its disk filled, a few times over; then one run may go on to its end,
`cdh store check` must find nothing, and `cdh store dump` must print what it prints of an undisturbed
store. Exits with 1 where it does not, and where nothing could be disturbed.
"""
import argparse
import collections
import difflib
import os
import pathlib
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time

import deliveries
import servers

NIGHTS = 3
PHASES = ("reading", "matching", "merging")
MOST_DISTURBANCES = 3  # a night
ENDED_WELL = (0, 6)  # 6: newly quarantined records
LOCKED = 4  # a server may notice a moment later that the run before was killed
LIMIT = 300  # seconds that any one command may take
MOST_LEFT = 24  # bits of the bytes on a server's full disk: as much as a segment of PostgreSQL's log
SECONDS_FULL = 15  # MariaDB waits minutes for room, so somebody makes some


class Torture:
    def __init__(self, options):
        self.program = pathlib.Path(options.program).resolve()
        self.random = random.Random(options.seed)
        self.seed, self.people, self.way = options.seed, options.people, options.way
        self.counts = collections.Counter()
        self.differences = 0

    def dump(self, folder):
        dump = self.cdh(folder, "store", "dump")
        if dump.returncode != 0 or not dump.stdout:
            sys.exit(f"`cdh store dump` ended with {dump.returncode}: {dump.stderr}")
        return dump.stdout.splitlines()

    def cdh(self, folder, *arguments):
        return subprocess.run([self.program, *arguments], cwd=folder, capture_output=True, text=True,
                              timeout=LIMIT)

    def run_when_free(self, folder):
        end = time.monotonic() + LIMIT
        while (run := self.cdh(folder, "run")).returncode == LOCKED and time.monotonic() < end:
            pass
        return run

    def fault(self, text):
        self.differences += 1
        print(f"DIFFERENCE {text}", flush=True)

    # The dumps after each night of undisturbed runs, and how long the longest took.
    def undisturbed(self, kind, folder):
        deliver = deliveries.Deliveries(self.seed, self.people)
        (folder / "hub.yaml").write_text(deliveries.HUB.format(url=kind.url("undisturbed")))
        dumps, longest = [], 0
        for _ in range(NIGHTS):
            deliver.next_night()
            deliver.write(folder)
            begin = time.monotonic()
            run = self.cdh(folder, "run")
            longest = max(longest, time.monotonic() - begin)
            if run.returncode not in ENDED_WELL:
                sys.exit(f"an undisturbed run on {kind.name} ended with {run.returncode}: {run.stderr}")
            dumps.append(self.dump(folder))
        kind.remove("undisturbed")
        return dumps, longest

    def trial(self, kind, folder, dumps, longest, number):
        store = f"trial{number}"
        deliver = deliveries.Deliveries(self.seed, self.people)
        (folder / "hub.yaml").write_text(deliveries.HUB.format(url=kind.url(store)))
        for night in range(NIGHTS):
            deliver.next_night()
            deliver.write(folder)
            story = [self.disturb(kind, folder, longest)
                     for _ in range(self.random.randint(1, MOST_DISTURBANCES))]
            where = f"{kind.name}, trial {number}, night {night + 1}, {', '.join(story)}"
            run = self.run_when_free(folder)
            if run.returncode not in ENDED_WELL:
                self.fault(f"{where}: the run after it ended with {run.returncode}: {run.stderr}")
            check = self.cdh(folder, "store", "check")
            if check.returncode != 0:
                self.fault(f"{where}: {check.stdout}{check.stderr}")
            found = self.dump(folder)
            if found != dumps[night]:
                lines = difflib.unified_diff(dumps[night], found, "undisturbed", "found", n=0)
                self.fault(f"{where}:\n" + "\n".join(line[:400] for _, line in zip(range(40), lines)))
        kind.remove(store)

    # Runs until something happens to the run; says what.
    def disturb(self, kind, folder, longest):
        ways = ["kill at a phase", "kill at random"]
        ways += ["crash of the database"] if kind.can_restart else ["full disk"]
        ways += ["full disk of the server"] if kind.can_fill else []
        way = self.random.choice([way for way in ways if self.way in (None, way)])
        largest_file = None
        if way == "full disk of the server":
            kind.fill(int(2 ** self.random.uniform(0, MOST_LEFT)))
        if way == "full disk":
            largest_file = self.random.randrange(1 << 16, self.largest_file(folder))
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
        run = subprocess.Popen([self.program, "run"], cwd=folder, text=True, stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE, preexec_fn=limit if largest_file else None)
        if way == "kill at a phase":
            phase = self.random.choice(PHASES)
            way += f" ({phase})"
            for line in run.stderr:
                if line.strip() == phase:
                    run.send_signal(signal.SIGKILL)
                    break
        elif way == "full disk of the server":
            try:
                run.wait(SECONDS_FULL)
            except subprocess.TimeoutExpired:
                pass
            kind.make_room()
        elif way != "full disk":
            try:
                run.wait(self.random.uniform(0, longest))
            except subprocess.TimeoutExpired:
                if way == "kill at random":
                    run.send_signal(signal.SIGKILL)
                else:
                    kind.restart()
        run.stderr.close() if way.startswith("kill") else run.stderr.read()
        code = run.wait(LIMIT)
        is_disturbed = code not in (*ENDED_WELL, LOCKED)
        if is_disturbed:
            self.counts[kind.name, way.split(" (")[0]] += 1
        else:
            way += ", too late"
        if is_disturbed and code not in (-signal.SIGKILL, 1):
            self.fault(f"{kind.name}: after {way} the run ended with {code}")
        return way

    def largest_file(self, folder):
        sizes = [file.stat().st_size for file in folder.glob("*.db*")]
        return max(sizes + [8 << 20])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--program", required=True, help="the cdh to torture")
    parser.add_argument("--seconds", type=float, default=60, help="how long, all databases together")
    parser.add_argument("--database", action="append", choices=sorted(servers.KINDS),
                        help="may be repeated; all when not given")
    parser.add_argument("--way", help="this one alone, such as 'full disk of the server'")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--people", type=int, default=3000, help="made-up people that are delivered")
    options = parser.parse_args()
    torture = Torture(options)
    names = options.database or sorted(servers.KINDS)
    with tempfile.TemporaryDirectory(prefix="cdh-torture-") as temporary:
        for name in names:
            folder = pathlib.Path(temporary) / name
            folder.mkdir()
            kind = servers.KINDS[name](folder)
            try:
                dumps, longest = torture.undisturbed(kind, folder)
                end = time.monotonic() + options.seconds / len(names)
                number = 0
                while number == 0 or time.monotonic() < end:
                    number += 1
                    torture.trial(kind, folder, dumps, longest, number)
            finally:
                kind.stop()
    print(f"{'database':12} {'disturbance':24} {'survived':>8}")
    for (database, way), count in sorted(torture.counts.items()):
        print(f"{database:12} {way:24} {count:8}")
    print(f"{sum(torture.counts.values())} disturbances survived, {torture.differences} differences")
    sys.exit(0 if torture.differences == 0 and torture.counts else 1)


if __name__ == "__main__":
    main()
