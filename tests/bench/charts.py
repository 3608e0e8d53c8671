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


def trend(axes, figure):
    at = range(len(figure["periods"]))
    for measure in figure["measures"]:
        gaps = [float("nan") if value is None else value for value in measure["values"]]
        axes.plot(at, gaps, marker="o", label=measure["label"])
        if measure["before"]:
            gaps = [float("nan") if value is None else value for value in measure["before"]]
            axes.plot(at, gaps, linestyle="--", label=figure["labels"]["before"])
    for event in figure["events"]:
        axes.axvline(event["at"] - 0.5)
        axes.annotate(event["label"], (event["at"] - 0.5, 0))
    axes.set_xticks(list(at), [period["label"] for period in figure["periods"]])
    axes.legend()


def heat_map(axes, figure):
    rows = figure["rows"][:9]  # As many as the picture shows.
    values = [[float("nan") if cell["value"] is None else cell["value"] for cell in row["cells"]] for row in rows]
    axes.imshow(values, aspect="auto", cmap="Blues")
    axes.set_xticks(range(len(figure["columns"])), [column["label"] for column in figure["columns"]])
    axes.set_yticks(range(len(rows)), [row["label"] for row in rows])
    for y, row in enumerate(rows):
        for x, cell in enumerate(row["cells"]):
            if cell["value"] is not None:
                axes.annotate(f"{cell['value']:.0f}", (x, y))


def ageing(axes, figure):
    names = [bucket["label"] for bucket in figure["buckets"]]
    within = [bucket["within"]["count"] or 0 for bucket in figure["buckets"]]
    overdue = [bucket["overdue"]["count"] or 0 for bucket in figure["buckets"]]
    axes.bar(names, within, label=figure["labels"]["within"])
    axes.bar(names, overdue, bottom=within, hatch="//", label=figure["labels"]["overdue"])
    for x, total in enumerate(a + b for a, b in zip(within, overdue)):
        axes.annotate(str(total), (x, total))
    axes.legend()


def shares(axes, figure):
    names = [row["label"] for row in figure["rows"]]
    totals = [sum(part["count"] or 0 for part in row["parts"]) or 1 for row in figure["rows"]]
    left = [0] * len(names)
    for i, series in enumerate(figure["series"]):
        values = [(row["parts"][i]["count"] or 0) / total for row, total in zip(figure["rows"], totals)]
        axes.barh(names, values, left=left, label=series["label"], hatch=HATCHES[series["fill"]])
        for y, value in enumerate(values):
            axes.annotate(f"{value:.1%}", (left[y], y))
        left = [a + b for a, b in zip(left, values)]
    axes.legend()


def ranking(axes, figure):
    rows = figure["rows"]
    axes.barh([row["label"] for row in rows], [row["value"] or 0 for row in rows])
    for y, row in enumerate(rows):
        axes.annotate(f"{row['value']} {row['rate']} {row['before']}", (row["value"] or 0, y))


DRAW = {
    "burn_up": burn_up,
    "stacked_bars": stacked_bars,
    "load_bars": load_bars,
    "grouped_columns": grouped_columns,
    "rate_rows": rate_rows,
    "trend": trend,
    "heat_map": heat_map,
    "ageing": ageing,
    "shares": shares,
    "ranking": ranking,
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
