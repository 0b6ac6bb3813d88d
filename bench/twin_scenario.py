# SPDX-License-Identifier: Apache-2.0
"""Reads a scenario of truce for the SimPy twin: the sections that the twin plays, and no others."""

import datetime
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from twin_values import Draw, Refused, Section, law, quantity

GRADES = ("grave", "serious", "minor")  # in the order in which teams and desks take them


@dataclass
class IncidentType:
    name: str
    share: float
    weight: float
    grade: str
    half_life: float | None  # [days]


@dataclass
class Sector:
    name: str
    ends: tuple[tuple[float, float], tuple[float, float]]  # [degrees] latitude and longitude of both
    length: float  # [km]
    rate: Draw  # [/day]
    decay: float  # [/day]
    access_denied: Draw
    follow_ups: dict[str, float] = field(default_factory=dict)  # expected direct ones, by sector
    types: list[IncidentType] = field(default_factory=list)
    shares: list[float] = field(default_factory=list)  # of those types
    mean_weight: float = 1.0


@dataclass
class Sensor:
    by_team: bool
    swath: float  # [km]
    detects: dict[str, float]
    delay: Draw  # [days]
    at_night: float


@dataclass
class Cell:
    name: str
    hub: str | None
    watches: list[str]
    teams: int
    team_size: float  # [troops]
    ready_after: Draw  # [days]
    sensors: dict[str, int]


@dataclass
class Hub:
    at: tuple[float, float]
    opens_after: Draw  # [days] from the ceasefire


@dataclass
class Contingent:
    """Troops that set out together, once."""

    troops: float
    hub: str
    notice: Draw  # [days]
    journey: Draw  # [days]


@dataclass
class Scenario:
    start: datetime.date
    horizon: float  # [days]
    ceasefire: Draw  # [days]
    types: dict[str, IncidentType]
    sectors: dict[str, Sector]
    sensors: dict[str, Sensor]
    hubs: dict[str, Hub]
    cells: list[Cell]
    contingents: list[Contingent]
    speed: float  # [km/day]
    road_factor: float
    work: Draw  # [days]
    analysis: Draw  # [days]
    expires_after: Draw  # [days]
    retry_after: Draw  # [days]
    retries: int
    attribution: tuple[float, float]  # by teams in the country, by analysts far away
    desks: int
    desk_work: Draw  # [days]
    desks_ready: Draw  # [days]
    replications: int
    seed: int


