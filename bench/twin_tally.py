# SPDX-License-Identifier: Apache-2.0
"""What the SimPy twin counts while it plays, and what it makes of it: a row with truce's names of
columns, as sim/model/OUTCOMES.md defines them."""

import math
from typing import Iterable

import simpy

from twin_scenario import GRADES, Cell, Scenario

Row = dict[str, "float | None"]


class Level:
    """A number that changes at moments, and its mean over time from the ceasefire on."""

    def __init__(self, env: simpy.Environment) -> None:
        self.env, self.value, self.area, self.since = env, 0.0, 0.0, env.now

    def add(self, change: float) -> None:
        self.area += self.value * (self.env.now - self.since)
        self.since = self.env.now
        self.value += change

    def forget(self) -> None:
        """Begins the mean anew."""
        self.add(0)
        self.area = 0.0

    def total(self) -> float:
        self.add(0)
        return self.area


class Tally:
    """Counts, samples and levels by name."""

    def __init__(self, env: simpy.Environment) -> None:
        self.counts: dict[str, int] = {}
        self.samples: dict[str, list[float]] = {}
        self.levels = {name: Level(env) for name in
                       ("cases_open", "team_queue", "desk_queue", "desks_busy", "desks_open", "coverage")}

    def begin(self) -> None:
        """Means over time begin: the ceasefire takes effect."""
        for level in self.levels.values():
            level.forget()

    def count(self, name: str) -> None:
        self.counts[name] = self.counts.get(name, 0) + 1

    def sample(self, name: str, grade: str, value: float) -> None:
        self.samples.setdefault(name, []).append(value)
        self.samples.setdefault(f"{name}.{grade}", []).append(value)


def share(above: float, below: float) -> float | None:
    """A share or a mean; none of nothing."""
    return above / below if below else None


def outcomes(scenario: Scenario, ceasefire: float, tally: Tally,
             cells: Iterable[tuple[Cell, Level, Level]]) -> Row:
    """The row of one replication; with each cell come its busy teams and its teams at work."""
    counts, samples, levels = tally.counts, tally.samples, tally.levels
    days = max(scenario.horizon - ceasefire, 0.0)
    row: Row = {"ceasefire_day": ceasefire if days else None}
    parts = (*scenario.sectors, *scenario.types)
    for name in ("incidents", *(f"incidents.{part}" for part in (*parts, *GRADES)), "cases_opened",
                 "cases_attributed", "cases_expired", "cases_denied", "access_denials"):
        row[name] = counts.get(name, 0)
    incidents = row["incidents"]
    row["cases_verified"] = len(samples.get("verification_delay", []))
    row["cases_handled"] = len(samples.get("handling_delay", []))
    row["cases_open_at_end"] = levels["cases_open"].value
    row["incidents_per_day"] = share(incidents, days)
    row["follow_up_share"] = share(counts.get("follow_ups", 0), incidents)
    row["detected_share"] = share(row["cases_opened"], incidents)
    row["verified_share"] = share(row["cases_verified"], incidents)
    row["attributed_share"] = share(row["cases_attributed"], incidents)
    for part in parts:
        row[f"detected_share.{part}"] = share(counts.get(f"detected.{part}", 0), row[f"incidents.{part}"])
    for grade in GRADES:
        row[f"verified_share.{grade}"] = share(counts.get(f"verified.{grade}", 0), row[f"incidents.{grade}"])
    row["detection_delay"] = share(sum(samples.get("detection_delay", [])), row["cases_opened"])
    for name in ("verification_delay", "handling_delay", "team_wait", "desk_wait"):
        for column in (name, *(f"{name}.{grade}" for grade in GRADES)):
            values = samples.get(column, [])
            row[column] = share(sum(values), len(values))
    for name in ("verification_delay", "handling_delay"):
        values = sorted(samples.get(name, []))
        row[f"{name}_p90"] = values[math.ceil(0.9 * len(values)) - 1] if values else None
    for name in ("cases_open", "team_queue", "desk_queue", "coverage"):
        row[name] = share(levels[name].total(), days)
    busy = at_work = planned = 0.0
    for cell, busy_teams, teams in cells:
        if cell.teams:
            row[f"team_utilisation.{cell.name}"] = share(busy_teams.total(), teams.total())
        busy, at_work, planned = busy + busy_teams.total(), at_work + teams.total(), planned + cell.teams
    row["team_utilisation"] = share(busy, at_work)
    row["teams_at_work"] = share(at_work, days * planned)
    row["desk_utilisation"] = share(levels["desks_busy"].total(), levels["desks_open"].total())
    return row
