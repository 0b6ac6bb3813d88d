#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs clang-tidy on the sources of sim/ that changed since they last passed.

What a source's verdict depends on (itself, the headers of sim/ it includes, the checks, the
compile command, clang-tidy's version) is hashed; build/tidy/ keeps the hashes that passed.

Usage: check_tidy.py BUILD_FOLDER [--all]   (BUILD_FOLDER holds compile_commands.json)
"""

import hashlib
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CLANG_TIDY = "clang-tidy-16"  # 14, Debian 12's default, can't read <source_location>
PASSED = ROOT / "build" / "tidy"
INCLUDE = re.compile(r'^\s*#\s*include\s*"(sim/[^"]+)"', re.MULTILINE)


def closure(source: Path) -> list[Path]:
    """The source and every header of sim/ that it reaches, in a fixed order."""
    found: set[Path] = set()
    waiting = [source]
    while waiting:
        file = waiting.pop()
        if file in found or not file.is_file():
            continue
        found.add(file)
        waiting += [ROOT / name for name in INCLUDE.findall(file.read_text())]
    return sorted(found)


def digest(source: Path, command: str, common: bytes) -> str:
    total = hashlib.sha256(common + command.encode())
    for file in closure(source):
        total.update(file.as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return total.hexdigest()


def tidy(source: Path, build: Path) -> str:
    """clang-tidy's complaints, or an empty text."""
    # clang does not know some of g++'s warnings.
    run = subprocess.run([CLANG_TIDY, "--quiet", "-p", str(build),
                          "--extra-arg=-Wno-unknown-warning-option", str(source)],
                         capture_output=True, text=True)
    return "" if run.returncode == 0 else run.stdout + run.stderr


def main() -> int:
    build = Path(sys.argv[1]).resolve()
    every = "--all" in sys.argv[2:]
    version = subprocess.run([CLANG_TIDY, "--version"], check=True, capture_output=True)
    common = version.stdout + (ROOT / ".clang-tidy").read_bytes()
    waiting: list[tuple[Path, Path, str]] = []
    sources = 0
    for entry in json.loads((build / "compile_commands.json").read_text()):
        source = Path(entry["file"])
        if not source.is_relative_to(ROOT / "sim"):
            continue
        sources += 1
        mark = PASSED / (source.relative_to(ROOT / "sim").as_posix().replace("/", "-") + ".passed")
        now = digest(source, entry["command"], common)
        if every or not mark.is_file() or mark.read_text() != now:
            waiting.append((source, mark, now))
    PASSED.mkdir(parents=True, exist_ok=True)
    failed = 0
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for (_, mark, now), complaints in zip(
                waiting, pool.map(lambda item: tidy(item[0], build), waiting)):
            if complaints:
                failed += 1
                print(complaints.strip())
            else:
                mark.write_text(now)
    print(f"clang-tidy: {sources} sources, {len(waiting)} looked at, {failed} with complaints")
    return 1 if failed or sources == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
