"""One colleague on one half-day: where they are, and where they could be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Value
from django.http import Http404
from django.utils import timezone

from firsthand.people.models import Person, Role
from firsthand.plan.models import Absence, Assignment, CallUp, Cover, Room, Roster, Shift, Wish


@dataclass(frozen=True)
class Choice:
    room: Room
    there: int
    wanted: int
    speaks: bool

    @property
    def full(self) -> bool:
        return self.there >= self.room.seats


@dataclass(frozen=True)
class Place:
    roster: Roster
    person: Person
    shift: Shift
    now: Assignment | None
    choices: Sequence[Choice]
    wish: str
    away: bool


def place_for(organiser: Person, roster: int, person: int, shift: int) -> Place:
    found = Roster.objects.select_related("week").filter(pk=roster).first()
    if found is None or not organiser.has_role(Role.ORGANISER):
        raise Http404
    half_day = Shift.objects.filter(pk=shift, week=found.week_id).first()
    callup = CallUp.objects.filter(week=found.week_id, person=person).select_related("person").first()
    if half_day is None or callup is None:
        raise Http404
    there = Assignment.objects.filter(roster=found, shift=half_day)
    many = dict(there.values_list("room").annotate(many=Count("pk")))
    wanted = {
        one.room_id: one.helpers + one.specialists
        for one in Cover.objects.filter(need=found.need_id or 0, shift=half_day)
    }
    wish = Wish.objects.filter(callup=callup, shift=half_day).first()
    away = Absence.objects.filter(
        person=person, starts_at__lt=half_day.ends_at, ends_at__gt=half_day.starts_at
    )
    return Place(
        roster=found,
        person=callup.person,
        shift=half_day,
        now=Assignment.objects.filter(
            roster=found, person=person, starts_at__lt=half_day.ends_at, ends_at__gt=half_day.starts_at
        )
        .select_related("room", "training")
        .first(),
        choices=[
            Choice(
                room, many.get(room.pk, 0), wanted.get(room.pk, 0), room.language in callup.person.languages
            )
            for room in Room.objects.filter(week=found.week_id)
        ],
        wish=wish.kind if wish else "",
        away=away.exists(),
    )


def coming(roster: Roster, person: int) -> tuple[Person, list[Assignment]]:
    """Somebody's half-days and training that are not over yet."""
    callup = CallUp.objects.filter(week=roster.week_id, person=person).select_related("person").first()
    if callup is None:
        raise Http404
    rows = Assignment.objects.filter(roster=roster, person=person, ends_at__gt=timezone.now())
    return callup.person, list(rows.select_related("shift", "room", "training").order_by("starts_at"))


def crowded(roster: Roster, room: Room | None = None) -> int:
    """People in a room on the half-day on which it has the most beyond its seats; 0: everybody has one.

    With `room`: in that one, by the seats it is to have.
    """
    rows = Assignment.objects.filter(roster=roster, room__isnull=False)
    seats: F | Value = F("room__seats")
    if room is not None:
        rows, seats = rows.filter(room=room), Value(room.seats)
    at = rows.values("shift", "room").annotate(people=Count("pk")).filter(people__gt=seats)
    return max((one["people"] for one in at), default=0)
