# SPDX-License-Identifier: Apache-2.0
"""Small results of every command, and what their workbooks must hold, worked out from the CSV files alone.

Made by the program under test for the checks of workbooks; nothing here reads a workbook.
"""

import csv
import datetime
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

csv.field_size_limit(1 << 30)

SCENARIO = """truce: 1
name: Small
summary: Two sectors are watched from one hub.
start: 2026-07-01
horizon: 60 days
ceasefire: {takes_effect: 2026-07-11}
places:
  depot: {at: [50.0, 22.0], country: PL}
  town: {at: [49.8, 24.0], country: UA}
routes:
  road: {from: depot, to: town, time: {uniform: [1 day, 2 days]}}
contributors:
  norway:
    title: Norway
    position: Sends monitors.
    pledges:
      monitors: {function: monitoring, troops: 80 troops, from: depot, hubs: [town], contingents: 2}
      guards: {function: reassurance, troops: {uniform: [100 troops, 300 troops]}, from: depot, hubs: [town]}
hubs:
  town: {place: town}
incident_types:
  shelling: {share: 0.3, grade: grave, crisis: 0.1}
  shooting: {share: 0.7, grade: minor, violations: {poisson: 3}}
sectors:
  east: {from: [49.0, 37.0], to: [48.0, 38.0], length: 150 km, access_denied: 0.1,
    incidents: {rate: 2 /day, branching: 0.4}}
  south: {from: [48.0, 38.0], to: [47.0, 36.0], length: 180 km, incidents: {rate: 1 /day}}
crisis:
  patience: {exponential: 2 days}
  defusal: 0.5
  breakdown_lasts: {exponential: 5 days}
  breakdown_rate: 3
  spread: 0.2
  collapse_rate: 4
  restoration: {probability: 0.5, time: {exponential: 10 days}}
sensors:
  camera: {swath: 10 km, detects: {shelling: 0.9, shooting: 0.5}, time_to_failure: {exponential: 60 days},
    time_to_repair: 20 days}
cells:
  near: {hub: town, watches: [east, south], teams: 4, sensors: {camera: 10}}
verification:
  work: {exponential: 6 h}
  analysis: 1 day
  expires_after: 30 days
  attribution: {in_country: 0.8, neighbouring: 0.5, remote: 20 %}
coordination:
  desks: 2
  work: 3 h
  members: {first: {response: {exponential: 12 h}}}
  answers: {protest: {within: 10 days, delay: 6 h}}
capability:
  initial: {troops: 100 troops}
  full: {troops: 200 troops, teams: 0.5, coverage: 0.4}
experiment: {replications: 24, seed: 7}
"""

STUDY = """study: 1
name: Which
question: Do teams matter?
scenario: small.yaml
replications: COUNT
note: "assumption: all of it"
factors:
  incidents: {path: sectors.*.incidents.rate, times: {uniform: [0.3, 6]}}
  denied: {path: sectors.east.access_denied, set: {uniform: [0, 0.4]}}
  teams: {path: cells.near.teams, values: [2, 4]}
design: {method: METHOD}
"""

RUN = ["run", "small.yaml"]
COMPARE = ["compare", "small.yaml", "--what-if", "more: cells.near.teams=9", "--what-if", "calm: crisis.spread=0.01"]
LONGER = ("--horizon", "105 days")  # so that there are days on which survival is compared
SWEEP = {"one": ("one_at_a_time", 6), "pairs": ("saltelli, points: 16", 2)}  # design, replications


def call(program: str, folder: Path, *words: str, code: int = 0) -> str:
    """What the program says on standard error, its exit code being as it should."""
    ended = subprocess.run([program, *words, "--quiet"], cwd=folder, capture_output=True, text=True,
                           timeout=300)
    if ended.returncode != code:
        raise AssertionError(f"{words}: exit code {ended.returncode}\n{ended.stderr}")
    return ended.stderr


