#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Plays one scenario with truce and with its twin in SimPy: do they agree, and what does each cost?

Usage: compare_twin.py [--truce PROGRAM] [--replications N] [--rounds R] [--csv FILE --machine NAME]

Results: for each outcome both means with intervals; their difference, and the interval in which that of
two programs that play the same model lies (Welch); the largest distance between the two distribution
functions, and how large it may be (Kolmogorov and Smirnov). The confidence of 99 % holds for both and
all outcomes together (Bonferroni). Exit code 1 if one lies outside, 2 if a program can't be run.

Times: rounds of one run each, one after the other, so that both meet the same machine; CPU of one
thread (user and system) over replications. truce's time is that of its whole process, start-up,
reading and the writing of all its tables included, over --per-twin times as many replications; the
twin's is its own clock from its first replication to its last. What is left out favours the twin.
The figure to quote is the median ratio of the rounds.
"""

import argparse
import bisect
import csv
import math
import os
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
OUTCOMES = ("incidents_per_day", "follow_up_share", "detected_share", "detection_delay", "team_wait.grave",
            "team_wait.minor", "team_queue", "team_utilisation", "verification_delay", "verified_share",
            "attributed_share", "cases_expired", "access_denials", "desk_wait.minor", "desk_queue",
            "desk_utilisation", "handling_delay", "handling_delay_p90", "cases_open", "coverage")
COLUMNS = ("benchmark", "size", "metric", "value", "unit", "machine")

Sample = dict[str, list[float]]


class Failed(Exception):
    """A program that did not do what it was asked to: what it said."""


class Compared(NamedTuple):
    """One outcome of both programs: means, half widths of their intervals, what the difference may be;
    the distance of the distribution functions, and what it may be."""

    name: str
    truce: float
    truce_half: float
    twin: float
    twin_half: float
    allowed: float
    distance: float
    distance_allowed: float

    @property
    def agrees(self) -> bool:
        return abs(self.twin - self.truce) <= self.allowed and self.distance <= self.distance_allowed


def student(confidence: float, freedom: float) -> float:
    """Two-sided quantile of Student's t by its expansion about the normal (Abramowitz and Stegun 1964,
    26.7.5): at 99.9 % and 10 degrees of freedom 1 % too small, exact to 4 digits from 30 on."""
    z = statistics.NormalDist().inv_cdf(0.5 + confidence / 2)
    return (z + (z ** 3 + z) / (4 * freedom) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2)
            + (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3))


def distance(a: list[float], b: list[float]) -> float:
    """Largest distance between two empirical distribution functions. Twelve digits count: what is the
    same in both programs may differ in the last ones."""
    a, b = (sorted(float(f"{value:.12g}") for value in values) for values in (a, b))
    return max(abs(bisect.bisect_right(a, at) / len(a) - bisect.bisect_right(b, at) / len(b)) for at in {*a, *b})


def compare(name: str, truce: list[float], twin: list[float], level: float, checks: int) -> Compared:
    """Allowances at 1 - (1 - level)/checks: Welch's, and the asymptotic one of Smirnov, which is wide for
    small samples; intervals of the means at the level."""
    missed = (1 - level) / checks
    squares = [statistics.variance(values) / len(values) for values in (truce, twin)]
    total = sum(squares)
    spread = sum(square ** 2 / (len(values) - 1) for square, values in zip(squares, (truce, twin)))
    allowed = student(1 - missed, total ** 2 / spread) * math.sqrt(total) if total else 0.0
    halves = [student(level, len(values) - 1) * math.sqrt(square)
              for square, values in zip(squares, (truce, twin))]
    return Compared(name, statistics.fmean(truce), halves[0], statistics.fmean(twin), halves[1],
                    allowed + 1e-9 * abs(statistics.fmean(truce)),  # what is the same in all may be rounded
                    distance(truce, twin),
                    math.sqrt(-math.log(missed / 2) / 2 * (1 / len(truce) + 1 / len(twin))))


def read_rows(file: Path, into: Sample) -> None:
    with open(file, newline="", encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            for name, value in row.items():
                if value and name not in ("replication", "seed_key", "status"):
                    into.setdefault(name, []).append(float(value))


def run(command: list[str]) -> tuple[float, str]:
    """[s] CPU of a program and all its threads, and what it wrote to standard error."""
    with tempfile.TemporaryFile("w+") as said:
        program = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said)
        _, status, used = os.wait4(program.pid, 0)
        program.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        text = said.read()
    if program.returncode != 0:
        raise Failed(f"exit code {program.returncode} of {' '.join(command)}\n{text}")
    return used.ru_utime + used.ru_stime, text


def play(options: argparse.Namespace, folder: Path) -> tuple[Sample, Sample, list[tuple[float, float]]]:
    """Outcomes of truce and of the twin, and of each round the times a replication took of both."""
    truce: Sample = {}
    twin: Sample = {}
    times = []
    each, first = options.replications // options.rounds, 0
    for index in range(options.rounds):
        count = each + (1 if index < options.replications % options.rounds else 0)
        seed = [] if options.seed is None else ["--seed", str(options.seed)]
        many = count * options.per_twin
        used, _ = run([str(options.truce), "run", str(options.scenario), "--replications", str(many), "--first",
                       str(first * options.per_twin), "--threads", "1", "--quiet", "--force", "--no-workbook",
                       "--out", str(folder / "truce"), *seed])
        read_rows(folder / "truce" / "replications.csv", truce)
        _, said = run([sys.executable, str(options.twin), "--scenario", str(options.scenario), "--replications",
                       str(count), "--first", str(first), "--out", str(folder / "twin.csv"), *seed])
        read_rows(folder / "twin.csv", twin)
        told = re.search(r"replications, ([\d.]+) s", said)
        if told is None:
            raise Failed(f"the twin did not tell its time: {said}")
        times.append((used / many, float(told[1]) / count))
        first += count
    return truce, twin, times


def show(compared: list[Compared], counts: tuple[int, int], level: float) -> None:
    print(f"{counts[0]} replications of truce, {counts[1]} of the twin; intervals of {100 * level:g} %")
    print(f"{'':24}{'truce':>22}{'SimPy':>22}{'difference':>12}{'allowed':>12}{'distance':>10}{'allowed':>9}")
    for item in compared:
        means = [f"{mean:.4g} ± {half:.2g}" for mean, half in ((item.truce, item.truce_half),
                                                              (item.twin, item.twin_half))]
        print(f"{item.name:24}{means[0]:>22}{means[1]:>22}{item.twin - item.truce:>12.2g}"
              f"{'± ' + format(item.allowed, '.2g'):>12}{item.distance:>10.3f}{item.distance_allowed:>9.3f}"
              f"  {'agree' if item.agrees else 'DIFFER'}")


def write_rows(file: Path, rows: list[tuple[str, str, str, str]], machine: str) -> None:
    """Adds rows (size, metric, value, unit); the names of the columns first if the file has none yet."""
    with open(file, "a", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, lineterminator="\n")
        if out.tell() == 0:
            writer.writerow(COLUMNS)
        writer.writerows(("simpy_twin", *row, machine) for row in rows)


def read_options() -> argparse.Namespace:
    options = argparse.ArgumentParser(description="Compares truce with its twin in SimPy.")
    options.add_argument("--truce", type=Path, default=HERE.parent / "build/release/truce", help="the program")
    options.add_argument("--twin", type=Path, default=HERE / "simpy_twin.py", help="the twin")
    options.add_argument("--scenario", type=Path, default=HERE / "slice.yaml")
    options.add_argument("--replications", type=int, default=300, help="of the twin, over all rounds")
    options.add_argument("--per-twin", type=int, default=10, help="replications of truce for each of the twin")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seed", type=int, help="the scenario's own unless given")
    options.add_argument("--level", type=float, default=99, help="confidence of all intervals together, in %%")
    options.add_argument("--outcomes", help="names of columns, a,b,c, or 'all' that both have; default: twenty")
    options.add_argument("--csv", type=Path, help="file to which the figures are added")
    options.add_argument("--machine", default="", help="what to write there in the column 'machine'")
    given = options.parse_args()
    if given.rounds < 1 or given.per_twin < 1 or given.replications < 2 * given.rounds:
        options.error("expected 1 round or more, of 2 replications or more, and --per-twin of 1 or more")
    if not 0 < given.level < 100:
        options.error(f"--level {given.level}: expected a number between 0 and 100")
    if not given.truce.is_file():
        options.error(f"--truce {given.truce}: there is no such program; scripts/build release truce makes it")
    return given


def main() -> int:
    options = read_options()
    try:
        with tempfile.TemporaryDirectory() as folder:
            truce, twin, times = play(options, Path(folder))
        both = [name for name in twin if len(truce.get(name, [])) > 1 and len(twin[name]) > 1]
        names = both if options.outcomes == "all" else (options.outcomes or ",".join(OUTCOMES)).split(",")
        if missing := [name for name in names if name not in both]:
            raise Failed(f"no such outcome in both results, twice or more: {', '.join(missing)}")
        level = options.level / 100
        compared = [compare(name, truce[name], twin[name], level, 2 * len(names)) for name in names]
        show(compared, (len(truce["incidents"]), len(twin["incidents"])), level)
        agreeing = sum(item.agrees for item in compared)
        ratios = sorted(slow / fast for fast, slow in times)
        fast, slow = (statistics.median(column) for column in zip(*times))
        ratio = statistics.median(ratios)
        incidents = statistics.fmean(truce["incidents"])
        print(f"{agreeing} of {len(compared)} outcomes agree.\n"
              f"CPU per replication of {incidents:,.0f} incidents: truce {1000 * fast:.2f} ms,"
              f" SimPy {1000 * slow:.1f} ms; truce is {ratio:.1f} times as fast ({ratios[0]:.1f} to {ratios[-1]:.1f} in {len(ratios)} rounds).")
        if options.csv:
            size = f"{incidents:.0f} incidents"
            write_rows(options.csv, [
                (size, "truce CPU per replication", f"{fast:.6g}", "s"),
                (size, "SimPy CPU per replication", f"{slow:.6g}", "s"),
                (size, "ratio, median of rounds", f"{ratio:.4g}", "-"),
                (size, "ratio, least of rounds", f"{ratios[0]:.4g}", "-"),
                (size, "outcomes compared", str(len(compared)), "outcomes"),
                (size, "outcomes that agree", str(agreeing), "outcomes")], options.machine)
    except (Failed, OSError) as problem:
        print(f"compare_twin: {problem}", file=sys.stderr)
        return 2
    return 0 if agreeing == len(compared) else 1


if __name__ == "__main__":
    sys.exit(main())
