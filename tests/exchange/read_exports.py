#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Reads exports of a result with Python's own csv, json and sqlite3, and holds every cell to the result.

Doubles are compared bit by bit, texts character by character. A data package is also held to what it
says of its files: checksums, separators, types, keys.

Usage: read_exports.py RESULT EXPORT...    (a folder of CSV, a .json or a .sqlite file)
Prints what differs; the exit code is then 1.
"""

import csv
import hashlib
import json
import sqlite3
import struct
import sys
from pathlib import Path
from typing import Any, Iterator

Table = tuple[list[str], list[list[Any]]]
csv.field_size_limit(1 << 30)


class Differs(Exception):
    """An export is not what the result is."""


def expect(holds: bool, *what: Any) -> None:
    if not holds:
        raise Differs(" ".join(str(one) for one in what))


def bits(value: Any) -> Any:
    """The same for the same value of the same type, and for nothing else."""
    return ("double", struct.pack("<d", value)) if isinstance(value, float) else (type(value), value)


def rows_of(path: Path, **how: Any) -> Iterator[list[str]]:
    with open(path, encoding="utf-8-sig", newline="") as file:
        yield from csv.reader(file, strict=True, **how)


def typed(text: str, kind: str, decimal: str = ".") -> Any:
    if text == "":
        return None
    if kind == "integer":
        return int(text)
    if kind == "number":
        expect(decimal == "." or "." not in text, "point in", text)
        return float(text.replace(decimal, "."))
    return text


def types_of(folder: Path) -> dict[str, list[tuple[str, str]]]:
    """Names and types of the columns of each file, from dictionary.csv."""
    types: dict[str, list[tuple[str, str]]] = {}
    rows = rows_of(folder / "dictionary.csv")
    next(rows)
    for file, column, entry, _, kind, _ in rows:
        if not entry:
            types.setdefault(file, []).append((column, kind))
    return types


def result_tables(result: Path) -> dict[str, Table]:
    """The tables of a result by their file, "base/summary.csv"."""
    tables = {}
    for item in json.loads((result / "manifest.json").read_text(encoding="utf-8"))["files"]:
        name = item["file"]
        if not name.endswith(".csv"):
            continue
        columns = types_of((result / name).parent)[Path(name).name]
        rows = rows_of(result / name)
        expect(next(rows) == [column for column, _ in columns], "header of", name)
        tables[name] = ([column for column, _ in columns],
                        [[typed(text, kind) for text, (_, kind) in zip(row, columns, strict=True)]
                         for row in rows])
    return tables


def same(name: str, expected: Table, found: Table) -> None:
    expect(expected[0] == found[0], name, "columns", expected[0], found[0])
    expect(len(expected[1]) == len(found[1]), name, len(expected[1]), "rows, found", len(found[1]))
    for number, (one, other) in enumerate(zip(expected[1], found[1])):
        for column, a, b in zip(expected[0], one, other, strict=True):
            expect(bits(a) == bits(b), name, "row", number, column, repr(a), repr(b))


def packaged_tables(folder: Path) -> dict[str, Table]:
    """The tables of one data package, read as it says."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    expect(package["profile"] == "tabular-data-package", "profile")
    tables = {}
    names = {resource["name"] for resource in package["resources"]}
    for resource in package["resources"]:
        path = folder / resource["path"]
        data = path.read_bytes()
        expect(len(data) == resource["bytes"], path, "bytes")
        expect("sha256:" + hashlib.sha256(data).hexdigest() == resource["hash"], path, "hash")
        dialect = resource["dialect"]
        schema = resource["schema"]
        rows = rows_of(path, delimiter=dialect["delimiter"], quotechar=dialect["quoteChar"],
                       doublequote=dialect["doubleQuote"],
                       skipinitialspace=dialect["skipInitialSpace"])
        fields = schema["fields"]
        header = next(rows)
        expect(header == [field["name"] for field in fields], path, "header")
        found = [[typed(text, field["type"], field.get("decimalChar", "."))
                  for text, field in zip(row, fields, strict=True)] for row in rows]
        tables[resource["path"]] = (header, found)
        key = [header.index(column) for column in schema.get("primaryKey", [])]
        if key:
            keys = [tuple(row[place] for place in key) for row in found]
            expect(len(set(keys)) == len(keys), path, "primary key")
        for foreign in schema.get("foreignKeys", []):
            expect(foreign["reference"]["resource"] in names, path, "foreign key")
    return tables


