#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What it takes to be told that a scenario is right: `truce validate` as a whole program.

Usage: startup.py FOLDER [--quick] [--csv FILE --machine TEXT]

FOLDER has truce and growth_bench. Validates the Paris case, and a generated scenario of 5,000 entries,
several times in turn; the figures are medians of CPU (user and system) and of wall-clock time.
"""

import argparse
import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from rows import write_rows

ROOT = Path(__file__).resolve().parent.parent
# Sizes of growth_bench that make 5,000 entries: places, legs, pledges, hubs, sectors, cells ...
FIVE_THOUSAND = "--sectors 967 --contributors 610 --contingents 1220 --cells 480 --hubs 100".split()


def validated(truce: Path, scenario: Path) -> tuple[float, float]:
    """CPU and wall-clock time of one run [ms]."""
    began = time.perf_counter()
    child = subprocess.Popen([truce, "validate", scenario], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    took = time.perf_counter() - began
    if child.returncode != 0:
        raise SystemExit(f"startup.py: truce validate {scenario.name} ended with {child.returncode}")
    return 1e3 * (usage.ru_utime + usage.ru_stime), 1e3 * took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--csv", type=Path)
    parser.add_argument("--machine", default="")
    options = parser.parse_args()
    truce = options.folder / "truce"
    lines = []
    with tempfile.TemporaryDirectory() as temporary:
        large = Path(temporary) / "large.yaml"
        subprocess.run([options.folder / "growth_bench", *FIVE_THOUSAND, "--write", large], check=True,
                       stdout=subprocess.DEVNULL)
        cases = {"paris-2026": ROOT / "scenarios" / "paris-2026.yaml", "5000 entries": large}
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in cases}
        for _ in range(1 if options.quick else 15):
            for name, scenario in cases.items():
                times[name].append(validated(truce, scenario))
    for name, runs in times.items():
        for metric, values in (("validate CPU", [run[0] for run in runs]), ("validate", [run[1] for run in runs])):
            lines.append((name, metric, f"{statistics.median(values):.4g}", "ms"))
    write_rows(options.csv, "startup", options.machine, lines)


if __name__ == "__main__":
    main()
