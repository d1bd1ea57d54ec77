#!/usr/bin/env python3
"""Disturbs runs at every phase and at random instants, and compares the stores with undisturbed ones.

Standard library only. Each trial delivers some nights into a new store. Of every night the run is
killed, its database crashed or its disk filled, a few times over; then one run may go on to its end,
`cdh store check` must find nothing, and `cdh store dump` must print what it prints of an undisturbed
store, each customer under the id that they had before. At last the newest night is undone, which is
killed a few times over as well: what was there the night before is there again. Exits with 1 where
anything differs, and where no disturbance of some kind could be made on a database.
"""
import argparse
import collections
import csv
import difflib
import io
import json
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
MOST_TRIALS = 25  # of a database, while a kind of disturbance has not come about yet
KILLED_UNDO = "kill of an undo"
ENDED_WELL = (0, 6)  # 6: newly quarantined records
LOCKED = 4  # a server may notice a moment later that the run before was killed
LIMIT = 300  # seconds that any one command may take
MOST_LEFT = 24  # bits of the bytes on a server's full disk: as much as a segment of PostgreSQL's log
SECONDS_FULL = 15  # MariaDB waits minutes for room, so somebody makes some


class Names:
    """Profile ids by when and with which party they were first seen: the same in two stores of one
    history, whatever ids they have given."""

    def __init__(self):
        self.name_of = {}

    # What each party's profile is called now; `links`: party and profile id.
    def of(self, links, night):
        for party, profile in sorted(links):
            self.name_of.setdefault(profile, f"night {night + 1}, {party}")
        return sorted(f"id of {party}: {self.name_of[profile]}" for party, profile in links)


