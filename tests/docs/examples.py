#!/usr/bin/env python3
"""Runs what the documents say and compares what comes out.

    examples.py BIN_DIR ROOT PAGE      e.g. examples.py build/dev/bin . docs/steward.md

Each page gets a new folder, where its ```console blocks run from top to bottom in one shell. A line
that begins with "$ " is a command, one with "> " continues it, and the others are what it prints to
stdout. In them "..." stands for anything on its line, and alone on a line for any lines. A command
must succeed, unless its block shows how it fails: with "$ echo $?" as the next command.

A fenced block of another language after a comment <!-- file: NAME --> is first written to that
file, so that a page can show a file and then use it.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

FENCE = re.compile(r"^(<!-- file: (?P<file>\S+) -->\n)?```(?P<kind>\w+)\n(?P<body>.*?)^```$",
                   re.MULTILINE | re.DOTALL)
MARK = "=== end of command"
TIMEOUT_S = 240


class Step:
    """A command with what it should print, or a file to write."""

    def __init__(self, line, command="", expected="", file="", content=""):
        self.line, self.command, self.expected = line, command, expected
        self.file, self.content = file, content


def steps_of_console(body, line):
    steps = []
    for offset, text in enumerate(body.splitlines()):
        if text.startswith("$ "):
            steps.append(Step(line + offset, command=text[2:] + "\n"))
        elif text.startswith("> ") and steps and not steps[-1].expected:
            steps[-1].command += text[2:] + "\n"
        elif steps:
            steps[-1].expected += text + "\n"
        else:
            raise ValueError(f"line {line + offset}: a console block begins with a command")
    return steps


def steps_of(text):
    steps = []
    for block in FENCE.finditer(text):
        line = text.count("\n", 0, block.start("body")) + 1
        if block["file"]:
            steps.append(Step(line, file=block["file"], content=block["body"]))
        elif block["kind"] == "console":
            steps += steps_of_console(block["body"], line)
    return steps


def fits(expected, printed):
    pattern = ""
    for line in expected.splitlines():
        if line.strip() == "...":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += r"[^\n]*?".join(map(re.escape, line.rstrip().split("..."))) + r"[ ]*\n"
    return re.fullmatch(pattern, printed) is not None


def first_misfit(expected, printed):
    """The first expected line that cannot be found where it should be."""
    lines = expected.splitlines()
    for count in range(1, len(lines) + 1):
        if not fits("\n".join(lines[:count]) + "\n...\n", printed):
            return lines[count - 1]
    return "(the end: more is printed)"


class Shell:
    """One bash for a whole page."""

    def __init__(self, folder, bin_dir):
        environment = {**os.environ, "HOME": folder, "LC_ALL": "C.UTF-8",
                       "PATH": f"{bin_dir}{os.pathsep}{os.environ['PATH']}",
                       "CDH_DEMO_BIN": str(bin_dir), "CDH_BUILD": str(bin_dir.parent)}
        environment.pop("CDH_PLUGIN_PATH", None)
        self.errors = open(os.path.join(folder, ".stderr"), "w+", encoding="utf-8")
        self.process = subprocess.Popen(["bash"], cwd=folder, env=environment, text=True,
                                        encoding="utf-8", stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=self.errors)
        self.status = 0

    def run(self, command):
        """Returns the command's output; self.status is its exit code."""
        self.process.stdin.write(f"(exit {self.status})\n{command}printf '%s %s\\n' '{MARK}' $?\n")
        self.process.stdin.flush()
        printed = ""
        for line in self.process.stdout:
            if MARK in line:
                before, _, status = line.partition(MARK)
                self.status = int(status)
                return printed + before
            printed += line
        raise RuntimeError("the shell ended")

    def close(self):
        self.process.stdin.close()
        self.process.wait(TIMEOUT_S)
        self.errors.seek(0)
        return self.errors.read()


def provide_config(root, folder):
    """What a checkout has below config/; the demo's run.sh takes the programs from CDH_DEMO_BIN."""
    shutil.copytree(root / "config", pathlib.Path(folder) / "config",
                    ignore=shutil.ignore_patterns("data", "out", "*.db*"))


def run_page(bin_dir, root, page):
    """Prints what does not fit; returns how many steps did not, and how many there are."""
    steps = steps_of((root / page).read_text(encoding="utf-8"))
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        provide_config(root, folder)
        shell = Shell(folder, bin_dir)
        for i, step in enumerate(steps):
            if step.file:
                (pathlib.Path(folder) / step.file).parent.mkdir(parents=True, exist_ok=True)
                (pathlib.Path(folder) / step.file).write_text(step.content, encoding="utf-8")
                continue
            printed = shell.run(step.command)
            shows_status = i + 1 < len(steps) and steps[i + 1].command == "echo $?\n"
            if fits(step.expected, printed) and (shell.status == 0 or shows_status):
                continue
            faults += 1
            print(f"{page}:{step.line}: $ {step.command}should print\n{step.expected}"
                  f"but exits with {shell.status} and prints\n{printed}"
                  f"the first line that does not fit: {first_misfit(step.expected, printed)}\n")
        errors = shell.close()
    if faults:
        print(f"on stderr:\n{errors}")
    return faults, len(steps)


def main():
    if len(sys.argv) != 4:
        sys.exit("usage: examples.py BIN_DIR ROOT PAGE")
    faults, steps = run_page(pathlib.Path(sys.argv[1]).resolve(),
                             pathlib.Path(sys.argv[2]).resolve(), sys.argv[3])
    if steps == 0:
        sys.exit(f"{sys.argv[3]} has no example to run")
    print(f"{sys.argv[3]}: {steps - faults} of {steps} examples do what they say")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
