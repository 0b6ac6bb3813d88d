#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What control variates could save on the Paris case.

Usage: control_variates.py [--truce PROGRAM] [--replications N]

A control variate is something that varies with an outcome and whose mean is known: the outcome's mean,
less what the controls explain by regression, has the variance (1 - R^2) of the plain mean (Lavenberg and
Welch, Management Science 27, 1981), that is, 1 / (1 - R^2) times fewer replications do. The means that are
known before a replication is played are those of what it draws once: the rates of incidents of all
sectors, and the pledges. The rates are made parameters of the scenario, which draws them the same way and
tells them. Counts of baseline incidents have no known mean here: they depend on the political climate, and
on when the ceasefire collapses.

Prints, for each headline, the adjusted R^2 of a least-squares fit on these and the gain.
"""

import argparse
import csv
import re
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RATE = re.compile(r"incidents: \{rate: (\{lognormal: \{[^}]*\}\}),")
OUTCOMES = ("incidents_per_day recorded_violations_per_day detected_share verified_share attributed_share "
            "verification_delay answer_delay ceasefire_days holds_at.365 final_collapse troops_at.90 coverage "
            "cost").split()


def with_rates_as_parameters(text: str) -> str:
    """The scenario with the rate of each sector a parameter, drawn as before."""
    rates: list[str] = []

    def parameter(match: re.Match[str]) -> str:
        rates.append(match.group(1))
        return f"incidents: {{rate: $rate_{len(rates) - 1},"

    changed = RATE.sub(parameter, text)
    if not rates:
        raise SystemExit("control_variates.py: the scenario has no rates as this expects them")
    section = "".join(f'  rate_{i}: {{value: {rate}, note: "assumption: as before"}}\n'
                      for i, rate in enumerate(rates))
    return changed.replace("\nceasefire:", f"\nparameters:\n{section}\nceasefire:", 1)


def adjusted_r2(controls: list[list[float]], values: list[float]) -> float:
    """Of a least-squares fit of the values on the controls, rows by rows."""
    n, k = len(values), len(controls[0])
    means = [sum(row[j] for row in controls) / n for j in range(k)]
    mean = sum(values) / n
    matrix = [[sum((row[a] - means[a]) * (row[b] - means[b]) for row in controls) for b in range(k)]
              + [sum((row[a] - means[a]) * (value - mean) for row, value in zip(controls, values))]
              for a in range(k)]
    right = [row[k] for row in matrix]
    for i in range(k):
        pivot = max(range(i, k), key=lambda r: abs(matrix[r][i]))
        matrix[i], matrix[pivot] = matrix[pivot], matrix[i]
        for r in range(k):
            if r != i:
                factor = matrix[r][i] / matrix[i][i]
                matrix[r] = [x - factor * y for x, y in zip(matrix[r], matrix[i])]
    explained = sum(matrix[i][k] / matrix[i][i] * right[i] for i in range(k))
    total = sum((value - mean) ** 2 for value in values)
    return 1 - (1 - explained / total) * (n - 1) / (n - k - 1)


def main() -> None:
    parser = argparse.ArgumentParser(description="What control variates could save on the Paris case.")
    parser.add_argument("--truce", default=ROOT / "build" / "release" / "truce")
    parser.add_argument("--replications", type=int, default=2000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        text = (ROOT / "scenarios" / "paris-2026.yaml").read_text(encoding="utf-8")
        (folder / "controls.yaml").write_text(with_rates_as_parameters(text), encoding="utf-8")
        subprocess.run([options.truce, "run", folder / "controls.yaml", "--quiet", "--no-workbook",
                        "--out", folder / "out",
                        "--replications", str(options.replications)], check=True)
        with open(folder / "out" / "replications.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
    names = [name for name in rows[0] if name.startswith("parameters.rate_")] + ["troops_pledged"]
    print(f"outcome,n,r_squared,gain  ({len(names)} controls)")
    for outcome in OUTCOMES:
        having = [row for row in rows if row[outcome]]
        r2 = adjusted_r2([[float(row[name]) for name in names] for row in having],
                         [float(row[outcome]) for row in having])
        print(f"{outcome},{len(having)},{r2:.3f},{1 / (1 - r2):.2f}")


if __name__ == "__main__":
    main()
