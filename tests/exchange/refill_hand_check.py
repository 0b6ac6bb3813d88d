#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Refilled workbooks whose parts are written by hand: what only Excel writes, and what is damaged.

Usage: refill_hand_check.py PROGRAM    (refill_program of the build under test)
"""

import random
import re
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path
from typing import Optional
from xml.etree import ElementTree

program = ""

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'

Parts = dict[str, str]


def relations(*targets: tuple[str, str]) -> str:
    ones = "".join(f'<Relationship Id="rId{i}" Type="{R}/{kind}" Target="{target}"/>'
                   for i, (kind, target) in enumerate(targets, 1))
    return (f'{DECLARED}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f"{ones}</Relationships>")


# id, cost and when are the result's; twice is filled by a formula, as Excel shares it. The table is
# filtered. Beside it are a note, an array formula in J with its cell below, and rows without numbers.
SHEET = f"""{DECLARED}<worksheet {MAIN}><dimension ref="A1:J7"/><sheetViews><sheetView workbookViewId="0"/>\
</sheetViews><sheetData>\
<row r="2" spans="2:5"><c r="B2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c>\
<c r="D2" t="inlineStr"><is><t>when</t></is></c><c r="E2" t="s"><v>2</v></c></row>\
<row r="3" spans="2:8" ht="30" customHeight="1"><c r="B3" t="s"><v>3</v></c><c r="C3" s="2"><v>1</v></c>\
<c r="D3" s="1"><v>100</v></c><c r="E3"><f t="shared" ref="E3:E5" si="0">tblRuns[[#This Row],[cost]]*2</f><v>2</v></c>\
<c r="H3" t="inlineStr"><is><t xml:space="preserve"> a&#13;note &lt; </t></is></c>\
<c r="J3"><f t="array" ref="J3:J5">tblRuns[cost]</f><v>1</v></c></row>\
<row r="4" hidden="1"><c r="B4" t="s"><v>3</v></c><c r="C4"><v>2</v></c><c r="D4"><v>101</v></c>\
<c r="E4"><f t="shared" si="0"/><v>4</v></c><c r="J4"><v>2</v></c></row>\
<row r="5"><c r="B5" t="s"><v>3</v></c><c r="C5"><v>3</v></c><c r="D5"><v>102</v></c>\
<c r="E5"><f t="shared" si="0"/><v>6</v></c><c r="J5"><v>3</v></c></row>\
<row><c r="A6"><v>77</v></c><c/><c r="F6"/><c t="e"><f>1/0</f><v>#DIV/0!</v></c></row>\
</sheetData><pageMargins left="0.7" right="0.7" top="0.7" bottom="0.7" header="0.3" footer="0.3"/>\
<tableParts count="1"><tablePart r:id="rId1" xmlns:r="{R}"/></tableParts></worksheet>"""

TABLE = f"""{DECLARED}<table {MAIN} id="1" name="tblRuns" displayName="tblRuns" ref="B2:E5" totalsRowShown="0">\
<autoFilter ref="B2:E5"><filterColumn colId="1"><filters><filter val="1"/></filters></filterColumn>\
<filterColumn colId="2" hiddenButton="1"><filters blank="1"/></filterColumn><sortState ref="B3:E5"><sortCondition ref="C3:C5"/></sortState>\
</autoFilter><sortState ref="B3:E5"/><tableColumns count="4"><tableColumn id="1" name="id"/>\
<tableColumn id="2" name="cost"/><tableColumn id="3" name="when"/><tableColumn id="4" name="twice_x000a_over">\
<calculatedColumnFormula>tblRuns[[#This Row],[cost]]*2</calculatedColumnFormula></tableColumn>\
</tableColumns></table>"""

OTHER = (f'{DECLARED}<worksheet {MAIN}><sheetData><row r="1"><c r="A1" t="str"><f>"old"&amp;Runs!C3</f><v>old1</v></c>'
         f'<c r="B1" t="str"><v>kept</v></c></row><row r="2"   ><c r="A2"><v>5</v></c></row></sheetData></worksheet>')


