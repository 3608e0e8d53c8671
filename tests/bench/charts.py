"""Draws the figures of `cargo xtask bench` with matplotlib: the same data, plainly, twelve to a page.

Reads the figures as JSON from standard input and prints the seconds of each of seven pages. Starting Python and
importing matplotlib are not counted.
"""

import io
import json
import sys
import time
from datetime import date

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt  # noqa: E402

HATCHES = {"hatched": "//", "dotted": "..", "solid": None, "empty": None}


def burn_up(axes, figure):
    def line(points, **style):
        known = [(date.fromisoformat(day), value) for day, value in points if value is not None]
        axes.step([day for day, _ in known], [value for _, value in known], where="post", **style)

    labels = figure["labels"]
    line(figure["plan"], label=labels["plan"], linestyle="--")
    line(figure["claimed"], label=labels["claimed"])
    if figure["proved"]:
        line(figure["proved"], label=labels["proved"])
    for day, text in figure["milestones"]:
        axes.axvline(date.fromisoformat(day))
        axes.annotate(text, (date.fromisoformat(day), figure["total"]))
    axes.legend()


def stacked_bars(axes, figure):
    names = [row["label"] for row in figure["rows"]]
    left = [0] * len(names)
    for i, series in enumerate(figure["series"]):
        values = [row["values"][i] or 0 for row in figure["rows"]]
        axes.barh(names, values, left=left, label=series["label"], hatch=HATCHES[series["fill"]])
        left = [a + b for a, b in zip(left, values)]
    for y, row in enumerate(figure["rows"]):
        axes.annotate(row["value"], (left[y], y))
    axes.legend()


def load_bars(axes, figure):
    names = [row["label"] for row in figure["rows"]]
    axes.barh(names, [row["total"] for row in figure["rows"]], fill=False)
    axes.barh(names, [row["done"] for row in figure["rows"]], label=figure["labels"]["done"])
    axes.barh(names, [row["late"] for row in figure["rows"]], height=0.2, label=figure["labels"]["late"])
    for y, row in enumerate(figure["rows"]):
        axes.annotate(str(row["total"]), (row["total"], y))
    axes.legend()


def grouped_columns(axes, figure):
    groups = figure["groups"]
    scaled = {
        key: [(group[key] or 0) / figure["divisor"] for group in groups] for key in ("received", "done", "stock")
    }
    at = range(len(groups))
    axes.bar([x - 0.2 for x in at], scaled["received"], 0.4, label=figure["labels"]["received"])
    axes.bar([x + 0.2 for x in at], scaled["done"], 0.4, label=figure["labels"]["done"], hatch="//")
    axes.plot(at, scaled["stock"], marker="o", label=figure["labels"]["stock"])
    axes.set_xticks(list(at), [group["label"] for group in groups])
    axes.legend()


def rate_rows(axes, figure):
    known = [(y, row) for y, row in enumerate(figure["rows"]) if row["rate"] is not None]
    axes.hlines([y for y, _ in known], figure["bar"], [row["rate"] for _, row in known])
    axes.plot([row["rate"] for _, row in known], [y for y, _ in known], "o")
    axes.axvline(figure["bar"])
    axes.set_yticks(range(len(figure["rows"])), [row["label"] for row in figure["rows"]])
    for y, row in known:
        axes.annotate(f"{row['rate']:.1%}", (row["rate"], y))


DRAW = {
    "burn_up": burn_up,
    "stacked_bars": stacked_bars,
    "load_bars": load_bars,
    "grouped_columns": grouped_columns,
    "rate_rows": rate_rows,
}


def page(figures):
    sizes = [(6.8, 2.2), (4.0, 1.9), (3.8, 1.9)]
    for i in range(12):
        figure = figures[i % len(figures)]
        picture, axes = plt.subplots(figsize=sizes[i % len(sizes)], dpi=100)
        DRAW[figure["kind"]](axes, figure)
        picture.savefig(io.StringIO(), format="svg")
        plt.close(picture)


def main():
    figures = json.load(sys.stdin)
    page(figures)  # Fonts and caches are warm for the pages that count.
    for _ in range(7):
        begin = time.perf_counter()
        page(figures)
        print(time.perf_counter() - begin)


main()
