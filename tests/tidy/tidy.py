#!/usr/bin/env python3
"""Checks rules on the source tree that no compiler checks: folders are layers, and files stay small.

    tidy.py ROOT        prints "path:line: [rule] what is wrong"; exit code 1 when anything is

To allow something new, change the tables below, and say in the commit why.
"""

import pathlib
import re
import sys
from collections import namedtuple

import cpp_functions

Finding = namedtuple("Finding", "path line rule text")

TOP_LEVEL = {"CMakeLists.txt", "hub", "plugin-sdk", "plugins", "config", "tests", "docs",
             "README.md", "CMakePresets.json", "LICENSE"}
GENERATED = {"build", "__pycache__"}

# What each folder of hub/ may include, besides itself.
_PURE = {"base", "model"}
_VALUES = _PURE | {"config"}
_INGEST = _VALUES | {"normalize", "plugin_host", "store"}
_RUN = _INGEST | {"match", "merge", "insight", "ingest"}
LAYERS = {
    "base": set(),
    "model": {"base"},
    "config": _PURE,
    "normalize": _PURE,
    "match": _PURE | {"normalize"},
    "merge": _PURE | {"normalize"},
    "insight": _PURE,
    "store": _VALUES,
    "plugin_host": _VALUES,
    "ingest": _INGEST,
    "run": _RUN,
    "web": _RUN | {"run"},
    "app": _RUN | {"run", "web"},
}

# Libraries that only some layers of hub/ may see.
VENDORS = [
    (re.compile(r"soci/"), {"store"}),
    (re.compile(r"boost/dll"), {"plugin_host"}),
    (re.compile(r"cdh/"), {"plugin_host"}),
    (re.compile(r"Poco/Net/HTTP(Server|RequestHandler)"), {"web"}),
    (re.compile(r"spdlog/"), {"plugin_host", "ingest", "run", "app"}),
]

MAX_FILE_LINES = 450
TABLE_ROW = re.compile(r'\s*"[^"]*"[;,]?')
MAX_TEST_LINES = 600  # of a file below tests/: tables of cases are long and easy to read
MAX_COLUMNS = 110
MAX_FUNCTION_LINES = 80

CPP = {".h", ".hpp", ".c", ".cpp"}
CODE = CPP | {".py", ".sh", ".cmake"}
TEXT = CODE | {".md", ".txt", ".yaml", ".json"}
# File formats and recorded data of others, kept as they are.
DATA_FOLDERS = {"corpus", "data", "testdata"}

INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]')
RAW_STRING = re.compile(r'R"([^()\\ \n]{0,16})\(.*?\)\1"', re.DOTALL)
VAGUE = re.compile(r"(^|[_.-])(utils?|common|helpers?|managers?)([_.-]|$)", re.IGNORECASE)
VAGUE_TYPE = re.compile(r"^\s*(class|struct|namespace)\s+(\w*(Utils?|Helpers?|Manager)|"
                        r"utils?|common|helpers?|manager)\b")
MARK = re.compile(r"\b(TO" r"DO|FIX" r"ME)\b")
TEST_FRIEND = re.compile(r"\bfriend\s+(class|struct)\s+\w*Test|\bFRIEND_" r"TEST\b")


def source_files(root):
    """All text files below the known folders, as paths relative to `root`."""
    for path in sorted(root.rglob("*")):
        relative = path.relative_to(root)
        parts = set(relative.parts)
        if not path.is_file() or parts & GENERATED or parts & DATA_FOLDERS:
            continue
        if relative.parts[0].startswith(".") or relative.parts[0] not in TOP_LEVEL:
            continue
        if path.suffix in TEXT:
            yield relative