def check_csv(expected: dict[str, Table], folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for item in manifest["files"]:
        data = (folder / item["file"]).read_bytes()
        expect(hashlib.sha256(data).hexdigest() == item["sha256"], item["file"], "sha256")
    found: dict[str, Table] = {}
    for package in sorted(folder.rglob("datapackage.json")):
        place = package.parent.relative_to(folder)
        for name, table in packaged_tables(package.parent).items():
            found[(place / name).as_posix()] = table
    for split in manifest["split"]:
        parts = [found.pop(part) for part in split["parts"]]
        found[split["file"]] = (parts[0][0], [row for part in parts for row in part[1]])
    expect(sorted(found) == sorted(expected), "files", sorted(found))
    for name, table in expected.items():
        same(f"{folder.name}/{name}", table, found[name])


def no_constant(text: str) -> None:
    raise Differs(f"{text} is no JSON")


def check_json(expected: dict[str, Table], path: Path) -> None:
    with open(path, encoding="utf-8") as file:
        all_of_it = json.load(file, parse_constant=no_constant)
    expect(all_of_it["format"] == 1, "format")
    expect(all_of_it["manifest"]["truce"]["version"], "version")
    found: dict[str, Any] = {f"{name}.csv": table for name, table in all_of_it["tables"].items()}
    for scenario, tables in all_of_it.get("scenarios", {}).items():
        found.update({f"{scenario}/{name}.csv": table for name, table in tables.items()})
    expect(sorted(found) == sorted(expected), "tables", sorted(found))
    for name, table in expected.items():
        columns = found[name]["columns"]
        rows = [[float(cell) if kind["type"] == "number" and cell is not None else cell
                 for cell, kind in zip(row, columns, strict=True)] for row in found[name]["rows"]]
        same(f"{path.name}/{name}", table, ([one["name"] for one in columns], rows))


def check_sqlite(expected: dict[str, Table], path: Path) -> None:
    base = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    base.execute("PRAGMA foreign_keys = ON")
    expect(base.execute("PRAGMA foreign_key_check").fetchall() == [], "foreign keys")
    expect(base.execute("PRAGMA integrity_check").fetchall() == [("ok",)], "integrity")
    known = {name for (name,) in base.execute("SELECT table_name FROM table_info")}
    for name in known:
        quoted = name.replace('"', '""')
        count = base.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()[0]
        told = base.execute("SELECT kind, rows FROM table_info WHERE table_name = ?", (name,)).fetchone()
        expect(told == ("table", count) or told == ("view", None), name, "rows", told, count)
    for name, (header, rows) in expected.items():
        scenario, _, file = name.rpartition("/")
        if file == "dictionary.csv":
            continue
        table = ("run_" if scenario else "") + file.removesuffix(".csv")
        columns: list[list[Any]] = []
        for column in header:
            # The part of the table in which it is, and its name there.
            part, called = base.execute(
                "SELECT table_name, column_name FROM column_info WHERE file = ? AND csv_column = ? "
                "AND (table_name = ? OR table_name GLOB ? || '_[0-9]*')",
                (file, column, table, table)).fetchone()
            part, called = part.replace('"', '""'), called.replace('"', '""')
            where = " WHERE scenario = ?" if scenario else ""
            columns.append([cell for (cell,) in base.execute(
                f'SELECT "{called}" FROM "{part}"{where} ORDER BY rowid',
                (scenario,) if scenario else ())])
        same(f"{path.name}/{name}", (header, rows),
             (header, [list(row) for row in zip(*columns, strict=True)]))


def main() -> int:
    result, *exports = map(Path, sys.argv[1:])
    expected = result_tables(result)
    wrong = 0
    for export in exports:
        check = check_csv if export.is_dir() else check_json if export.suffix == ".json" else check_sqlite
        try:
            check(expected, export)
        except Differs as error:
            print(f"{export.name}: {error}")
            wrong = 1
    return wrong


if __name__ == "__main__":
    sys.exit(main())
