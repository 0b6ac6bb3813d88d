# SPDX-License-Identifier: Apache-2.0
"""Measured figures as rows that tables are made of, the same as rows.hpp writes."""

import csv
import sys
from pathlib import Path
from typing import Optional

FIELDS = ("benchmark", "size", "metric", "value", "unit", "machine")


def write_rows(file: Optional[Path], benchmark: str, machine: str, rows: list[tuple[str, str, str, str]]) -> None:
    """Writes rows (size, metric, value, unit) with a header line, to standard output if there is no file."""
    out = open(file, "w", newline="", encoding="utf-8") if file else sys.stdout
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FIELDS)
    writer.writerows((benchmark, *row, machine) for row in rows)
    if file:
        out.close()
