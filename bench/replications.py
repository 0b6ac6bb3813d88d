#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How a run grows with its number of replications: CPU time of each, memory, size of the results.

Runs `truce run` on the smallest scenario with 100, 1,000 ... replications, each a process of its
own in a temporary folder that is removed again, and writes rows
benchmark,size,metric,value,unit,machine. Memory is the peak resident set of the process; it must not
grow once the timelines that bands rest on are kept. A million replications of two months take some
minutes and, for replications.csv, some gigabytes of disk.

Usage: replications.py TRUCE [--scenario FILE] [--horizon SPAN] [--most N] [--threads N] [--csv FILE]
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent


class Ran(NamedTuple):
    """What one run took and left."""

    cpu: float  # [s]
    peak: int  # [bytes]
    rows: int  # of replications.csv [bytes]
    results: int  # of the whole folder [bytes]


def machine() -> str:
    """The processor and how many of them may be used, as growth_bench writes it."""
    model = "unknown processor"
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            model = line.partition(": ")[2]
            break
    return f"{model.replace(',', ' ')} x{len(os.sched_getaffinity(0))}"


def run(words: list[str], replications: int) -> Ran:
    with tempfile.TemporaryDirectory(prefix="truce-replications-") as folder:
        out = Path(folder) / "results"
        with open(Path(folder) / "log", "w+", encoding="utf-8") as log:
            program = subprocess.Popen([*words, "--replications", str(replications), "--out", str(out),
                                        "--quiet"], stdout=log, stderr=log)
            _, status, used = os.wait4(program.pid, 0)
            program.returncode = os.waitstatus_to_exitcode(status)
            if program.returncode != 0:
                log.seek(0)
                sys.exit(f"replications.py: {' '.join(words)} ended with {program.returncode}:\n{log.read()}")
        files = [file for file in out.rglob("*") if file.is_file()]
        return Ran(used.ru_utime + used.ru_stime, used.ru_maxrss * 1024,
                   (out / "replications.csv").stat().st_size, sum(file.stat().st_size for file in files))


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("truce", type=Path, help="the program")
    parser.add_argument("--scenario", type=Path, default=ROOT / "scenarios/minimal.yaml")
    parser.add_argument("--horizon", help="instead of the scenario's, such as '60 days'")
    parser.add_argument("--most", type=positive, default=1_000_000, help="replications (1,000,000)")
    parser.add_argument("--threads", type=positive, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--csv", type=Path, help="instead of standard output")
    options = parser.parse_args()
    for file in (options.truce, options.scenario):
        if not file.is_file():
            parser.error(f"{file}: no such file")
    words = [str(options.truce), "run", str(options.scenario), "--threads", str(options.threads)]
    if options.horizon:
        words += ["--horizon", options.horizon]
    where = machine()
    lines = ["benchmark,size,metric,value,unit,machine"]
    replications = 100
    while replications <= options.most:
        ran = run(words, replications)
        for metric, value, unit in (("time per replication", 1000 * ran.cpu / replications, "ms"),
                                    ("peak resident memory", ran.peak, "bytes"),
                                    ("replications.csv", ran.rows, "bytes"),
                                    ("results", ran.results, "bytes")):
            lines.append(f"growth/replications,{replications},{metric},{value},{unit},{where}")
        print(f"{replications} replications: {ran.cpu:.1f} s of CPU, {ran.peak / 1e6:.0f} MB", file=sys.stderr)
        replications *= 10
    text = "\n".join(lines) + "\n"
    if options.csv:
        options.csv.write_text(text, encoding="utf-8")
    else:
        print(text, end="")


if __name__ == "__main__":
    main()
