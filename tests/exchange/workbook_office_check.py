#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Workbooks as LibreOffice sees them: it opens and prints each, and works out the formulas of --example,
before and after `truce export --into` brought the tables of another result.

Usage: workbook_office_check.py PROGRAM    (truce of the build under test)

What formulas should give is worked out here from the CSV files. Ends with code 77 if LibreOffice is not
installed and the environment has no CI, where everything is to be tested.
"""

import os
import re
import statistics
import struct
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

import workbook_results
from workbook_results import COMPARE, RUN, Table, call, pages_of, read

OFFICE = "/usr/bin/soffice"
program = ""
results: dict[str, Path] = {}
others: dict[str, Path] = {}  # with other replications, and where it may be another horizon
work = Path()
KINDS = ["run", "compare", "one", "one-drivers"]
# What a planner wants to know instead of what the example asks; a ceasefire of the other run that holds
# lasts 65 days to the hour.
OWN: dict[str, tuple[Any, ...]] = {"run": ("detected_share", 65), "compare": ("calm", "ceasefire_days")}
BAD = re.compile(r"#(REF!|NAME\?|VALUE!|DIV/0!|N/A|NUM!|NULL!)|Err:\d*")
Answers = list[tuple[str, float]]


def setUpModule() -> None:
    if not Path(OFFICE).exists():
        # Where everything is to be tested, a missing program is a failure, not an excuse.
        assert "CI" not in os.environ, "scripts/setup test installs LibreOffice"
        raise unittest.SkipTest("LibreOffice is not installed (scripts/setup test installs it)")
    folder = tempfile.TemporaryDirectory(prefix="truce-test-")
    unittest.addModuleCleanup(folder.cleanup)
    global work
    work = Path(folder.name)
    # Printing takes a while, so that they are shorter here.
    results.update(workbook_results.play(program, work, longer=("--horizon", "40 days")))
    del results["pairs"]  # like the other sweep, but larger
    play_others()
    (work / "in").mkdir()
    for name, path in results.items():
        os.link(path / "results.xlsx", work / f"in/{name}.xlsx")
    for name in KINDS:
        example = work / f"{name}-example.xlsx"
        call(program, work, "export", name, "--example", "--out", example.name)
        without_values(example, work / f"in/{name}-example.xlsx")
        mine = work / f"in/{name}-mine.xlsx"
        if name in OWN:
            make_own(name, example, mine)
        else:
            mine.write_bytes(example.read_bytes())
        call(program, work, "export", f"other/{name}", "--into", str(mine))
        mine.with_suffix(".before.xlsx").rename(work / f"{name}-before.xlsx")
    convert("xlsx:Calc MS Excel 2007 XML", "read", sorted((work / "in").iterdir()))
    convert("pdf", "pdf", [work / "in" / f"{name}.xlsx" for name in results] + [work / "in/run-mine.xlsx"])


def play_others() -> None:
    (work / "other").mkdir()
    call(program, work, *RUN, "--replications", "40", "--horizon", "75 days", "--seed", "3", "--out", "other/run")
    call(program, work, *COMPARE, "--replications", "20", "--horizon", "30 days", "--seed", "3", "--out",
         "other/compare")
    call(program, work, "sweep", "one.yaml", "--replications", "9", "--seed", "3", "--set", "horizon=50 days",
         "--out", "other/one")
    call(program, work, "sensitivity", "other/one", "--out", "other/one-drivers")
    others.update({name: work / "other" / name for name in KINDS})


def convert(form: str, out: str, files: list[Path]) -> None:
    """LibreOffice opens files, works them out, and saves or prints them."""
    ended = subprocess.run([OFFICE, f"-env:UserInstallation=file://{work / 'home'}", "--headless", "--norestore",
                            "--convert-to", form, "--outdir", work / out, *files],
                           capture_output=True, text=True, timeout=300)
    assert ended.returncode == 0 and "Error" not in ended.stderr, ended.stderr


def without_values(path: Path, out: Path) -> None:
    """A copy in which no formula has a value, so that each must be worked out."""
    with zipfile.ZipFile(path) as parts, zipfile.ZipFile(out, "w") as copy:
        for part in parts.infolist():
            text = parts.read(part)
            copy.writestr(part, re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", text) if b"</f>" in text else text)


def make_own(name: str, example: Path, out: Path) -> None:
    """The example with other inputs, notes and a sheet of a planner's own, saved by openpyxl."""
    book = load_workbook(example)
    asked = [row[1] for row in book["Calculations"].iter_rows(min_row=2) if "(change it)" in row[0].value]
    for cell, value in zip(asked, OWN[name], strict=True):
        cell.value = value
    book["README"]["G1"] = "my words on the first sheet"
    notes = book.create_sheet("Notes")
    notes.append(["=1 is mine"])
    notes["A1"].data_type = "s"
    if name == "run":
        for formula in ("AVERAGE(tblReplications[troops_in_place])", "ROWS(tblReplications[replication])",
                        "MAX(tblTimeline[day])", "Calculations!B3*2"):
            notes.append([f"my {formula}", f"={formula}"])
    book.save(out)


