"""Somebody cannot come: the half-days fall out, and whoever was chosen comes instead. Why is not asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from firsthand.kernel.refusal import Refusal
from firsthand.people.models import Person
from firsthand.plan.actions import moving
from firsthand.plan.models import Assignment, Moved, Roster
from firsthand.plan.queries import repairs


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
    ways = [_chosen(gap, chosen) for gap in found.gaps]
    for one in found.gone:
        moving.let_go(one, by=by, why=Moved.Why.ABSENT)
    disturbed: set[int] = set()
    for way in ways:
        for move in way.moves:
            _apply(roster, move, by)
            disturbed.add(move.person.pk)
    return len(disturbed)


def _chosen(gap: repairs.Gap, chosen: Mapping[int, str]) -> repairs.Way:
    for way in gap.ways:
        if way.key == chosen.get(gap.shift.pk, gap.ways[0].key):
            return way
    raise Changed


def _apply(roster: Roster, move: repairs.Move, by: Person) -> None:
    if move.before is not None:
        shift, room = move.before
        there = Assignment.objects.filter(roster=roster, person=move.person, shift=shift, room=room).first()
        if there is None:
            raise Changed
        moving.let_go(there, by=by, why=Moved.Why.ABSENT)
    if move.after is not None:
        moving.put(roster, move.person, *move.after, by=by, why=Moved.Why.ABSENT)
