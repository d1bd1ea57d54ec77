#!/usr/bin/env python3
"""Scores the matching of `cdh` on data with known truth; run.sh builds the programs and calls this.

    accuracy.py [--bin FOLDER] [--data FOLDER] [--check] [SET...]

Prints a line for each set: the records and customers that its truth names, how well `cdh run` found
these customers (`cdh evaluate`), the F1 that is aimed at, and the seconds of the runs. A set is
published data in the folder --data, or made by cdh-generate. Each has one hub.yaml, with `match: auto`;
all work is done in a temporary folder. With --check the folder's score.py has to find the same
figures. The exit code is 1 when a set is below its floor in floors.tsv or lacks records, or the
figures differ. Standard library only.
"""

import argparse
import csv
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
QUARANTINED = 6  # the exit code of a run that refused some records
COLUMNS = ("records", "profiles", "precision", "recall", "F1", "B-cubed F1", "goal", "seconds")


def run(*command, folder, accept=(0,)):
    """The command's stdout. One that fails ends the program with what it said."""
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8")
    if done.returncode not in accept:
        sys.exit(f"{' '.join(map(str, command))} exits with {done.returncode}:\n{done.stderr}")
    return done.stdout


def read_csv(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


class Published:
    """A folder of published data. With `loads`, sources that are read in a run each, in this order."""

    def __init__(self, folder, config=None, loads=()):
        self.folder, self.config, self.loads = folder, config or f"{folder}.yaml", loads

    def is_there(self, tools):
        return (tools.data / self.folder).is_dir()

    def provide(self, work, tools):
        """Writes hub.yaml, the data and their truth into the folder `work`; returns the truth."""
        shutil.copy(HERE / self.config, work / "hub.yaml")
        for file in (tools.data / self.folder).glob("*.csv"):
            shutil.copyfile(file, work / file.name)
        return work / "truth_clusters.csv"


class Senzing(Published):
    """Here a person's record also holds its employer, so the truth has to say which party it means."""

    def provide(self, work, tools):
        truth = super().provide(work, tools)
        kinds = {f"{row['DATA_SOURCE']}:{row['RECORD_ID']}": row["RECORD_TYPE"].lower()
                 for name in ("customers", "reference", "watchlist")
                 for row in read_csv(work / f"{name}.csv")}
        rows = read_csv(truth)
        with open(truth, "w", newline="", encoding="utf-8") as file:
            out = csv.writer(file)
            out.writerow(["record_id", "cluster_id"])
            for row in rows:
                source, key = row["record_id"].split(":")
                party = f"{source.lower()}:{key}#{kinds[row['record_id']]}"
                out.writerow([party, row["cluster_id"]])
        return truth


class Generated:
    """What cdh-generate makes, with the configuration that stands elsewhere in the checkout."""

    loads = ()

    def __init__(self, config, *arguments, truth):
        self.config, self.arguments, self.truth = config, arguments, truth

    def is_there(self, tools):
        return True

    def provide(self, work, tools):
        shutil.copy(ROOT / self.config, work / "hub.yaml")
        run(tools.bin / "cdh-generate", *self.arguments, folder=work)
        return work / self.truth


def demo(seed):
    return Generated("config/demo/hub.yaml", "demo", "--out", "data", "--seed", str(seed),
                     truth="data/truth.csv")


def people(count):
    return Generated("tests/bench/people.yaml", "people", "--count", str(count), "--seed", "9",
                     "--out", "people.csv", "--truth", "truth.csv", truth="truth.csv")


SETS = {
    "febrl1": Published("febrl1"),
    "febrl3": Published("febrl3"),
    "splink_fake_1000": Published("splink_fake_1000"),
    "senzing_truthset": Senzing("senzing_truthset"),
    "senzing_one_by_one": Senzing("senzing_truthset",
                                  loads=("customers", "watchlist", "reference")),
    "chicago_early_childhood": Published("chicago_early_childhood"),
    "demo": demo(1),
    "demo_seed_5": demo(5),
    "people_2000": people(2000),
    "people_20000": people(20000),
}


def read_limits():
    """Of each set: its line of floors.tsv."""
    with open(HERE / "floors.tsv", encoding="utf-8") as file:
        lines = [line for line in file if not line.startswith("#")]
    return {row["set"]: row for row in csv.DictReader(lines, delimiter="\t")}


def consolidate(data_set, work, tools):
    """Runs `cdh run`, once for each load; returns its seconds."""
    seconds = 0.0
    for source in data_set.loads or (None,):
        options = ("--source", source) if source else ()
        start = time.monotonic()
        run(tools.bin / "cdh", "run", "--quiet", *options, folder=work, accept=(0, QUARANTINED))
        seconds += time.monotonic() - start
    return seconds


def score_py(truth, work, tools):
    """What score.py says of the exported links, each under the name that the truth has for it."""
    run(tools.bin / "cdh", "export", "links", "-o", "links.csv", folder=work)
    named = {row["record_id"] for row in read_csv(truth)}
    with open(work / "named.csv", "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["record_id", "cluster_id"])
        for row in read_csv(work / "links.csv"):
            record = f"{row['source']}:{row['source_key']}"
            for name in (f"{record}#{row['as']}", record, row["source_key"]):
                if name in named:
                    out.writerow([name, row["profile_id"]])
                    break
    printed = run(sys.executable, tools.data / "score.py", truth, "named.csv", folder=work,
                  accept=(0, 1))
    return json.loads(printed)


def faults_of(found, limits, checked):
    """What is wrong with a set's figures."""
    faults = []
    for measure in ("f1", "precision"):
        floor = limits[f"floor_{measure}"]
        if found["pairwise"][measure] < float(floor):
            faults.append(f"{measure} below its floor of {floor}")
    if found["missing"]:
        faults.append(f"{found['missing']} records missing")
    if checked and checked != {measure: found[measure] for measure in checked}:
        faults.append(f"score.py finds {checked}")
    return faults


def goal_text(limits):
    precision = limits["goal_precision"]
    return limits["goal_f1"] + (f" at {precision}" if precision else "") or "-"


def print_row(name, cells, note=""):
    widths = (8, 9, 10, 8, 8, 11, 15, 9)
    print(f"{name:24}" + "".join(f"{cell:>{width}}" for cell, width in zip(cells, widths)) + note,
          flush=True)


def score(name, limits, tools):
    """Scores one set and prints its line; returns whether it is as good as it has to be."""
    data_set = SETS[name]
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        truth = data_set.provide(work, tools)
        seconds = consolidate(data_set, work, tools)
        found = json.loads(run(tools.bin / "cdh", "--format", "json", "evaluate", truth,
                               folder=work, accept=(0, 1)))
        checked = score_py(truth, work, tools) if tools.check else None
    pairwise = found["pairwise"]
    faults = faults_of(found, limits, checked)
    print_row(name, (f"{found['records']:,}", f"{found['found_clusters']:,}",
                     f"{pairwise['precision']:.4f}", f"{pairwise['recall']:.4f}",
                     f"{pairwise['f1']:.4f}", f"{found['b_cubed']['f1']:.4f}",
                     goal_text(limits), f"{seconds:.2f}"),
              "".join(f"  {fault}" for fault in faults))
    return not faults


def options():
    parser = argparse.ArgumentParser(description=__doc__, usage=argparse.SUPPRESS,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, default=ROOT / "build/release/bin")
    parser.add_argument("--data", type=pathlib.Path, default=ROOT.parent / "shared/data")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("sets", nargs="*", metavar="SET")
    chosen = parser.parse_args()
    for name in chosen.sets:
        if name not in SETS:
            parser.error(f"there is no set {name}, only {', '.join(SETS)}")
    chosen.bin, chosen.data = chosen.bin.resolve(), chosen.data.resolve()
    if not (chosen.bin / "cdh").is_file():
        parser.error(f"there is no cdh in {chosen.bin}; run.sh builds it")
    if chosen.check and not (chosen.data / "score.py").is_file():
        parser.error(f"--check needs score.py in {chosen.data}")
    return chosen


def main():
    tools = options()
    limits = read_limits()
    print_row("set", COLUMNS)
    is_good = True
    for name in tools.sets or SETS:
        if SETS[name].is_there(tools):
            is_good = score(name, limits[name], tools) and is_good
        else:
            print(f"{name:24}is not there: {tools.data / SETS[name].folder}")
    sys.exit(0 if is_good else 1)


if __name__ == "__main__":
    main()
