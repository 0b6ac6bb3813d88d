#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Draws how cost grows with size, and says where it grows faster than a logarithm.

Reads rows benchmark,size,metric,value,unit,machine of growth_bench and replications.py; draws one
picture per axis, growth_AXIS.svg and .png, with gnuplot. Then prints for each axis how much faster
than the logarithm of its size the time per event (or replication) has grown at worst between two
points: 1.00 is as fast as a logarithm, less is slower.

Usage: growth_plots.py --out FOLDER CSV...
"""

import argparse
import csv
import math
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

Curve = dict[float, float]  # value by size

SIZES = {
    "sectors": "sectors, with as many incidents a day in all",
    "incidents": "baseline incidents a day",
    "contingents": "contingents",
    "cells": "monitoring cells",
    "hubs": "hubs",
    "days": "days simulated",
    "whole": "sectors, everything else in proportion",
    "replications": "replications",
}


class Panel(NamedTuple):
    """One diagram of a picture: its curves by metric, and what a value is divided by for the axis."""

    title: str
    metrics: tuple[str, ...]
    scale: float


PANELS = (
    Panel("time per event [ns]", ("time per event", "least time per event"), 1),
    Panel("set-up [s]", ("text to tree", "tree to scenario", "scenario to theatre"), 1),
    Panel("memory [MB]", ("tree", "scenario", "theatre", "replication at its peak"), 1e6),
    Panel("theatre and replication per entity [kB]", ("theatre and replication per entity",), 1e3),
)
PANELS_OF_REPLICATIONS = (
    Panel("CPU time per replication [ms]", ("time per replication",), 1),
    Panel("memory and results [MB]", ("peak resident memory", "replications.csv"), 1e6),
)
JUDGED = ("time per event", "time per replication")


def read(files: list[Path]) -> dict[str, dict[str, Curve]]:
    """Curves by axis and metric."""
    axes: dict[str, dict[str, Curve]] = defaultdict(lambda: defaultdict(dict))
    for file in files:
        with open(file, newline="", encoding="utf-8") as stream:
            for number, row in enumerate(csv.DictReader(stream), 2):
                try:
                    group, _, axis = row["benchmark"].partition("/")
                    if group == "growth" and axis in SIZES:
                        axes[axis][row["metric"]][float(row["size"])] = float(row["value"])
                except (KeyError, TypeError, ValueError):
                    sys.exit(f"growth_plots.py: {file}:{number}: not a row of benchmark,size,metric,value,unit,machine")
    return axes


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def draw(axis: str, curves: dict[str, Curve], folder: Path) -> None:
    panels = [panel for panel in (PANELS_OF_REPLICATIONS if axis == "replications" else PANELS)
              if any(curves.get(metric) for metric in panel.metrics)]
    columns = min(2, len(panels))
    rows = math.ceil(len(panels) / columns)
    for kind in ("svg", "png"):
        size = f"{480 * columns},{360 * rows}"
        terminal = f"svg size {size} background 'white'" if kind == "svg" else f"png size {size}"
        lines = [f"set terminal {terminal}", f"set output {quoted(str(folder / f'growth_{axis}.{kind}'))}",
                 f"set multiplot layout {rows},{columns}", "set logscale xy", "set grid",
                 "set format '10^{%L}'", "set style data linespoints", f"set xlabel {quoted(SIZES[axis])}"]
        for panel in panels:
            shown = [metric for metric in panel.metrics if curves.get(metric)]
            values = [value / panel.scale for metric in shown for value in curves[metric].values()]
            # A whole decade at least, so that what is flat looks flat.
            low, high = 10 ** math.floor(math.log10(min(values))), 10 ** math.ceil(math.log10(max(values)))
            plots = [f"'-' title {quoted(metric)} lw 2" for metric in shown]
            if panel.metrics[0] in JUDGED:
                value, size = min((value, size) for size, value in curves[shown[0]].items() if size > 1)
                plots.append(f"x < {size} ? NaN : {value / panel.scale} * log(x) / log({size}) with lines "
                             "dashtype 2 linecolor 'gray40' title 'as a logarithm from the least on'")
            lines += [f"set title {quoted(panel.title)}", f"set yrange [{low}:{max(high, 10 * low)}]",
                      "set key top left Left reverse" if len(plots) > 1 else "set key off",
                      "plot " + ", ".join(plots)]
            for metric in shown:
                lines += [f"{point} {value / panel.scale}" for point, value in sorted(curves[metric].items())]
                lines.append("e")
        drawn = subprocess.run(["gnuplot"], input="\n".join(lines) + "\n", text=True, capture_output=True,
                               check=False)
        if drawn.returncode != 0:
            sys.exit(f"growth_plots.py: gnuplot: {drawn.stderr.strip()}")


def worst(curve: Curve) -> tuple[float, float, float]:
    """The pair of sizes between which a curve rises most against their logarithms, and how much."""
    points = sorted((size, value) for size, value in curve.items() if size > 1)
    rises = [(b / a / (math.log(t) / math.log(s)), s, t)
             for i, (s, a) in enumerate(points) for t, b in points[i + 1:]]
    return max(rises, default=(math.nan, math.nan, math.nan))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path, metavar="CSV")
    parser.add_argument("--out", required=True, type=Path, metavar="FOLDER")
    options = parser.parse_args()
    for file in options.files:
        if not file.is_file():
            parser.error(f"{file}: no such file")
    if shutil.which("gnuplot") is None:
        sys.exit("growth_plots.py: gnuplot was not found. On Debian: apt-get install gnuplot-nox")
    axes = read(options.files)
    if not axes:
        sys.exit("growth_plots.py: no rows of growth")
    options.out.mkdir(parents=True, exist_ok=True)
    print(f"{'axis':14}{'points':>8}{'worst rise against the logarithm':>36}")
    for axis in SIZES:
        if axis not in axes:
            continue
        draw(axis, axes[axis], options.out)
        for metric in JUDGED:
            if metric in axes[axis]:
                rise, low, high = worst(axes[axis][metric])
                print(f"{axis:14}{len(axes[axis][metric]):>8}{rise:>12.2f} from {low:,.0f} to {high:,.0f}")


if __name__ == "__main__":
    main()