def play(program: str, folder: Path, *more: str, longer: tuple[str, ...] = LONGER) -> dict[str, Path]:
    """A result of each command, by a name for it."""
    (folder / "small.yaml").write_text(SCENARIO)
    results = {"run": folder / "run", "compare": folder / "compare"}
    call(program, folder, *RUN, *more, "--out", "run")
    call(program, folder, *COMPARE, *longer, *more, "--out", "compare")
    for name, (method, count) in SWEEP.items():
        study = STUDY.replace("METHOD", method).replace("COUNT", str(count))
        (folder / f"{name}.yaml").write_text(study)
        call(program, folder, "sweep", f"{name}.yaml", *more, "--out", name)
        call(program, folder, "sensitivity", name, "--out", f"{name}-drivers")
        results[name] = folder / name
        results[f"{name}-drivers"] = folder / f"{name}-drivers"
    return results


Row = list[Any]


@dataclass
class Table:
    """A table of a result: its columns with their types, and its rows."""

    columns: list[str]
    types: list[str]
    rows: list[Row]

    def place(self, column: str) -> int:
        return self.columns.index(column)

    def numbers(self, column: str) -> list[Optional[float]]:
        return [row[self.place(column)] for row in self.rows]

    def where(self, **wanted: Any) -> list[Row]:
        return [row for row in self.rows if all(row[self.place(c)] == v for c, v in wanted.items())]

    def cell(self, column: str, **wanted: Any) -> Any:
        (row,) = self.where(**wanted)
        return row[self.place(column)]


def typed(text: str, kind: str) -> Any:
    if text == "":
        return None
    if kind == "integer":
        # A double holds no more than 53 bits.
        return int(text) if abs(int(text)) <= 1 << 53 else text
    if kind == "number":
        return float(text)
    return datetime.date.fromisoformat(text) if kind == "date" else text


def lines_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, strict=True))


def read(path: Path) -> Table:
    """A CSV file, its types being those of the dictionary beside it."""
    types = {line[1]: line[4] for line in lines_of(path.parent / "dictionary.csv")[1:]
             if line[0] == path.name and not line[2]}
    header, *lines = lines_of(path)
    kinds = [types[column] for column in header]
    return Table(header, kinds, [[typed(text, kind) for text, kind in zip(line, kinds, strict=True)]
                                 for line in lines])


