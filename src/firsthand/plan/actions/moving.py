"""Change a roster by hand: put somebody in, let somebody go, lock. Of a published one it is noted who came and went."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from firsthand.journal import actions as journal
from firsthand.kernel.refusal import Refusal
from firsthand.live import bus
from firsthand.people.models import Person
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


@transaction.atomic
def put(
    roster: Roster, person: Person, shift: Shift, room: Room, *, by: Person, why: str = Moved.Why.HAND
) -> Assignment:
    """Into a room on a half-day, locked: what somebody decided by hand no search undoes."""
    Roster.objects.select_for_update().get(pk=roster.pk)
    if shift.week_id != roster.week_id or room.week_id != roster.week_id:
        raise OtherWeek
    if not CallUp.objects.filter(week=roster.week_id, person=person).coming().exists():
        raise NotComing
    if Assignment.objects.filter(roster=roster, shift=shift, room=room).count() >= room.seats:
        raise Full
    try:
        with transaction.atomic():
            made = Assignment.objects.create(
                roster=roster,
                person=person,
                shift=shift,
                room=room,
                duty=puzzle.duty_of(person),
                starts_at=shift.starts_at,
                ends_at=shift.ends_at,
                locked=True,
            )
    except IntegrityError as error:
        if "nobody_in_two_places" not in str(error):
            raise
        raise ElsewhereThen from error
    noted(roster, shift, came=person, why=why, by=by)
    return made


@transaction.atomic
def let_go(assignment: Assignment, *, by: Person, why: str = Moved.Why.HAND) -> None:
    """Free on that half-day again. Why somebody cannot come is not kept."""
    roster, shift, person = assignment.roster, assignment.shift, assignment.person
    if not Assignment.objects.filter(pk=assignment.pk).delete()[0]:
        return
    if shift is None:
        journal.record("let go", roster, by=by, person=person.pk, training=True)
        telling.changed(roster, [person.pk], by=by)
        _told(roster)
    else:
        noted(roster, shift, gone=person, why=why, by=by)


@transaction.atomic
def lock(assignment: Assignment, locked: bool, *, by: Person) -> None:
    Assignment.objects.filter(pk=assignment.pk).update(locked=locked)
    journal.record("locked" if locked else "unlocked", assignment.roster, by=by, person=assignment.person_id)
    _told(assignment.roster)


def noted(
    roster: Roster,
    shift: Shift,
    *,
    by: Person,
    why: str,
    gone: Person | None = None,
    came: Person | None = None,
) -> None:
    """In the journal always; of a published roster on its page too, so that the room knows, and by letter."""
    if roster.published_at is not None:
        Moved.objects.create(roster=roster, shift=shift, gone=gone, came=came, why=why, by=by)
    people = {"gone": gone.pk if gone else None, "came": came.pk if came else None}
    journal.record("moved", roster, by=by, why=str(why), shift=shift.pk, **people)
    telling.changed(roster, [pk for pk in people.values() if pk], by=by)
    _told(roster)


def _told(roster: Roster) -> None:
    bus.touch(f"plan:roster:{roster.week_id}")
    bus.touch(f"plan:hold:{roster.week_id}")


@transaction.atomic
def settle(roster: Roster, person: Person, shift: Shift, room: str, *, by: Person) -> None:
    """What the organiser chose for one half-day: the number of a room, or "free". It is locked."""
    chosen = Room.objects.filter(
        week=roster.week_id, pk=int(room) if room.isascii() and room.isdigit() else 0
    ).first()
    if chosen is None and room != "free":
        raise OtherWeek
    there = Assignment.objects.filter(roster=roster, person=person, shift=shift).select_related(
        "roster", "shift", "person"
    )
    now = there.first()
    if now is not None and chosen is not None and now.room_id == chosen.pk:
        return
    if now is not None:
        let_go(now, by=by)
    if chosen is not None:
        put(roster, person, shift, chosen, by=by)
