#!/usr/bin/env python3
"""Checks the documents against what they speak of.

    links.py ROOT     every relative link leads to a file, and its #part to a heading there; every
                      table of the store, and no other, has a line in docs/store.md

Exit code 1 when something does not.
"""

import pathlib
import re
import sys

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
TABLE_ROW = re.compile(r"^\| `(\w+)`", re.MULTILINE)


def pages(root):
    return [root / "README.md", *sorted((root / "docs").rglob("*.md"))]


def prose(page):
    return FENCED.sub("", page.read_text(encoding="utf-8"))


def anchors(page):
    """As GitHub makes them of headings."""
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
            for heading in HEADING.findall(prose(page))}


def broken_links(root):
    for page in pages(root):
        for target in LINK.findall(prose(page)):
            if re.match(r"[a-z]+:", target):
                continue
            path, _, part = target.partition("#")
            file = (page.parent / path).resolve() if path else page
            if not file.exists():
                yield f"{page.relative_to(root)}: {target} does not exist"
            elif part and part not in anchors(file):
                yield f"{page.relative_to(root)}: {target} names no heading"


def tables_told_wrong(root):
    reference = (root / "docs" / "reference" / "tables.md").read_text(encoding="utf-8")
    there = set(TABLE_ROW.findall(reference.split("## Views")[0]))
    told = set(TABLE_ROW.findall((root / "docs" / "store.md").read_text(encoding="utf-8")))
    for name in sorted(there - told):
        yield f"docs/store.md does not tell of the table {name}"
    for name in sorted(told - there):
        yield f"docs/store.md tells of {name}, which is no table"


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: links.py ROOT")
    root = pathlib.Path(sys.argv[1]).resolve()
    faults = [*broken_links(root), *tables_told_wrong(root)]
    for fault in faults:
        print(fault)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
