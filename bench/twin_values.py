# SPDX-License-Identifier: Apache-2.0
"""Sections, quantities with units and distributions of a scenario, for the SimPy twin.

Every key is asked for by name. What is left over afterwards is something that the twin does not
have, or a slip, and is refused with its path: results of a scenario that was read by half would be
compared with those of one that was read whole.

Units inside: days, kilometres, troops. A drawn value is a function of the source of chance.
"""

import math
import random
import re
from typing import Any, Callable

Draw = Callable[[random.Random], float]
NO_KEY = object()
DAYS = {"s": 1 / 86400, "second": 1 / 86400, "min": 1 / 1440, "minute": 1 / 1440, "h": 1 / 24,
        "hour": 1 / 24, "d": 1.0, "day": 1.0, "week": 7.0}
UNITS = {"time": DAYS, "length": {"m": 0.001, "km": 1.0}, "troops": {"troop": 1.0, "head": 1.0}}
Z95 = 1.6448536269514722  # 95 % quantile of the standard normal distribution


class Refused(Exception):
    """A scenario that the twin can't play: the path of what is wrong, and why."""


class Section:
    """A mapping of the file with its path, which notes what was asked for."""

    def __init__(self, value: Any, path: str) -> None:
        if not isinstance(value, dict):
            raise Refused(f"{path or 'the file'}: expected a section with keys, found {value!r}")
        self.path = path
        self.left = {str(key): value for key, value in value.items()
                     if key not in ("source", "note", "confidence", "title")}

    def at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def take(self, key: str, default: Any = NO_KEY) -> Any:
        value = self.left.pop(key, default)
        if value is NO_KEY:
            raise Refused(f"{self.at(key)}: is missing")
        if isinstance(value, dict) and "value" in value:
            value = value["value"]  # {value: ..., source: ...}
        return value

    def section(self, key: str, default: Any = NO_KEY) -> "Section":
        return Section(self.take(key, default), self.at(key))

    def entries(self, key: str) -> list[tuple[str, "Section"]]:
        """The entries of a table of names, in the order of the file."""
        table = self.section(key, {})
        return [(name, table.section(name)) for name in list(table.left)]

    def number(self, key: str, default: Any = NO_KEY) -> float:
        return number(self.take(key, default), self.at(key))

    def whole(self, key: str, least: int, default: Any = NO_KEY) -> int:
        value = self.take(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            raise Refused(f"{self.at(key)}: expected a whole number of {least} or more, found {value!r}")
        return value

    def names_in(self, key: str, names: dict[str, Any]) -> list[str]:
        value = self.take(key)
        if not isinstance(value, list) or not value or any(name not in names for name in value):
            raise Refused(f"{self.at(key)}: expected a list of {', '.join(names)}; found {value!r}")
        return value

    def quantity(self, key: str, kind: str, default: Any = NO_KEY) -> float:
        return quantity(self.take(key, default), kind, self.at(key))

    def drawn(self, key: str, kind: str, default: Any = NO_KEY) -> Draw:
        return law(self.take(key, default), kind, self.at(key))

    def name_in(self, key: str, names: dict[str, Any], default: Any = NO_KEY) -> str:
        value = self.take(key, default)
        if not isinstance(value, str) or value not in names:
            raise Refused(f"{self.at(key)}: found {value!r}; there are: {', '.join(names)}")
        return value

    def numbers_by(self, key: str, names: dict[str, Any]) -> dict[str, float]:
        """Numbers by name, `{shelling: 0.3}`; none if the key is left out."""
        table = self.section(key, {})
        numbers = {}
        for name in list(table.left):
            if name not in names:
                raise Refused(f"{table.at(name)}: there is no such name; there are: {', '.join(names)}")
            numbers[name] = table.number(name)
        return numbers

    def point(self, key: str) -> tuple[float, float]:
        value = self.take(key)
        if not isinstance(value, list) or len(value) != 2:
            raise Refused(f"{self.at(key)}: expected [latitude, longitude], found {value!r}")
        return number(value[0], self.at(key)), number(value[1], self.at(key))

    def end(self) -> None:
        if self.left:
            raise Refused("; ".join(f"{self.at(key)}: the twin does not have this" for key in self.left))


def number(value: Any, path: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise Refused(f"{path}: expected a number, found {value!r}")
    return float(value)


def quantity(value: Any, kind: str, path: str) -> float:
    """A number of 0 or more with its unit, `6 /day`, in days, kilometres and troops; kind: time, length, troops,
    rate, speed, or number for one without a unit, of either sign."""
    if kind == "number":
        return number(value, path)
    found = re.fullmatch(r"(\d+(?:\.\d*)?(?:e[-+]?\d+)?)\s*(\w*)(?:\s*/\s*(\w+))?", str(value).strip())
    above, below = {"rate": (None, "time"), "speed": ("length", "time")}.get(kind, (kind, None))

    def unit(word: str | None, of: str | None) -> float:
        if not word or of is None:
            return 1.0 if not word and of is None else 0.0
        table = UNITS[of]
        return table.get(word, table.get(word.removesuffix("s"), 0.0))

    factor = found and unit(found[2], above) and unit(found[2], above) / (unit(found[3], below) or math.inf)
    if not factor:
        raise Refused(f"{path}: expected a {kind} with a unit that the twin knows, found {value!r}")
    return number(float(found[1]) * factor, path)


def law(value: Any, kind: str, path: str) -> Draw:
    """A value or a distribution, as a function that draws it."""
    if not isinstance(value, dict):
        fixed = quantity(value, kind, path)
        return lambda _: fixed
    if len(value) != 1:
        raise Refused(f"{path}: expected one distribution, found {', '.join(map(str, value)) or 'none'}")
    name, given = next(iter(value.items()))
    if isinstance(given, list):
        words, given = (), [quantity(item, kind, f"{path}.{name}") for item in given]
    elif isinstance(given, dict):
        plain = ("cv", "sigma", "shape")
        words = tuple(given)
        given = [quantity(item, "number" if word in plain else kind, f"{path}.{name}.{word}")
                 for word, item in given.items()]
    else:
        words, given = (), [quantity(given, kind, f"{path}.{name}")]
    if not words and given != sorted(given):
        raise Refused(f"{path}: expected values that ascend, found {value!r}")
    a, b, c = (*given, 0.0, 0.0, 0.0)[:3]
    try:
        made: dict[tuple, Callable[[], Draw]] = {
            ("constant", (), 1): lambda: lambda _: a,
            ("uniform", (), 2): lambda: lambda chance: chance.uniform(a, b),
            ("triangular", (), 3): lambda: lambda chance: chance.triangular(a, c, b),
            ("exponential", (), 1): lambda: (lambda rate: lambda chance: chance.expovariate(rate))(1 / a),
            ("lognormal", ("median", "p95"), 2): lambda: lognormal(math.log(a), math.log(b / a) / Z95),
            ("lognormal", ("median", "sigma"), 2): lambda: lognormal(math.log(a), b),
            ("lognormal", ("mean", "cv"), 2):
                lambda: lognormal(math.log(a) - math.log1p(b * b) / 2, math.sqrt(math.log1p(b * b))),
            ("gamma", ("mean", "cv"), 2): lambda: gamma(1 / b ** 2, a * b * b),
            ("gamma", ("shape", "scale"), 2): lambda: gamma(a, b),
        }
        return made[str(name), words, len(given)]()
    except KeyError:
        raise Refused(f"{path}: the twin does not have the distribution {value!r}") from None
    except (ValueError, ZeroDivisionError):
        raise Refused(f"{path}: parameters out of range: {value!r}") from None


def lognormal(mu: float, sigma: float) -> Draw:
    return lambda chance: chance.lognormvariate(mu, sigma)


def gamma(shape: float, scale: float) -> Draw:
    return lambda chance: chance.gammavariate(shape, scale)
