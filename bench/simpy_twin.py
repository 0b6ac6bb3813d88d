#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A part of truce's model, written a second time in SimPy, the usual tool for such models in Python.

Written from sim/model/README.md (sections 3 and 7), OUTCOMES.md and the guide to scenarios, not from
the C++: incidents and what they breed, sensors by day and night, teams that take cases by grade,
travel, denied access, expiry, analysts far away, attribution, desks. Two programs that agree on the
outcomes of one scenario are unlikely to have made the same mistake twice; and its time says what
truce saves somebody who would otherwise write this. Chance is drawn in sequence, so that
replications agree in distribution only.

Usage: simpy_twin.py [--scenario FILE] [--replications N] [--first K] [--seed S] [--out FILE.csv]

Writes a row for each replication, with truce's names of columns; the time that they took together,
in seconds of this process' CPU and without start-up and reading, goes to standard error.
"""

import argparse
import csv
import datetime
import math
import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator

try:
    import simpy
except ImportError:
    sys.exit("simpy_twin: SimPy is missing; on Debian it is the package python3-simpy3, for /usr/bin/python3")

from twin_scenario import GRADES, Cell, IncidentType, Scenario, Sector, read_scenario
from twin_tally import Level, Tally, outcomes
from twin_values import Refused

EARTH_RADIUS = 6371.0088  # [km] mean (Moritz 2000)
STAFFING = -1  # priority of what keeps a place empty until it is staffed: before all cases


def distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    """[km] Great circle between two points in degrees, by the haversine formula."""
    (lat_a, lon_a), (lat_b, lon_b) = (map(math.radians, a), map(math.radians, b))
    h = (math.sin((lat_b - lat_a) / 2) ** 2
         + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2)
    return 2 * EARTH_RADIUS * math.asin(math.sqrt(h))


def is_night(at: tuple[float, float], days_of_year: float) -> bool:
    """Whether the sun is below the horizon; days since 1 January 00:00 UTC, mean solar time."""
    declination = math.radians(-23.44 * math.cos(2 * math.pi * (days_of_year + 10) / 365.2422))
    hour_angle = 2 * math.pi * (days_of_year % 1 + at[1] / 360 - 0.5)
    latitude = math.radians(at[0])
    return (math.sin(latitude) * math.sin(declination)
            + math.cos(latitude) * math.cos(declination) * math.cos(hour_angle)) < 0


def poisson(chance: random.Random, mean: float) -> int:
    """Knuth's method: how many uniforms can be multiplied before their product falls below exp(-mean)."""
    limit, product, count = math.exp(-mean), chance.random(), 0
    while product > limit:
        product *= chance.random()
        count += 1
    return count


@dataclass
class Incident:
    time: float
    sector: Sector
    kind: IncidentType
    at: tuple[float, float]


class CellAtWork:
    """A cell: its sensors, and its teams as a resource whose places are taken until they are staffed."""

    def __init__(self, env: simpy.Environment, spec: Cell, scenario: Scenario) -> None:
        self.spec, self.ready = spec, False
        self.staffed = self.at_work = 0
        self.teams = simpy.PriorityResource(env, max(1, spec.teams))
        self.vacant = [self.teams.request(priority=STAFFING) for _ in range(self.teams.capacity)]
        self.busy, self.team_days = Level(env), Level(env)
        watched = sum(scenario.sectors[name].length for name in spec.watches)
        self.sensors = [(scenario.sensors[name], units, scenario.sensors[name].swath / watched)
                        for name, units in spec.sensors.items()]

    def bring_to_work(self) -> int:
        """Lets what is staffed and ready go to work; how many teams that adds."""
        added = self.staffed - self.at_work if self.ready else 0
        for _ in range(added):
            self.teams.release(self.vacant.pop())
        self.at_work += added
        self.team_days.add(added)
        return added

    def coverage(self) -> list[float]:
        """Share of each watched sector that each kind of sensor covers now."""
        return [min(1.0, units * (self.at_work if sensor.by_team else 1) * share) if self.ready else 0.0
                for sensor, units, share in self.sensors]