def includes(lines):
    """Yields line number, quoted or not, and name of each include."""
    for number, line in enumerate(lines, 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match[1] == '"', match[2]


def check_top_level(root):
    for path in sorted(root.iterdir()):
        if path.name.startswith(".") or path.name in GENERATED or path.name in TOP_LEVEL:
            continue
        yield Finding(path.name, 1, "top-level", "this does not belong at the top")


def check_hub_includes(path, lines):
    layer = path.parts[1] if len(path.parts) > 2 else None
    if layer not in LAYERS:
        yield Finding(path, 1, "layer", "hub/ holds layers only: " + ", ".join(LAYERS))
        return
    for number, quoted, name in includes(lines):
        if quoted and not name.startswith("hub/"):
            yield Finding(path, number, "include", f'"{name}" must be written from the top: hub/...')
        elif name.startswith("hub/"):
            target = name.split("/")[1]
            if target != layer and target not in LAYERS[layer]:
                yield Finding(path, number, "include", f"hub/{layer} must not see hub/{target}")
        elif name.startswith(("plugins/", "tests/", "plugin-sdk/")):
            yield Finding(path, number, "include", f"hub/ must not see {name}")
        for pattern, allowed in VENDORS:
            if pattern.match(name) and layer not in allowed:
                yield Finding(path, number, "vendor",
                              f"<{name}> belongs in hub/" + ", hub/".join(sorted(allowed)) + " only")


def check_plugin_includes(root, path, lines):
    folder = root / path.parts[0] / path.parts[1]
    for number, quoted, name in includes(lines):
        own = (root / path).parent / name
        if name.startswith("hub/"):
            yield Finding(path, number, "include", "a plugin must not see the hub")
        elif quoted and not (".." not in name and (own.exists() or (folder / name).exists())):
            yield Finding(path, number, "include",
                          f'"{name}" is not in the plugin\'s folder; the SDK is <cdh/plugin.hpp>')


def check_sdk_includes(path, lines):
    for number, quoted, name in includes(lines):
        if quoted or ("/" in name and not name.startswith("cdh/")):
            yield Finding(path, number, "include", "the SDK sees the standard library only")
        elif path.suffix == ".h" and not name.endswith(".h"):
            yield Finding(path, number, "include", "plugin.h is C: it must not see " + name)


def check_includes(root, path, lines):
    if path.suffix not in CPP:
        return
    if path.parts[0] == "hub":
        yield from check_hub_includes(path, lines)
    elif path.parts[0] == "plugins" and len(path.parts) > 2:
        yield from check_plugin_includes(root, path, lines)
    elif path.parts[0] == "plugin-sdk":
        yield from check_sdk_includes(path, lines)


def lines_of_quoted_files(text):
    """Numbers of the lines inside raw strings over several lines: sample files, as wide as they are."""
    numbers = set()
    for match in RAW_STRING.finditer(text):
        first = text.count("\n", 0, match.start()) + 1
        count = match[0].count("\n")
        numbers.update(range(first + 1, first + count + 1))
    return numbers


def check_size(path, text, lines):
    if path.suffix not in CODE and path.name != "CMakeLists.txt":
        return
    limit = MAX_TEST_LINES if path.parts[0] == "tests" else MAX_FILE_LINES
    # Rows of a table that is one long text do not count.
    counted = sum(1 for line in lines if not TABLE_ROW.fullmatch(line))
    if counted > limit:
        yield Finding(path, len(lines), "file-size",
                      f"{counted} lines; look for the second concept in it")
    quoted = lines_of_quoted_files(text) if path.suffix in CPP else set()
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_COLUMNS and number not in quoted:
            yield Finding(path, number, "columns", f"{len(line)} columns")
    if path.suffix in CPP:
        for first, last in cpp_functions.functions(text):
            if last - first + 1 > MAX_FUNCTION_LINES:
                yield Finding(path, first, "function-size",
                              f"{last - first + 1} lines; a function fits a screen")


def check_names(path, lines):
    for part in path.parts:
        if VAGUE.search(part):
            yield Finding(path, 1, "name", f'"{part}" says nothing; name the concept')
            break
    if path.suffix in CPP:
        for number, line in enumerate(lines, 1):
            if VAGUE_TYPE.match(line):
                yield Finding(path, number, "name", "the name says nothing; name the concept")


def check_text(path, lines):
    for number, line in enumerate(lines, 1):
        if MARK.search(line):
            yield Finding(path, number, "mark", "do it now, or write an issue")
        if path.suffix in CPP and TEST_FRIEND.search(line):
            yield Finding(path, number, "friend", "tests use public interfaces")
    if path.suffix == ".hpp" and path.parts[0] != "plugin-sdk" and "#pragma once" not in lines:
        yield Finding(path, 1, "once", "the header lacks #pragma once")


def check(root):
    """All findings in the tree, in the order of their files."""
    root = pathlib.Path(root)
    findings = list(check_top_level(root))
    for path in source_files(root):
        text = (root / path).read_text(encoding="utf-8", errors="replace")
        lines = text.split("\n")
        if lines and not lines[-1]:
            lines.pop()
        findings += check_includes(root, path, lines)
        findings += check_size(path, text, lines)
        findings += check_names(path, lines)
        findings += check_text(path, lines)
    return findings


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: tidy.py ROOT")
    findings = check(sys.argv[1])
    for finding in findings:
        print(f"{finding.path}:{finding.line}: [{finding.rule}] {finding.text}")
    sys.exit(1 if findings else 0)


if __name__ == "__main__":
    main()
