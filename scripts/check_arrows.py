#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the includes of sim/ to the arrows between its rooms.

USES and LINKS in sim/CMakeLists.txt say which rooms and libraries a room may include; the table
of fences below says, more narrowly, which files may touch a third party, threads or the disk.
Every breach is printed as `file:line: what is wrong`, and the exit code is then 1.

Usage: check_arrows.py [ROOT]
"""

import re
import sys
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Iterator, NamedTuple

SHELL = ("sim/report/*", "sim/exchange/*", "sim/cli/*", "sim/scenario/*.cpp")  # where the program meets the disk


class Fence(NamedTuple):
    """Who may include what."""

    name: str
    header: str  # regular expression for the whole header name
    files: tuple[str, ...]
    library: str  # target that the room must link, itself or through a room it uses; "" if none


FENCES = (
    Fence("yaml-cpp", r"yaml-cpp/.*", ("sim/scenario/*.cpp",), "yaml-cpp"),
    Fence("Boost.Program_options", r"boost/program_options.*", ("sim/cli/*",),
          "Boost::program_options"),
    Fence("Random123", r"Random123/.*", ("sim/random/*",), "truce_random123"),
    Fence("Boost.Random", r"boost/random.*", ("sim/random/*",), "Boost::headers"),
    Fence("Boost.Math", r"boost/math.*", ("sim/random/*", "sim/stats/*", "sim/model/*"),
          "Boost::headers"),
    Fence("Boost.Graph", r"boost/(graph|property_map)/.*", ("sim/model/*", "sim/stats/*"),
          "Boost::headers"),
    Fence("Eigen", r"Eigen/.*", ("sim/model/*", "sim/stats/*", "sim/scenario/*.cpp"), "Eigen3::Eigen"),
    Fence("nlohmann-json", r"nlohmann/.*", ("sim/report/*", "sim/exchange/*", "sim/scenario/schema*"),
          "nlohmann_json::nlohmann_json"),
    Fence("libmd", r"(md[245]|sha(1|2|256|512)?|rmd160)\.h", ("sim/report/*",), "truce_libmd"),
    Fence("zlib", r"zlib\.h", ("sim/report/resume.cpp",), "ZLIB::ZLIB"),
    Fence("libzip", r"zip\.h", ("sim/report/workbook.cpp", "sim/exchange/refill*",
                                     "sim/exchange/xlsx_finish.cpp"), "truce_libzip"),
    Fence("pugixml", r"pugixml\.hpp", ("sim/report/workbook.cpp", "sim/exchange/refill*",
                                          "sim/exchange/xlsx_finish.cpp"),
          "pugixml::pugixml"),
    Fence("libxlsxwriter", r"xlsxwriter.*", ("sim/exchange/xlsx*",),
          "truce_xlsxwriter"),
    Fence("SQLiteCpp", r"SQLiteCpp/.*|sqlite3\.h", ("sim/exchange/database.cpp",), "SQLiteCpp"),
    Fence("threads",
          r"thread|mutex|shared_mutex|atomic|condition_variable|future|stop_token|semaphore|latch"
          r"|barrier|pthread\.h", ("sim/experiment/*", "sim/cli/*"), "Threads::Threads"),
    Fence("the disk", r"fstream|filesystem", SHELL, ""),
    Fence("the operating system", r"(unistd|fcntl|signal|dirent|poll|termios)\.h|sys/.*|csignal",
          SHELL + ("sim/experiment/*",), ""),
)
DISK_CALLS = re.compile(r"\b(fopen|freopen|fdopen|popen|tmpfile|tmpnam|mkstemp)\s*\(")
STANDARD = re.compile(r"[a-z_0-9]+")  # <vector>, <cmath>

INCLUDE = re.compile(r'\s*#\s*include\s*(?:"([^"]*)"|<([^>]*)>)')
ROOM = re.compile(r"^\s*truce_room\(\s*(\w+)([^)]*)\)", re.MULTILINE)


class Room(NamedTuple):
    uses: tuple[str, ...]
    links: tuple[str, ...]


def read_rooms(cmake: str) -> dict[str, Room]:
    """The rooms of sim/CMakeLists.txt with the arrows written there."""
    rooms = {}
    cmake = re.sub(r"#.*", "", cmake)
    for name, rest in ROOM.findall(cmake):
        lists: dict[str, list[str]] = {"USES": [], "LINKS": []}
        current: list[str] = []
        for word in rest.split():
            if word in lists:
                current = lists[word]
            else:
                current.append(word)
        rooms[name] = Room(tuple(lists["USES"]), tuple(lists["LINKS"]))
    return rooms


def reachable_links(rooms: dict[str, Room], name: str) -> set[str]:
    """Libraries that a room sees: its own, and those of every room below it."""
    seen: set[str] = set()
    links: set[str] = set()
    waiting = [name]
    while waiting:
        room = waiting.pop()
        if room in seen or room not in rooms:
            continue
        seen.add(room)
        links.update(rooms[room].links)
        waiting.extend(rooms[room].uses)
    return links


def cycles(arrows: dict[str, set[str]]) -> Iterator[str]:
    """Rooms that reach themselves, one line for each ring."""
    told: set[frozenset[str]] = set()

    def walk(path: list[str]) -> Iterator[str]:
        for target in sorted(arrows.get(path[-1], ())):
            if target in path:
                ring = path[path.index(target):]
                if frozenset(ring) not in told:
                    told.add(frozenset(ring))
                    yield " -> ".join(ring + [target])
            else:
                yield from walk(path + [target])

    for start in sorted(arrows):
        yield from walk([start])


def without_comments(text: str) -> str:
    """The text with comments and string literals blanked, lines kept; includes stay readable."""

    def blank(match: re.Match[str]) -> str:
        found = match.group(0)
        if match.group("include"):
            return found
        return "\n" * found.count("\n") or " "

    return re.sub(r'(?P<include>^[ \t]*#[ \t]*include[ \t]*"[^"\n]*")|//[^\n]*|/\*.*?\*/'
                  r'|R"(?P<end>[^(\s]*)\(.*?\)(?P=end)"|"(?:\\.|[^"\\\n])*"'
                  r"|'(?:\\.|[^'\\\n])'", blank, text, flags=re.DOTALL | re.MULTILINE)


def check_third_party(path: str, header: str, links: set[str]) -> str:
    """What is wrong with `#include <header>` in the file, or an empty text."""
    for fence in FENCES:
        if not re.fullmatch(fence.header, header):
            continue
        if not any(fnmatchcase(path, files) for files in fence.files):
            return f"{fence.name} (<{header}>) is fenced in {', '.join(fence.files)}"
        if fence.library and fence.library not in links:
            return f"<{header}> needs {fence.library} among the LINKS in sim/CMakeLists.txt"
        return ""
    if header == "iostream" and path.endswith(".hpp"):
        return "<iostream> in a header"
    if STANDARD.fullmatch(header):
        return ""
    return f"<{header}> belongs to no fence of scripts/check_arrows.py; add one with its reason"


def check_file(root: Path, file: Path, rooms: dict[str, Room],
               arrows: dict[str, set[str]]) -> Iterator[str]:
    """Breaches of one file; what it includes is added to `arrows`."""
    path = file.relative_to(root).as_posix()
    room = path.split("/")[1]
    if room not in rooms:
        yield f"{path}:1: sim/CMakeLists.txt has no truce_room({room} ...)"
        return
    links = reachable_links(rooms, room)
    on_disk = any(fnmatchcase(path, files) for files in SHELL)
    for number, line in enumerate(without_comments(file.read_text()).splitlines(), 1):
        if not on_disk and (call := DISK_CALLS.search(line)):
            yield f"{path}:{number}: {call.group(1)}(): the disk is fenced in {', '.join(SHELL)}"
        include = INCLUDE.match(line)
        if not include:
            continue
        own, third_party = include.groups()
        if third_party is not None:
            if third_party.startswith("sim/"):
                yield f'{path}:{number}: write "{third_party}" with quotation marks'
            elif wrong := check_third_party(path, third_party, links):
                yield f"{path}:{number}: {wrong}"
            continue
        parts = own.split("/")
        if len(parts) < 3 or parts[0] != "sim":
            yield f'{path}:{number}: "{own}" is not a path from the root into sim/'
            continue
        if parts[1] == room:
            continue
        arrows.setdefault(room, set()).add(parts[1])
        if parts[1] not in rooms[room].uses:
            yield f"{path}:{number}: {room} may not include {parts[1]}"


def check(root: Path) -> list[str]:
    """All breaches of the tree, in the order of its files."""
    cmake = root / "sim" / "CMakeLists.txt"
    rooms = read_rooms(cmake.read_text())
    breaches = []
    if not rooms:
        breaches.append("sim/CMakeLists.txt:1: no truce_room(...) found")
    for name, room in rooms.items():
        for used in room.uses:
            if used not in rooms:
                breaches.append(f"sim/CMakeLists.txt:1: {name} USES {used}, which is no room")
    arrows: dict[str, set[str]] = {}
    for file in sorted((root / "sim").rglob("*")):
        if file.suffix in (".hpp", ".cpp"):
            breaches += check_file(root, file, rooms, arrows)
    for kind, graph in (("USES", {name: set(room.uses) for name, room in rooms.items()}),
                        ("includes", arrows)):
        for ring in cycles(graph):
            breaches.append(f"sim/CMakeLists.txt:1: {kind} go round in a ring: {ring}")
    return breaches


def main() -> int:
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent)
    breaches = check(root)
    print("\n".join(breaches), end="\n" if breaches else "")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
