#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Text of a planner's that programs might execute, cut or take for something else, in every format; and
tables longer than a sheet should be.

Usage: workbook_text_check.py PROGRAM    (truce of the build under test)

Every format is read by a program that is not truce, and held to one expectation: the text, with an
apostrophe before it where a spreadsheet would take it for a formula.
"""

import csv
import json
import re
import sqlite3
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path
from typing import Any, Optional
from xml.etree import ElementTree

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

import workbook_results
from workbook_results import SCENARIO, call, harmless, looks_like_formula

program = ""
work = Path()

FORMULA = '=HYPERLINK("http://x","y")'
TEXTS = [
    FORMULA, "@SUM(1+1)", "+1+1", "-2+3", "\t=1", "\r=1", "\n=1", "=1\r\n=2", " =1", "'=1", "''+1+1", "-2", "'tis",
    'say "no"', '"', "a,b", "a;b", "a\tb", ",", ";", "two\nlines", "ends in a blank ", "x" * 300, "=" + "x" * 300,
    "\u05E9\u05DC\u05D5\u05DD \u202Eabc\u202C", "\u0633\u0644\u0627\u0645", "\U0001F54A peace \U0001F469\u200D\U0001F680",
    "_x0041_", "_x005F_", "_x000D_", "\uFF1D1+1", "\uFF0B1", "\uFF0D1", "\uFF20x", "{=1}", "#REF!", "<b>&amp;</b>]]>",
    "TRUE", "NULL", "1,5", "1e3", "2026-07-01", "'); DROP TABLE assumptions; --", "|calc", "%s%n", "\u2028x",
]
# By hand, so that no mistake in `harmless` goes unseen.
APOSTROPHE = {FORMULA, "@SUM(1+1)", "+1+1", "-2+3", "\t=1", "\r=1", "\n=1", "=1\r\n=2", " =1", "'=1", "''+1+1",
              "=" + "x" * 300, "\uFF1D1+1", "\uFF0B1", "\uFF0D1", "\uFF20x"}
EXPECTED = [f"'{text}" if text in APOSTROPHE else text for text in TEXTS]
PROFILES = {"rfc4180": ",", "excel": ",", "excel-eu": ";", "tsv": "\t"}
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
Cells = dict[str, dict[str, Optional[str]]]  # value, source and note of a path


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\u2028", "\\u2028")


def scenario() -> str:
    """Each text is the title, position, source and note of a contributor."""
    lands = "".join(
        f"  land{i}:\n    title: {quoted(text)}\n    position: {quoted(text)}\n"
        f"    pledges:\n      p: {{function: training, troops: 8 troops, from: depot, hubs: [town], "
        f"source: {quoted(text)}, note: {quoted(text)}}}\n" for i, text in enumerate(TEXTS))
    text = SCENARIO.replace("name: Small", f"name: {quoted(FORMULA)}")
    text = text.replace("summary: Two sectors are watched from one hub.", f"summary: {quoted('@' + TEXTS[2])}")
    text = text.replace("protest: {", f"protest: {{title: {quoted(TEXTS[3])}, ")
    text = text.replace("contributors:\n", "contributors:\n" + lands)
    return text + f"variations:\n  more: {{summary: {quoted(FORMULA)}, set: {{cells.near.teams: 9}}}}\n"


def setUpModule() -> None:
    folder = tempfile.TemporaryDirectory(prefix="truce-test-")
    unittest.addModuleCleanup(folder.cleanup)
    global work
    work = Path(folder.name)
    (work / "small.yaml").write_text(scenario(), encoding="utf-8", newline="")
    call(program, work, "run", "small.yaml", "--replications", "6", "--out", "run")
    call(program, work, "compare", "small.yaml", "--replications", "6", "--out", "compare")
    for result in ("run", "compare"):
        call(program, work, "export", result, "--as", "json", "--as", "sqlite", "--as", "xlsx")
        for profile in PROFILES:
            call(program, work, "export", result, "--as", "csv", "--csv-profile", profile)


def wanted() -> Cells:
    cells: Cells = {}
    for i, text in enumerate(EXPECTED):
        for key in ("title", "position"):
            cells[f"contributors.land{i}.{key}"] = {"value": text}
        cells[f"contributors.land{i}.pledges.p.troops"] = {"source": text, "note": text}
    return cells


def cells_of(columns: list[str], rows: list[list[Any]]) -> Cells:
    """What stands at those paths, column by column."""
    found: Cells = {}
    for row in rows:
        cells = dict(zip(columns, row))
        if cells.get("scenario", "base") == "base" and cells["path"] in wanted():
            found[cells["path"]] = {key: cells[key] for key in wanted()[cells["path"]]}
    return found


def of_csv(path: Path, separator: str) -> Cells:
    with path.open(encoding="utf-8-sig", newline="") as file:
        columns, *rows = list(csv.reader(file, delimiter=separator, strict=True))
    return cells_of(columns, rows)


def decoded(text: str) -> str:
    """Text of a cell, whose characters may stand as _x000D_ (ECMA-376, part 1, 22.9.2.19)."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def of_sheet(workbook: Path) -> Cells:
    """Read as XML: openpyxl takes some of such characters away, and leaves others as they stand."""
    number = load_workbook(workbook, read_only=True).sheetnames.index("Assumptions") + 1
    with zipfile.ZipFile(workbook) as parts:
        strings = ElementTree.fromstring(parts.read("xl/sharedStrings.xml"))
        sheet = ElementTree.fromstring(parts.read(f"xl/worksheets/sheet{number}.xml"))
    texts = [decoded("".join(text.text or "" for text in one.iter(f"{MAIN}t"))) for one in strings]
    rows: list[list[Any]] = []
    for line in sheet.iter(f"{MAIN}row"):
        cells = {cell.get("r", "").rstrip("0123456789"): cell for cell in line}
        row: list[Any] = []
        for column in range(len(rows[0]) if rows else len(cells)):
            cell = cells.get(get_column_letter(column + 1))
            is_text = cell is not None and cell.get("t") == "s"
            row.append(texts[int(cell.find(f"{MAIN}v").text)] if is_text else None)
        rows.append(row)
    return cells_of(rows[0], rows[1:])


