#!/usr/bin/env python3
"""Prints what measure.py wrote of several sizes as a table, and draws it: scaling.py FIGURES OUT.svg

Standard library only. A line of FIGURES is: records, seconds, peak MB.
"""
import math
import sys

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 360, 64, 24, 24, 48


def place(value, least, most, begin, end):
    """Where a value stands on a logarithmic axis."""
    return begin + (end - begin) * math.log(value / least) / math.log(most / least)


def short(value):
    for unit, name in ((1_000_000, " M"), (1_000, " k")):
        if value >= unit:
            return f"{value / unit:g}{name}"
    return f"{value:g}"


def draw(rows):
    """Seconds by records, both logarithmic, beside what n log n from the smallest size would be."""
    least, most = rows[0][0], rows[-1][0]
    ideal = [(n, rows[0][1] * n * math.log(n) / (least * math.log(least))) for n, _, _ in rows]
    all_seconds = [s for _, s, _ in rows] + [s for _, s in ideal]
    low = 10 ** math.floor(math.log10(min(all_seconds)))
    high = 10 ** math.ceil(math.log10(max(all_seconds)))
    x = lambda n: place(n, least, most, LEFT, WIDTH - RIGHT)
    y = lambda s: place(s, low, high, HEIGHT - BOTTOM, TOP)
    path = lambda points: " ".join(f"{x(n):.1f},{y(s):.1f}" for n, s in points)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
             'font-family="sans-serif" font-size="13">',
             "<title>Seconds of a first run by number of records</title>",
             f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>']
    tick = low
    while tick <= high:
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(tick):.1f}" y2="{y(tick):.1f}" '
                     'stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y(tick) + 4:.1f}" text-anchor="end">{tick:g} s</text>')
        tick *= 10
    for records, _, _ in rows:
        parts.append(f'<text x="{x(records):.1f}" y="{HEIGHT - BOTTOM + 20}" '
                     f'text-anchor="middle">{short(records)}</text>')
    parts.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" '
                 'text-anchor="middle">records</text>')
    parts.append(f'<polyline points="{path(ideal)}" fill="none" stroke="#999" '
                 'stroke-dasharray="5 4"/>')
    parts.append(f'<polyline points="{path([(n, s) for n, s, _ in rows])}" fill="none" '
                 'stroke="#1f5fa8" stroke-width="2"/>')
    for records, seconds, peak in rows:
        parts.append(f'<circle cx="{x(records):.1f}" cy="{y(seconds):.1f}" r="4" fill="#1f5fa8">'
                     f"<title>{records:,} records: {seconds:,.1f} s, {peak:,} MB</title></circle>")
    parts.append(f'<text x="{LEFT + 12}" y="{TOP + 16}" fill="#1f5fa8">first run</text>')
    parts.append(f'<text x="{LEFT + 12}" y="{TOP + 34}" fill="#666">n log n (dashed)</text>')
    return "\n".join(parts + ["</svg>", ""])


def main():
    figures, out = sys.argv[1:]
    rows = []
    with open(figures, encoding="utf-8") as file:
        for line in file:
            records, seconds, peak = line.split("\t")
            rows.append((int(records), float(seconds), int(peak)))
    rows.sort()
    print("| records | seconds | records/s | peak MB |\n| ---: | ---: | ---: | ---: |")
    for records, seconds, peak in rows:
        print(f"| {records:,} | {seconds:,.1f} | {records / seconds:,.0f} | {peak:,} |")
    with open(out, "w", encoding="utf-8") as file:
        file.write(draw(rows))


if __name__ == "__main__":
    main()
