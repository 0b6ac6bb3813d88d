#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Where the instructions of a replication go, by part of the program.

Usage: profile.py TRUCE [--scenario FILE] [--replications N] [--csv FILE --machine TEXT]

Plays a few replications of the Paris case under callgrind (Debian's valgrind), and counts what is executed
inside model::simulate: the same for the same program, whatever else the machine does. A function counts
for itself, not for what it calls, and what the compiler has put into it counts with it.
"""

import argparse
import csv
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from rows import write_rows

ROOT = Path(__file__).resolve().parent.parent
PARTS = (
    # The first that matches counts. The loop is where the compiler has put it: into simulate.
    ("calendar and loop", r"truce::engine::|model::simulate|Stage::|visit"),
    ("random numbers (Philox)", r"truce::random::philox"),
    ("quantiles and weighted choices", r"truce::random::|boost::math|CountTable"),
    ("logarithms, cosines and the like", r"libm[.]so|libm-"),
    ("sensing", r"Sensing::|Daylight|is_night"),
    ("incidents", r"Incidents::"),
    ("teams, cases and travel", r"Verification::|Case|great_circle|Theatre::distance"),
    ("memory", r"malloc|free|operator new|operator delete|memset|memmove|memcpy"),
)
LINE = re.compile(r"^\s*([\d,]+) \([ \d.]+%\)\s+(.*)$")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("truce", type=Path)
    parser.add_argument("--scenario", type=Path, default=ROOT / "scenarios" / "paris-2026.yaml")
    parser.add_argument("--replications", type=int, default=6)
    parser.add_argument("--csv", type=Path)
    parser.add_argument("--machine", default="")
    options = parser.parse_args()
    if not shutil.which("valgrind"):
        sys.exit("profile.py: valgrind was not found. On Debian: apt-get install valgrind")
    with tempfile.TemporaryDirectory() as temporary:
        counts = Path(temporary) / "counts"
        subprocess.run(
            ["valgrind", "--tool=callgrind", "--toggle-collect=truce::model::simulate*",
             f"--callgrind-out-file={counts}", options.truce, "run", options.scenario, "--threads", "1", "--quiet",
             "--no-workbook",
             "--replications", str(options.replications), "--out", Path(temporary) / "out"],
            check=True, capture_output=True)
        with open(Path(temporary) / "out" / "replications.csv", newline="", encoding="utf-8") as file:
            events = sum(float(row["events"]) for row in csv.DictReader(file))
        told = subprocess.run(["callgrind_annotate", "--threshold=100", counts], check=True, capture_output=True,
                              text=True).stdout
    shares: Counter[str] = Counter()
    for line in told.splitlines():
        found = LINE.match(line)
        if not found or "PROGRAM TOTALS" in line:
            continue
        part = next((name for name, pattern in PARTS if re.search(pattern, found[2])), "everything else")
        shares[part] += int(found[1].replace(",", ""))
    total = sum(shares.values())
    rows = [("", "instructions per event", f"{total / events:.4g}", "instructions")]
    rows += [("", part, f"{100 * count / total:.3g}", "%") for part, count in shares.most_common()]
    write_rows(options.csv, "profile", options.machine, rows)


if __name__ == "__main__":
    main()
