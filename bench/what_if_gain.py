#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What common random numbers save: replications to an answer on a difference, with and without them.

Usage: what_if_gain.py [--truce PROGRAM] [--replications N] [--quick] [--csv FILE --machine NAME]

Plays scenarios/paris-2026.yaml and each paris-2026.*.yaml on the same seed, and the base case once more
on another; all of it twice: as the scenarios are, and with what acts back on incidents cut in all of them
(CUT: troops deter nothing, crises and answers change no incidents and end nothing), which leaves the
incidents of most what-ifs untouched, to the bit. For the outcomes that the head of a what-if claims, and for HEADLINES:

  gain         (Va + Vb) / Vd: sum of the variances of the outcome in both, which is the variance of the
               difference on independent streams, over that of the difference on the same luck. So many
               times fewer replications give the same half-width. Its 95 % interval is a jackknife's, of
               the logarithm (Miller 1974).
  correlation  between both on the same luck. As a check the table tells the largest one between the
               what-if and the base case on the other seed, in units of 1/sqrt(n): it is chance alone.
  replications, CPU  of both scenarios to a half-width of 2 % of the base case's mean (of a yes-or-no
               outcome: of two percentage points) at 95 %: pairs (1.96 s/h)^2, over the share of
               replications that have the outcome in both, times the CPU of a replication of each. CPU is
               that of the whole program on one thread.

An outcome that is the same in every replication needs none on the same luck: its gain is infinite. One
that does not vary in either has no gain. Only replications which have the outcome in both count.

Why a gain is small has two answers, and the tables tell both:

  at most      the gain if the worst replication of one met the worst of the other and so on, which is the
               most that any coupling of the two gives (Hoeffding 1940; Whitt 1976): the what-if changes
               the spread itself, as one that brings an outcome to zero in all replications does
  kinds        replications in which nothing differs; incidents are the same in all sectors; they differ
               but the ceasefire's fate is the same (number of collapses, whether the last is final, the
               first within 30 days); its fate differs. How many are of each kind, and how much of the
               variance of a difference comes from it.

A what-if whose columns of incidents are the same in all replications leaves incidents untouched. Moved are
the absolute differences of incidents, over the base case's, summed over replications; below 5 % the what-if
hardly touches incidents.
"""

import argparse
import csv
import math
import os
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple, Optional

from coupling import Z, correlation, gain_of, most_of
from gain_tables import GOAL, KINDS, Gain, Touched, medians, number, show

ROOT = Path(__file__).resolve().parent.parent
BASE = "paris-2026"
HEADLINES = ("troops_at.90", "teams_at_work", "detected_share", "verified_share", "verification_delay",
             "incidents", "crises", "breakdowns", "ceasefire_days", "answer_delay", "cost")
CUT = ("deterrence.*.reach=1 km", "crisis.breakdown_rate=1", "crisis.collapse_rate=1",
       "crisis.ends_with_collapse=false", "coordination.answers.*.removes=0")
NOT_OUTCOMES = ("replication", "seed_key", "status", "events")
COLUMNS = ("benchmark", "size", "metric", "value", "unit", "machine")
HALF_WIDTH = 0.02      # of the base case's mean; of a yes-or-no outcome, in shares
NEAR = 30.0            # [days] first collapses this close are the same fate

WORDS: dict[str, int] = {}  # words of cells, numbered as they come

Table = dict[str, list[Optional[float]]]


class Failed(Exception):
    """A program that did not do what it was asked to: what it said."""


class Played(NamedTuple):
    table: Table
    cpu: float                # [s] of a replication
    proportions: frozenset[str]


def play(program: Path, name: str, options: argparse.Namespace, folder: Path, seed: Optional[int],
         changes: tuple[str, ...]) -> Played:
    """Plays a scenario on one thread."""
    out = folder / f"{name}-{seed}"
    command = [str(program), "run", str(ROOT / "scenarios" / f"{name}.yaml"), "--threads", "1", "--quiet",
               "--no-workbook",
               "--replications", str(options.replications), "--out", str(out)]
    command += ["--seed", str(seed)] if seed is not None else []
    for change in changes:
        command += ["--set", change]
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        if process.returncode != 0:
            raise Failed(f"exit code {process.returncode} of {' '.join(command)}\n{said.read()}")
    table: Table = {}
    with open(out / "replications.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for column, text in row.items():
                table.setdefault(column, []).append(number(text))
    with open(out / "summary.csv", newline="", encoding="utf-8") as file:
        proportions = frozenset(row["id"] for row in csv.DictReader(file) if row["scale"] == "proportion")
    return Played(table, (used.ru_utime + used.ru_stime) / options.replications, proportions)


def number(text: str) -> Optional[float]:
    """A cell; nothing of an empty one. A seed's key and a status are told apart by their place in a list of words."""
    if not text:
        return None
    try:
        return float(text)
    except ValueError:
        return float(WORDS.setdefault(text, len(WORDS)))


