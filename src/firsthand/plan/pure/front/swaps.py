"""Two people agree on a swap, or one takes a shift over: may they, and with whom could I?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from firsthand.plan.pure.front import local
from firsthand.plan.pure.front.problem import Problem, Roster, Shift

# What must not get worse although it has only a price: two people cannot agree on it for a third.
_SHARED = ("missing", "buddy", "executive")


@dataclass(frozen=True)
class Partner:
    """Somebody who could take my shift, and the shift that I would get for it (None: none)."""

    person: int
    shift: Shift | None
    cost: int  # by how much the roster's cost rises


def broken(
    problem: Problem, roster: Roster, mine: Shift, theirs: Shift | None, taker: int | None = None
) -> list[str]:
    """The rules that would be broken, as codes; none: the swap is allowed.

    `theirs` None: `taker` takes the shift over. Codes are the `referee`'s, and `missing` (a place would have too few
    of a level), `buddy` (a newcomer would begin alone), `executive` (a week would have none)."""
    return _codes(local.Local(problem, roster), mine, theirs, theirs.person if theirs else _given(taker))


def _given(taker: int | None) -> int:
    if taker is None:
        raise ValueError("Either the other's shift or who takes mine over.")
    return taker


def swapped(roster: Roster, mine: Shift, theirs: Shift | None, taker: int) -> Roster:
    """The roster after the swap."""
    gone = {mine} | ({theirs} if theirs else set())
    new = {Shift(taker, mine.half_day, mine.room)}
    new |= {Shift(mine.person, theirs.half_day, theirs.room)} if theirs else set()
    return Roster((roster.shifts - gone) | new, roster.training)


def partners(problem: Problem, roster: Roster, mine: Shift, *, now: int = 0) -> list[Partner]:
    """Everybody who may take my shift, with or without one of his or hers from half-day `now` on; in no ranking:
    by person, then by time."""
    return list(_partners(local.Local(problem, roster), mine, now))


def _partners(here: local.Local, mine: Shift, now: int) -> Iterator[Partner]:
    for person in range(len(here.problem.people)):
        taken = Shift(person, mine.half_day, mine.room)
        if person == mine.person or not here.open_to(taken):
            continue
        theirs = [shift for shift in here.shifts(person) if shift.half_day >= now and shift[1:] != mine[1:]]
        for shift in (None, *theirs):
            if not _may(here, mine, shift, taken):
                continue
            if not _codes(here, mine, shift, person):
                yield Partner(person, shift, _cost(here, mine, shift, person))


def _may(here: local.Local, mine: Shift, theirs: Shift | None, taken: Shift) -> bool:
    """Most that `_codes` would say, without trying: of a thousand people few need that."""
    if theirs is not None:
        mine_then = Shift(mine.person, theirs.half_day, theirs.room)
        if theirs[:2] in here.fixed or not here.open_to(mine_then) or not here.free_for(mine, mine_then):
            return False
    return here.free_for(theirs, taken)


def _codes(here: local.Local, mine: Shift, theirs: Shift | None, taker: int) -> list[str]:
    problem = here.problem
    if not problem.speaks(taker, mine.room) or mine.half_day in problem.people[taker].blocked:
        return here.codes(theirs, Shift(taker, mine.half_day, mine.room))
    here.change(mine, None)
    found = here.codes(theirs, Shift(taker, mine.half_day, mine.room))
    if theirs is not None:
        here.change(theirs, None)
        found += here.codes(None, Shift(mine.person, theirs.half_day, theirs.room))
        here.change(None, theirs)
    elif (mine.person, mine.half_day) in here.fixed:
        found.append("lock")
    here.change(None, mine)
    if not found:
        before = _shared(here, mine, theirs)
        _apply(here, mine, theirs, taker)
        after = _shared(here, mine, theirs)
        _undo(here, mine, theirs, taker)
        found = [code for code, old, new in zip(_SHARED, before, after, strict=True) if new > old]
    return sorted(set(found))


def _apply(here: local.Local, mine: Shift, theirs: Shift | None, taker: int) -> None:
    here.change(mine, None)
    here.change(theirs, Shift(taker, mine.half_day, mine.room))
    if theirs is not None:
        here.change(None, Shift(mine.person, theirs.half_day, theirs.room))


def _undo(here: local.Local, mine: Shift, theirs: Shift | None, taker: int) -> None:
    if theirs is not None:
        here.change(Shift(mine.person, theirs.half_day, theirs.room), None)
    here.change(Shift(taker, mine.half_day, mine.room), theirs)
    here.change(None, mine)


def _shared(here: local.Local, mine: Shift, theirs: Shift | None) -> tuple[int, int, int]:
    """How many are missing, begin alone, and weeks without an executive, around these shifts."""
    places = {mine[1:]} | ({theirs[1:]} if theirs else set())
    missing = [
        max(0, need.wanted - here.there[half_day, room, level])
        for half_day, room in places
        for level in here.levels
        if (need := here.need.get((half_day, room, level)))
    ]
    weeks = {(room, here.week(half_day)) for half_day, room in places} & here.led
    return sum(missing), here.alone, sum(not here.chiefs[week] for week in weeks)


def _cost(here: local.Local, mine: Shift, theirs: Shift | None, taker: int) -> int:
    first = here.delta(mine, None)
    here.change(mine, None)
    second = here.delta(theirs, Shift(taker, mine.half_day, mine.room))
    here.change(theirs, Shift(taker, mine.half_day, mine.room))
    third = 0
    if theirs is not None:
        third = here.delta(None, Shift(mine.person, theirs.half_day, theirs.room))
    here.change(Shift(taker, mine.half_day, mine.room), theirs)
    here.change(None, mine)
    return first + second + third