def mean(values: list[Any]) -> float:
    return statistics.fmean(value for value in values if value is not None)


def of_run(folder: Path, outcome: str = "coverage", bound: float = 365) -> Answers:
    summary, runs = read(folder / "summary.csv"), read(folder / "replications.csv")
    timeline = read(folder / "timeline.csv")
    days = [value for value in runs.numbers("ceasefire_days") if value is not None]
    held = [row[runs.place("coverage")] for row in runs.where(ceasefire_holds=1.0)]
    troops = [row[timeline.place("mean")] for row in timeline.rows
              if row[timeline.place("series")].startswith("troops.")]
    return [(f"its {one}", summary.cell(one, id=outcome)) for one in ("mean", "ci95_low", "ci95_high")] + [
        ("Share of replications that reach it", sum(value >= bound for value in days) / len(days)),
        ("Mean coverage where the ceasefire never collapses", mean(held)),
        ("Replications in the table", len(runs.rows)), ("of all", len(runs.rows)),
        ("Troop-days in place, all functions (mean)", sum(value for value in troops if value is not None))]


def of_compare(folder: Path, what_if: str, outcome: str) -> Answers:
    table = read(folder / "compare.csv")
    return [(f"its {one}", table.cell(one, what_if=what_if, outcome=outcome))
            for one in ("difference", "ci95_low", "ci95_high")] + [
        (f"Headline outcomes in which it is {verdict}",
         len(table.where(what_if=what_if, family="headline", verdict=verdict))) for verdict in ("better", "worse")]


def of_sweep(folder: Path, columns: list[str]) -> Answers:
    table, answers = read(folder / "points.csv"), []
    for column in columns:
        greatest = max(value for value in table.numbers(column) if value is not None)
        answers += [(f"Mean of {column} over the points", mean(table.numbers(column))),
                    ("Point at which it is greatest", table.where(**{column: greatest})[0][table.place("point")])]
    return answers


def of_sensitivity(folder: Path, outcome: str, measure: str) -> Answers:
    table = read(folder / "sensitivity.csv")
    return [("Inputs that clearly matter to it", len(table.where(outcome=outcome, measure=measure, clear="yes")))]


def told_in_detail(table: Table) -> list[str]:
    columns = [f"mean.{column[3:]}" for column in table.columns if column.startswith("se.")]
    return [column for column in columns if any(value is not None for value in table.numbers(column))]


