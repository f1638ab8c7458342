"""Somebody cannot come: the half-days fall out, and whoever was chosen comes instead. Why is not asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from firsthand.kernel.refusal import Refusal
from firsthand.people.models import Person
from firsthand.plan.actions import moving
from firsthand.plan.models import Assignment, Moved, Room, Roster, Shift
from firsthand.plan.queries import repairs

Key = tuple[int, int, int]  # person, half-day, room


class Changed(Refusal):
    says = _(
        "Nothing was changed: the roster has changed since you looked at it. Look at the proposals again; they "
        "are new."
    )


@transaction.atomic
def replace(
    roster: Roster, person: Person, gone: Iterable[Assignment], chosen: Mapping[int, str], *, by: Person
) -> int:
    """`chosen`: for each half-day (its pk) the key of one way; how many colleagues it disturbs.

    All or nothing: of what was proposed everything still has to be possible.
    """
    Roster.objects.select_for_update().get(pk=roster.pk)
    found = repairs.proposal(roster, person, list(gone))
    moves = [move for gap in found.gaps for move in _chosen(gap, chosen).moves]
    leave, come = _net(moves)
    seats = {(one.person_id, one.shift_id, one.room_id): one for one in _rows(roster, moves)}
    if not leave <= seats.keys():
        raise Changed
    gone = [*found.gone, *(seats[key] for key in sorted(leave))]
    moving.rearrange(roster, gone, list(come.values()), by=by, why=Moved.Why.ABSENT)
    return len({move.person.pk for move in moves})


def _chosen(gap: repairs.Gap, chosen: Mapping[int, str]) -> repairs.Way:
    for way in gap.ways:
        if way.key == chosen.get(gap.shift.pk, gap.ways[0].key):
            return way
    raise Changed


def _net(moves: Iterable[repairs.Move]) -> tuple[set[Key], dict[Key, moving.Seat]]:
    """Where somebody leaves and comes in all: whoever moves twice is not told of the place between."""
    leave: set[Key] = set()
    come: dict[Key, moving.Seat] = {}
    for move in moves:
        if move.before is not None and come.pop(_key(move.person, move.before), None) is None:
            leave.add(_key(move.person, move.before))
        if move.after is not None:
            key = _key(move.person, move.after)
            if key in leave:
                leave.remove(key)
            else:
                come[key] = moving.Seat(move.person, *move.after)
    return leave, come


def _key(person: Person, place: tuple[Shift, Room]) -> Key:
    return person.pk, place[0].pk, place[1].pk


def _rows(roster: Roster, moves: Iterable[repairs.Move]) -> QuerySet[Assignment]:
    people = {move.person.pk for move in moves}
    return Assignment.objects.filter(roster=roster, person__in=people, shift__isnull=False)
