#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The charts of results.xlsx, read as XML: every reference leads to cells that hold what the chart shows.

Usage: workbook_chart_check.py PROGRAM    (truce of the build under test)

Error bars are held to the ends of the intervals in compare.csv, bands to those in survival.csv and
timeline.csv.
"""

import datetime
import posixpath
import re
import sys
import tempfile
import unittest
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator, Optional
from xml.etree import ElementTree

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

import workbook_results
from workbook_results import Page, Table, pages_of, read

program = ""
results: dict[str, Path] = {}
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
GROUPS = ("areaChart", "barChart", "lineChart", "scatterChart")
EPOCH = datetime.date(1899, 12, 30)


def setUpModule() -> None:
    folder = tempfile.TemporaryDirectory(prefix="truce-test-")
    unittest.addModuleCleanup(folder.cleanup)
    results.update(workbook_results.play(program, Path(folder.name)))


def tree(parts: zipfile.ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(parts.read(name))


def related(parts: zipfile.ZipFile, name: str) -> dict[str, str]:
    """Parts to which a part points, by the name that it has for them."""
    folder, file = posixpath.split(name)
    rels = f"{folder}/_rels/{file}.rels"
    if rels not in parts.namelist():
        return {}
    return {one.get("Id", ""): posixpath.normpath(posixpath.join(folder, one.get("Target", "")))
            for one in tree(parts, rels)}


@dataclass
class Range:
    """Cells of one column of a sheet, with what the chart keeps of them."""

    sheet: str
    column: int  # from 0
    first: int   # row of the table, from 0
    end: int
    kind: str    # numRef or strRef
    cached: list[Any]


def range_of(node: Optional[ElementTree.Element]) -> Range:
    assert node is not None
    (reference,) = list(node)
    kind = reference.tag.removeprefix(C)
    formula = reference.find(f"{C}f").text
    sheet, column, first, again, last = re.fullmatch(
        r"(.+)!\$([A-Z]+)\$(\d+):\$([A-Z]+)\$(\d+)", formula).groups()
    assert column == again, formula
    cache = reference.find(C + kind.replace("Ref", "Cache"))
    cached: list[Any] = [None] * int(cache.find(f"{C}ptCount").get("val"))
    for point in cache.iter(f"{C}pt"):
        text = point.find(f"{C}v").text
        cached[int(point.get("idx"))] = float(text) if kind == "numRef" else text
    return Range(re.sub(r"^'(.+)'$", r"\1", sheet), column_index_from_string(column) - 1, int(first) - 2,
                 int(last) - 1, kind, cached)


@dataclass
class Series:
    group: str
    name: str
    node: ElementTree.Element
    x: Range
    y: Range

    def is_unseen(self) -> bool:
        """Neither filled nor drawn."""
        look = self.node.find(f"{C}spPr")
        return look is not None and look.find(f"{A}noFill") is not None and \
            look.find(f"{A}ln/{A}noFill") is not None


@dataclass
class Chart:
    title: str
    plot: ElementTree.Element
    series: list[Series]
    unlisted: set[str]  # numbers of series that the legend leaves out

    def groups(self) -> list[str]:
        return [node.tag.removeprefix(C) for node in self.plot if node.tag.removeprefix(C) in GROUPS]


def chart_of(root: ElementTree.Element) -> Chart:
    chart = root.find(f"{C}chart")
    plot = chart.find(f"{C}plotArea")
    series = []
    for group in plot:
        for node in group.findall(f"{C}ser"):
            name = node.find(f"{C}tx/{C}v")
            x, y = ("xVal", "yVal") if group.tag == f"{C}scatterChart" else ("cat", "val")
            series.append(Series(group.tag.removeprefix(C), (name.text if name is not None else "") or "", node,
                                 range_of(node.find(C + x)), range_of(node.find(C + y))))
    title = "".join(text.text for text in chart.find(f"{C}title").iter(f"{A}t"))
    unlisted = {entry.find(f"{C}idx").get("val") for entry in chart.iter(f"{C}legendEntry")
                if entry.find(f"{C}delete").get("val") == "1"}
    return Chart(title, plot, series, unlisted)


def charts_of(workbook: Path) -> dict[str, list[Chart]]:
    """The charts of each sheet, in the order in which they stand there."""
    with zipfile.ZipFile(workbook) as parts:
        sheets = related(parts, "xl/workbook.xml")
        charts: dict[str, list[Chart]] = {}
        used = []
        for sheet in tree(parts, "xl/workbook.xml").iter("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheet"):
            charts[sheet.get("name", "")] = []
            for drawing in related(parts, sheets[sheet.get(f"{R}id", "")]).values():
                if "/drawings/" not in drawing:
                    continue
                within = related(parts, drawing)
                for frame in tree(parts, drawing).iter(f"{C}chart"):
                    used.append(within[frame.get(f"{R}id", "")])
                    charts[sheet.get("name", "")].append(chart_of(tree(parts, used[-1])))
        assert sorted(used) == sorted(name for name in parts.namelist() if name.startswith("xl/charts/")), used
    return charts


def shown(value: Any) -> Any:
    """What a chart keeps of a cell."""
    if isinstance(value, datetime.date):
        return float((value - EPOCH).days)
    return float(value) if isinstance(value, int) else value


class Charts(unittest.TestCase):
    def each(self) -> Iterator[tuple[str, Page, list[Chart]]]:
        for name, folder in results.items():
            charts = charts_of(folder / "results.xlsx")
            self.assertEqual(charts.pop("README"), [])
            for page in pages_of(folder):
                yield f"{name} {page.name}", page, charts[page.name]

    def same(self, found: list[Any], wanted: list[Any], what: str) -> None:
        """Alike to the last of 16 digits, which is all that the library keeps beside the cells."""
        self.assertEqual(len(found), len(wanted), what)
        for one, other in zip(found, wanted):
            if isinstance(other, float) and isinstance(one, float):
                self.assertAlmostEqual(one, other, delta=1e-15 * abs(other), msg=what)
            else:
                self.assertEqual(one, other, what)

    def test_are_those_of_the_sheet(self) -> None:
        kinds = {"Delays": "barChart", "Compare": "lineChart", "Points": "scatterChart", "Sensitivity": "barChart",
                 "Tornado": "barChart"}
        for where, page, charts in self.each():
            self.assertEqual([chart.title for chart in charts], page.charts, where)
            for chart in charts:
                if page.name in kinds:
                    self.assertEqual(chart.groups(), [kinds[page.name]], where)

    def test_point_at_cells_that_hold_what_they_show(self) -> None:
        count = 0
        for where, page, charts in self.each():
            for chart in charts:
                self.assertTrue(chart.series, where)
                for series in chart.series:
                    what = f"{where}: {chart.title}: {series.name}"
                    ranges = [range_of(node) for node in series.node.iter() if len(node) == 1 and
                              node[0].tag in (f"{C}numRef", f"{C}strRef")]
                    self.assertEqual(len(ranges), 4 if page.name == "Compare" else 2, what)
                    for one in ranges:
                        self.check_range(one, page, what)
                        count += 1
                    self.assertEqual(series.y.kind, "numRef", what)
                    self.assertTrue(any(value is not None for value in series.y.cached) or
                                    page.name == "Compare", what)
                    self.assertEqual(len(series.x.cached), len(series.y.cached), what)
                    # Words and numbers of the same rows, or as many of another scenario's.
                    x = page.data.rows[series.x.first:series.x.end]
                    y = page.data.rows[series.y.first:series.y.end]
                    self.same([row[series.x.column] for row in x], [row[series.x.column] for row in y], what)
        self.assertGreater(count, 250)

    def check_range(self, one: Range, page: Page, what: str) -> None:
        self.assertEqual(one.sheet, page.name, what)
        self.assertTrue(0 <= one.first < one.end <= len(page.data.rows), what)
        kind = page.data.types[one.column]
        self.assertEqual(one.kind, "strRef" if kind == "text" else "numRef", what)
        self.same(one.cached, [shown(row[one.column]) for row in page.data.rows[one.first:one.end]], what)

    def test_series_have_names_unless_unseen_and_axes_come_in_pairs(self) -> None:
        for where, page, charts in self.each():
            for chart in charts:
                what = f"{where}: {chart.title}"
                numbers = [series.node.find(f"{C}idx").get("val") for series in chart.series]
                self.assertEqual(sorted(numbers), [str(i) for i in range(len(numbers))], what)
                unseen = set()
                for number, series in zip(numbers, chart.series):
                    if series.is_unseen() and series.group == "areaChart":
                        unseen.add(number)
                        self.assertEqual(series.name, "", what)
                    else:
                        self.assertTrue(series.name.strip(), what)
                self.assertEqual(chart.unlisted, unseen, what)
                names = [series.name for series in chart.series]
                self.assertEqual(len(set(names)), len(names), what)
                self.check_axes(chart, what)

    def check_axes(self, chart: Chart, what: str) -> None:
        axes = {axis.find(f"{C}axId").get("val"): axis.find(f"{C}crossAx").get("val")
                for axis in chart.plot if axis.tag.endswith("Ax")}
        self.assertEqual(len(axes), 2, what)
        self.assertEqual({other: one for one, other in axes.items()}, axes, what)  # each crosses the other
        for group in chart.plot:
            if group.tag.removeprefix(C) in GROUPS:
                self.assertEqual({one.get("val") for one in group.findall(f"{C}axId")}, set(axes), what)

    def test_intervals_reach_from_end_to_end(self) -> None:
        compare = read(results["compare"] / "compare.csv")
        charts = charts_of(results["compare"] / "results.xlsx")["Compare"]
        self.assertGreater(len(charts), 5)
        for chart in charts:
            (series,) = chart.series
            rows = compare.rows[series.y.first:series.y.end]
            self.assertEqual({row[compare.place("label")] for row in rows}, {chart.title})
            self.assertEqual(series.x.cached, [row[compare.place("what_if")] for row in rows])
            (bars,) = series.node.findall(f"{C}errBars")
            self.assertEqual([bars.find(C + one).get("val") for one in ("errDir", "errBarType", "errValType")],
                             ["y", "both", "cust"])
            for name, end, begin in (("plus", "ci95_high", "difference"), ("minus", "difference", "ci95_low")):
                wanted = [workbook_results.less(row[compare.place(end)], row[compare.place(begin)]) for row in rows]
                found = range_of(bars.find(C + name)).cached
                self.assertEqual(found, wanted, chart.title)
                self.assertTrue(all(value is None or value >= 0 for value in found))

    def test_bands_lie_between_their_ends_under_the_lines(self) -> None:
        survival, timeline = read(results["run"] / "survival.csv"), read(results["run"] / "timeline.csv")
        charts = charts_of(results["run"] / "results.xlsx")
        width = self.check_band(charts["Survival"][0], survival, "holds_band_low", "holds_band_high", ["holds"])
        self.assertGreater(width, 0.1)
        self.assertEqual(charts["Survival"][1].groups(), ["scatterChart"])
        self.assertEqual(charts["Timeline"][0].groups(), ["areaChart"])
        bands = charts["Timeline"][1:]
        widths = []
        for chart in bands:
            rows = timeline.where(label=chart.title)
            widths.append(self.check_band(chart, Table(timeline.columns, timeline.types, rows), "p5", "p95",
                                          ["p50", "mean"]))
        self.assertGreater(sum(width > 0 for width in widths), 4)

    def check_band(self, chart: Chart, table: Table, low: str, high: str, lines: list[str]) -> float:
        """How wide it is at most."""
        self.assertEqual(chart.groups(), ["areaChart", "lineChart"], chart.title)
        areas, drawn = ([one for one in chart.series if one.group == group] for group in chart.groups())
        self.assertEqual(chart.plot.find(f"{C}areaChart/{C}grouping").get("val"), "stacked")
        self.assertEqual(chart.plot.find(f"{C}lineChart/{C}grouping").get("val"), "standard")
        floor, band = areas
        self.assertTrue(floor.is_unseen())
        self.assertFalse(band.is_unseen())
        ends = list(zip(table.numbers(low), table.numbers(high)))
        for (begin, end), from_, height in zip(ends, floor.y.cached, band.y.cached, strict=True):
            if begin is not None and end is not None:
                self.assertAlmostEqual(from_, begin, delta=1e-12 * (1 + abs(begin)))
                self.assertAlmostEqual(from_ + height, end, delta=1e-12 * (1 + abs(end)))
            else:
                self.assertIn(height, (None, 0.0))
        for line, column in zip(drawn, lines, strict=True):
            self.same(line.y.cached, [shown(value) for value in table.numbers(column)], chart.title)
            self.assertFalse(line.is_unseen())
        return max(height or 0.0 for height in band.y.cached)

    def test_opens_in_openpyxl_with_as_many(self) -> None:
        for folder in results.values():
            book = load_workbook(folder / "results.xlsx")
            self.assertEqual({sheet.title: len(sheet._charts) for sheet in book},
                             {"README": 0} | {page.name: len(page.charts) for page in pages_of(folder)})


if __name__ == "__main__":
    program = sys.argv.pop(1)
    unittest.main()
