"""The contacts behind the visitor: all of yesterday, and today until now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils.timezone import get_default_timezone

from firsthand.answer.actions.history import History, import_history
from firsthand.answer.models import Seat
from firsthand.home.demo import tables
from firsthand.home.demo.people import COUNTRY, ready_topics
from firsthand.home.pure import day
from firsthand.know.models import Concern
from firsthand.know.pure import topics
from firsthand.members.models import Member
from firsthand.people.models import Person

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

    def of(self, on: date, until: datetime) -> Iterator[History]:
        midnight = datetime.combine(on, time.min).replace(tzinfo=get_default_timezone())
        drawn = day.draw(self.rng, midnight, A_DAY, self.chairs, topics.groups(COUNTRY))
        return (self.history(past) for past in drawn if past.ended_at < until)

    def history(self, past: day.Past) -> History:
        member = self.rng.choice(self.callers[past.language])
        went = past.answered
        if went is None:
            return History(past.language, past.queued_at, past.ended_at, past.topic, member.phone)
        said = self.rng.choice(self.answers[past.concern])
        due = past.ended_at.date() + timedelta(days=self.rng.choice([1, 1, 2, 3, 5]))
        return History(
            language=past.language,
            queued_at=past.queued_at,
            ended_at=past.ended_at,
            topic=past.topic,
            phone=member.phone,
            seat=self.seats[went.person],
            offered_at=went.offered_at,
            connected_at=went.connected_at,
            talk_at=went.talk_at,
            hung_up_at=went.hung_up_at,
            member=member if self.rng.random() < VERIFIED else None,
            concern=self.rng.choice(self.concerns[past.concern]),
            answered=said["answered"],
            solved=went.solved,
            promise=(said["promise"], due) if said["promise"] and self.rng.random() < PROMISES else None,
        )


def contacts(
    rng: Random, known: dict[str, Person], members: list[Member], today: date, until: datetime
) -> None:
    past = Past(rng, known, members)
    for on in (today - timedelta(days=1), today):
        import_history(past.of(on, until), by=None)