def parts() -> Parts:
    return {
        "[Content_Types].xml":
            f'{DECLARED}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
            f'<Override PartName="/xl/calcChain.xml" ContentType="{TYPE}.calcChain+xml"/></Types>',
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml":
            f'{DECLARED}<workbook {MAIN} xmlns:r="{R}"><workbookPr date1904="true"/><sheets>'
            f'<sheet name="Runs" sheetId="1" r:id="rId1"/><sheet name="It&apos;s" sheetId="2" r:id="rId2"/>'
            f"</sheets><definedNames><definedName name='Mine'>Runs!$C$3:$C$5</definedName></definedNames>"
            f"<pivotCaches/></workbook>",
        "xl/_rels/workbook.xml.rels": relations(
            ("worksheet", "worksheets/sheet1.xml"), ("worksheet", "/xl/worksheets/sheet2.xml"),
            ("sharedStrings", "sharedStrings.xml"), ("calcChain", "calcChain.xml"),
            ("pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml")),
        "xl/worksheets/sheet1.xml": SHEET,
        "xl/worksheets/sheet2.xml": OTHER,
        "xl/worksheets/_rels/sheet1.xml.rels": relations(("table", "../tables/table1.xml")),
        "xl/tables/table1.xml": TABLE,
        "xl/sharedStrings.xml": f"{DECLARED}<sst {MAIN}><si><t>id</t></si><si><r><t>co</t></r><r><t>st</t></r></si>"
                                f"<si><t>twice_x000a_over</t></si><si><t>r</t></si></sst>",
        "xl/calcChain.xml": f'{DECLARED}<calcChain {MAIN}><c r="E3" i="1"/></calcChain>',
        "xl/pivotCache/pivotCacheDefinition1.xml":
            f'{DECLARED}<pivotCacheDefinition {MAIN}><cacheSource type="worksheet">'
            f'<worksheetSource ref="B2:C5" sheet="Runs"/></cacheSource></pivotCacheDefinition>',
        "xl/media/image1.png": "\x89PNG\r\n",
    }


class Case(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="truce-test-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def workbook(self, changes: Optional[dict[str, Optional[str]]] = None) -> Path:
        """The workbook; parts changed, or left out if None."""
        path = self.folder / "book.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in {**parts(), **(changes or {})}.items():
                if text is not None:
                    archive.writestr(name, text)
        return path

    def refill(self, path: Path, rows: int = 5, columns: str = "id,cost,when") -> tuple[int, str]:
        data = self.folder / "data.csv"
        lines = [",".join([f"n{i}", str(i + 0.5), f"2026-07-{i % 28 + 1:02}"]) for i in range(rows)]
        data.write_text("\n".join([columns] + lines) + "\n")
        ended = subprocess.run([program, path, path, f"tblRuns={data}"], capture_output=True, text=True)
        return ended.returncode, ended.stdout + ended.stderr

    def refilled(self, path: Path, rows: int) -> dict[str, str]:
        code, said = self.refill(path, rows)
        self.assertEqual(code, 0, said)
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name).decode() for name in archive.namelist()}

    def refused(self, code: int, words: str, path: Path, rows: int = 5, columns: str = "id,cost,when") -> None:
        before = path.read_bytes()
        ended, said = self.refill(path, rows, columns)
        self.assertEqual(ended, code, said)
        self.assertIn(words, said)
        self.assertEqual(path.read_bytes(), before)
        self.assertEqual(sorted(p.name for p in self.folder.iterdir()), ["book.xlsx", "data.csv"])