class Replication:
    """The scenario, played once."""

    def __init__(self, scenario: Scenario, seed: int, replication: int) -> None:
        self.scenario = scenario
        self.chance = random.Random(f"{seed}/{replication}")
        self.env = simpy.Environment()
        self.cells = [CellAtWork(self.env, spec, scenario) for spec in scenario.cells]
        self.watching = {name: [cell for cell in self.cells if name in cell.spec.watches]
                         for name in scenario.sectors}
        self.denied = {name: sector.access_denied(self.chance) for name, sector in scenario.sectors.items()}
        self.rate = {name: sector.rate(self.chance) for name, sector in scenario.sectors.items()}
        self.hub_opens = {name: self.env.event() for name in scenario.hubs}
        self.troops = dict.fromkeys(scenario.hubs, 0.0)
        self.desks = simpy.PriorityResource(self.env, scenario.desks)
        self.desks_shut = [self.desks.request(priority=STAFFING) for _ in range(scenario.desks)]
        self.day_of_year = (scenario.start - datetime.date(scenario.start.year, 1, 1)).days
        self.tally = Tally(self.env)
        self.ceasefire = scenario.ceasefire(self.chance)

    def play(self) -> dict[str, float | None]:
        self.env.process(self.begin())
        self.env.run(until=self.scenario.horizon)
        return outcomes(self.scenario, self.ceasefire, self.tally,
                        [(cell.spec, cell.busy, cell.team_days) for cell in self.cells])

    # ---- the deployment ---------------------------------------------------------------------

    def begin(self) -> Iterator[simpy.Event]:
        """The ceasefire takes effect."""
        scenario, env = self.scenario, self.env
        yield env.timeout(self.ceasefire)
        self.tally.begin()
        for sector in scenario.sectors.values():
            if self.rate[sector.name] > 0:
                env.process(self.baseline(sector))
        for name, hub in scenario.hubs.items():
            env.process(self.open_hub(name, hub.opens_after(self.chance)))
        for cell in self.cells:
            env.process(self.set_up(cell))
        for contingent in scenario.contingents:
            env.process(self.arrive(contingent))
        env.process(self.open_desks())

    def open_hub(self, name: str, after: float) -> Iterator[simpy.Event]:
        yield self.env.timeout(after)
        self.hub_opens[name].succeed()

    def arrive(self, contingent: Any) -> Iterator[simpy.Event]:
        yield self.env.timeout(contingent.notice(self.chance))
        yield self.env.timeout(contingent.journey(self.chance))
        if not self.hub_opens[contingent.hub].processed:
            yield self.hub_opens[contingent.hub]
        self.troops[contingent.hub] += contingent.troops
        self.staff(contingent.hub)

    def staff(self, hub: str) -> None:
        """Troops at the hub staff the teams of its cells, one of each cell in turn."""
        cells = [cell for cell in self.cells if cell.spec.hub == hub]
        left, staffed, given = self.troops[hub], {id(cell): 0 for cell in cells}, True
        while given:
            given = False
            for cell in cells:
                if staffed[id(cell)] < cell.spec.teams and left >= cell.spec.team_size:
                    left -= cell.spec.team_size
                    staffed[id(cell)] += 1
                    given = True
        for cell in cells:
            cell.staffed = staffed[id(cell)]
            cell.bring_to_work()
        self.note_coverage()

    def set_up(self, cell: CellAtWork) -> Iterator[simpy.Event]:
        if cell.spec.hub is None:
            cell.staffed = cell.spec.teams
        else:
            yield self.hub_opens[cell.spec.hub]
        yield self.env.timeout(cell.spec.ready_after(self.chance))
        cell.ready = True
        cell.bring_to_work()
        self.note_coverage()

    def open_desks(self) -> Iterator[simpy.Event]:
        yield self.env.timeout(self.scenario.desks_ready(self.chance))
        for request in self.desks_shut:
            self.desks.release(request)
        self.tally.levels["desks_open"].add(self.scenario.desks)

    def note_coverage(self) -> None:
        covered = 0.0
        for name, cells in self.watching.items():
            unseen = 1.0
            for cell in cells:
                for share in cell.coverage():
                    unseen *= 1 - share
            covered += self.scenario.sectors[name].length * (1 - unseen)
        level = self.tally.levels["coverage"]
        level.add(covered / sum(sector.length for sector in self.scenario.sectors.values()) - level.value)

    # ---- incidents --------------------------------------------------------------------------

    def baseline(self, sector: Sector) -> Iterator[simpy.Event]:
        while True:
            yield self.env.timeout(self.chance.expovariate(self.rate[sector.name]))
            self.incident(sector)

    def follow_up(self, sector: Sector) -> Iterator[simpy.Event]:
        yield self.env.timeout(self.chance.expovariate(sector.decay))
        self.tally.count("follow_ups")
        self.incident(sector)

    def incident(self, sector: Sector) -> None:
        chance = self.chance
        kind = chance.choices(sector.types, sector.shares)[0]
        along = chance.random()
        (lat_a, lon_a), (lat_b, lon_b) = sector.ends
        incident = Incident(self.env.now, sector, kind,
                            (lat_a + along * (lat_b - lat_a), lon_a + along * (lon_b - lon_a)))
        for name in ("incidents", f"incidents.{sector.name}", f"incidents.{kind.name}", f"incidents.{kind.grade}"):
            self.tally.count(name)
        for target, expected in sector.follow_ups.items():
            for _ in range(poisson(chance, expected * kind.weight / sector.mean_weight)):
                self.env.process(self.follow_up(self.scenario.sectors[target]))
        delay = self.detect(incident)
        if delay is not None:
            self.env.process(self.case(incident, delay))

    def detect(self, incident: Incident) -> float | None:
        """[days] Delay of the first detection, if any sensor of any cell detects it."""
        first = None
        night = is_night(incident.at, self.day_of_year + incident.time)
        for cell in self.watching[incident.sector.name]:
            for (sensor, _, _), coverage in zip(cell.sensors, cell.coverage()):
                probability = coverage * sensor.detects.get(incident.kind.name, 0.0)
                if night:
                    probability *= sensor.at_night
                if self.chance.random() < probability:
                    delay = sensor.delay(self.chance)
                    first = delay if first is None else min(first, delay)
        return first

    # ---- cases ------------------------------------------------------------------------------

    def case(self, incident: Incident, delay: float) -> Iterator[simpy.Event]:
        """From detection to the end of verification, for want of a team, or of access."""
        env, scenario, chance = self.env, self.scenario, self.chance
        grade = incident.kind.grade
        yield env.timeout(delay)
        opened = env.now
        self.tally.count("cases_opened")
        self.tally.count(f"detected.{incident.sector.name}")
        self.tally.count(f"detected.{incident.kind.name}")
        self.tally.sample("detection_delay", grade, delay)
        self.tally.levels["cases_open"].add(1)
        cells = self.watching[incident.sector.name]
        cell = next((c for c in cells if c.at_work), None) or next(c for c in cells if c.spec.teams)
        travel = 0.0
        if cell.spec.hub is not None:
            there = distance(scenario.hubs[cell.spec.hub].at, incident.at)
            travel = there * scenario.road_factor / scenario.speed
        expires = opened + scenario.expires_after(chance)
        for attempt in range(scenario.retries + 1):
            request = cell.teams.request(priority=GRADES.index(grade))
            self.tally.levels["team_queue"].add(1)
            yield request | env.timeout(max(0.0, expires - env.now))
            self.tally.levels["team_queue"].add(-1)
            if not request.triggered:
                request.cancel()
                self.tally.count("cases_expired")
                self.tally.levels["cases_open"].add(-1)
                return
            if attempt == 0:
                self.tally.sample("team_wait", grade, env.now - opened)
            cell.busy.add(1)
            yield env.timeout(travel)
            if cell.spec.hub is None or chance.random() >= self.denied[incident.sector.name]:
                break
            self.tally.count("access_denials")
            env.process(self.return_home(cell, request, travel))
            if attempt < scenario.retries:
                yield env.timeout(scenario.retry_after(chance))
        else:
            self.tally.count("cases_denied")
            self.tally.levels["cases_open"].add(-1)
            return
        probability = scenario.attribution[0 if cell.spec.hub is not None else 1]
        if incident.kind.half_life is not None:
            probability *= 2 ** (-(env.now - incident.time) / incident.kind.half_life)
        yield env.timeout((scenario.analysis if cell.spec.hub is None else scenario.work)(chance))
        env.process(self.return_home(cell, request, travel))
        self.tally.count(f"verified.{grade}")
        self.tally.sample("verification_delay", grade, env.now - incident.time)
        if chance.random() < probability:
            self.tally.count("cases_attributed")
        yield from self.handle(incident)

    def return_home(self, cell: CellAtWork, request: Any, travel: float) -> Iterator[simpy.Event]:
        yield self.env.timeout(travel)
        cell.busy.add(-1)
        cell.teams.release(request)

    def handle(self, incident: Incident) -> Iterator[simpy.Event]:
        """A verified case goes to a desk."""
        env, levels, verified = self.env, self.tally.levels, self.env.now
        with self.desks.request(priority=GRADES.index(incident.kind.grade)) as request:
            levels["desk_queue"].add(1)
            yield request
            levels["desk_queue"].add(-1)
            self.tally.sample("desk_wait", incident.kind.grade, env.now - verified)
            levels["desks_busy"].add(1)
            yield env.timeout(self.scenario.desk_work(self.chance))
            levels["desks_busy"].add(-1)
        self.tally.sample("handling_delay", incident.kind.grade, env.now - incident.time)
        levels["cases_open"].add(-1)