def manifest_of(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


@dataclass
class Page:
    """What a sheet must hold."""

    name: str
    data: Table
    frozen: int = 1
    words: Optional[str] = None  # column of verdicts
    table: str = ""
    charts: Optional[list[str]] = None  # their titles

    def __post_init__(self) -> None:
        self.table = self.table or "tbl" + "".join(word.capitalize() for word in self.name.split())
        self.charts = self.charts or []


def gathered(table: Table, column: str) -> Table:
    """Rows with the same text together, in the order in which each text appears first."""
    place = table.place(column)
    first = {text: number for number, text in reversed(list(enumerate(row[place] for row in table.rows)))}
    return Table(table.columns, table.types, sorted(table.rows, key=lambda row: first[row[place]]))


def widened(table: Table, **made: Any) -> Table:
    """With more columns of numbers, each made from a row by name."""
    rows = [row + [make(dict(zip(table.columns, row))) for make in made.values()] for row in table.rows]
    return Table(table.columns + list(made), table.types + ["number"] * len(made), rows)


def less(end: Optional[float], begin: Optional[float]) -> Optional[float]:
    return None if end is None or begin is None else end - begin


def banded(table: Table, low: str, high: str, middle: str) -> Table:
    def begin(row: dict[str, Any]) -> Any:
        return row[middle] if row[low] is None or row[high] is None else row[low]

    def height(row: dict[str, Any]) -> Any:
        none = None if begin(row) is None else 0.0
        return none if less(row[high], row[low]) is None else less(row[high], row[low])

    return widened(table, band_from=begin, band_height=height)


def headline_first(table: Table) -> Table:
    family = table.place("family")
    return Table(table.columns, table.types, sorted(table.rows, key=lambda row: row[family] != "headline"))


STEPS = {"detection_delay": "Incident to detection", "verification_delay": "Incident to verification",
         "handling_delay": "Incident to end of handling", "answer_delay": "Incident to answer",
         "team_wait": "of these: wait for a team", "desk_wait": "of these: wait for a desk",
         "decision_delay": "of these: desk to decision"}


def picked(table: Table, columns: list[str], rows: list[Row]) -> Table:
    places = [table.place(column) for column in columns]
    return Table(columns, [table.types[place] for place in places],
                 [[row[place] for place in places] for row in rows])


def before(table: Table, name: str, words: list[str]) -> Table:
    """With a column of words before all others."""
    return Table([name] + table.columns, ["text"] + table.types,
                 [[word] + row for word, row in zip(words, table.rows, strict=True)])


def of_run(folder: Path) -> list[Page]:
    summary = headline_first(read(folder / "summary.csv"))
    steps = [step for step in STEPS if summary.where(id=step)]
    delays = picked(summary, ["id", "unit", "n", "mean", "ci95_low", "ci95_high", "p5", "p50", "p95"],
                    [summary.where(id=step)[0] for step in steps])
    timeline = banded(gathered(read(folder / "timeline.csv"), "series"), "p5", "p95", "p50")
    labels = {row[timeline.place("series")]: row[timeline.place("label")] for row in timeline.rows}
    return [
        Page("Assumptions", read(folder / "assumptions.csv")),
        Page("Summary", summary),
        Page("Delays", before(delays, "step", [STEPS[step] for step in steps]),
             charts=["From incident to answer"]),
        Page("Survival", banded(read(folder / "survival.csv"), "holds_band_low", "holds_band_high", "holds"),
             charts=["Chance that the ceasefire has not collapsed", "How first collapses ended by then"]),
        Page("Timeline", timeline, frozen=3, charts=["Troops in place by function (means)"] + [
            label for series, label in labels.items() if not series.startswith("troops.")]),
        Page("Replications", read(folder / "replications.csv"), frozen=2),
    ]


def joined(folder: Path, names: list[str], file: str) -> Table:
    """The tables of all scenarios, one below the other."""
    tables = [before(table, "scenario", [name] * len(table.rows))
              for name in names for table in [read(folder / name / file)]]
    return Table(tables[0].columns, tables[0].types, [row for table in tables for row in table.rows])


def changed(folder: Path, names: list[str]) -> Table:
    """Assumptions of the base, then those of others that differ from it."""
    table = joined(folder, names, "assumptions.csv")
    path, value = table.place("path"), table.place("value")
    base = {row[path]: row[value] for row in table.rows if row[0] == names[0]}
    table.rows = [row for row in table.rows if row[0] == names[0] or base.get(row[path], ()) != row[value]]
    return table


def side_by_side(folder: Path, names: list[str]) -> Table:
    statistics = ["mean", "ci95_low", "ci95_high", "p5", "p50", "p95", "n"]
    columns, types, rows = ["scenario"], ["text"], []
    for name in names:
        summary = read(folder / name / "summary.csv")
        found: dict[str, Any] = {"scenario": name}
        for row in summary.where(family="headline"):
            for statistic in statistics:
                column = f"{row[summary.place('id')]} {statistic}"
                found[column] = row[summary.place(statistic)]
                if column not in columns:
                    columns.append(column)
                    types.append(summary.types[summary.place(statistic)])
        rows.append(found)
    return Table(columns, types, [[row.get(column) for column in columns] for row in rows])


def of_compare(folder: Path) -> list[Page]:
    names = [one["scenario"] for one in manifest_of(folder)["scenarios"]]
    compare = widened(read(folder / "compare.csv"),
                      below=lambda row: less(row["difference"], row["ci95_low"]),
                      above=lambda row: less(row["ci95_high"], row["difference"]))
    headlines = dict.fromkeys(row[compare.place("label")] for row in compare.where(family="headline"))
    timeline = gathered(gathered(read(folder / "timeline_compare.csv"), "what_if"), "series")
    series = dict.fromkeys(row[timeline.place("series")] for row in timeline.rows)
    return [
        Page("Scenarios", read(folder / "scenarios.csv")),
        Page("Assumptions", changed(folder, names), frozen=2),
        Page("Summary", side_by_side(folder, names)),
        Page("Compare", compare, 4, "verdict", charts=list(headlines)[:24]),
        Page("Best", read(folder / "best.csv"), 4, "verdict"),
        Page("Quantiles", read(folder / "quantiles.csv"), 4),
        Page("Survival", joined(folder, names, "survival.csv"), 2,
             charts=["Chance that the ceasefire has not collapsed"]),
    ] + ([Page("Survival differences", read(folder / "survival_compare.csv"), table="tblSurvivalCompare")]
         if (folder / "survival_compare.csv").exists() else []) + [
        Page("Timeline", timeline, 4, table="tblTimelineCompare", charts=list(series)[:24]),
    ]


def of_sweep(folder: Path) -> list[Page]:
    points = read(folder / "points.csv")
    factors = [column for column, kind in zip(points.columns, points.types)
               if column.startswith("factors.") and kind == "number"]
    outcomes = [column[3:] for column in points.columns if column.startswith("se.")]
    titles = [f"{outcome} over {factor[len('factors.'):]}" for factor in factors for outcome in outcomes
              if len(set(points.numbers(f"mean.{outcome}"))) > 1]
    return [
        Page("Assumptions", read(folder / "assumptions.csv")),
        Page("Factors", read(folder / "factors.csv")),
        Page("Points", points, charts=titles[:24]),
        Page("Replications", read(folder / "replications.csv"), frozen=2),
    ]


RANKINGS = {"total": "total Sobol' index (share of the variance)", "mu_star": "mean absolute elementary effect",
            "first_order": "first-order index (share of the variance)", "src": "standardised regression coefficient",
            "prcc": "partial rank correlation", "swing": "swing from low to high value",
            "pawn_median": "distance of distributions (PAWN)"}


def of_sensitivity(folder: Path) -> list[Page]:
    table = gathered(gathered(read(folder / "sensitivity.csv"), "measure"), "outcome")
    tornado = read(folder / "tornado.csv")
    titles = []
    for outcome, label in {row[table.place("outcome")]: row[table.place("label")] for row in table.rows}.items():
        best = {row[table.place("measure")] for row in table.where(outcome=outcome, best="yes")
                if row[table.place("input")] is not None}
        titles += [f"{label}: {RANKINGS[measure]}" for measure in best]
    pages = [Page("Assumptions", read(folder / "assumptions.csv")),
             Page("Sensitivity", table, 4, "clear", charts=titles[:24])]
    if tornado.rows:
        labels = dict.fromkeys(row[tornado.place("label")] for row in tornado.rows)
        tornado = widened(tornado, low_change=lambda row: less(row["at_low"], row["at_base"]),
                          high_change=lambda row: less(row["at_high"], row["at_base"]))
        pages.append(Page("Tornado", tornado, 4, charts=[f"{label}: change from the base" for label in labels]))
    return pages + [Page(name, read(folder / f"{file}.csv"))
                    for name, file in (("Variance", "variance"), ("Left out", "left_out"))]


def leaves(value: Any, path: str = "") -> list[Row]:
    """Every value of a JSON text with its path."""
    if isinstance(value, dict):
        return [leaf for key, one in value.items() for leaf in leaves(one, f"{path}.{key}" if path else key)]
    if isinstance(value, list):
        return [leaf for number, one in enumerate(value) for leaf in leaves(one, f"{path}.{number}")]
    return [[path, harmless(value if isinstance(value, str) else json.dumps(value)) or None]]


def of_manifest(folder: Path) -> Page:
    manifest = manifest_of(folder)
    for key in ("run", "scenario"):
        manifest.pop(key, None)
    manifest.get("source", {}).pop("manifest_sha256", None)
    # What stands in folders of scenarios may tell when it was made; others are made from tables as well.
    manifest["files"] = [file for file in manifest["files"]
                         if not file["file"].endswith("manifest.json")
                         and file["file"] not in ("results.xlsx", "datapackage.json")]
    return Page("Manifest", Table(["key", "value"], ["text", "text"], leaves(manifest)))


def pages_of(folder: Path) -> list[Page]:
    """All sheets after the first, in their order."""
    kind = manifest_of(folder)["kind"]
    make = {"run": of_run, "compare": of_compare, "sweep": of_sweep, "sensitivity": of_sensitivity}[kind]
    return make(folder) + [Page("Dictionary", read(folder / "dictionary.csv"), 2), of_manifest(folder)]


def is_number(text: str) -> bool:
    try:
        return "_" not in text and text == text.strip() and bool(float(text) or True)
    except ValueError:
        return False


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet might take a cell of a CSV file that begins so for a formula."""
    if is_number(text):
        return False
    return text.lstrip(" ").startswith(tuple("=+-@\t\r\n\uFFFD\uFF1D\uFF0B\uFF0D\uFF20"))


def harmless(text: str) -> str:
    """As a text stands in all files: with an apostrophe before it if it, or it behind others, is no number
    and begins as a formula does."""
    return "'" + text if looks_like_formula(text.lstrip("'")) else text
