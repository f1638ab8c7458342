"""No individual statistics: which groups of people may be shown, so that nobody's own figure can be read or
reckoned.

A group under five is never shown. If one is hidden, what remains of the total must not give it away: the
next smallest are hidden with it, until the hidden ones are at least two and hold at least ten people
together. A total of fewer than five is hidden too.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

LEAST = 5

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Shown(Generic[K]):
    groups: frozenset[K]
    total: bool  # whether the sum of all may be shown


def shown(people: Mapping[K, int], least: int = LEAST) -> Shown[K]:
    """`people`: how many people stand behind each group's figure. Of two of one size both go or both stay."""
    hidden = {key for key, count in people.items() if count < least}
    for size in sorted({people[key] for key in people.keys() - hidden}):
        if not hidden or _dark([people[key] for key in hidden], least):
            break
        hidden |= {key for key, count in people.items() if count == size}
    return Shown(frozenset(people.keys() - hidden), sum(people.values()) >= least)


def _dark(hidden: list[int], least: int) -> bool:
    """Whether what remains of the total tells nobody's size: it is several groups, enough people, and not so
    many that each of them must be as large as a hidden one can be (three groups with twelve people are 4, 4
    and 4).
    """
    together = sum(hidden)
    return len(hidden) > 1 and together >= 2 * least and together != len(hidden) * (least - 1)
