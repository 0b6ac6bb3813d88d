#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""From what was measured to tables: rows for spreadsheets, and each goal beside the figure reached.

Usage: report.py machine
       report.py rows FILE.json --benchmark NAME --machine TEXT
       report.py goals FOLDER [--readme]

`rows` turns the report of a program of Google Benchmark into lines benchmark,size,metric,value,unit,machine:
for each benchmark the median of CPU (or of wall-clock, where it measures that) over its repetitions, and the
time per item where it counts items. `goals` reads all such tables of a folder and writes goals.csv and
goals.md there; --readme puts the latter into bench/README.md, between its two marks.
"""

import argparse
import csv
import datetime
import json
import os
import statistics
import sys
from collections import defaultdict
from pathlib import Path
from typing import Callable, NamedTuple, Optional

from growth_plots import worst
from rows import FIELDS

HERE = Path(__file__).resolve().parent
NANOSECONDS = {"ns": 1.0, "us": 1e3, "ms": 1e6, "s": 1e9}


def machine() -> str:
    """The processor and how many of them may be used."""
    model = "unknown processor"
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            model = line.partition(": ")[2].strip()
            break
    return f"{model.replace(',', ' ')} x{len(os.sched_getaffinity(0))}"


def rows(report: dict, benchmark: str, where: str) -> list[dict[str, object]]:
    """The lines of one program's report."""
    times: dict[str, list[float]] = defaultdict(list)
    items: dict[str, list[float]] = defaultdict(list)
    counters: dict[str, list[float]] = defaultdict(list)
    for run in report["benchmarks"]:
        if run.get("run_type") != "iteration":
            continue
        if run.get("error_occurred"):
            raise SystemExit(f"report.py: {run['name']}: {run['error_message']}")
        name = run["run_name"].replace("/iterations:1", "").replace("/process_time", "")
        wall = name.endswith("/real_time")
        name = name.removesuffix("/real_time")
        each = run["real_time" if wall else "cpu_time"] * NANOSECONDS[run["time_unit"]]
        times[name].append(each)
        if "items_per_second" in run:
            items[name].append(1e9 / run["items_per_second"])
        if "pending" in run:
            counters[name].append(run["pending"])
    lines = []
    for name, values in times.items():
        metric, _, size = name.partition("/")
        for label, found, unit in ((metric, values, "ns"), (metric + " per item", items[name], "ns"),
                                   (metric + " pending", counters[name], "events")):
            if found:
                lines.append({"benchmark": benchmark, "size": size, "metric": label, "unit": unit,
                              "value": f"{statistics.median(found):.6g}", "machine": where})
    return lines


class Goal(NamedTuple):
    """What is wanted of one figure."""

    text: str
    figure: Callable[["Measured"], Optional[float]]
    limit: float
    at_most: bool
    unit: str = ""


class Measured:
    """The rows of all tables of a folder."""

    def __init__(self, folder: Path) -> None:
        self.values: dict[tuple[str, str, str], float] = {}
        self.machines: set[str] = set()
        for path in [*sorted(folder.glob("*.csv")), HERE / "profile_before.csv"]:
            if path.name == "goals.csv":
                continue
            with open(path, newline="", encoding="utf-8") as file:
                for row in csv.DictReader(file):
                    if row["value"] in ("", "inf"):
                        continue
                    self.values[row["benchmark"], row["size"], row["metric"]] = float(row["value"])
                    if row["machine"]:
                        self.machines.add(row["machine"])

    def get(self, benchmark: str, size: object, metric: str) -> Optional[float]:
        return self.values.get((benchmark, str(size), metric))

    def of_any_size(self, benchmark: str, metric: str) -> Optional[float]:
        found = [value for (name, _, label), value in self.values.items() if (name, label) == (benchmark, metric)]
        return found[0] if found else None

    def ratio(self, above: tuple[str, object, str], below: tuple[str, object, str]) -> Optional[float]:
        top, bottom = self.get(*above), self.get(*below)
        return None if top is None or not bottom else top / bottom

    def curve(self, axis: str, metric: str) -> dict[float, float]:
        """A growth curve: value by size."""
        return {float(size): value for (benchmark, size, name), value in self.values.items()
                if benchmark == f"growth/{axis}" and name == metric}


def hold(delay: str, size: int) -> Callable[[Measured], Optional[float]]:
    return lambda m: m.ratio(("calendar", size, f"hold_calendar<{delay}>"),
                             ("calendar", size, f"hold_priority_queue<{delay}>"))


def rearm(size: int) -> Callable[[Measured], Optional[float]]:
    return lambda m: m.ratio(("calendar", size, "rearm_priority_queue"), ("calendar", size, "rearm_calendar"))


