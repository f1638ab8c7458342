"""The organiser's view: pressure by language, and who is there. Nobody's speed is compared with anybody's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from firsthand.answer.models import Seat
from firsthand.answer.queries.wall import Wall, wall
from firsthand.kernel import sql
from firsthand.people.models import Language


@dataclass(frozen=True)
class LanguageNow:
    language: str
    waiting: int
    callbacks: int
    longest_since: datetime | None
    free: int
    busy: int

    @property
    def label(self) -> str:
        return str(Language(self.language).label)

    @property
    def stuck(self) -> bool:
        """Somebody waits whom nobody here can answer."""
        return self.waiting + self.callbacks > 0 and self.free + self.busy == 0


@dataclass(frozen=True)
class SeatNow:
    name: str
    person_id: int
    state: str
    languages: tuple[str, ...]
    synthetic: bool

    @property
    def label(self) -> str:
        return str(Seat.State(self.state).label)


@dataclass(frozen=True)
class Watch:
    wall: Wall
    languages: tuple[LanguageNow, ...]
    people: tuple[SeatNow, ...]  # who is in the room, by name

    @property
    def now(self) -> datetime:
        return self.wall.now

    @property
    def by_state(self) -> list[SeatNow]:
        """As the states follow each other, and by name within each."""
        return sorted(self.people, key=lambda one: Seat.State.values.index(one.state))


def watch() -> Watch:
    with connection.cursor() as cursor:
        cursor.execute(sql.named("firsthand.answer")["languages"], {"languages": Language.values})
        languages = tuple(LanguageNow(*row) for row in cursor.fetchall())
    seats = (
        Seat.objects.exclude(state=Seat.State.AWAY).select_related("person").order_by("person__name")[:500]
    )
    people = tuple(
        SeatNow(seat.person.name, seat.person_id, seat.state, tuple(seat.languages), seat.synthetic)
        for seat in seats
    )
    return Watch(wall(), languages, people)
