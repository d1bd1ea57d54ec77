#!/usr/bin/env python3
"""Runs a command and appends its wall seconds and peak memory to a file: measure.py FILE NAME COMMAND...

Standard library only. Exits as the command does, but for 6: newly quarantined records are no failure.
"""
import resource
import subprocess
import sys
import time

out, name, *command = sys.argv[1:]
start = time.monotonic()
code = subprocess.run(command, stdout=subprocess.DEVNULL).returncode
seconds = time.monotonic() - start
peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
with open(out, "a", encoding="utf-8") as file:
    file.write(f"{name}\t{seconds:.2f}\t{peak_mb}\n")
sys.exit(0 if code == 6 else code)
