"""Change a roster by hand: put somebody in, let somebody go, lock. Of a published one it is noted who came and went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from firsthand.journal import actions as journal
from firsthand.kernel import typed
from firsthand.kernel.refusal import Refusal
from firsthand.people.models import Person
from firsthand.plan import nudges
from firsthand.plan.actions import telling
from firsthand.plan.models import Assignment, CallUp, Moved, Room, Roster, Shift
from firsthand.plan.queries import puzzle


class ElsewhereThen(Refusal):
    says = _("Nothing was changed: this colleague is somewhere else in that half-day.")


class NotComing(Refusal):
    says = _("Nothing was changed: this colleague is not called up for this week, or does not come.")


class Full(Refusal):
    says = _("Nothing was changed: all seats of that room are taken on that half-day.")


class OtherWeek(Refusal):
    says = _("Nothing was changed: that room or half-day belongs to another front week.")


class Seat(NamedTuple):
    person: Person
    shift: Shift
    room: Room


class Move(NamedTuple):
    """On this half-day somebody went, or came, or one instead of the other."""

    shift: Shift
    gone: Person | None = None
    came: Person | None = None


@transaction.atomic
def rearrange(
    roster: Roster, gone: Sequence[Assignment], came: Sequence[Seat], *, by: Person | None, why: str
) -> list[Assignment]:
    """These go, these come, locked: what somebody decided by hand no search undoes. All of it or nothing.

    As many questions to the database for all half-days of somebody as for one.
    """
    # Somebody may have published it since it was read.
    roster.published_at = Roster.objects.select_for_update().get(pk=roster.pk).published_at
    left = _gone(gone)
    made = _seated(roster, came)
    moves = [Move(one.shift, gone=one.person) for one in left if one.shift is not None]
    noted(roster, [*moves, *(Move(one.shift, came=one.person) for one in came)], by=by, why=why)
    if trained := [one.person_id for one in left if one.shift is None]:
        each = [{"person": person, "training": True} for person in trained]
        journal.record_each("let go", roster, each, by=by)
        telling.changed(roster, trained, by=by)
        _told(roster, trained)
    return made


def put(
    roster: Roster, person: Person, shift: Shift, room: Room, *, by: Person, why: str = Moved.Why.HAND
) -> Assignment:
    """Into a room on a half-day."""
    return rearrange(roster, [], [Seat(person, shift, room)], by=by, why=why)[0]


def let_go(assignment: Assignment, *, by: Person, why: str = Moved.Why.HAND) -> None:
    """Free on that half-day again. Why somebody cannot come is not kept."""
    rearrange(assignment.roster, [assignment], [], by=by, why=why)


@transaction.atomic
def lock(assignment: Assignment, locked: bool, *, by: Person) -> None:
    Assignment.objects.filter(pk=assignment.pk).update(locked=locked)
    journal.record("locked" if locked else "unlocked", assignment.roster, by=by, person=assignment.person_id)
    _told(assignment.roster)


def noted(roster: Roster, moves: Sequence[Move], *, by: Person | None, why: str) -> None:
    """In the journal always; of a published roster on its page too, so that the room knows, and by letter."""
    if not moves:
        return
    if roster.published_at is not None:
        Moved.objects.bulk_create(
            Moved(roster=roster, shift=one.shift, gone=one.gone, came=one.came, why=why, by=by)
            for one in moves
        )
    each = [
        {
            "why": str(why),
            "shift": one.shift.pk,
            "gone": one.gone.pk if one.gone else None,
            "came": one.came.pk if one.came else None,
        }
        for one in moves
    ]
    journal.record_each("moved", roster, each, by=by)
    people = [one.pk for move in moves for one in (move.gone, move.came) if one]
    telling.changed(roster, people, by=by)
    _told(roster, people)


def _gone(rows: Sequence[Assignment]) -> list[Assignment]:
    """Those that were still there, and are no longer."""
    there = Assignment.objects.filter(pk__in=[one.pk for one in rows]).select_related("person", "shift")
    left = list(there.select_for_update(of=["self"]).order_by("pk"))
    there.delete()
    return left


def _seated(roster: Roster, seats: Sequence[Seat]) -> list[Assignment]:
    if not seats:
        return []
    if any(one.shift.week_id != roster.week_id or one.room.week_id != roster.week_id for one in seats):
        raise OtherWeek
    people = {one.person.pk for one in seats}
    coming = CallUp.objects.filter(week=roster.week_id, person__in=people).coming()
    if set(coming.values_list("person", flat=True)) != people:
        raise NotComing
    wanted = Counter((one.shift.pk, one.room.pk) for one in seats)
    rows = Assignment.objects.filter(roster=roster, shift__in={shift for shift, _room in wanted})
    taken = {(shift, room): n for shift, room, n in rows.values_list("shift", "room").annotate(n=Count("pk"))}
    if any(
        taken.get(at, 0) + wanted[at] > one.room.seats for one in seats if (at := (one.shift.pk, one.room.pk))
    ):
        raise Full
    made = [
        Assignment(
            roster=roster,
            person=one.person,
            shift=one.shift,
            room=one.room,
            duty=puzzle.duty_of(one.person),
            starts_at=one.shift.starts_at,
            ends_at=one.shift.ends_at,
            locked=True,
        )
        for one in seats
    ]
    try:
        with transaction.atomic():
            return Assignment.objects.bulk_create(made)
    except IntegrityError as error:
        if "nobody_in_two_places" not in str(error):
            raise
        raise ElsewhereThen from error


def _told(roster: Roster, people: Iterable[int] = ()) -> None:
    nudges.roster(roster.week_id, people if roster.published_at else ())


@transaction.atomic
def settle(roster: Roster, person: Person, shift: Shift, room: str, *, by: Person) -> None:
    """What the organiser chose for one half-day: the number of a room, or "free". It is locked."""
    chosen = Room.objects.filter(week=roster.week_id, pk=typed.key(room)).first()
    if chosen is None and room != "free":
        raise OtherWeek
    there = Assignment.objects.filter(roster=roster, person=person, shift=shift).select_related(
        "roster", "shift", "person"
    )
    now = there.first()
    if now is not None and chosen is not None and now.room_id == chosen.pk:
        return
    came = [Seat(person, shift, chosen)] if chosen is not None else []
    rearrange(roster, [now] if now is not None else [], came, by=by, why=Moved.Why.HAND)