def of_json(path: Path, scenario: Optional[str]) -> Cells:
    read = json.loads(path.read_text(encoding="utf-8"))
    tables = read["scenarios"][scenario] if scenario else read["tables"]
    return cells_of([one["name"] for one in tables["assumptions"]["columns"]], tables["assumptions"]["rows"])


def of_sqlite(path: Path, table: str) -> Cells:
    base = sqlite3.connect(path)
    found = base.execute(f"SELECT * FROM {table}")
    cells = cells_of([one[0] for one in found.description], [list(row) for row in found])
    base.close()
    return cells


class Texts(unittest.TestCase):
    def test_expectation_is_that_of_the_other_checks(self) -> None:
        self.assertEqual([harmless(text) for text in TEXTS], EXPECTED)

    def same(self, found: Cells, what: str) -> None:
        self.assertEqual(list(found), list(wanted()), what)
        for path, cells in wanted().items():
            self.assertEqual(found[path], cells, f"{what} {path}")

    def test_come_back_the_same_in_every_format(self) -> None:
        for result, inner in (("run", ""), ("compare", "base/")):
            self.same(of_csv(work / result / f"{inner}assumptions.csv", ","), result)
            for profile, separator in PROFILES.items():
                exported = work / f"{result}.csv-{profile}"
                self.same(of_csv(exported / f"{inner}assumptions.csv", separator), exported.name)
            self.same(of_sheet(work / result / "results.xlsx"), f"{result} results.xlsx")
            self.same(of_sheet(work / f"{result}.xlsx"), f"{result}.xlsx")
            self.same(of_json(work / f"{result}.json", inner.strip("/") or None), f"{result}.json")
            table = "run_assumptions" if inner else "assumptions"
            self.same(of_sqlite(work / f"{result}.sqlite", table), f"{result}.sqlite")

    def test_names_and_titles_do_too(self) -> None:
        name, changed = harmless(FORMULA), harmless(FORMULA + ", more")
        for file, separator in [("compare/scenarios.csv", ",")] + [
                (f"compare.csv-{profile}/scenarios.csv", one) for profile, one in PROFILES.items()]:
            with (work / file).open(encoding="utf-8-sig", newline="") as lines:
                rows = list(csv.DictReader(lines, delimiter=separator, strict=True))
            self.assertEqual([row["title"] for row in rows], [name, changed], file)
        book = load_workbook(work / "compare/results.xlsx")
        self.assertEqual([cell.value for cell in book["Scenarios"]["B"]], ["title", name, changed])
        self.assertEqual(book["README"]["A1"].value, harmless(FORMULA + ": comparison"))
        book = load_workbook(work / "run/results.xlsx")
        self.assertEqual(book["README"]["A1"].value, name)
        self.assertEqual(book["README"]["B3"].value, f"What is to be expected of {FORMULA}? @+1+1")
        self.assertIn(("name", name), list(book["Manifest"].iter_rows(values_only=True)))

    def test_no_cell_of_any_workbook_begins_a_formula(self) -> None:
        call(program, work, "export", "run", "--example")
        for file in ("run/results.xlsx", "compare/results.xlsx", "run.xlsx", "run.example.xlsx"):
            for sheet in load_workbook(work / file):
                for row in sheet.iter_rows():
                    for cell in row:
                        is_own = sheet.title == "Calculations" and cell.column == 2 and cell.data_type == "f"
                        self.assertTrue(is_own or cell.data_type in ("s", "n", "d"), cell.coordinate)
                        if isinstance(cell.value, str) and not is_own:
                            self.assertFalse(looks_like_formula(cell.value), f"{file} {sheet.title} {cell.value}")
                        if sheet.title != "README":
                            self.assertIsNone(cell.hyperlink)