def horizon_of(value: Any, start: datetime.date) -> float:
    """[days] A length of time; months and years are those of the calendar."""
    found = re.fullmatch(r"([1-9]\d*) (month|year)s?", str(value))
    if not found:
        if (days := quantity(value, "time", "horizon")) <= 0:
            raise Refused(f"horizon: expected a time above 0, found {value!r}")
        return days
    months = start.month - 1 + int(found[1]) * (12 if found[2] == "year" else 1)
    try:
        end = start.replace(year=start.year + months // 12, month=months % 12 + 1)
    except ValueError:
        raise Refused(f"horizon: {value} after {start} is not a day of the calendar") from None
    return float((end - start).days)


def read_hubs(root: Section) -> tuple[dict[str, Hub], list[Contingent]]:
    places = {}
    for name, entry in root.entries("places"):
        places[name] = entry.point("at")
        entry.take("country")
        entry.end()
    journeys = {}
    for name, entry in root.entries("routes"):
        ends = entry.name_in("from", places), entry.name_in("to", places)
        entry.take("by", None)
        journeys[ends] = entry.drawn("time", "time")
        entry.end()
    hubs, place_of = {}, {}
    for name, entry in root.entries("hubs"):
        place_of[name] = entry.name_in("place", places)
        entry.name_in("station", {"in-country": 0}, "in-country")
        hubs[name] = Hub(places[place_of[name]], entry.drawn("opens_after", "time", "0 days"))
        entry.end()
    contingents = []
    for _, contributor in root.entries("contributors"):
        contributor.take("position", None)
        for _, entry in contributor.entries("pledges"):
            entry.name_in("function", {"monitoring": 0})
            origin, parts = entry.name_in("from", places), entry.whole("contingents", 1, 1)
            troops = entry.quantity("troops", "troops") / parts
            notice = entry.drawn("notice_to_move", "time", "0 days")
            targets = entry.names_in("hubs", hubs)
            for part in range(parts):
                hub = targets[part % len(targets)]
                if (origin, place_of[hub]) not in journeys:
                    raise Refused(f"{entry.at('hubs')}: the twin needs a route from {origin} to {hub} in one leg")
                contingents.append(Contingent(troops, hub, notice, journeys[origin, place_of[hub]]))
            entry.end()
        contributor.end()
    return hubs, contingents


def read_sectors(root: Section) -> tuple[dict[str, IncidentType], dict[str, Sector]]:
    types = {}
    for name, entry in root.entries("incident_types"):
        half_life = entry.take("evidence_half_life", None)
        types[name] = IncidentType(
            name, entry.number("share"), entry.number("weight", 1),
            entry.name_in("grade", dict.fromkeys(GRADES)),
            None if half_life is None else quantity(half_life, "time", entry.at("evidence_half_life")))
        entry.end()
    sectors, entries = {}, root.entries("sectors")
    names = {name: None for name, _ in entries}
    for name, entry in entries:
        incidents = entry.section("incidents")
        sector = Sector(name, (entry.point("from"), entry.point("to")), entry.quantity("length", "length"),
                        incidents.drawn("rate", "rate"), incidents.quantity("decay", "rate", "0.1 /day"),
                        entry.drawn("access_denied", "number", 0))
        branching = incidents.number("branching", 0)
        sector.follow_ups = {name: branching} | entry.numbers_by("spills_into", names)
        mix = entry.numbers_by("mix", types) or {kind.name: kind.share for kind in types.values()}
        if sum(sector.follow_ups.values()) >= 1:
            raise Refused(f"{entry.path}: the twin needs fewer than one direct follow-up of an incident, all sectors"
                          f" together; found {sum(sector.follow_ups.values()):g}")
        if min(mix.values()) < 0 or sum(share * types[kind].weight for kind, share in mix.items()) <= 0:
            raise Refused(f"{entry.path}: shares and weights of the types there must not be below 0, or all 0")
        sector.types = [types[kind] for kind in mix]
        sector.shares = [share / sum(mix.values()) for share in mix.values()]
        sector.mean_weight = sum(share * kind.weight for share, kind in zip(sector.shares, sector.types))
        incidents.end()
        entry.end()
        sectors[name] = sector
    return types, sectors


def read_cells(root: Section, types: dict, sectors: dict, hubs: dict) -> tuple[dict[str, Sensor], list[Cell]]:
    sensors = {}
    for name, entry in root.entries("sensors"):
        sensors[name] = Sensor(
            entry.name_in("carried_by", {"cell": 0, "team": 0}, "cell") == "team",
            entry.quantity("swath", "length"), entry.numbers_by("detects", types),
            entry.drawn("delay", "time", "0 days"), entry.number("at_night", 1))
        entry.end()
    cells = []
    for name, entry in root.entries("cells"):
        hub = entry.name_in("hub", hubs) if "hub" in entry.left else None
        cells.append(Cell(name, hub, entry.names_in("watches", sectors), entry.whole("teams", 0, 0),
                          entry.quantity("team_size", "troops", "8 troops"),
                          entry.drawn("ready_after", "time", "0 days"),
                          {kind: int(units) for kind, units in entry.numbers_by("sensors", sensors).items()}))
        entry.end()
    for name in sectors:
        watching = [cell for cell in cells if name in cell.watches]
        if watching and not any(cell.teams for cell in watching):
            raise Refused(f"cells: sector {name} is watched by cells without teams; the twin needs one with teams")
    return sensors, cells


def read_scenario(path: Path) -> Scenario:
    try:
        root = Section(yaml.safe_load(path.read_text(encoding="utf-8")), "")
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        raise Refused(f"not YAML: {problem}") from None
    if (version := root.take("truce")) != 1:
        raise Refused(f"truce: the twin reads version 1 of the format, found {version!r}")
    root.take("name")
    root.take("summary", None)
    start = root.take("start")
    ceasefire = root.section("ceasefire")
    takes_effect = ceasefire.take("takes_effect")
    if not isinstance(start, datetime.date):
        raise Refused(f"start: expected a date, found {start!r}")
    if isinstance(takes_effect, datetime.date):
        takes_effect = f"{(takes_effect - start).days} days"
    ceasefire.end()
    types, sectors = read_sectors(root)
    hubs, contingents = read_hubs(root)
    sensors, cells = read_cells(root, types, sectors, hubs)
    work, desk = root.section("verification"), root.section("coordination")
    attribution = work.section("attribution")
    attribution.number("neighbouring")
    experiment = root.section("experiment", {})
    scenario = Scenario(
        start, horizon_of(root.take("horizon"), start), law(takes_effect, "time", "ceasefire.takes_effect"),
        types, sectors, sensors, hubs, cells, contingents,
        work.quantity("speed", "speed", "40 km/h"), work.number("road_factor", 1.3), work.drawn("work", "time"),
        work.drawn("analysis", "time"), work.drawn("expires_after", "time"),
        work.drawn("access_retry_after", "time", "1 day"), work.whole("access_retries", 0, 0),
        (attribution.number("in_country"), attribution.number("remote")),
        desk.whole("desks", 1), desk.drawn("work", "time"), desk.drawn("ready_after", "time", "0 days"),
        experiment.whole("replications", 1, 1000), experiment.whole("seed", 0, 1))
    for section in (work, attribution, desk, experiment, root):
        section.end()
    return scenario
