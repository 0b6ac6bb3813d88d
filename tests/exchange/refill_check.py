#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Refilled workbooks as others see them: openpyxl reads them, LibreOffice works their formulas out.

Usage: refill_check.py PROGRAM    (refill_program of the build under test)

Workbooks are made by openpyxl, and saved once more by LibreOffice; each gets more rows and fewer. What
formulas give is worked out here too, from the rows. Ends with code 77 if LibreOffice is not installed
and the environment has no CI, where everything is to be tested.
"""

import csv
import datetime
import os
import random
import statistics
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path
from typing import Any, Optional

from openpyxl import Workbook, load_workbook
from openpyxl.chart import LineChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils.escape import unescape
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table, TableFormula
from openpyxl.worksheet.worksheet import Worksheet

OFFICE = "/usr/bin/soffice"
program = ""

Rows = list[list[Any]]
COLUMNS = ["id", "side", "cost", "found", "when", "gap"]


def made_rows(count: int, seed: int) -> Rows:
    """Rows of tblReplications; every fifth lacks its last value."""
    chance = random.Random(seed)
    return [[f"r{i}", chance.choice(("north", "south")), chance.uniform(-5, 1000), chance.randrange(20),
             datetime.date(2026, 7, 1) + datetime.timedelta(days=chance.randrange(900)),
             None if i % 5 == 0 else chance.random()] for i in range(count)]


def answers(rows: Rows) -> dict[str, tuple[str, float]]:
    """Formulas of the planner's own, and what they should give."""
    cost = [row[2] for row in rows]
    gap = [row[5] for row in rows if row[5] is not None]
    by_id = {row[0]: row for row in rows}
    day = (max(row[4] for row in rows) - datetime.date(1899, 12, 30)).days
    t = "tblReplications"
    return {
        "sum": (f"=SUM({t}[cost])", sum(cost)),
        "average": (f"=AVERAGE({t}[cost])", statistics.fmean(cost)),
        "average of those there": (f"=AVERAGE({t}[gap])", statistics.fmean(gap)),
        "blanks": (f"=COUNTBLANK({t}[gap])", len(rows) - len(gap)),
        "rows": (f"=ROWS({t}[id])", len(rows)),
        "index": (f'=INDEX({t}[cost],MATCH("r3",{t}[id],0))', by_id["r3"][2]),
        "sumifs": (f'=SUMIFS({t}[cost],{t}[side],"south",{t}[found],">5")',
                   sum(row[2] for row in rows if row[1] == "south" and row[3] > 5)),
        "countif": (f'=COUNTIF({t}[side],"north")', sum(row[1] == "north" for row in rows)),
        "twice": (f"=SUM({t}[double])", 2 * sum(cost)),
        "by column": ("=COUNT(Runs!C:C)", len(rows)),
        "day": (f"=MAX({t}[when])", day),
        "product": (f"=SUMPRODUCT({t}[cost],{t}[found])", sum(row[2] * row[3] for row in rows)),
        "of another": ("=B1*2", 2 * sum(cost)),
        "steps": ("=SUM(tblSteps[step])", sum(range(4))),
    }


def add_table(sheet: Worksheet, name: str, ref: str, columns: list[str],
              formulas: Optional[dict[str, str]] = None) -> None:
    table = Table(displayName=name, ref=ref)
    table._initialise_columns()
    for column, title in zip(table.tableColumns, columns):
        column.name = title
        if formulas and title in formulas:
            column.calculatedColumnFormula = TableFormula(attr_text=formulas[title])
    sheet.add_table(table)