class AsExcelWrites(Case):
    def test_sheet(self) -> None:
        sheet = self.refilled(self.workbook(), 5)["xl/worksheets/sheet1.xml"]
        rows = re.findall(r"<row.*?</row>", sheet)
        self.assertEqual(rows[1], '<row r="3" ht="30" customHeight="1">'
                         '<c r="B3" t="inlineStr"><is><t xml:space="preserve">n0</t></is></c>'
                         '<c r="C3" s="2"><v>0.5</v></c><c r="D3" s="1"><v>44742</v></c>'
                         '<c r="E3"><f>tblRuns[[#This Row],[cost]]*2</f></c>'
                         '<c r="H3" t="inlineStr"><is><t xml:space="preserve"> a&#13;note &lt; </t></is></c>'
                         '<c r="J3"><f t="array" ref="J3:J5">tblRuns[cost]</f></c></row>')
        self.assertEqual(rows[2], '<row r="4"><c r="B4" t="inlineStr"><is><t xml:space="preserve">n1</t></is></c>'
                         '<c r="C4" s="2"><v>1.5</v></c><c r="D4" s="1"><v>44743</v></c>'
                         '<c r="E4"><f>tblRuns[[#This Row],[cost]]*2</f></c><c r="J4"/></row>')
        self.assertEqual([re.search(r'r="(\d+)"', row)[1] for row in rows], ["2", "3", "4", "5", "6", "7"])
        self.assertTrue(rows[4].startswith('<row r="6"><c r="A6"><v>77</v></c><c r="B6" t="inlineStr">'), rows[4])
        self.assertNotIn("DIV", sheet)
        self.assertTrue(rows[0] in SHEET)  # byte for byte
        self.assertIn('<dimension ref="A2:J7"/>', sheet)
        self.assertEqual(sheet.partition("<dimension")[0], SHEET.partition("<dimension")[0])
        self.assertEqual(sheet.partition("</sheetData>")[2], SHEET.partition("</sheetData>")[2])

    def test_other_parts(self) -> None:
        before, path = parts(), self.workbook()
        after = self.refilled(path, 2)
        self.assertEqual(set(before) - set(after), {"xl/calcChain.xml"})
        self.assertNotIn("calcChain", after["[Content_Types].xml"] + after["xl/_rels/workbook.xml.rels"])
        self.assertIn('<pivotCacheDefinition ' + MAIN + ' refreshOnLoad="1">',
                      after["xl/pivotCache/pivotCacheDefinition1.xml"])
        self.assertIn('</definedNames><calcPr fullCalcOnLoad="1"/><pivotCaches/>', after["xl/workbook.xml"])
        table = after["xl/tables/table1.xml"]
        self.assertIn('ref="B2:E4" totalsRowShown="0"><autoFilter ref="B2:E4">'
                      '<filterColumn colId="2" hiddenButton="1"/></autoFilter><tableColumns', table)
        self.assertIn("<calculatedColumnFormula>tblRuns", table)
        self.assertEqual(after["xl/worksheets/sheet2.xml"],
                         OTHER.replace(' t="str"><f>"', '><f>"', 1).replace("<v>old1</v>", ""))
        same = {"xl/media/image1.png", "xl/sharedStrings.xml", "_rels/.rels"}
        self.assertEqual({name for name in same if after[name] != before[name]}, set())

    def test_what_points_by_address_is_told(self) -> None:
        code, said = self.refill(self.workbook(), 4)
        self.assertEqual(code, 0, said)
        told = [line.removeprefix("by_address ") for line in said.splitlines() if line.startswith("by_")]
        self.assertEqual(told, ["It's!A1", "name Mine", "a pivot"])

    def test_no_rows_leave_an_empty_one(self) -> None:
        after = self.refilled(self.workbook(), 0)
        self.assertIn('ref="B2:E3"', after["xl/tables/table1.xml"])
        self.assertIn('customHeight="1"><c r="C3" s="2"/><c r="D3" s="1"/><c r="H3"', after["xl/worksheets/sheet1.xml"])
        self.assertNotIn("E3", after["xl/worksheets/sheet1.xml"])

    def test_formula_by_addresses_is_filled_down_from_the_cells(self) -> None:
        by_cells = (SHEET.replace("tblRuns[[#This Row],[cost]]*2", "C3*C$2+LOG10(C3)"))
        table = re.sub("<calculatedColumnFormula>.*</calculatedColumnFormula>", "", TABLE)
        after = self.refilled(self.workbook({"xl/worksheets/sheet1.xml": by_cells, "xl/tables/table1.xml": table}), 4)
        for row in range(3, 7):
            self.assertIn(f'<c r="E{row}"><f>C{row}*C$2+LOG10(C{row})</f></c>', after["xl/worksheets/sheet1.xml"])
        self.refused(2, "would have no rows", self.workbook(
            {"xl/worksheets/sheet1.xml": by_cells, "xl/tables/table1.xml": table}), rows=0)
        other = by_cells.replace('<c r="E5"><f t="shared" si="0"/>', '<c r="E5"><f>C4*C$2+LOG10(C5)</f>')
        self.refused(2, "twice", self.workbook({"xl/worksheets/sheet1.xml": other, "xl/tables/table1.xml": table}))


    def test_totals_stay_where_they_are(self) -> None:
        """If the table has as many rows as before; else see Refused."""
        sheet = SHEET.replace('<c r="E5"><f t="shared" si="0"/><v>6', '<c r="E5"><f>SUBTOTAL(109,[cost])</f><v>6')
        table = TABLE.replace('totalsRowShown="0"', 'totalsRowCount="1"').replace('r ref="B2:E5"', 'r ref="B2:E4"')
        after = self.refilled(self.workbook({"xl/worksheets/sheet1.xml": sheet, "xl/tables/table1.xml": table}), 2)
        self.assertIn('ref="B2:E5" totalsRowCount="1"><autoFilter ref="B2:E4">', after["xl/tables/table1.xml"])
        self.assertIn('<c r="D5"><v>102</v></c><c r="E5"><f>SUBTOTAL(109,[cost])</f></c><c r="J5"/></row>',
                      after["xl/worksheets/sheet1.xml"])