def read_options() -> argparse.Namespace:
    options = argparse.ArgumentParser(description="Plays a part of truce's model in SimPy.")
    options.add_argument("--scenario", type=Path, default=Path(__file__).parent / "slice.yaml")
    options.add_argument("--replications", type=int, help="the scenario's own unless given")
    options.add_argument("--first", type=int, default=0, help="number of the first replication, 0 unless given")
    options.add_argument("--seed", type=int, help="the scenario's own unless given")
    options.add_argument("--out", type=Path, help="file for the rows, standard output unless given")
    given = options.parse_args()
    if given.replications is not None and given.replications < 1:
        options.error(f"--replications {given.replications}: expected 1 or more")
    return given


def main() -> int:
    options = read_options()
    try:
        scenario = read_scenario(options.scenario)
        seed = scenario.seed if options.seed is None else options.seed
        count = options.replications or scenario.replications
        begun = time.process_time()
        rows = [{"replication": index} | Replication(scenario, seed, index).play()
                for index in range(options.first, options.first + count)]
        print(f"{count} replications, {time.process_time() - begun:.6f} s", file=sys.stderr)
        with open(options.out, "w", newline="", encoding="utf-8") if options.out else sys.stdout as out:
            writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    except Refused as problem:
        print(f"{options.scenario}: {problem}", file=sys.stderr)
        return 2
    except OSError as problem:
        print(f"simpy_twin: {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
