"""Chance by number: every draw is a function of (seed, run, day, call type, purpose, number of the call).

Nothing is drawn "next": the service time of call 17 is the same whoever serves it and however many agents
there are. One agent more therefore changes nothing else (common random numbers), nor do threads.

The generator is SplitMix64 (G. Steele, D. Lea, C. Flood 2014) as a counter: `mix(key + n * golden ratio)`.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from firsthand.plan.pure.simulation.memory import inlined, part, small

# Kinds of distribution; `a`, `b`, `c` as `distributions.Distribution.numbers` sets them.
NEVER, CONSTANT, EXPONENTIAL, GAMMA, LOGNORMAL, UNIFORM, TRIANGULAR, WEIBULL = range(8)

STAGES = 64  # draws of one call for one purpose: transfers and redials count it up

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_30, _27, _31, _11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
_TRIES = np.uint64(1 << 40)  # further draws for the same number, out of reach of any other number


@inlined
def mix(z: Any) -> Any:
    z = (z ^ (z >> _30)) * _FIRST
    z = (z ^ (z >> _27)) * _SECOND
    return z ^ (z >> _31)


@part
def key_of(key: Any, part: int) -> Any:
    """A key for a part of what `key` stands for: mixed twice, so that neighbours share nothing."""
    return mix(mix(key + np.uint64(part) * _GOLDEN + _FIRST) ^ _SECOND)


@small
def uniform(key: Any, number: Any) -> float:
    """Above 0 and below 1: a logarithm of it is always finite."""
    z = mix(key + (np.uint64(number) + np.uint64(1)) * _GOLDEN)
    return (np.float64(z >> _11) + 0.5) * (1.0 / 9007199254740992.0)


@small
def exponential(key: Any, number: Any) -> float:
    """Mean 1."""
    return -math.log(uniform(key, number))


@inlined
def normal(key: Any, number: Any) -> float:
    """Box and Muller 1958."""
    far = uniform(key, number)
    turn = uniform(key, np.uint64(number) + (_TRIES >> np.uint64(1)))
    return math.sqrt(-2.0 * math.log(far)) * math.cos(2.0 * math.pi * turn)


@part
def gamma(shape: float, key: Any, number: Any) -> float:
    """Mean `shape`, scale 1. G. Marsaglia and W. W. Tsang, ACM TOMS 26 (2000) 363."""
    boost, at = 1.0, np.uint64(number)
    if shape < 1.0:  # their remark on small shapes
        boost = math.pow(uniform(key, at + _TRIES * np.uint64(4095)), 1.0 / shape)
        shape += 1.0
    d = shape - 1.0 / 3.0
    c = 1.0 / math.sqrt(9.0 * d)
    while True:
        x = normal(key, at)
        at += _TRIES
        v = 1.0 + c * x
        if v <= 0.0:
            continue
        v = v * v * v
        accepted = math.log(uniform(key, at))
        at += _TRIES
        if accepted < 0.5 * x * x + d - d * v + d * math.log(v):
            return boost * d * v


@part
def _other(one: Any, key: Any, number: Any) -> float:
    kind, a, b = one.kind, one.a, one.b
    if kind == CONSTANT:
        found = a
    elif kind == GAMMA:
        found = b * gamma(a, key, number)
    elif kind == LOGNORMAL:
        found = math.exp(a + b * normal(key, number))
    elif kind == UNIFORM:
        found = a + (b - a) * uniform(key, number)
    elif kind == WEIBULL:
        found = a * math.pow(exponential(key, number), 1.0 / b)
    else:
        found = _triangular(a, b, one.c, uniform(key, number))
    return float(found)


@inlined
def _triangular(low: float, high: float, top: float, u: float) -> float:
    """The inverse of the distribution function."""
    if u * (high - low) < top - low:
        return low + math.sqrt(u * (high - low) * (top - low))
    return high - math.sqrt((1.0 - u) * (high - low) * (high - top))


@part
def draw(one: Any, key: Any, number: Any) -> float:
    """From one row of the table of distributions: infinity if it never happens."""
    if one.kind == EXPONENTIAL:
        return float(one.a) * exponential(key, number)
    if one.kind == NEVER:
        return math.inf
    return _other(one, key, number)