class Refused(Case):
    def test_what_the_planner_has_to_change(self) -> None:
        sheet, table = "xl/worksheets/sheet1.xml", "xl/tables/table1.xml"
        cases: list[tuple[str, dict[str, Optional[str]]]] = [
            ("over what stands in E6", {sheet: SHEET.replace('<c/><c r="F6"/>', '<c r="E6"><v>0</v></c>')}),
            ("header row", {table: TABLE.replace('ref="B2:E5"', 'headerRowCount="0" ref="B2:E5"', 1)}),
            ("another source", {table: TABLE.replace('ref="B2:E5"', 'tableType="queryTable" ref="B2:E5"', 1)}),
            ("totals", {table: TABLE.replace('ref="B2:E5"', 'totalsRowCount="1" ref="B2:E5"', 1)}),
            ("none of the columns", {table: TABLE.replace('"id"', '"a"').replace('"cost"', '"b"')
                                     .replace('"when"', '"c"')}),
            ("no table", {table: TABLE.replace("tblRuns", "tblOther")}),
        ]
        for words, changes in cases:
            with self.subTest(words):
                self.refused(2, words, self.workbook(changes))

    def test_a_formula_shared_with_cells_outside(self) -> None:
        sheet = SHEET.replace('<c r="F6"/>', '<c r="F6"><f t="shared" si="0"/></c>')
        self.refused(2, "F6", self.workbook({"xl/worksheets/sheet1.xml": sheet}), rows=3)

    def test_too_many_rows(self) -> None:
        self.refused(2, "1048576", self.workbook({"xl/worksheets/sheet1.xml": SHEET}), rows=1048575)


