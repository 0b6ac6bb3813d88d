#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the files of the tree to the rules of the house that need no compiler.

Licence line, length, blanks, words we do not use in names. Every breach is printed as
`file:line: what is wrong`, and the exit code is then 1.

Usage: check_text.py [ROOT]    (files: those that git tracks or would track)
"""

import re
import subprocess
import sys
from pathlib import Path
from typing import Iterator, NamedTuple

LONGEST = 400  # lines of a source file
REASONS = "scripts/long_files.txt"
LICENCE = "SPDX-License-Identifier: Apache-2.0"
SOURCE = re.compile(r".*\.(hpp|cpp|py)|scripts/[a-z_]+|\.ci/run")
TEXT = re.compile(r".*\.(md|txt|cmake|json)|(.*/)?(\.clang-(format|tidy)|\.editorconfig|\.gitignore)"
                  r"|scenarios/.*\.yaml")


class Rule(NamedTuple):
    """A pattern that must not occur in the files it is about."""

    files: re.Pattern[str]
    pattern: re.Pattern[str]
    instead: str


RULES = (
    Rule(re.compile(r".*\.[ch]pp"),
         re.compile(r"\b(?:class|struct|enum|concept|using)\s+(?:class\s+)?"
                    r"(\w*(?:Manager|Helper|Util|Utils|Utility|Data|Info))\b\s*[:{=;]"),
         "a name that says nothing; name what it is"),
    Rule(re.compile(r"sim/.*\.[ch]pp"), re.compile(r"\b(shared_ptr)\b"),
         "ownership is single here; hold a value or a unique_ptr"),
    Rule(re.compile(r".*\.hpp"), re.compile(r"^(using namespace [\w:]+)"),
         "a header opens no namespace for its readers"),
    Rule(re.compile(r"sim/.*\.[ch]pp"), re.compile(r"(std::random_device|std::s?rand\s*\(|std::time\s*\()"),
         "chance comes from sim/random only, and there is no wall clock in a result"),
    Rule(re.compile(r"(.*/)?(CMakeLists\.txt|CMakePresets\.json)|.*\.cmake"),
         re.compile(r"(-march=native|-ffast-math|-Ofast)"),
         "results must be the same bits on every x86-64 processor"),
)


def files_of(root: Path) -> list[str]:
    listed = subprocess.run(["git", "-C", str(root), "ls-files", "-z", "--cached", "--others",
                             "--exclude-standard"], check=True, capture_output=True, text=True)
    paths = sorted(set(filter(None, listed.stdout.split("\0"))))
    return [path for path in paths if (root / path).is_file()]


def read_reasons(root: Path) -> dict[str, str]:
    """The long files that are allowed: lines `path: reason`."""
    reasons = {}
    if (root / REASONS).is_file():
        for line in (root / REASONS).read_text().splitlines():
            if line.strip() and not line.startswith("#"):
                path, _, reason = line.partition(":")
                reasons[path.strip()] = reason.strip()
    return reasons


def check_lines(path: str, text: str) -> Iterator[str]:
    if text and not text.endswith("\n"):
        yield f"{path}:{text.count(chr(10)) + 1}: no newline at the end"
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        if line != line.rstrip():
            yield f"{path}:{number}: blank at the end of the line"
        if "\t" in line:
            yield f"{path}:{number}: tab"
        for rule in RULES:
            if rule.files.fullmatch(path) and (found := rule.pattern.search(line)):
                yield f"{path}:{number}: {found.group(1)}: {rule.instead}"


def check(root: Path) -> list[str]:
    breaches = []
    reasons = read_reasons(root)
    long_files = set()
    for path in files_of(root):
        is_source = SOURCE.fullmatch(path) is not None
        if not is_source and not TEXT.fullmatch(path):
            continue
        text = (root / path).read_bytes().decode(errors="replace")  # as it is: keeps carriage returns
        breaches += check_lines(path, text)
        if not is_source:
            continue
        lines = text.splitlines()
        first = 1 if lines and lines[0].startswith("#!") else 0
        if len(lines) <= first or not lines[first].endswith(LICENCE):
            breaches.append(f"{path}:{first + 1}: does not begin with '{LICENCE}'")
        if len(lines) > LONGEST:
            long_files.add(path)
            if not reasons.get(path):
                breaches.append(f"{path}:{LONGEST + 1}: {len(lines)} lines, above {LONGEST};"
                                f" split it, or give the reason in {REASONS}")
    for path in sorted(set(reasons) - long_files):
        breaches.append(f"{REASONS}:1: {path} is not a long file (any more)")
    return breaches


def main() -> int:
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent)
    breaches = check(root)
    print("\n".join(breaches), end="\n" if breaches else "")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
