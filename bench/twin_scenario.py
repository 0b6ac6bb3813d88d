# SPDX-License-Identifier: Apache-2.0
"""Reads a scenario of truce for the SimPy twin: the sections that the twin plays, and no others.

Every key is asked for by name. What is left over afterwards is something that the twin does not
have, or a slip, and is refused with its path: results of a scenario that was read by half would be
compared with those of one that was read whole.

Units inside: days, kilometres, troops. A drawn value is a function of the source of chance.
"""

import datetime
import math
import random
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable

import yaml

Draw = Callable[[random.Random], float]
NO_KEY = object()
DAYS = {"s": 1 / 86400, "second": 1 / 86400, "min": 1 / 1440, "minute": 1 / 1440, "h": 1 / 24,
        "hour": 1 / 24, "d": 1.0, "day": 1.0, "week": 7.0}
UNITS = {"time": DAYS, "length": {"m": 0.001, "km": 1.0}, "troops": {"troop": 1.0, "head": 1.0}}
GRADES = ("grave", "serious", "minor")  # in the order in which teams and desks take them
Z95 = 1.6448536269514722  # 95 % quantile of the standard normal distribution


class Refused(Exception):
    """A scenario that the twin can't play: the path of what is wrong, and why."""


class Section:
    """A mapping of the file with its path, which notes what was asked for."""

    def __init__(self, value: Any, path: str) -> None:
        if not isinstance(value, dict):
            raise Refused(f"{path or 'the file'}: expected a section with keys, found {value!r}")
        self.path = path
        self.left = {str(key): value for key, value in value.items()
                     if key not in ("source", "note", "confidence", "title")}

    def at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def take(self, key: str, default: Any = NO_KEY) -> Any:
        value = self.left.pop(key, default)
        if value is NO_KEY:
            raise Refused(f"{self.at(key)}: is missing")
        if isinstance(value, dict) and "value" in value:
            value = value["value"]  # {value: ..., source: ...}
        return value

    def section(self, key: str, default: Any = NO_KEY) -> "Section":
        return Section(self.take(key, default), self.at(key))

    def entries(self, key: str) -> list[tuple[str, "Section"]]:
        """The entries of a table of names, in the order of the file."""
        table = self.section(key, {})
        return [(name, table.section(name)) for name in list(table.left)]

    def number(self, key: str, default: Any = NO_KEY) -> float:
        return number(self.take(key, default), self.at(key))

    def quantity(self, key: str, kind: str, default: Any = NO_KEY) -> float:
        return quantity(self.take(key, default), kind, self.at(key))

    def drawn(self, key: str, kind: str, default: Any = NO_KEY) -> Draw:
        return law(self.take(key, default), kind, self.at(key))

    def name_in(self, key: str, names: dict[str, Any], default: Any = NO_KEY) -> str:
        value = self.take(key, default)
        if not isinstance(value, str) or value not in names:
            raise Refused(f"{self.at(key)}: found {value!r}; there are: {', '.join(names)}")
        return value

    def numbers_by(self, key: str, names: dict[str, Any]) -> dict[str, float]:
        """Numbers by name, `{shelling: 0.3}`; none if the key is left out."""
        table = self.section(key, {})
        numbers = {}
        for name in list(table.left):
            if name not in names:
                raise Refused(f"{table.at(name)}: there is no such name; there are: {', '.join(names)}")
            numbers[name] = table.number(name)
        return numbers

    def point(self, key: str) -> tuple[float, float]:
        value = self.take(key)
        if not isinstance(value, list) or len(value) != 2:
            raise Refused(f"{self.at(key)}: expected [latitude, longitude], found {value!r}")
        return number(value[0], self.at(key)), number(value[1], self.at(key))

    def end(self) -> None:
        if self.left:
            raise Refused("; ".join(f"{self.at(key)}: the twin does not have this" for key in self.left))