class Limits(unittest.TestCase):
    """Of tables that are too long there is a part, and the first sheet says which and where the rest is."""

    def told(self, book: Workbook, sheet: str) -> list[Any]:
        (row,) = [row for row in book["README"].iter_rows(values_only=True) if row[0] == sheet and row[2] is not None]
        return list(row[2:5])

    def exported(self, result: str, *words: str) -> Workbook:
        call(program, work, "export", result, "--as", "xlsx", "--force", "--out", "part.xlsx", *words)
        return load_workbook(work / "part.xlsx")

    def test_rows_changes_how_many(self) -> None:
        wanted = workbook_results.read(work / "run/replications.csv").rows
        for rows, rest in ((1, "the first 1; all 6 are in replications.csv"),
                           (4, "the first 4; all 6 are in replications.csv"), (6, "all"), (1000, "all")):
            book = self.exported("run", "--rows", str(rows))
            here = min(rows, 6)
            self.assertEqual(self.told(book, "Replications"), [here, 6, rest])
            self.assertEqual(self.told(book, "Dictionary")[2], "all")
            found = list(book["Replications"].iter_rows(min_row=2, values_only=True))
            self.assertEqual([list(row) for row in found], wanted[:here])
            (table,) = book["Replications"].tables.values()
            self.assertTrue(table.ref.endswith(str(here + 1)), table.ref)

    def test_of_a_sweep_points_and_replications(self) -> None:
        call(program, work, "sweep", "small.yaml", "--factor", "cells.near.teams=2,4,6", "--replications", "3",
             "--out", "sweep")
        book = self.exported("sweep", "--rows", "2")
        self.assertEqual(self.told(book, "Points"), [2, 3, "the first 2; all 3 are in points.csv"])
        self.assertEqual(self.told(book, "Replications"), [2, 9, "the first 2; all 9 are in replications.csv"])

    def test_half_a_million_cells_are_enough(self) -> None:
        columns = len(workbook_results.lines_of(work / "run/replications.csv")[0])
        count = 500_000 // columns + 1
        call(program, work, "run", "small.yaml", "--replications", str(count), "--horizon", "12 days", "--out", "long")
        self.assertEqual(len(workbook_results.lines_of(work / "long/replications.csv")), count + 1)
        book = load_workbook(work / "long/results.xlsx", read_only=True)
        self.assertEqual(self.told(book, "Replications"), [
            count - 1, count, f"the first {count - 1:,}; all {count:,} are in replications.csv"])
        book.close()

    def test_differences_by_day_have_every_so_many_days(self) -> None:
        call(program, work, "compare", "small.yaml", "--replications", "2", "--horizon", "48 months",
             "--out", "years")
        table = workbook_results.read(work / "years/timeline_compare.csv")
        book = load_workbook(work / "years/results.xlsx")
        here = [row for row in table.rows if row[table.place("day")] % 7 == 0]
        self.assertGreater(len(table.rows), 20_000)
        self.assertEqual(self.told(book, "Timeline"),
                         [len(here), len(table.rows), "every 7th day; all days are in timeline_compare.csv"])
        self.assertEqual(book["Timeline"].max_row, len(here) + 1)

    def test_what_cannot_be_is_refused(self) -> None:
        for rows in ("0", "1048576", "-1", "1.5", "many"):
            said = call(program, work, "export", "run", "--as", "xlsx", "--rows", rows, "--out", "no.xlsx", code=2)
            self.assertIn("--rows", said)
            self.assertFalse((work / "no.xlsx").exists())


if __name__ == "__main__":
    program = sys.argv.pop(1)
    unittest.main()
