# SPDX-License-Identifier: Apache-2.0
"""Two samples that were drawn together: what that saves on their difference, and what it could save."""

import math
import statistics

Z = statistics.NormalDist().inv_cdf(0.975)
ROUNDING = 1e-24  # a variance so many times smaller than another is that of the last digits


def without_each(values: list[float]) -> list[float]:
    """Variances of the sample less one value, for each."""
    n, mean = len(values), statistics.fmean(values)
    squares = math.fsum((value - mean) ** 2 for value in values)
    return [max(0.0, squares - n / (n - 1) * (value - mean) ** 2) / (n - 2) for value in values]


def gain_of(before: list[float], after: list[float]) -> tuple[float, float, float]:
    """The gain and its interval by the jackknife of its logarithm. Infinite above if the difference
    hangs on one pair, and altogether if no pair differs; not a number if nothing varies."""
    differences = [b - a for a, b in zip(before, after)]
    total = statistics.variance(before) + statistics.variance(after)
    paired = statistics.variance(differences)
    if total == 0.0:
        return math.nan, math.nan, math.nan
    if paired <= ROUNDING * total:
        return math.inf, math.inf, math.inf
    n, gain = len(before), total / paired
    logs = []
    for a, b, d in zip(without_each(before), without_each(after), without_each(differences)):
        if a + b <= 0.0 or d <= 1e-12 * paired:
            return gain, 0.0, math.inf
        logs.append(math.log((a + b) / d))
    mean = statistics.fmean(logs)
    error = math.sqrt((n - 1) / n * math.fsum((value - mean) ** 2 for value in logs))
    return gain, gain * math.exp(-Z * error), gain * math.exp(Z * error)


def most_of(before: list[float], after: list[float]) -> float:
    """The gain of the coupling that has the least variance of the difference: both sorted."""
    paired = statistics.variance([b - a for a, b in zip(sorted(before), sorted(after))])
    total = statistics.variance(before) + statistics.variance(after)
    return total / paired if paired > ROUNDING * total else math.inf


def correlation(a: list[float], b: list[float]) -> float:
    if len(a) < 2 or statistics.variance(a) == 0.0 or statistics.variance(b) == 0.0:
        return math.nan
    return statistics.correlation(a, b)