def number(value: Any, path: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise Refused(f"{path}: expected a number, found {value!r}")
    return float(value)


def quantity(value: Any, kind: str, path: str) -> float:
    """A number with its unit, `6 /day`, in days, kilometres and troops; kind: time, length, troops,
    rate, speed, or number for one without a unit."""
    if kind == "number":
        return number(value, path)
    found = re.fullmatch(r"([-+]?[\d.]+(?:e[-+]?\d+)?)\s*(\w*)(?:\s*/\s*(\w+))?", str(value).strip())
    above, below = {"rate": (None, "time"), "speed": ("length", "time")}.get(kind, (kind, None))

    def unit(word: str | None, of: str | None) -> float:
        if not word or of is None:
            return 1.0 if not word and of is None else 0.0
        table = UNITS[of]
        return table.get(word, table.get(word.removesuffix("s"), 0.0))

    factor = found and unit(found[2], above) and unit(found[2], above) / (unit(found[3], below) or math.inf)
    if not factor:
        raise Refused(f"{path}: expected a {kind} with a unit that the twin knows, found {value!r}")
    return number(float(found[1]) * factor, path)


def law(value: Any, kind: str, path: str) -> Draw:
    """A value or a distribution, as a function that draws it."""
    if not isinstance(value, dict):
        fixed = quantity(value, kind, path)
        return lambda _: fixed
    if len(value) != 1:
        raise Refused(f"{path}: expected one distribution, found {', '.join(map(str, value)) or 'none'}")
    name, given = next(iter(value.items()))
    if isinstance(given, list):
        words, given = (), [quantity(item, kind, f"{path}.{name}") for item in given]
    elif isinstance(given, dict):
        plain = ("cv", "sigma", "shape")
        words = tuple(given)
        given = [quantity(item, "number" if word in plain else kind, f"{path}.{name}.{word}")
                 for word, item in given.items()]
    else:
        words, given = (), [quantity(given, kind, f"{path}.{name}")]
    a, b, c = (*given, 0.0, 0.0, 0.0)[:3]
    try:
        made: dict[tuple, Callable[[], Draw]] = {
            ("constant", (), 1): lambda: lambda _: a,
            ("uniform", (), 2): lambda: lambda chance: chance.uniform(a, b),
            ("triangular", (), 3): lambda: lambda chance: chance.triangular(a, c, b),
            ("exponential", (), 1): lambda: (lambda rate: lambda chance: chance.expovariate(rate))(1 / a),
            ("lognormal", ("median", "p95"), 2): lambda: lognormal(math.log(a), math.log(b / a) / Z95),
            ("lognormal", ("median", "sigma"), 2): lambda: lognormal(math.log(a), b),
            ("lognormal", ("mean", "cv"), 2):
                lambda: lognormal(math.log(a) - math.log1p(b * b) / 2, math.sqrt(math.log1p(b * b))),
            ("gamma", ("mean", "cv"), 2): lambda: gamma(1 / b ** 2, a * b * b),
            ("gamma", ("shape", "scale"), 2): lambda: gamma(a, b),
        }
        return made[str(name), words, len(given)]()
    except KeyError:
        raise Refused(f"{path}: the twin does not have the distribution {value!r}") from None
    except (ValueError, ZeroDivisionError):
        raise Refused(f"{path}: parameters out of range: {value!r}") from None


def lognormal(mu: float, sigma: float) -> Draw:
    return lambda chance: chance.lognormvariate(mu, sigma)


def gamma(shape: float, scale: float) -> Draw:
    return lambda chance: chance.gammavariate(shape, scale)


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
    found = re.fullmatch(r"(\d+) (month|year)s?", str(value))
    if not found:
        return quantity(value, "time", "horizon")
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
            origin, parts = entry.name_in("from", places), int(entry.number("contingents", 1))
            troops = entry.quantity("troops", "troops") / parts
            notice = entry.drawn("notice_to_move", "time", "0 days")
            targets = entry.take("hubs")
            for part in range(parts):
                hub = targets[part % len(targets)]
                if hub not in hubs or (origin, place_of[hub]) not in journeys:
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
        watches = entry.take("watches")
        if not watches or any(sector not in sectors for sector in watches):
            raise Refused(f"{entry.at('watches')}: expected names of sectors, found {watches!r}")
        cells.append(Cell(name, hub, watches, int(entry.number("teams", 0)),
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
        work.drawn("access_retry_after", "time", "1 day"), int(work.number("access_retries", 0)),
        (attribution.number("in_country"), attribution.number("remote")),
        int(desk.number("desks")), desk.drawn("work", "time"), desk.drawn("ready_after", "time", "0 days"),
        int(experiment.number("replications", 1000)), int(experiment.number("seed", 1)))
    for section in (work, attribution, desk, experiment, root):
        section.end()
    return scenario
