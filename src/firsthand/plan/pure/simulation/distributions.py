"""Distributions of times, as a scenario names them."""

from __future__ import annotations

import math
from typing import NamedTuple

from firsthand.plan.pure.simulation import draws
from firsthand.plan.pure.simulation.reading import Node, Unreadable, need


class Distribution(NamedTuple):
    """A kind and its numbers, as `draws.draw` wants them."""

    kind: int
    a: float = 0.0
    b: float = 0.0
    c: float = 0.0

    @property
    def mean(self) -> float:
        if self.kind == draws.NEVER:
            return math.inf
        if self.kind in (draws.CONSTANT, draws.EXPONENTIAL):
            return self.a
        if self.kind == draws.GAMMA:
            return self.a * self.b
        if self.kind == draws.LOGNORMAL:
            return math.exp(self.a + self.b * self.b / 2)
        if self.kind == draws.WEIBULL:
            return self.a * math.gamma(1 + 1 / self.b)
        return (self.a + self.b) / 2 if self.kind == draws.UNIFORM else (self.a + self.b + self.c) / 3

    @property
    def variability(self) -> float:
        """Standard deviation over mean: 1 for an exponential time."""
        if self.kind == draws.GAMMA:
            return 1 / math.sqrt(self.a)
        if self.kind == draws.LOGNORMAL:
            return math.sqrt(math.expm1(self.b * self.b))
        if self.kind == draws.WEIBULL:
            mean = math.gamma(1 + 1 / self.b)
            return math.sqrt(max(0.0, math.gamma(1 + 2 / self.b) / mean**2 - 1))
        a, b, c = self.a, self.b, self.c
        if self.kind == draws.UNIFORM:
            return (b - a) / math.sqrt(12) / self.mean if self.mean else 0.0
        if self.kind == draws.TRIANGULAR:
            return math.sqrt((a * a + b * b + c * c - a * b - a * c - b * c) / 18) / self.mean
        return 1.0 if self.kind == draws.EXPONENTIAL else 0.0


NEVER = Distribution(draws.NEVER)

_NUMBERS = {
    "never": (),
    "constant": ("value",),
    "exponential": ("mean",),
    "gamma": ("mean", "shape"),
    "lognormal": ("mean", "sd"),
    "uniform": ("low", "high"),
    "triangular": ("low", "mode", "high"),
    "weibull": ("mean", "shape"),
}


def read(node: Node) -> Distribution:
    """`{"kind": "gamma", "mean": 180, "shape": 2}`; a bare number is a constant."""
    if isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
        return Distribution(draws.CONSTANT, node.number())
    if not isinstance(node.value, dict):
        raise node.wrong("a distribution: an object with “kind” and its numbers, or a number")
    if "kind" not in node.value:
        raise Unreadable(f"{node.path}: “kind” is missing.")
    kind = Node(node.value["kind"], f"{node.path}.kind").one_of(*_NUMBERS)
    there = node.inside("kind", "factor", *_NUMBERS[kind])
    factor = there["factor"].number(0, above=True) if "factor" in there else 1.0
    given = [need(there, name, node) for name in _NUMBERS[kind]]
    return _made(
        kind, [one.number(0, above=one.path.endswith(("mean", "shape"))) for one in given], factor, node
    )


def _made(kind: str, numbers: list[float], factor: float, node: Node) -> Distribution:
    first = numbers[0] * factor if numbers else 0.0
    if kind == "never":
        return NEVER
    if kind in ("constant", "exponential"):
        return Distribution(draws.CONSTANT if kind == "constant" else draws.EXPONENTIAL, first)
    if kind in ("uniform", "triangular"):
        return _between(kind, [one * factor for one in numbers], node)
    if kind == "gamma":
        return Distribution(draws.GAMMA, numbers[1], first / numbers[1])
    if kind == "weibull":
        return Distribution(draws.WEIBULL, first / math.gamma(1 + 1 / numbers[1]), numbers[1])
    spread = math.log1p((numbers[1] / numbers[0]) ** 2)
    return Distribution(draws.LOGNORMAL, math.log(first) - spread / 2, math.sqrt(spread))


def _between(kind: str, numbers: list[float], node: Node) -> Distribution:
    if numbers != sorted(numbers):
        raise Unreadable(f"{node.path}: the numbers must rise: {', '.join(_NUMBERS[kind])}.")
    if numbers[0] == numbers[-1]:
        return Distribution(draws.CONSTANT, numbers[0])
    if kind == "uniform":
        return Distribution(draws.UNIFORM, *numbers)
    low, top, high = numbers
    return Distribution(draws.TRIANGULAR, low, high, top)