def make_workbook(path: Path, rows: Rows, text: str = "") -> None:
    """A planner's workbook: tblReplications, with a column of the planner's own and notes beside it;
    a sheet of formulas with a chart; tblMine, which is none of truce's; tblSteps, none of the result's."""
    book = Workbook()
    runs = book.active
    runs.title = "Runs"
    formula = "tblReplications[[#This Row],[cost]]*2"
    runs.append(COLUMNS + ["double", None, "note"])
    for row in rows:
        runs.append(row + ["=" + formula, None, f"note on {row[0]}"])
    runs["C2"].font = Font(bold=True)
    runs["C2"].number_format = "0.00"
    runs["I2"].comment = Comment("mine", "planner")
    add_table(runs, "tblReplications", f"A1:G{len(rows) + 1}", COLUMNS + ["double"], {"double": formula})
    own = book.create_sheet("Own")
    for number, (title, (formula, _)) in enumerate(answers(rows).items(), 1):
        own.cell(number, 1, title)
        own.cell(number, 2, formula)
    own["D1"] = text or "my words"
    own["D2"] = "=SUM(Runs!C2:C6)"
    own["D3"] = "=SUM(Runs!C1:C1000)"  # has room for more rows
    chart = LineChart()
    chart.add_data(Reference(runs, min_col=3, min_row=1, max_row=len(rows) + 1), titles_from_data=True)
    own.add_chart(chart, "F2")
    more = book.create_sheet("Steps")
    more.append(["step"])
    for i in range(4):
        more.append([i])
    add_table(more, "tblSteps", "A1:A5", ["step"])
    book.defined_names.append(DefinedName("Costs", attr_text=f"Runs!$C$2:$C${len(rows) + 1}"))
    book.save(path)


def write_csv(path: Path, columns: list[str], rows: Rows) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([["" if cell is None else cell for cell in row] for row in rows])


def refill(workbook: Path, out: Path, data: Path, name: str = "tblReplications") -> tuple[int, str]:
    """The exit code, and what was said."""
    ended = subprocess.run([program, workbook, out, f"{name}={data}"], capture_output=True, text=True)
    return ended.returncode, ended.stdout + ended.stderr


def convert(folder: Path, out: Path, files: list[Path]) -> None:
    """LibreOffice opens the workbooks, works them out and saves them."""
    subprocess.run([OFFICE, f"-env:UserInstallation=file://{folder / 'home'}", "--headless", "--norestore",
                    "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", out, *files],
                   check=True, capture_output=True, timeout=300)