def claimed(name: str, columns: Table) -> list[str]:
    """The outcomes that the head of a what-if names, in its order; as scripts/what_ifs reads them."""
    head = []
    for line in (ROOT / "scenarios" / f"{name}.yaml").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            break
        head.append(line.lstrip("# "))
    text = " ".join(head)
    if "Claim:" not in text:
        raise Failed(f"the head of {name}.yaml claims nothing")
    words = re.findall(r"[a-z_]+(?:\.[a-z0-9_]+)*", text[text.index("Claim:"):])
    return [word for word in dict.fromkeys(words) if word in columns and ("_" in word or "." in word
            or re.search(rf"\b{re.escape(word)} (?:up|down)\b", text))]


def both(a: list[Optional[float]], b: list[Optional[float]]) -> list[int]:
    return [r for r, (x, y) in enumerate(zip(a, b)) if x is not None and y is not None]


def kinds_of(base: Table, what_if: Table) -> list[int]:
    """By replication, the place in KINDS."""
    shared = [column for column in base if column in what_if and column not in NOT_OUTCOMES]
    incidents = [column for column in shared if column == "violations" or column.split(".")[0] == "incidents"]
    kinds = []
    for r in range(len(base["incidents"])):
        if all(base[column][r] == what_if[column][r] for column in shared):
            kinds.append(0)
        elif all(base[column][r] == what_if[column][r] for column in incidents):
            kinds.append(1)
        else:
            same = all(base[column][r] == what_if[column][r] for column in ("collapses", "final_collapse"))
            days = base["ceasefire_days"][r], what_if["ceasefire_days"][r]
            near = days[0] == days[1] or (None not in days and abs(days[1] - days[0]) <= NEAR)
            kinds.append(2 if same and near else 3)
    return kinds


def moved_share(base: Table, what_if: Table) -> float:
    """The absolute differences of incidents over the base case's incidents."""
    return sum(abs(b - a) for a, b in zip(base["incidents"], what_if["incidents"])) / sum(base["incidents"])


def compare(name: str, outcome: str, is_claimed: bool, sides: tuple[Played, Played, Played],
            kinds: list[int]) -> Optional[Gain]:
    """One outcome on the same luck and against the base case on other luck; nothing if fewer than three
    replications have it in both, or if it never varies."""
    base, other, what_if = sides
    at = both(base.table[outcome], what_if.table[outcome])
    if len(at) < 3:
        return None
    before = [base.table[outcome][r] for r in at]
    after = [what_if.table[outcome][r] for r in at]
    gain, low, high = gain_of(before, after)
    if math.isnan(gain):
        return None
    crossed = both(other.table[outcome], what_if.table[outcome])
    control = correlation([other.table[outcome][r] for r in crossed],
                          [what_if.table[outcome][r] for r in crossed]) * math.sqrt(len(crossed))
    differences = [b - a for a, b in zip(before, after)]
    centre, paired = statistics.fmean(differences), statistics.variance(differences)
    blame = [0.0] * len(KINDS)
    for r, difference in zip(at, differences):
        blame[kinds[r]] += (difference - centre) ** 2
    squares = sum(blame)
    mean = statistics.fmean(before)
    half = HALF_WIDTH if outcome in base.proportions else HALF_WIDTH * abs(mean)
    share = len(at) / len(base.table[outcome])

    def replications(variance: float) -> float:
        return variance * (Z / half) ** 2 / share if half > 0 else math.nan

    return Gain(name.removeprefix(BASE + "."), outcome, is_claimed, len(at), mean, statistics.fmean(after),
                sum(d != 0.0 for d in differences) / len(at), gain, low, high, most_of(before, after),
                correlation(before, after), control, half, replications(paired if math.isfinite(gain) else 0.0),
                replications(statistics.variance(before) + statistics.variance(after)),
                base.cpu + what_if.cpu, tuple(b / squares if squares else 0.0 for b in blame))


