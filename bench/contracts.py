#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What contracts cost: replications of the Paris case by a program that checks them and one that doesn't.

Usage: contracts.py WITH WITHOUT [--quick] [--csv FILE --machine TEXT]

Both are builds of model_bench. They play the same replications in turns; the cost is the median over the
turns of the difference in CPU, as a share of the time with contracts.
"""

import argparse
import json
import statistics
import subprocess
from pathlib import Path

from rows import write_rows


def replication(program: Path, seconds: float) -> float:
    """CPU of a replication [ns]: of the first ones, as many as the time allows."""
    result = subprocess.run(
        [program, "--benchmark_filter=^fixed_replications", f"--benchmark_min_time={seconds}",
         "--benchmark_format=json"], check=True, capture_output=True, text=True)
    run = json.loads(result.stdout)["benchmarks"][0]
    return 1e9 / run["items_per_second"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checked", type=Path, metavar="WITH")
    parser.add_argument("bare", type=Path, metavar="WITHOUT")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--csv", type=Path)
    parser.add_argument("--machine", default="")
    options = parser.parse_args()
    seconds = 0.01 if options.quick else 1.0
    pairs = []
    for _ in range(1 if options.quick else 9):
        pairs.append((replication(options.checked, seconds), replication(options.bare, seconds)))
    cost = statistics.median(100 * (1 - bare / checked) for checked, bare in pairs)
    rows = [("", "cost", f"{cost:.3g}", "%"),
            ("", "replication with", f"{statistics.median(p[0] for p in pairs):.6g}", "ns"),
            ("", "replication without", f"{statistics.median(p[1] for p in pairs):.6g}", "ns")]
    write_rows(options.csv, "contracts", options.machine, rows)


if __name__ == "__main__":
    main()