def answers(name: str, folder: Path) -> Answers:
    """What the formulas of the example of results[name] give on a result."""
    first = results[name]
    if name == "run":
        return of_run(folder)
    if name == "compare":
        table = read(first / "compare.csv")
        return of_compare(folder, *(table.rows[0][table.place(column)] for column in ("what_if", "outcome")))
    if name == "one":
        return of_sweep(folder, told_in_detail(read(first / "points.csv")))
    table = workbook_results.pages_of(first)[1].data
    return of_sensitivity(folder, *(table.rows[0][table.place(column)] for column in ("outcome", "measure")))


def given(formulas: Worksheet, values: Worksheet) -> Answers:
    """What stands beside each formula."""
    return [(row[0].value, values.cell(row[1].row, 2).value) for row in formulas.iter_rows(min_row=2)
            if row[1].data_type == "f"]


class Office(unittest.TestCase):
    def close(self, found: Answers, wanted: Answers, what: str) -> None:
        self.assertEqual([label for label, _ in found], [label for label, _ in wanted], what)
        for (label, value), (_, other) in zip(found, wanted):
            self.assertIsInstance(value, (int, float), f"{what} {label}")
            self.assertAlmostEqual(value, other, delta=1e-9 * max(1.0, abs(other)), msg=f"{what} {label}")

    def test_prints_every_workbook(self) -> None:
        for name in [*results, "run-mine"]:
            pdf = (work / f"pdf/{name}.pdf").read_bytes()
            self.assertTrue(pdf.startswith(b"%PDF-") and b"%%EOF" in pdf[-32:], name)
            self.assertGreater(len(pdf), 30_000, name)

    def test_finds_no_errors_and_loses_nothing(self) -> None:
        for path in sorted((work / "in").iterdir()):
            saved = load_workbook(work / "read" / path.name, data_only=True)
            for sheet in saved:
                for line in sheet.iter_rows(values_only=True):
                    for value in line:
                        self.assertIsNone(isinstance(value, str) and BAD.search(value) or None, f"{path.name} {value}")
            if path.stem.endswith("-example"):
                continue  # its tables are those of the results
            given_ = load_workbook(path)
            self.assertEqual(saved.sheetnames, given_.sheetnames)
            for sheet in given_:
                other = saved[sheet.title]
                for row, cells in zip(sheet.iter_rows(), other.iter_rows(max_row=sheet.max_row), strict=True):
                    for cell, found in zip(row, cells):
                        where = f"{path.name} {sheet.title} {cell.coordinate}"
                        self.assertNotEqual(found.data_type, "e", where)
                        if cell.data_type == "n" and cell.value is not None:
                            self.assertAlmostEqual(found.value, cell.value, delta=1e-14 * abs(cell.value), msg=where)
                        if cell.data_type == "d":
                            self.assertEqual(found.value, cell.value, where)
                        if cell.data_type == "s" and "_x" not in cell.value:
                            self.assertEqual(found.value, cell.value, where)
                self.assertEqual(sheet.tables.items(), other.tables.items())

    def test_works_the_example_out_to_what_stands_there(self) -> None:
        for name in KINDS:
            path = work / f"{name}-example.xlsx"
            formulas = load_workbook(path)["Calculations"]
            wanted = answers(name, results[name])
            self.assertGreaterEqual(len(wanted), 1)
            self.close(given(formulas, load_workbook(path, data_only=True)["Calculations"]), wanted, f"{name} cached")
            empty = load_workbook(work / "in" / path.name, data_only=True)["Calculations"]
            self.assertEqual({value for _, value in given(formulas, empty)}, {None})
            read_ = load_workbook(work / "read" / path.name, data_only=True)["Calculations"]
            self.close(given(formulas, read_), wanted, name)

    def test_examples_name_tables_not_cells_of_theirs(self) -> None:
        for name in KINDS:
            book = load_workbook(work / f"{name}-example.xlsx")
            self.assertEqual(book.sheetnames[:2], ["README", "Calculations"])
            self.assertEqual(book.sheetnames[2:], [page.name for page in pages_of(results[name])])
            self.assertEqual(list(book.defined_names.definedName), [])
            for row in book["Calculations"].iter_rows(min_row=2):
                if row[1].data_type == "f":
                    self.assertNotIn("!", row[1].value)
                    self.assertRegex(row[1].value, r"tbl[A-Z]\w+\[")
            self.assertEqual(sum(len(sheet._charts) for sheet in book), 0)

    def test_works_out_what_another_result_gives(self) -> None:
        for name in KINDS:
            path = f"{name}-mine.xlsx"
            formulas = load_workbook(work / "in" / path)["Calculations"]
            values = load_workbook(work / "read" / path, data_only=True)
            wanted = answers(name, others[name])
            if name == "run":
                wanted = of_run(others[name], *OWN[name])
                self.assertNotIn(wanted[3][1], (0, 1))
                self.check_own(values["Notes"], wanted[0][1])
            if name == "compare":
                wanted = of_compare(others[name], *OWN[name])
                self.assertNotIn(0, [value for _, value in wanted[:3]])
            self.close(given(formulas, values["Calculations"]), wanted, name)

    def check_own(self, notes: Worksheet, first: float) -> None:
        runs = read(others["run"] / "replications.csv")
        found = [("", row[1].value) for row in notes.iter_rows(min_row=2)]
        self.close(found, [("", mean(runs.numbers("troops_in_place"))), ("", 40), ("", 74), ("", 2 * first)], "Notes")

    def test_the_tables_are_those_of_the_other_result(self) -> None:
        for name in KINDS:
            book = load_workbook(work / f"in/{name}-mine.xlsx")
            pages = {page.table: page for page in pages_of(others[name])}
            for sheet in book:
                for title, table in zip(sheet.tables, sheet.tables.values()):
                    with self.subTest(f"{name} {title}"):
                        # Tables that the other result does not have stay as they were.
                        page = pages.get(title) or {one.table: one for one in pages_of(results[name])}[title]
                        last = f"{get_column_letter(len(table.tableColumns))}{max(len(page.data.rows), 1) + 1}"
                        self.assertEqual(table.ref, f"A1:{last}")
                        self.assertEqual(sheet.max_row, len(page.data.rows) + 1)
                        self.check_rows(sheet, page.data)

    def check_rows(self, sheet: Worksheet, data: Table) -> None:
        headers = [cell.value for cell in sheet[1]]
        self.assertLessEqual(set(data.columns), set(headers))
        for row, cells in zip(data.rows, sheet.iter_rows(min_row=2), strict=True):
            found = {header: cell.value for header, cell in zip(headers, cells)}
            for column, value in zip(data.columns, row):
                one = found[column].date() if hasattr(found[column], "date") else found[column]
                is_number = isinstance(value, (int, float)) and isinstance(one, (int, float))
                self.assertTrue(one == value if not is_number else struct.pack("<d", one) == struct.pack("<d", value),
                                f"{column}: {one!r} {value!r}")

    def test_what_is_the_planners_stays(self) -> None:
        for name in KINDS:
            if name not in OWN:
                self.assertEqual((work / f"{name}-before.xlsx").read_bytes(),
                                 (work / f"{name}-example.xlsx").read_bytes())
                continue
            book, before = load_workbook(work / f"in/{name}-mine.xlsx"), load_workbook(work / f"{name}-before.xlsx")
            self.assertEqual(book["README"]["G1"].value, "my words on the first sheet")
            self.assertEqual(book["Notes"]["A1"].value, "=1 is mine")
            self.assertEqual(book.sheetnames, before.sheetnames)
            for sheet in ("README", "Notes", "Calculations"):
                self.assertEqual([[cell.value for cell in row] for row in book[sheet]],
                                 [[cell.value for cell in row] for row in before[sheet]], sheet)


if __name__ == "__main__":
    program = sys.argv.pop(1)
    ended = unittest.main(exit=False).result
    sys.exit(77 if ended.skipped and not ended.testsRun else not ended.wasSuccessful())