def write_csv(options: argparse.Namespace, benchmark: str, gains: list[Gain],
              touched: dict[str, Touched]) -> None:
    rows = []

    def add(size: str, metric: str, value: float, unit: str) -> None:
        if not math.isnan(value):
            text = "inf" if math.isinf(value) else f"{value:.6g}"
            rows.append((benchmark, size, metric, text, unit, options.machine))

    for item in gains:
        size = f"{item.what_if}/{item.outcome}"
        for metric, value, unit in (
                ("gain", item.gain, "ratio"), ("gain low", item.low, "ratio"), ("gain high", item.high, "ratio"),
                ("gain at most", item.most, "ratio"),
                ("correlation", item.correlation, ""), ("differs in", item.differ, "share"),
                ("replications common", item.common, "replications"),
                ("replications independent", item.independent, "replications"),
                ("cpu common", item.common * item.cpu, "s"), ("cpu independent", item.independent * item.cpu, "s")):
            add(size, metric, value, unit)
        for kind, share in zip(KINDS, item.blame):
            add(size, f"variance: {kind}", share, "share")
    for name, of in touched.items():
        add(name, "incidents moved", of.moved, "share")
        for kind, words in enumerate(KINDS):
            add(name, words, of.share(kind), "share")
    for metric, value, _ in medians(gains, touched):
        add("all", metric, value, "ratio")
    new = not options.csv.exists()
    with open(options.csv, "a", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        if new:
            writer.writerow(COLUMNS)
        writer.writerows(rows)


def count(text: str) -> int:
    try:
        value = int(text)
    except ValueError:
        value = 0
    if not 3 <= value <= 1_000_000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 3 to 1,000,000")
    return value


def read_options() -> argparse.Namespace:
    reader = argparse.ArgumentParser(description="What common random numbers save.", allow_abbrev=False)
    reader.add_argument("--truce", type=Path, default=ROOT / "build" / "release" / "truce")
    reader.add_argument("--replications", type=count, help="of each scenario; 1000, or 60 with --quick")
    reader.add_argument("--other-seed", type=int, default=1, help="of the base case played for the control")
    reader.add_argument("--quick", action="store_true", help="few replications: does it work at all")
    reader.add_argument("--csv", type=Path, help="file to which the figures are added")
    reader.add_argument("--machine", default="", help="its name in the CSV file")
    options = reader.parse_args()
    if options.replications is None:
        options.replications = 60 if options.quick else 1000
    if options.csv and not options.machine:
        reader.error("--csv needs --machine: figures without a machine can't be compared")
    return options


def measure(options: argparse.Namespace, changes: tuple[str, ...]) -> tuple[list[Gain], dict[str, Touched]]:
    """All what-ifs against the base case, with the changes in both."""
    gains: list[Gain] = []
    touched: dict[str, Touched] = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        base = play(options.truce, BASE, options, folder, None, changes)
        other = play(options.truce, BASE, options, folder, options.other_seed, changes)
        if other.table["seed_key"][0] == base.table["seed_key"][0]:
            raise Failed("--other-seed is the seed of the base case: that is no control")
        for path in sorted((ROOT / "scenarios").glob(f"{BASE}.*.yaml")):
            what_if = play(options.truce, path.stem, options, folder, None, changes)
            if what_if.table["seed_key"][0] != base.table["seed_key"][0]:
                raise Failed(f"{path.name} has a seed of its own: it does not meet the luck of the base case")
            heads = claimed(path.stem, base.table)
            of = Touched(kinds_of(base.table, what_if.table), moved_share(base.table, what_if.table))
            touched[path.stem.removeprefix(BASE + ".")] = of
            for outcome in dict.fromkeys([*heads, *HEADLINES]):
                if outcome not in base.table or outcome not in what_if.table:
                    continue
                item = compare(path.stem, outcome, outcome in heads, (base, other, what_if), of.kinds)
                if item:
                    gains.append(item)
    if not gains:
        raise Failed("no outcome of any what-if varies")
    return gains, touched


def main() -> int:
    options = read_options()
    for benchmark, title, changes in (("what-if-gain", "As the scenarios are", ()),
                                      ("what-if-gain-cut", "With what acts back on incidents cut", CUT)):
        try:
            gains, touched = measure(options, changes)
        except (Failed, OSError) as error:
            print(f"what_if_gain.py: {error}", file=sys.stderr)
            return 2
        print(f"## {title}\n")
        show(gains, touched, options.replications)
        control = max((abs(item.control) for item in gains if not math.isnan(item.control)), default=math.nan)
        print(f"\nCorrelation with the other seed: at most {number(control)} times 1/sqrt(n), "
              f"of {len(gains)} outcomes.")
        for metric, value, many in medians(gains, touched):
            print(f"{metric[0].upper()}{metric[1:]}: {number(value)}, of {many}.")
        if not any(of.words == "untouched" for of in touched.values()):
            print("No what-if leaves the incidents of all replications untouched.")
        print(f"Below {GOAL:g}: {sum(item.gain < GOAL for item in gains)} of {len(gains)}.\n", flush=True)
        if options.csv:
            write_csv(options, benchmark, gains, touched)
    return 0


if __name__ == "__main__":
    sys.exit(main())
