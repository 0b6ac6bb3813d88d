#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""bench/what_if_gain.py: gains against formulas, and what the what-ifs on the Paris case leave as it was.

Usage: gain_test.py PROGRAM    (the program is that of the build under test)

Seeds are fixed, so that a pass stays a pass.
"""

import csv
import math
import random
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

BENCH = Path(__file__).resolve().parents[2] / "bench"
sys.dont_write_bytecode = True
sys.path.insert(0, str(BENCH))
from coupling import correlation, gain_of, most_of  # noqa: E402 (the folder is no package)

program = ""
# What-ifs whose question is the rate of incidents itself.
OF_INCIDENTS = {"donbas-open", "donbas-settled"}


def pairs(chance: random.Random, count: int, rho: float, scale: float) -> tuple[list[float], list[float]]:
    """Normal values of variance 1 and scale^2, correlated by rho."""
    before, after = [], []
    for _ in range(count):
        x, y = chance.gauss(0, 1), chance.gauss(0, 1)
        before.append(x)
        after.append(5 + scale * (rho * x + math.sqrt(1 - rho * rho) * y))
    return before, after


class Formulas(unittest.TestCase):
    def test_gain_of_normal_pairs(self) -> None:
        """(1 + s^2) / (1 + s^2 - 2 rho s); its logarithm has an error of at most 2/sqrt(n) here."""
        chance = random.Random(1)
        for rho, scale in ((0.0, 1.0), (0.9, 1.0), (0.99, 1.0), (0.95, 2.0), (-0.5, 1.0)):
            before, after = pairs(chance, 20_000, rho, scale)
            truth = (1 + scale ** 2) / (1 + scale ** 2 - 2 * rho * scale)
            gain, low, high = gain_of(before, after)
            self.assertLess(abs(math.log(gain / truth)), 5 * 2 / math.sqrt(20_000))
            self.assertLess(low, gain)
            self.assertLess(gain, high)
            self.assertLess(abs(correlation(before, after) - rho), 5 / math.sqrt(20_000))

    def test_intervals_cover(self) -> None:
        """At 95 %: of 400, at least 360 (four standard errors, and one of a hundred for small samples)."""
        chance = random.Random(2)
        covered = 0
        for _ in range(400):
            _, low, high = gain_of(*pairs(chance, 100, 0.9, 1.0))
            covered += low <= 10.0 <= high
        self.assertGreaterEqual(covered, 360)
        self.assertLess(covered, 400)

    def test_most_is_that_of_the_best_coupling(self) -> None:
        chance = random.Random(3)
        before, after = pairs(chance, 20_000, 0.3, 2.0)
        # Both sorted, normal values are in proportion: (1 + 4) / (2 - 1)^2.
        self.assertLess(abs(math.log(most_of(before, after) / 5.0)), 0.1)
        self.assertGreaterEqual(most_of(before, after), gain_of(before, after)[0])
        shuffled = before[:]
        chance.shuffle(shuffled)
        self.assertEqual(most_of(before, shuffled), math.inf)
        self.assertAlmostEqual(most_of(before, [0.0] * len(before)), 1.0)

    def test_what_has_no_gain(self) -> None:
        values = [1.0, 2.0, 4.0, 8.0]
        self.assertEqual(gain_of(values, values), (math.inf, math.inf, math.inf))
        self.assertTrue(math.isnan(gain_of([3.0] * 4, [5.0] * 4)[0]))
        gain, low, high = gain_of(values, [1.0, 2.0, 4.0, 9.0])  # it hangs on one pair
        self.assertGreater(gain, 1)
        self.assertEqual((low, high), (0.0, math.inf))


class Program(unittest.TestCase):
    def run_it(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run([sys.executable, str(BENCH / "what_if_gain.py"), "--truce", program, *words],
                              capture_output=True, text=True, check=False)

    def test_incidents_are_untouched_once_nothing_acts_back_on_them(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "gain.csv"
            ended = self.run_it("--replications", "8", "--csv", str(file), "--machine", "test")
            self.assertEqual(ended.returncode, 0, ended.stderr)
            with open(file, newline="", encoding="utf-8") as rows:
                found = {(row["benchmark"], row["size"], row["metric"]): float(row["value"])
                         for row in csv.DictReader(rows)}
        moved = {key[:2]: value for key, value in found.items() if key[2] == "incidents moved"}
        names = {size for _, size in moved}
        self.assertLess(OF_INCIDENTS, names)
        for name in names:
            self.assertGreater(moved["what-if-gain", name], 0.0, name)
            if name in OF_INCIDENTS:
                self.assertGreater(moved["what-if-gain-cut", name], 0.0, name)
            else:
                self.assertEqual(moved["what-if-gain-cut", name], 0.0, name)
                self.assertEqual(sum(found["what-if-gain-cut", name, kind]
                                     for kind in ("nothing differs", "incidents do not differ")), 1.0, name)
        self.assertIn("median gain", ended.stdout.lower())

    def test_what_can_not_be_meant(self) -> None:
        for words, says in ((["--replications", "2"], "'2' is not a whole number from 3"),
                            (["--replications", "many"], "'many' is not a whole number"),
                            (["--csv", "x.csv"], "--csv needs --machine"),
                            (["--truce", "/nowhere/truce"], "/nowhere/truce"),
                            (["--replications", "3", "--other-seed", "20260106"], "that is no control")):
            ended = self.run_it(*words)
            self.assertEqual(ended.returncode, 2, words)
            self.assertIn(says, ended.stderr)


if __name__ == "__main__":
    program = sys.argv.pop(1)
    unittest.main()
