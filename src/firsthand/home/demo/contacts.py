"""The contacts behind the visitor: all of yesterday, and today until now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils.timezone import get_default_timezone

from firsthand.answer.actions.history import Answered, History, import_history
from firsthand.answer.models import Seat
from firsthand.home.demo import confided, tables
from firsthand.home.demo.kept import Kept
from firsthand.home.demo.people import COUNTRY, ready_topics
from firsthand.home.pure import day
from firsthand.know.models import Concern
from firsthand.know.pure import topics
from firsthand.members.models import Member
from firsthand.people.models import Person
from firsthand.protect import wall
from firsthand.protect.models import Grant, Note

A_DAY = 180
VERIFIED = 0.86  # the others only had a question
PROMISES = 0.16


class Past:
    """Turns what was drawn into contacts with a member, a concern and what was answered."""

    def __init__(self, rng: Random, known: dict[str, Person], members: list[Member]) -> None:
        self.rng = rng
        seats = Seat.objects.bulk_create(Seat(person=person) for person in known.values() if person.answers)
        self.seats = {seat.person_id: seat for seat in seats}
        self.chairs = [
            day.Chair(person.pk, tuple(person.languages), frozenset(ready_topics(row)))
            for row in tables.rows("people")
            if (person := known[row["name"]]).answers and person.secrecy_signed_at and ready_topics(row)
        ]
        self.callers: dict[str, list[Member]] = {}
        for member in members:
            if member.phone:
                self.callers.setdefault(member.language, []).append(member)
        self.concerns: dict[str, list[Concern]] = {}
        for concern in Concern.objects.filter(country=COUNTRY).order_by("code"):
            self.concerns.setdefault(topics.group_of(concern.topic, COUNTRY), []).append(concern)
        self.answers: dict[str, list[dict[str, str]]] = {}
        for row in tables.rows("answers"):
            self.answers.setdefault(row["topic"], []).append(row)

    def of(self, on: date, until: datetime) -> Iterator[tuple[History, str]]:
        """Each contact of that day that is over, and the note that was kept with it, if any."""
        drawn = day.draw(self.rng, at(on, "00:00"), A_DAY, self.chairs, topics.groups(COUNTRY))
        return (self.history(past) for past in drawn if past.ended_at < until)

    def history(self, past: day.Past) -> tuple[History, str]:
        member = self.rng.choice(self.callers[past.language])
        went = past.answered
        if went is None:
            return History(past.language, past.queued_at, past.ended_at, past.topic, member.phone), ""
        said = self.rng.choice(self.answers[past.concern])
        due = past.ended_at.date() + timedelta(days=self.rng.choice([1, 1, 2, 3, 5]))
        verified = self.rng.random() < VERIFIED
        answered = Answered(
            seat=self.seats[went.person],
            offered_at=went.offered_at,
            connected_at=went.connected_at,
            talk_at=went.talk_at,
            hung_up_at=went.hung_up_at,
            member=member if verified else None,
            concern=self.rng.choice(self.concerns[past.concern]),
            words=said["answered"],
            solved=went.solved,
            promise=(said["promise"], due) if said["promise"] and self.rng.random() < PROMISES else None,
        )
        came = past.language, past.queued_at, past.ended_at, past.topic, member.phone
        return History(*came, answered=answered), said["note"] if verified else ""

    def earlier_call(self, ruth: Member, helper: Person, today: date) -> tuple[History, str]:
        """Frau Keller has called before: whoever plays her is met by what was promised."""
        began = at(today - timedelta(days=1), "10:12")
        ended = began + timedelta(minutes=7)
        answered = Answered(
            seat=self.seats[helper.pk],
            offered_at=began + timedelta(seconds=3),
            connected_at=began + timedelta(seconds=9),
            talk_at=began + timedelta(seconds=10),
            hung_up_at=ended - timedelta(seconds=50),
            member=ruth,
            concern=Concern.objects.get(code="CH12"),
            words="Modell Hausarzt: erste Anlaufstelle ist die Praxis; Notfall und Augenarzt gehen direkt.",
            solved=True,
            promise=("Liste der Hausärzte in Zürich 5 per Post schicken", today + timedelta(days=1)),
        )
        history = History("de", began, ended, "franchise", ruth.phone, answered)
        return history, "Möchte Briefe in grosser Schrift."


def contacts(past: Past, ruth: Member, by: Person, today: date, until: datetime) -> None:
    """`by` is who answered Frau Keller yesterday."""
    drawn = [past.earlier_call(ruth, by, today)]
    for on in (today - timedelta(days=1), today):
        drawn += past.of(on, until)
    drawn.sort(key=lambda one: one[0].queued_at)
    brought = import_history([history for history, _ in drawn], by=None)
    kept = [
        Kept(contact, history.answered, history.answered.member, history.ended_at, note)
        for (history, note), contact in zip(drawn, brought, strict=True)
        if history.answered and history.answered.member
    ]
    Grant.objects.bulk_create(one.grant() for one in kept)
    with wall.within({wall.IMPORT}, person=None):
        Note.objects.bulk_create(one.written() for one in kept if one.note)
    confided.confidences(kept, ruth)


def at(on: date, clock: str) -> datetime:
    return datetime.combine(on, time.fromisoformat(clock)).replace(tzinfo=get_default_timezone())
