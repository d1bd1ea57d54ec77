#!/usr/bin/env python3
"""Runs `cdh run` and prints the peak of its memory up to the beginning of each phase and to the end:
memory.py [PHASE=MB]... COMMAND...

Standard library only. Exits with 1 when a peak is above what its phase may have, and otherwise as the
command does, but for 6: newly quarantined records are no failure.
"""
import os
import subprocess
import sys

PHASES = ("reading", "matching", "merging")


def peak_mb(process):
    """Of a process that runs; None when it has ended."""
    try:
        with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
            for line in status:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) // 1024
    except FileNotFoundError:
        pass
    return None


def main():
    words = sys.argv[1:]
    most = {}
    while "=" in words[0]:
        phase, mb = words.pop(0).split("=")
        most[phase] = int(mb)
    peaks = {}
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    for line in process.stderr:
        phase = line.strip()
        if phase in PHASES:
            peaks[phase] = peak_mb(process)
        else:
            sys.stderr.write(line)
    _, status, usage = os.wait4(process.pid, 0)
    peaks["end"] = usage.ru_maxrss // 1024
    code = os.waitstatus_to_exitcode(status)

    print(f"{'up to':>10} {'peak MB':>8} {'goal':>8}")
    too_much = False
    for phase, mb in peaks.items():
        goal = most.get(phase)
        too_much = too_much or mb is None or (goal is not None and mb > goal)
        print(f"{phase:>10} {mb:>8,} {'' if goal is None else format(goal, ','):>8}")
    if any(phase not in peaks for phase in most):
        sys.exit("a phase of which a goal was given did not begin")
    sys.exit(1 if too_much else 0 if code == 6 else code)


if __name__ == "__main__":
    main()