# Ids that undone merges and removals leave behind for whoever still has them.
def without_former_ids(lines):
    return [line for line in lines if not line.startswith("former ")]


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

    def links(self, folder):
        export = self.cdh(folder, "export", "links", "-o", "-")
        if export.returncode != 0 or not export.stdout:
            sys.exit(f"`cdh export links` ended with {export.returncode}: {export.stderr}")
        return [("/".join((row["source"], row["stream"], row["source_key"], row["as"])),
                 row["profile_id"]) for row in csv.DictReader(io.StringIO(export.stdout))]

    # The store as it is to be compared.
    def state(self, folder, names, night):
        return self.dump(folder) + names.of(self.links(folder), night)

    def when_free(self, folder, *arguments):
        end = time.monotonic() + LIMIT
        while (run := self.cdh(folder, *arguments)).returncode == LOCKED and time.monotonic() < end:
            pass
        return run

    # The newest run that can be undone: one that came after the night was read whole found nothing new.
    def undoable(self, folder):
        for run in json.loads(self.cdh(folder, "runs", "--format", "json").stdout):
            if "nobody can be asked" in self.cdh(folder, "runs", "undo", str(run["run"])).stderr:
                return str(run["run"])
        sys.exit("no run can be undone")

    # Where a party's id is another than expected, whether the expected one leads to it.
    def follow_former_ids(self, folder, expected, found, names):
        profiles = {name: profile for profile, name in names.name_of.items()}
        wanted = dict(line.split(": ", 1) for line in expected if line.startswith("id of "))
        lines = []
        for line in found:
            party, name = line.split(": ", 1) if line.startswith("id of ") else (None, None)
            if party and wanted.get(party, name) != name:
                shown = self.cdh(folder, "profile", "show", profiles[wanted[party]], "--format",
                                 "json")
                if shown.returncode == 0 and json.loads(shown.stdout)["id"] == profiles[name]:
                    line = f"{party}: {wanted[party]}"
            lines.append(line)
        return lines

    def fault(self, text):
        self.differences += 1
        print(f"DIFFERENCE {text}", flush=True)

    # The states after each night of undisturbed runs, and how long the longest took.
    def undisturbed(self, kind, folder):
        deliver = deliveries.Deliveries(self.seed, self.people)
        (folder / "hub.yaml").write_text(deliveries.HUB.format(url=kind.url("undisturbed")))
        states, names, longest = [], Names(), 0
        for night in range(NIGHTS):
            deliver.next_night()
            deliver.write(folder)
            begin = time.monotonic()
            run = self.cdh(folder, "run")
            longest = max(longest, time.monotonic() - begin)
            if run.returncode not in ENDED_WELL:
                sys.exit(f"an undisturbed run on {kind.name} ended with {run.returncode}: {run.stderr}")
            states.append(self.state(folder, names, night))
        kind.remove("undisturbed")
        return states, longest

    def trial(self, kind, folder, states, longest, number):
        store = f"trial{number}"
        deliver = deliveries.Deliveries(self.seed, self.people)
        (folder / "hub.yaml").write_text(deliveries.HUB.format(url=kind.url(store)))
        names = Names()
        for night in range(NIGHTS):
            deliver.next_night()
            deliver.write(folder)
            story = [self.disturb(kind, folder, longest)
                     for _ in range(self.random.randint(1, MOST_DISTURBANCES))]
            where = f"{kind.name}, trial {number}, night {night + 1}, {', '.join(story)}"
            run = self.when_free(folder, "run")
            if run.returncode not in ENDED_WELL:
                self.fault(f"{where}: the run after it ended with {run.returncode}: {run.stderr}")
            self.check(folder, where)
            self.compare(states[night], self.state(folder, names, night), where)
        self.undo(kind, folder, longest, f"{kind.name}, trial {number}")
        before = without_former_ids(states[-2])
        after = without_former_ids(self.state(folder, names, NIGHTS))
        self.compare(before, self.follow_former_ids(folder, before, after, names),
                     f"{kind.name}, trial {number}, after `cdh runs undo`")
        kind.remove(store)

    def check(self, folder, where):
        check = self.cdh(folder, "store", "check")
        if check.returncode != 0:
            self.fault(f"{where}: {check.stdout}{check.stderr}")

    def compare(self, expected, found, where):
        if found == expected:
            return
        lines = difflib.unified_diff(expected, found, "undisturbed", "found", n=0)
        self.fault(f"{where}:\n" + "\n".join(line[:400] for _, line in zip(range(40), lines)))

    # Of the newest night, killed until it may go on to its end.
    def undo(self, kind, folder, longest, where):
        command = ("runs", "undo", self.undoable(folder), "--yes")
        for _ in range(self.random.randint(1, MOST_DISTURBANCES)):
            undo = subprocess.Popen([self.program, *command], cwd=folder, stdout=subprocess.DEVNULL,
                                    stderr=subprocess.DEVNULL)
            try:
                undo.wait(self.random.uniform(0, longest))
            except subprocess.TimeoutExpired:
                undo.send_signal(signal.SIGKILL)
            code = undo.wait(LIMIT)
            if code == 0:
                return
            if code == -signal.SIGKILL:
                self.counts[kind.name, KILLED_UNDO] += 1
            elif code != LOCKED:
                self.fault(f"{where}: `cdh runs undo` ended with {code}")
        undo = self.when_free(folder, *command)
        if undo.returncode != 0:
            self.fault(f"{where}: `cdh runs undo` ended with {undo.returncode}: {undo.stderr}")
        self.check(folder, where)

    def ways(self, kind):
        ways = ["kill at a phase", "kill at random"]
        ways += ["crash of the database"] if kind.can_restart else ["full disk"]
        ways += ["full disk of the server"] if kind.can_fill else []
        return [way for way in ways if self.way in (None, way)]

    # Kinds of disturbance that this database has not survived yet.
    def missing(self, kind):
        return [way for way in (*self.ways(kind), KILLED_UNDO) if not self.counts[kind.name, way]]

    # Runs until something happens to the run; says what.
    def disturb(self, kind, folder, longest):
        way = self.random.choice(self.ways(kind))
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
    names, missing = options.database or sorted(servers.KINDS), []
    with tempfile.TemporaryDirectory(prefix="cdh-torture-") as temporary:
        for name in names:
            folder = pathlib.Path(temporary) / name
            folder.mkdir()
            kind = servers.KINDS[name](folder)
            try:
                states, longest = torture.undisturbed(kind, folder)
                end = time.monotonic() + options.seconds / len(names)
                number = 0
                while time.monotonic() < end or (torture.missing(kind) and number < MOST_TRIALS):
                    number += 1
                    torture.trial(kind, folder, states, longest, number)
                missing += [f"{way} on {name}" for way in torture.missing(kind)]
            finally:
                kind.stop()
    print(f"{'database':12} {'disturbance':24} {'survived':>8}")
    for (database, way), count in sorted(torture.counts.items()):
        print(f"{database:12} {way:24} {count:8}")
    print(f"{sum(torture.counts.values())} disturbances survived, {torture.differences} differences")
    for what in missing:
        print(f"NOT TRIED {what}: it always came too late")
    sys.exit(1 if torture.differences or missing else 0)


if __name__ == "__main__":
    main()