class Case(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="truce-test-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def refilled(self, workbook: Path, name: str, rows: Rows) -> Path:
        data = self.folder / f"{name}.csv"
        write_csv(data, COLUMNS + ["extra"], [row + [1] for row in rows])
        out = self.folder / f"{name}.xlsx"
        code, said = refill(workbook, out, data)
        self.assertEqual(code, 0, said)
        self.assertIn("filled tblReplications\n", said)
        self.assertIn("missing tblSteps\n", said)
        self.assertIn("left_out tblReplications[extra]\n", said)
        return out


class ByOffice(Case):
    """LibreOffice gives what the rows give."""

    def setUp(self) -> None:
        super().setUp()
        if not Path(OFFICE).exists():
            # Where everything is to be tested, a missing program is a failure, not an excuse.
            self.assertNotIn("CI", os.environ, "scripts/setup test installs LibreOffice")
            self.skipTest("LibreOffice is not installed (scripts/setup test installs it)")

    def test_formulas_give_what_the_new_rows_give(self) -> None:
        own = self.folder / "own.xlsx"
        make_workbook(own, made_rows(40, 1))
        convert(self.folder, self.folder / "saved", [own])
        wanted = {}
        for origin, workbook in (("own", own), ("saved", self.folder / "saved/own.xlsx")):
            for size in (150, 40, 7):
                rows = made_rows(size, size)
                wanted[self.refilled(workbook, f"{origin}-{size}", rows)] = rows
            # A refilled workbook is refilled.
            rows = made_rows(60, 60)
            again = self.refilled(self.folder / f"{origin}-7.xlsx", f"{origin}-again", rows)
            wanted[again] = rows
        convert(self.folder, self.folder / "read", list(wanted))
        for path, rows in wanted.items():
            with self.subTest(path.name):
                self.check(load_workbook(self.folder / "read" / path.name, data_only=True), rows)

    def check(self, book: Workbook, rows: Rows) -> None:
        own, runs = book["Own"], book["Runs"]
        for number, (title, (_, value)) in enumerate(answers(rows).items(), 1):
            self.assertEqual(own.cell(number, 1).value, title)
            found = own.cell(number, 2).value
            if isinstance(found, datetime.datetime):
                found = (found - datetime.datetime(1899, 12, 30)).days
            self.assertIsInstance(found, (int, float), title)
            self.assertAlmostEqual(found, value, delta=1e-9 * max(1.0, abs(value)), msg=title)
        self.assertEqual(runs.tables["tblReplications"].ref, f"A1:G{len(rows) + 1}")
        for row, line in zip(rows, runs.iter_rows(min_row=2, max_col=7, values_only=True)):
            self.assertEqual(line[0], row[0])
            self.assertAlmostEqual(line[6], 2 * row[2])
        for sheet in book:
            for line in sheet.iter_rows(values_only=True):
                for value in line:
                    self.assertFalse(str(value).startswith(("#", "Err:")), value)


class ByOpenpyxl(Case):
    """The file says what it should, and nothing else has changed."""

    def test_all_else_is_as_it_was(self) -> None:
        own, rows = self.folder / "own.xlsx", made_rows(12, 2)
        make_workbook(own, made_rows(40, 1))
        out = self.refilled(own, "out", rows)
        before, after = zipfile.ZipFile(own), zipfile.ZipFile(out)
        self.assertIsNone(after.testzip())
        self.assertEqual(before.namelist(), after.namelist())
        differ = [name for name in before.namelist() if before.read(name) != after.read(name)]
        self.assertEqual(differ, ["xl/worksheets/sheet1.xml", "xl/tables/table1.xml"])
        self.assertEqual({info.date_time for info in after.infolist()}, {(1980, 1, 1, 0, 0, 0)})
        book = load_workbook(out)
        runs = book["Runs"]
        self.assertEqual(runs.dimensions, "A1:I41")  # notes beside the table stay
        self.assertEqual([runs.cell(i, 9).value for i in (1, 2, 14, 41)],
                         ["note", "note on r0", "note on r12", "note on r39"])
        self.assertEqual(runs["I2"].comment.text, "mine")
        self.assertEqual([runs.cell(13, c).value for c in (1, 3)], [rows[11][0], rows[11][2]])
        self.assertEqual([runs.cell(14, c).value for c in range(1, 8)], [None] * 7)
        self.assertEqual(runs["G13"].value, "=tblReplications[[#This Row],[cost]]*2")
        self.assertTrue(runs["C13"].font.bold)
        self.assertEqual(runs["C13"].number_format, "0.00")
        self.assertEqual(runs["E13"].value.date(), rows[11][4])
        self.assertIsNone(runs["F2"].value)
        self.assertEqual(runs.tables["tblReplications"].autoFilter.ref, "A1:G13")
        self.assertTrue(book.calculation.fullCalcOnLoad)

    def test_old_values_of_formulas_are_gone(self) -> None:
        if not Path(OFFICE).exists():
            self.assertNotIn("CI", os.environ, "scripts/setup test installs LibreOffice")
            self.skipTest("LibreOffice is not installed (scripts/setup test installs it)")
        own = self.folder / "own.xlsx"
        make_workbook(own, made_rows(40, 1))
        convert(self.folder, self.folder / "saved", [own])  # has values
        saved = self.folder / "saved/own.xlsx"
        self.assertIsNotNone(load_workbook(saved, data_only=True)["Own"]["B1"].value)
        out = self.refilled(saved, "out", made_rows(41, 3))
        own_sheet = load_workbook(out, data_only=True)["Own"]
        for number in range(1, len(answers(made_rows(9, 1))) + 1):
            self.assertIsNone(own_sheet.cell(number, 2).value)
        self.assertIsNotNone(own_sheet["A1"].value)

    def test_what_points_by_address_is_told(self) -> None:
        own, data = self.folder / "own.xlsx", self.folder / "data.csv"
        make_workbook(own, made_rows(40, 1))
        write_csv(data, COLUMNS, made_rows(41, 1))
        code, said = refill(own, self.folder / "out.xlsx", data)
        self.assertEqual(code, 0, said)
        told = [line for line in said.splitlines() if line.startswith("by_address")]
        self.assertEqual(told, ["by_address Own!D2", "by_address name Costs",
                                "by_address a chart on Own"])

    def test_text_comes_back_the_same(self) -> None:
        texts = ['=HYPERLINK("http://x","y")', "+1", "two\nlines", "carriage\r\nreturn", "tab\there",
                 "  blanks around  ", "\U0001F54A peace \U0001F469\u200D\U0001F680", "\u05E9\u05DC\u05D5\u05DD \u202Eabc",
                 "<t>&amp;]]>", '"quoted"', "_x0041_", "_x005F_x0041_", "_x000a_ _xZZZZ_ _x41_", "__x0041__",
                 "'=1", "\u0130\u00DF\u0141", "x" * 32767, "true", "#REF!", "{=1}", "\u2028line"]
        damaged = {"bell \x07": "bell \uFFFD", "escape \x1b[0m": "escape \uFFFD[0m", "end \uFFFF": "end \uFFFD"}
        given = texts + list(damaged)
        wanted = texts + list(damaged.values())
        own, data, out = (self.folder / name for name in ("own.xlsx", "data.csv", "out.xlsx"))
        make_workbook(own, made_rows(5, 1))
        rows = [[f"r{i}", text] + row[2:] for i, (text, row) in enumerate(zip(given, made_rows(99, 2)))]
        write_csv(data, COLUMNS, rows)
        # +1 is a number to the program's reader of CSV.
        given[1], wanted[1] = 1, 1
        code, said = refill(own, out, data)
        self.assertEqual(code, 0, said)
        cells = [load_workbook(out)["Runs"].cell(i + 2, 2) for i in range(len(wanted))]
        found = [cell.value if isinstance(cell.value, int) else unescape(cell.value) for cell in cells]
        self.assertEqual(found, wanted)
        self.assertNotIn("f", {cell.data_type for cell in cells})

    def test_same_bytes_each_time_and_in_place(self) -> None:
        own, data, out = (self.folder / name for name in ("own.xlsx", "data.csv", "out.xlsx"))
        make_workbook(own, made_rows(40, 1))
        os.chmod(own, 0o640)
        write_csv(data, COLUMNS, made_rows(50, 2))
        self.assertEqual(refill(own, out, data)[0], 0)
        link = self.folder / "link.xlsx"
        link.symlink_to("own.xlsx")
        self.assertEqual(refill(link, link, data)[0], 0)
        self.assertEqual(own.read_bytes(), out.read_bytes())
        self.assertTrue(link.is_symlink())
        self.assertEqual(own.stat().st_mode & 0o777, 0o640)
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()),
                         ["data.csv", "link.xlsx", "out.xlsx", "own.xlsx"])

    def test_what_is_in_the_way_is_refused(self) -> None:
        """The file stays as it was, and the words say which cell."""
        def below(sheet: Worksheet) -> None:
            sheet["B9"] = "mine"

        def merged(sheet: Worksheet) -> None:
            sheet.merge_cells("F12:J12")

        def of_my_own(sheet: Worksheet) -> None:
            sheet["G3"] = 5
            sheet.tables["tblReplications"].tableColumns[6].calculatedColumnFormula = None

        def totals(sheet: Worksheet) -> None:
            sheet.tables["tblReplications"].totalsRowCount = 1

        def other_table(sheet: Worksheet) -> None:
            sheet["G10"] = "x"
            add_table(sheet, "Mine", "G10:H12", ["x", "y"])

        def array(sheet: Worksheet) -> None:
            sheet["K1"] = "=1"
            sheet.formula_attributes["K1"] = {"t": "array", "ref": "G1:K9"}

        for change, words in ((below, "B9"), (merged, "F12:J12"), (of_my_own, "double"),
                              (totals, "totals"), (other_table, "Mine"), (array, "K1")):
            with self.subTest(change.__name__):
                own, data = self.folder / f"{change.__name__}.xlsx", self.folder / "data.csv"
                make_workbook(own, made_rows(6, 1))
                book = load_workbook(own)
                change(book["Runs"])
                book.save(own)
                before = own.read_bytes()
                write_csv(data, COLUMNS, made_rows(20, 2))
                code, said = refill(own, own, data)
                self.assertEqual(code, 2, said)
                self.assertIn(words, said)
                self.assertEqual(own.read_bytes(), before)


def main() -> int:
    global program
    program = sys.argv.pop(1)
    result = unittest.main(exit=False).result
    if not result.wasSuccessful():
        return 1
    return 77 if result.skipped else 0


if __name__ == "__main__":
    sys.exit(main())
