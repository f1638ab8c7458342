"""Will it hold? What is rostered beside the need: the gap, and a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.plan.pure import erlang
from firsthand.plan.pure.need.answer import Need
from firsthand.plan.pure.need.question import Staff

HOLDS, TIGHT, SHORT = "holds", "tight", "short"


@dataclass(frozen=True)
class Hold:
    """One interval: how many helpers more are rostered than needed (below 0: missing) if as many call as in one of
    ten cases (`busy`), in the middle (`likely`), if as few as in one of ten (`quiet`).

    Counted beside the specialists who are rostered: one of them too few costs the helpers it takes instead. None:
    too few specialists, helpers do not make up for them. `gap` is the plain difference on a middle day.
    """

    busy: int | None
    likely: int | None
    quiet: int | None
    gap: Staff
    word: str  # holds (even if many call), tight (on a middle day), short


def will_it_hold(needs: Sequence[Need], rostered: Sequence[Staff], absent: float = 0.0) -> list[Hold]:
    """Interval by interval. `absent`: the share of the rostered who are on a break or away (`Room.absent`)."""
    return [_hold(need, staff, absent) for need, staff in zip(needs, rostered, strict=True)]


def _hold(need: Need, rostered: Staff, absent: float) -> Hold:
    there = max(
        n for n in range(rostered.specialists + 1) if erlang.rostered(n, absent) <= rostered.specialists
    )
    busy, likely, quiet = (
        _gap(need, part, there, rostered.helpers, absent) for part in ("high", "middle", "low")
    )
    needed = Staff(*(erlang.rostered(n, absent) for n in need.staff))
    return Hold(
        busy,
        likely,
        quiet,
        Staff(rostered.helpers - needed.helpers, rostered.specialists - needed.specialists),
        HOLDS if busy is not None and busy >= 0 else TIGHT if likely is not None and likely >= 0 else SHORT,
    )


def _gap(need: Need, part: str, specialists: int, helpers: int, absent: float) -> int | None:
    """With the most specialists of whom it is known what they spare."""
    known = [one for one in need.options if getattr(one, part) is not None and one.specialists <= specialists]
    if not known:
        return None
    needed: int = getattr(max(known, key=lambda one: one.specialists), part)
    return helpers - erlang.rostered(needed, absent)