def growth(axis: str, metric: str) -> Callable[[Measured], Optional[float]]:
    """The worst rise of a curve between two sizes, over that of their logarithms."""
    def rise(m: Measured) -> Optional[float]:
        curve = m.curve(axis, metric)
        return worst(curve)[0] if sum(size > 1 for size in curve) > 1 else None
    return rise


def flat(m: Measured) -> Optional[float]:
    """Peak memory of the longest run over that of the longest of at most 10,000 replications."""
    curve = m.curve("replications", "peak resident memory")
    short = [size for size in curve if size <= 10_000]
    return curve[max(curve)] / curve[max(short)] if short and max(curve) > 10_000 else None


GOALS = [
    Goal("M/M/1 through the engine, statistics on, over bare C++", lambda m: m.ratio(
        ("engine", "", "mm1_engine per item"), ("engine", "", "mm1_bare per item")), 1.4, True),
    Goal("hold, N = 100, over std::priority_queue", hold("Exponential", 100), 0.65, True),
    Goal("hold, N = 10,000", hold("Exponential", 10_000), 0.55, True),
    Goal("hold, N = 1,000,000", hold("Exponential", 1_000_000), 0.8, True),
    Goal("hold of whole days, N = 10,000: ties", hold("WholeDays", 10_000), 1.0, True),
    Goal("hold of constant delays, N = 10,000: ties", hold("Constant", 10_000), 1.0, True),
    Goal("re-arming, N = 100: lazy deletion over true removal", rearm(100), 1.6, False),
    Goal("re-arming, N = 10,000", rearm(10_000), 1.6, False),
    Goal("Paris case: an event of the model over an event of the engine alone", lambda m: m.ratio(
        ("model", "", "replication per item"), ("model", "", "engine_alone per item")), 5.0, True),
    Goal("two threads over one", lambda m: m.ratio(
        ("model", "1", "experiment"), ("model", "2", "experiment")), 1.9, False),
    Goal("a replication in SimPy over one in truce", lambda m: m.of_any_size("simpy_twin",
                                                                                 "ratio, median of rounds"), 150, False),
    *(Goal(f"growth with {axis}: worst rise of the time per event over that of a logarithm",
           growth(axis, "time per event"), 1.0, True)
      for axis in ("sectors", "incidents", "contingents", "cells", "hubs", "days", "whole")),
    Goal("growth with replications: time of each, against a logarithm",
         growth("replications", "time per replication"), 1.0, True),
    Goal("peak memory of 1,000,000 replications over that of 10,000", flat, 1.1, True),
    Goal("common random numbers: median gain in replications, incidents untouched", lambda m: m.get(
        "what-if-gain-cut", "all", "median gain of outcomes that differ, incidents untouched"), 10, False),
    Goal("contracts, share of a replication", lambda m: m.get("contracts", "", "cost"), 5.0, True, "%"),
    Goal("truce validate, Paris case", lambda m: m.get("startup", "paris-2026", "validate CPU"), 50, True, "ms"),
    Goal("truce validate, 5,000 entries", lambda m: m.get("startup", "5000 entries", "validate CPU"), 1000, True,
         "ms"),
]


def judge(measured: Measured) -> list[dict[str, str]]:
    table = []
    for goal in GOALS:
        value = goal.figure(measured)
        if value is None:
            verdict, shown = "not measured", ""
        else:
            met = value <= goal.limit if goal.at_most else value >= goal.limit
            verdict, shown = "met" if met else "missed", f"{value:.3g}"
        bound = "at most" if goal.at_most else "at least"
        table.append({"goal": goal.text, "wanted": f"{bound} {goal.limit:g} {goal.unit}".strip(),
                      "reached": f"{shown} {goal.unit}".strip() if shown else "", "verdict": verdict})
    return table


def table_of(head: list[str], lines: list[list[str]]) -> list[str]:
    return ["", "| " + " | ".join(head) + " |", "|" + "---|" * len(head)] + [
        "| " + " | ".join(line) + " |" for line in lines]


def figure(value: Optional[float], digits: int = 3) -> str:
    return "" if value is None else f"{float(f'{value:.{digits}g}'):,.10g}"


def growth_table(m: Measured) -> list[str]:
    """Everything in proportion, up to a mission over a continent."""
    metrics = ("time per event", "text to tree", "tree to scenario", "scenario to theatre",
               "theatre and replication per entity")
    curves = [m.curve("whole", metric) for metric in metrics]
    if not curves[0]:
        return []
    lines = [[f"{size:,.0f}", *(figure(curve.get(size)) for curve in curves)] for size in sorted(curves[0])]
    return ["", "Everything in proportion (the largest is a mission over a continent):"] + table_of(
        ["sectors", "ns an event", "text to tree [s]", "to scenario [s]", "to theatre [s]", "bytes an entity"], lines)


