# SPDX-License-Identifier: Apache-2.0
"""The gains of common random numbers as tables, and their medians."""

import math
import statistics
from typing import NamedTuple

GOAL = 10.0            # gain in replications
HARDLY = 0.05          # share of incidents moved, below which a what-if hardly touches them
KINDS = ("nothing differs", "incidents do not differ", "the fate does not differ", "the fate differs")


class Touched(NamedTuple):
    """How far a what-if leaves the base case."""

    kinds: list[int]          # by replication, the place in KINDS
    moved: float              # share of incidents

    def share(self, kind: int) -> float:
        return self.kinds.count(kind) / len(self.kinds)

    @property
    def words(self) -> str:
        if all(kind < 2 for kind in self.kinds):
            return "untouched"
        return "hardly touched" if self.moved < HARDLY else "touched"


class Gain(NamedTuple):
    """One outcome of one what-if."""

    what_if: str
    outcome: str
    claimed: bool
    pairs: int
    before: float             # means
    after: float
    differ: float             # share of pairs in which the outcome is not the same
    gain: float               # infinite if no pair differs
    low: float
    high: float
    most: float               # gain of the best coupling
    correlation: float
    control: float            # the same with the other seed, in units of 1/sqrt(pairs)
    half: float
    common: float             # replications of each scenario to the half-width
    independent: float
    cpu: float                # [s] of a replication of both
    blame: tuple[float, ...]  # shares of the variance of the difference, by kind


def number(value: float, digits: int = 3) -> str:
    if math.isnan(value):
        return "-"
    if math.isinf(value):
        return "exact"
    if value >= 10 ** digits:
        return f"{value:,.0f}"
    return f"{value:.{digits}g}"


def interval(item: Gain) -> str:
    if math.isinf(item.gain):
        return ""
    return f"{number(item.low)} to {'any' if math.isinf(item.high) else number(item.high)}"


def reason(item: Gain) -> str:
    """Why a gain is below the goal."""
    if item.most < GOAL:
        return "the what-if changes the spread of the outcome: no coupling gives more"
    kind = max(range(len(KINDS)), key=lambda k: item.blame[k])
    return f"{100 * item.blame[kind]:.0f} % of the variance where {KINDS[kind]}"


def show(gains: list[Gain], touched: dict[str, Touched], replications: int) -> None:
    print(f"{replications} replications of each scenario. Half-width 2 % of the base case's mean (two points of a "
          "yes-or-no\noutcome) at 95 %; `*`: claimed by the head of the what-if.\n")
    print("| what-if | outcome | base | what-if | differs in | correlation | gain | 95 % | at most | "
          "replications: common | independent | CPU s: common | independent |")
    print("|---|---|---|---|---|---|---|---|---|---|---|---|---|")
    for item in gains:
        print(f"| {item.what_if} | {item.outcome}{' *' if item.claimed else ''} | {number(item.before, 4)} | "
              f"{number(item.after, 4)} | {100 * item.differ:.0f} % | {number(item.correlation)} | "
              f"{number(item.gain)} | {interval(item)} | {number(item.most)} | {number(item.common)} | "
              f"{number(item.independent)} | {number(item.common * item.cpu)} | "
              f"{number(item.independent * item.cpu)} |")
    print("\nKinds of replications, and the share of the variance of a difference that comes from each (mean over the "
          "outcomes\nthat differ).\n")
    print("| what-if | incidents | moved | median gain | " + " | ".join(KINDS) + " | "
          + " | ".join(f"variance: {kind}" for kind in KINDS) + " |\n|" + "---|" * (4 + 2 * len(KINDS)))
    for name, of in touched.items():
        mine = [item for item in gains if item.what_if == name]
        moved = [item for item in mine if math.isfinite(item.gain)]
        each = range(len(KINDS))
        blame = [statistics.fmean(item.blame[kind] for item in moved) if moved else 0.0 for kind in each]
        print(f"| {name} | {of.words} | {100 * of.moved:.1f} % | "
              f"{number(statistics.median(item.gain for item in mine))} | "
              + " | ".join(f"{100 * share:.0f} %" for share in [*map(of.share, each), *blame]) + " |")
    print(f"\nGains below {GOAL:g}, and why.\n\n| what-if | outcome | gain | at most | why |\n|---|---|---|---|---|")
    for item in gains:
        if item.gain < GOAL:
            print(f"| {item.what_if} | {item.outcome}{' *' if item.claimed else ''} | {number(item.gain)} | "
                  f"{number(item.most)} | {reason(item)} |")


def medians(gains: list[Gain], touched: dict[str, Touched]) -> list[tuple[str, float, int]]:
    """What is told of all what-ifs together: metric, median, over how many."""
    groups = {
        "median gain": gains,
        "median gain of outcomes that differ": [item for item in gains if math.isfinite(item.gain)],
        "median gain of claimed outcomes": [item for item in gains if item.claimed],
        f"median gain where {GOAL:g} is possible": [item for item in gains if item.most >= GOAL],
    }
    for words in ("untouched", "hardly touched", "touched"):
        # What is the same in all replications, as incidents are where they are untouched, proves nothing.
        group = [item for item in gains if touched[item.what_if].words == words and math.isfinite(item.gain)]
        groups[f"median gain of outcomes that differ, incidents {words}"] = group
    return [(metric, statistics.median(item.gain for item in group), len(group))
            for metric, group in groups.items() if group]
