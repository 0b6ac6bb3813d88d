#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""truce against its twin in SimPy (bench/simpy_twin.py), written from the same description: they
agree; a twin with a defect does not; what the twin does not have it refuses.

Usage: twin_test.py PROGRAM    (the program is that of the build under test)

Seeds are fixed, so that a pass stays a pass. Intervals hold for all outcomes together at 99.9 %.
"""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

BENCH = Path(__file__).resolve().parents[2] / "bench"
SLICE = (BENCH / "slice.yaml").read_text(encoding="utf-8")
TWIN = ("simpy_twin.py", "twin_scenario.py", "twin_tally.py", "twin_values.py")
program = ""

# Of the text of the twin, what is replaced by what, and an outcome by which it must be seen.
DEFECTS = {
    "teams take cases as they come":
        ("cell.teams.request(priority=GRADES.index(grade))", "cell.teams.request(priority=0)", "team_wait.grave"),
    "teams are back at once":
        ("yield self.env.timeout(travel)\n        cell.busy", "yield self.env.timeout(0)\n        cell.busy",
         "team_utilisation"),
    "evidence never decays":
        ("probability *= 2 ** (", "probability *= 1 ** (", "attributed_share"),
}
# Of the text of the scenario likewise, and what the refusal says.
REFUSALS = {
    "a section of politics": ("experiment:", "facts: {backstop: {probability: 0.5}}\nexperiment:", ": facts: the twin"),
    "a key that it does not play": ("opens_after: 15 days", "opens_after: 15 days, beds: 100 troops",
                                    "hubs.north.beds: the twin does not have this"),
    "a key that does not exist": ("access_retries", "acess_retries", "verification.acess_retries: the twin"),
    "a distribution": ("lognormal: {mean: 7.5 h, cv: 0.5}", "weibull: {shape: 2, scale: 7 h}",
                       "coordination.work: the twin does not have the distribution"),
    "a number without its unit": ("work: {lognormal: {median: 7 h", "work: {lognormal: {median: 7",
                                  "verification.work.lognormal.median: expected a time with a unit"),
    "a unit of another kind": ("expires_after: {uniform: [8 days", "expires_after: {uniform: [8 km",
                               "verification.expires_after.uniform: expected a time"),
    "a name that is not there": ("watches: [donetsk]", "watches: [donezk]", "cells.south.watches: expected a list of"),
    "a key that is missing": ("  desks: 3\n", "", "coordination.desks: is missing"),
    "half a desk": ("  desks: 3\n", "  desks: 2.5\n", "coordination.desks: expected a whole number of 1 or more"),
    "a time below zero": ("opens_after: 15 days", "opens_after: -15 days", "hubs.north.opens_after: expected a time"),
    "incidents without end": ("branching: 0.4,", "branching: 0.97,", "sectors.kharkiv: the twin needs fewer than one"),
    "what is not YAML": ("truce: 1", "truce: [1", "not YAML"),
}


def compare(twin: Path, replications: int) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, str(BENCH / "compare_twin.py"), "--truce", program, "--twin", str(twin), "--rounds", "1",
         "--replications", str(replications), "--per-twin", "4", "--level", "99.9", "--seed", "1"],
        capture_output=True, text=True, check=False)


class Twin(unittest.TestCase):
    def test_agrees(self) -> None:
        done = compare(BENCH / "simpy_twin.py", 24)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertNotIn("DIFFER", done.stdout)

    def test_with_a_defect_differs(self) -> None:
        for name, (text, instead, outcome) in DEFECTS.items():
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                seeded = 0
                for file in TWIN:
                    source = (BENCH / file).read_text(encoding="utf-8")
                    seeded += source.count(text)
                    (Path(folder) / file).write_text(source.replace(text, instead), encoding="utf-8")
                self.assertEqual(seeded, 1, f"{text!r} is not in the twin, or twice")
                done = compare(Path(folder) / "simpy_twin.py", 8)
                self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
                differing = [line.split()[0] for line in done.stdout.splitlines() if line.endswith("DIFFER")]
                self.assertIn(outcome, differing, done.stdout)

    def test_refuses_what_it_does_not_have(self) -> None:
        for name, (text, instead, message) in REFUSALS.items():
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                self.assertEqual(SLICE.count(text), 1, f"{text!r} is not in the slice, or twice")
                scenario = Path(folder) / "changed.yaml"
                scenario.write_text(SLICE.replace(text, instead), encoding="utf-8")
                done = subprocess.run([sys.executable, str(BENCH / "simpy_twin.py"), "--scenario", str(scenario)],
                                      capture_output=True, text=True, check=False)
                self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
                self.assertIn(message, done.stderr)


if __name__ == "__main__":
    if len(sys.argv) < 2 or not Path(sys.argv[1]).is_file():
        sys.exit("Usage: twin_test.py PROGRAM")
    program = sys.argv.pop(1)
    unittest.main()