class Damaged(Case):
    def test_parts(self) -> None:
        sheet, table, book = "xl/worksheets/sheet1.xml", "xl/tables/table1.xml", "xl/workbook.xml"
        bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
        cases: list[tuple[str, dict[str, Optional[str]]]] = [
            ("lacks " + sheet, {sheet: None}),
            ("lacks " + table, {table: None}),
            ("lacks xl/sharedStrings.xml", {"xl/sharedStrings.xml": None}),
            ("no workbook", {book: None}),
            ("no XLSX workbook", {"[Content_Types].xml": None}),
            ("text of number '1'", {"xl/sharedStrings.xml": f"<sst {MAIN}><si><t>id</t></si></sst>"}),
            ("nowhere", {"xl/_rels/workbook.xml.rels": relations()}),
            ("id in cell B1", {table: TABLE.replace("B2:E5", "B1:E5")}),
            ("id in cell A2", {table: TABLE.replace("B2:E5", "A2:D5")}),
            ("4 columns", {table: TABLE.replace("B2:E5", "B2:F5")}),
            ("no row of data", {table: TABLE.replace("B2:E5", "B2:E2")}),
            (".xlsb", {"_rels/.rels": relations(("officeDocument", "xl/workbook.bin")), "xl/workbook.bin": "x"}),
            ("two tables", {"xl/worksheets/_rels/sheet2.xml.rels": relations(("table", "/xl/tables/two.xml")),
                            "xl/tables/two.xml": TABLE.replace("tblRuns", "TBLRUNS")}),
            ("shares cells", {"xl/worksheets/_rels/sheet1.xml.rels":
                              relations(("table", "../tables/table1.xml"), ("table", "../tables/two.xml")),
                              "xl/tables/two.xml": TABLE.replace("tblRuns", "Other")}),
            ("behind row 4", {sheet: SHEET.replace('<row r="5"', '<row r="4"')}),
            ("row '0'", {sheet: SHEET.replace('<row r="2"', '<row r="0"')}),
            ("row '1048577'", {sheet: SHEET.replace('<row r="5"', '<row r="1048577"')}),
            ("cell 'C9'", {sheet: SHEET.replace('"C5"', '"C9"')}),
            ("cell 'A5'", {sheet: SHEET.replace('"C5"', '"A5"')}),
            ("cell 'XFE5'", {sheet: SHEET.replace('"J5"', '"XFE5"')}),
            ("can't be read", {sheet: SHEET.replace("</sheetData>", "")}),
            ("can't be read", {sheet: SHEET.replace("<worksheet", bomb + "<worksheet")}),
            ("can't be read", {sheet: SHEET.replace("UTF-8", "UTF-7")}),
            ("can't be read", {sheet: SHEET.replace("<v>2</v>", "<v>2</w>")}),
        ]
        for ref in ("A1:ZZZZ9", "E5:B2", "B2:E1048577", "", "B2", "$B$2:$E$5", "B2:E5:F6", "B0:E5", "b2:e5",
                    "B2:E99999999999999999999", "-B2:E5", "B02:E5"):
            words = "has 4 columns" if ref == "B2" else "no place of a sheet"
            cases.append((words, {table: TABLE.replace('ref="B2:E5"', f'ref="{ref}"', 1)}))
        for words, changes in cases:
            with self.subTest(words=words, changed=list(changes)):
                self.refused(1, words, self.workbook(changes))

    def test_entities_are_not_expanded(self) -> None:
        path = self.workbook({"xl/workbook.xml": parts()["xl/workbook.xml"].replace(
            "<workbook ", '<!DOCTYPE w [<!ENTITY a "aaaa">]><workbook ').replace("Mine", "&a;")})
        self.assertNotIn("aaaa", self.refilled(path, 3)["xl/workbook.xml"])

    def test_archives(self) -> None:
        path = self.workbook()
        whole = path.read_bytes()
        for name, data in (("cut", whole[:-40]), ("half", whole[:len(whole) // 2]), ("empty", b""),
                           ("text", b"id,cost\n1,2\n"), ("old", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + bytes(600))):
            with self.subTest(name):
                path.write_bytes(data)
                self.refused(1, "password" if name == "old" else "no workbook that can be read", path)
        path.unlink()
        self.assertEqual(self.refill(path)[0], 1)

    def test_bytes_changed_at_random_never_crash(self) -> None:
        """Whatever stands in the parts, there is a workbook or there are words, and no third."""
        chance = random.Random(7)
        codes = set()
        originals = parts()
        names = [name for name in originals if name.endswith((".xml", ".rels"))]
        pieces = ["<", ">", '"', "/", "&", "r=", "B2", "9999999999", "\x00", "<f>", "</row>", "<!--", "-1", "ref", "'"]
        for _ in range(150):
            name = chance.choice(names[2:])
            text = originals[name]
            for _ in range(chance.randrange(1, 4)):
                at = chance.randrange(len(text))
                text = text[:at] + chance.choice(pieces) + text[at + chance.randrange(12):]
            path = self.workbook({name: text})
            before = path.read_bytes()
            code, said = self.refill(path, chance.randrange(6))
            self.assertIn(code, (0, 1, 2), said + text)
            codes.add(code)
            if code == 0:
                for part in ("xl/worksheets/sheet1.xml", "xl/tables/table1.xml"):
                    ElementTree.fromstring(zipfile.ZipFile(path).read(part)) if name != part else None
            else:
                self.assertEqual(path.read_bytes(), before)
                self.assertTrue(said)
        self.assertTrue({0, 1} <= codes)


if __name__ == "__main__":
    program = sys.argv.pop(1)
    unittest.main()