def gain_table(m: Measured) -> list[str]:
    """Each what-if: what the same luck saves."""
    names = sorted({size.split("/")[0] for benchmark, size, metric in m.values
                    if benchmark == "what-if-gain" and metric == "gain"})
    lines = []
    for name in names:
        line = [name]
        for benchmark in ("what-if-gain", "what-if-gain-cut"):
            gains = [(value, m.get(benchmark, size, "gain at most")) for (group, size, metric), value in
                     m.values.items() if group == benchmark and metric == "gain" and size.startswith(name + "/")]
            moved = m.get(benchmark, name, "incidents moved")
            possible = [gain for gain, most in gains if most is None or most >= 10]
            line += [f"{100 * moved:.0f} %" if moved is not None else "",
                     figure(statistics.median(gain for gain, _ in gains)) if gains else "",
                     f"{sum(gain < 10 for gain in possible)} of {len(possible)}"]
        size = f"{name}/verified_share"
        line += [figure(m.get("what-if-gain", size, "replications common")),
                 figure(m.get("what-if-gain", size, "replications independent")),
                 figure(m.get("what-if-gain", size, "cpu common")),
                 figure(m.get("what-if-gain", size, "cpu independent"))]
        lines.append(line)
    if not lines:
        return []
    return ["", "What common random numbers save, over the outcomes of each what-if that differ; and for one of them, "
            "verified_share, what it takes to know the difference to 2 % of the base case's mean:"] + table_of(
        ["what-if", "incidents moved", "median gain", "below 10 where 10 is possible", "moved, cut", "gain, cut",
         "below 10, cut", "replications, same luck", "independent", "CPU [s], same luck", "independent"], lines)


def profile_table(m: Measured) -> list[str]:
    parts = [(metric, value) for (benchmark, _, metric), value in m.values.items()
             if benchmark == "profile" and metric != "instructions per event"]
    if not parts:
        return []
    lines = [["instructions an event", figure(m.get("profile before", "", "instructions per event"), 4),
              figure(m.get("profile", "", "instructions per event"), 4)]]
    lines += [[part, f"{figure(m.get('profile before', '', part))} %", f"{figure(value)} %"]
              for part, value in sorted(parts, key=lambda item: -item[1])]
    return ["", "Where the instructions of the Paris case go (`profile`), before the work on the model (commit 7eb326e) "
            "and now:"] + table_of(["part", "before", "now"], lines)


def markdown(table: list[dict[str, str]], measured: Measured) -> str:
    lines = [f"{datetime.date.today().isoformat()}, {'; '.join(sorted(measured.machines))}."]
    lines += table_of(["goal", "wanted", "reached", ""],
                      [[row["goal"], row["wanted"], row["reached"], row["verdict"]] for row in table])
    lines += growth_table(measured) + gain_table(measured) + profile_table(measured)
    return "\n".join(lines) + "\n"


def goals(folder: Path, readme: bool) -> None:
    measured = Measured(folder)
    table = judge(measured)
    with open(folder / "goals.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ["goal", "wanted", "reached", "verdict"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)
    text = markdown(table, measured)
    (folder / "goals.md").write_text(text, encoding="utf-8")
    print(text, end="")
    if readme:
        page = HERE / "README.md"
        begin, end = "<!-- goals: scripts/bench --readme writes what follows -->\n", "<!-- end of goals -->\n"
        before, found, rest = page.read_text(encoding="utf-8").partition(begin)
        _, closed, after = rest.partition(end)
        if not found or not closed:
            raise SystemExit("report.py: bench/README.md has lost its marks for the goals")
        page.write_text(before + begin + "\n" + text + "\n" + end + after, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("machine")
    turn = commands.add_parser("rows")
    turn.add_argument("report", type=Path)
    turn.add_argument("--benchmark", required=True)
    turn.add_argument("--machine", required=True)
    table = commands.add_parser("goals")
    table.add_argument("folder", type=Path)
    table.add_argument("--readme", action="store_true")
    options = parser.parse_args()
    if options.command == "machine":
        print(machine())
    elif options.command == "rows":
        with open(options.report, encoding="utf-8") as file:
            lines = rows(json.load(file), options.benchmark, options.machine)
        writer = csv.DictWriter(sys.stdout, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)
    else:
        goals(options.folder, options.readme)


if __name__ == "__main__":
    main()
