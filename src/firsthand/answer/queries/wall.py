"""The room's wall: four figures with their goals, and who is free."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from firsthand.answer.models import Seat
from firsthand.answer.pure.shares import Share
from firsthand.answer.queries.clock import now_and_today
from firsthand.answer.queries.memo import memo
from firsthand.answer.queries.rules import rules
from firsthand.kernel import sql
from firsthand.people.models import Person
from firsthand.protect.pure.groups import LEAST

WALL = "answer.wall"
# Every wall in the house asks at the same nudge; actions of this process throw the answer away at once.
SECONDS = 1


@dataclass(frozen=True)
class Wall:
    now: datetime
    waiting: int  # callers on the line
    callbacks: int  # to be called back
    longest_since: datetime | None
    target_seconds: int
    in_time: Share  # answered within the target, of those answered or given up after it
    solved: Share  # closed today as solved, of those closed today
    free: tuple[Person, ...]
    seats: dict[str, int]  # how many in each Seat.State

    @property
    def longest_seconds(self) -> int | None:
        return int((self.now - self.longest_since).total_seconds()) if self.longest_since else None

    @property
    def too_long(self) -> bool:
        return (self.longest_seconds or 0) > self.target_seconds

    @property
    def present(self) -> int:
        return sum(count for state, count in self.seats.items() if state != Seat.State.AWAY)

    @property
    def too_many(self) -> bool:
        """More wait than people are there to answer."""
        return self.waiting > self.present


def wall() -> Wall:
    found: Wall | None = memo.get(WALL)
    if found is None:
        found = _wall()
        memo.set(WALL, found, SECONDS)
    return found


def _wall() -> Wall:
    """Five statements, however many people and contacts: the queue by its own index, today by the end of
    two others.
    """
    now, today = now_and_today()
    goals = rules()
    with connection.cursor() as cursor:
        cursor.execute(
            sql.named("firsthand.answer")["wall"], {"today": today, "target": goals.target_seconds}
        )
        waiting, callbacks, longest, in_time, answered, given_up, solved, closed, people = cursor.fetchone()
        cursor.execute(sql.named("firsthand.answer")["seats"])
        seats = dict(cursor.fetchall())
    return Wall(
        now=now,
        waiting=waiting,
        callbacks=callbacks,
        longest_since=longest,
        target_seconds=goals.target_seconds,
        in_time=Share(in_time, answered + given_up, goals.target_share),
        solved=Share(solved, closed, goals.solved_share, few=people < LEAST),
        free=tuple(Person.objects.filter(seat__state=Seat.State.READY).order_by("name")[:60]),
        seats=seats,
    )
