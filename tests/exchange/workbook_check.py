#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""results.xlsx of every command as openpyxl reads it: sheets, tables, cells, names, and the parts of the file.

Usage: workbook_check.py PROGRAM    (truce of the build under test)

Every cell is held to what the CSV files of the result say, doubles bit by bit.
"""

import datetime
import re
import struct
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path
from typing import Any, Callable
from xml.etree import ElementTree

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

import workbook_results
from workbook_results import Page, manifest_of, pages_of

program = ""
results: dict[str, Path] = {}
books: dict[str, Workbook] = {}
VERDICTS = {"Compare", "Best", "Sensitivity"}
COLOURED = {"better", "best", "worse", "not the best", "higher", "lower", "yes", "may be best"}
PLAIN = {"no clear difference", "no", "only one", "identical", None}
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def setUpModule() -> None:
    folder = tempfile.TemporaryDirectory(prefix="truce-test-")
    unittest.addModuleCleanup(folder.cleanup)
    results.update(workbook_results.play(program, Path(folder.name)))
    books.update({name: load_workbook(path / "results.xlsx") for name, path in results.items()})


def bits(value: Any) -> Any:
    """The same for numbers of the same bits."""
    return struct.pack("<d", value) if isinstance(value, (int, float)) else value


def value_of(cell: Cell) -> Any:
    value = cell.value
    is_day = isinstance(value, datetime.datetime) and value.time() == datetime.time()
    return value.date() if is_day else value


class Case(unittest.TestCase):
    def each(self, check: Callable[[str, Path, Workbook], None]) -> None:
        """Checks each result and its workbook."""
        for name, folder in results.items():
            with self.subTest(name):
                check(name, folder, books[name])


class FirstSheet(Case):
    def test_tells_question_answer_and_origin(self) -> None:
        self.each(self.origin)

    def origin(self, name: str, folder: Path, book: Workbook) -> None:
        manifest = manifest_of(folder)
        told: dict[str, Any] = {}
        for what, text in book["README"].iter_rows(max_col=2, values_only=True):
            told.setdefault(what, text)  # a sheet may have the name of a line
        self.assertTrue(book["README"]["A1"].value)
        for what in ("Question", "Answer", "How to read", "Intervals", "Limits"):
            self.assertGreater(len(told[what] or ""), 10, what)
        self.assertTrue(told["Question"].endswith(("?", ".")), told["Question"])
        self.assertRegex(told["Answer"], r"\w.*\.$")
        self.assertNotIn("nan", told["Answer"])
        self.assertEqual(told["Date"].date().isoformat(), manifest["run"]["finished"][:10])
        self.assertEqual(told["Made by"],
                         f"truce {manifest['truce']['version']}, command {manifest['kind']}")
        self.assertEqual(told["Seed"], "7")
        self.assertEqual(told["Replications"], manifest["replications"])
        self.assertNotIn("Status", told)
        digest = manifest.get("digest") or manifest.get("source", {}).get("digest") or \
            manifest["scenarios"][0]["digest"]
        self.assertRegex(told["Scenario digest"], "^sha256:[0-9a-f]{64}$")
        self.assertEqual(told["Scenario digest"], f"sha256:{digest}")
        self.assertEqual(book.properties.created.isoformat(), told["Date"].isoformat(), name)

    def test_lists_and_links_every_sheet(self) -> None:
        self.each(self.links)

    def links(self, name: str, folder: Path, book: Workbook) -> None:
        pages = {page.name: page for page in pages_of(folder)}
        linked = []
        for row in book["README"].iter_rows():
            if row[0].hyperlink is None:
                continue
            self.assertIsNone(row[0].hyperlink.target)  # leads nowhere else
            sheet, cell = re.fullmatch(r"'(.+)'!([A-Z]+\d+)", row[0].hyperlink.location).groups()
            column = book["README"][cell].column
            page, width = pages[sheet], len(pages[sheet].data.columns)
            linked.append(row[0].value)
            if row[0].value == f"{sheet}: charts":
                self.assertEqual(column, width + 2)
                self.assertEqual(row[1].value, "; ".join(page.charts))
                continue
            self.assertEqual((row[0].value, cell), (sheet, "A1"))
            self.assertTrue(row[1].value.endswith("."))
            self.assertEqual([one.value for one in row[2:4]], [len(page.data.rows)] * 2)
            self.assertTrue(row[4].value.startswith("all"), row[4].value)
        wanted = [[page.name] + [f"{page.name}: charts"] * bool(page.charts) for page in pages.values()]
        self.assertEqual(linked, sum(wanted, []))


class Sheets(Case):
    def test_are_those_of_the_command_with_every_cell(self) -> None:
        self.each(self.sheets)

    def sheets(self, name: str, folder: Path, book: Workbook) -> None:
        names = {
            "run": "Assumptions Summary Delays Survival Timeline Replications",
            "compare": "Scenarios Assumptions Summary Compare Best Quantiles Survival Survival_differences Timeline",
            "one": "Assumptions Factors Points Replications",
            "pairs": "Assumptions Factors Points Replications",
            "one-drivers": "Assumptions Sensitivity Tornado Variance Left_out",
            "pairs-drivers": "Assumptions Sensitivity Variance Left_out",
        }
        wanted = [one.replace("_", " ") for one in names[name].split()] + ["Dictionary", "Manifest"]
        self.assertEqual(book.sheetnames, ["README"] + wanted)
        self.assertEqual([page.name for page in pages_of(folder)], wanted)
        for page in pages_of(folder):
            with self.subTest(page.name):
                self.check_table(book[page.name], page)
                self.check_cells(book[page.name], page)
                self.check_look(book[page.name], page)

    def check_table(self, sheet: Worksheet, page: Page) -> None:
        self.assertRegex(page.name, r"^[A-Za-z ]{1,31}$")
        self.assertRegex(page.table, r"^tbl[A-Z][A-Za-z]*$")
        (table,) = sheet.tables.values()
        self.assertEqual(table.displayName, page.table)
        self.assertEqual(table.name, page.table)
        last = max(len(page.data.rows), 1) + 1  # a table has a row, be it empty
        self.assertEqual(table.ref, f"A1:{get_column_letter(len(page.data.columns))}{last}")
        self.assertEqual(table.autoFilter.ref, table.ref)
        self.assertEqual(table.headerRowCount, 1)
        headers = [cell.value for cell in sheet[1]]
        self.assertEqual([column.name for column in table.tableColumns], headers)
        self.assertEqual(len({header.lower() for header in headers}), len(headers))
        # Names that differ in case alone get a number.
        self.assertEqual([re.sub(r" \(\d\)$", "", header) for header in headers], page.data.columns)

    def check_cells(self, sheet: Worksheet, page: Page) -> None:
        self.assertEqual(sheet.max_row, len(page.data.rows) + 1)  # nothing beside or below
        self.assertEqual(sheet.max_column, len(page.data.columns))
        for number, (row, cells) in enumerate(zip(page.data.rows, sheet.iter_rows(min_row=2)), 2):
            differ = [(column, value_of(cell), value) for column, cell, value
                      in zip(page.data.columns, cells, row, strict=True) if bits(value_of(cell)) != bits(value)]
            self.assertEqual(differ, [], f"row {number}")
            for cell, kind in zip(cells, page.data.types, strict=True):
                if cell.value is None:
                    continue
                if kind == "date":
                    self.assertTrue(cell.is_date)
                    self.assertEqual(cell.number_format, "yyyy-mm-dd")
                elif kind == "text":
                    self.assertEqual(cell.data_type, "s")
                else:
                    self.assertEqual(cell.data_type, "n", f"{cell.coordinate} {kind}")
                    self.assertRegex(cell.number_format, r"^(#,##0|0\.0{1,4}|0\.00E\+00)$")

    def check_look(self, sheet: Worksheet, page: Page) -> None:
        self.assertEqual(sheet.freeze_panes, f"{get_column_letter(page.frozen + 1)}2")
        self.assertEqual(sheet.print_title_rows, "$1:$1")
        self.assertTrue(all(cell.font.bold for cell in sheet[1]))
        coloured = list(sheet.conditional_formatting)
        if page.name not in VERDICTS:
            self.assertEqual(coloured, [])
            return
        place = page.data.place(page.words)
        letter = get_column_letter(place + 1)
        (only,) = coloured
        self.assertEqual(str(only.sqref), f"{letter}2:{letter}{len(page.data.rows) + 1}")
        for rule in only.rules:
            self.assertEqual((rule.type, rule.operator), ("cellIs", "equal"))
        self.assertEqual({rule.formula[0] for rule in only.rules}, {f'"{word}"' for word in COLOURED})
        self.assertLessEqual({row[place] for row in page.data.rows}, COLOURED | PLAIN)


class Safety(Case):
    def test_no_formulas(self) -> None:
        self.each(self.formulas)

    def formulas(self, name: str, folder: Path, book: Workbook) -> None:
        for sheet in book:
            for row in sheet.iter_rows():
                for cell in row:
                    self.assertNotEqual(cell.data_type, "f")
                    if isinstance(cell.value, str):
                        self.assertFalse(workbook_results.looks_like_formula(cell.value), cell.value)
        with zipfile.ZipFile(folder / "results.xlsx") as parts:
            for part in parts.namelist():
                if part.startswith("xl/worksheets/sheet"):
                    self.assertNotIn(b"<f", parts.read(part).replace(b"<formula>", b""))

    def test_names_are_those_of_headlines_and_hold_their_numbers(self) -> None:
        self.each(self.names)

    def names(self, name: str, folder: Path, book: Workbook) -> None:
        found = {}
        for defined in book.defined_names.definedName:
            sheet, column, row = re.fullmatch(r"'(.+)'!\$([A-Z]+)\$(\d+)", defined.attr_text).groups()
            found[defined.name] = bits(book[sheet][f"{column}{row}"].value)
            self.assertIsInstance(book[sheet][f"{column}{row}"].value, (int, float))
        self.assertEqual(found, {key: bits(value) for key, value in wanted_names(folder).items()})
        self.assertEqual(bool(found), name in ("run", "compare"))


def wanted_names(folder: Path) -> dict[str, float]:
    kind = manifest_of(folder)["kind"]
    if kind not in ("run", "compare"):
        return {}
    table = workbook_results.read(folder / {"run": "summary.csv"}.get(kind, "compare.csv"))
    statistics = ["mean" if kind == "run" else "difference", "ci95_low", "ci95_high"]
    names = {}
    for row in table.where(family="headline"):
        cells = dict(zip(table.columns, row))
        about = cells["id"] if kind == "run" else f"{cells['outcome']}_{cells['what_if']}"
        for statistic in statistics:
            if cells[statistic] is not None:
                names["truce_" + re.sub("[^A-Za-z0-9]", "_", about) + "_" + statistic] = cells[statistic]
    return names


class Parts(Case):
    def test_are_whole_known_and_without_macros(self) -> None:
        self.each(self.parts)

    def parts(self, name: str, folder: Path, book: Workbook) -> None:
        with zipfile.ZipFile(folder / "results.xlsx") as parts:
            self.check(parts)

    def check(self, parts: zipfile.ZipFile) -> None:
        self.assertIsNone(parts.testzip())
        names = parts.namelist()
        self.assertEqual(len(set(names)), len(names))
        self.assertEqual({info.date_time for info in parts.infolist()}, {(1980, 1, 1, 0, 0, 0)})
        trees = {name: ElementTree.fromstring(parts.read(name)) for name in names}
        for name in names:
            self.assertRegex(name, r"^(\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|"
                                   r"xl/(_rels/workbook\.xml\.rels|(workbook|sharedStrings|styles)\.xml|"
                                   r"theme/theme1\.xml|worksheets/(sheet\d+\.xml|_rels/sheet\d+\.xml\.rels)|"
                                   r"drawings/(drawing\d+\.xml|_rels/drawing\d+\.xml\.rels)|"
                                   r"(charts/chart|tables/table)\d+\.xml))$")
        types = trees["[Content_Types].xml"]
        defaults = {one.get("Extension") for one in types if one.tag.endswith("Default")}
        told = {one.get("PartName") for one in types if one.tag.endswith("Override")}
        self.assertEqual(defaults, {"rels", "xml"})
        covered = {f"/{name}" for name in names if not name.endswith(".rels") and name[0] != "["}
        self.assertEqual(told, covered)
        self.assertNotRegex(parts.read("[Content_Types].xml").decode(), "(?i)macro|vba|external")
        for name in names:
            if not name.endswith(".rels"):
                continue
            base = Path(name).parent.parent
            for one in trees[name]:
                self.assertIsNone(one.get("TargetMode"), name)
                target = one.get("Target", "")
                path = target[1:] if target.startswith("/") else str(base / target)
                while "/../" in path:
                    path = re.sub(r"[^/]+/\.\./", "", path, count=1)
                self.assertIn(path, names)

    def test_are_the_same_each_time_on_any_number_of_threads(self) -> None:
        for threads in ("1", "3"):
            with tempfile.TemporaryDirectory(prefix="truce-test-") as folder:
                again = workbook_results.play(program, Path(folder), "--threads", threads)
                for name, path in again.items():
                    if manifest_of(path)["run"]["finished"][:10] != manifest_of(results[name])["run"]["finished"][:10]:
                        continue  # the first sheet tells the day
                    workbook = (path / "results.xlsx").read_bytes()
                    self.assertTrue(workbook == (results[name] / "results.xlsx").read_bytes(), f"{name} {threads}")
                    # Made later, it is the same too.
                    workbook_results.call(program, Path(folder), "export", str(path), "--as", "xlsx")
                    self.assertTrue(workbook == path.with_name(f"{path.name}.xlsx").read_bytes(), f"{name} export")


if __name__ == "__main__":
    program = sys.argv.pop(1)
    unittest.main()
