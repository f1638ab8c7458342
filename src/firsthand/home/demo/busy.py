"""A busy November morning: synthetic callers and helpers, who do only what `answer.actions` lets anybody do.

The worker calls `step()` of one `Busy` once a second. What was drawn for a contact is kept in memory; after a
restart it is drawn again, and what had been left for long is finished.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from django.utils.timezone import now as utc_now

from firsthand.answer import actions
from firsthand.answer.models import Contact, Seat
from firsthand.home.demo import tables
from firsthand.home.demo.people import COUNTRY
from firsthand.home.demo.robots import robots
from firsthand.home.pure import crowd
from firsthand.kernel.refusal import Refusal
from firsthand.know.models import Concern
from firsthand.know.pure import topics
from firsthand.people.models import Person

INSTANCE = "busy"  # the "tab" of a robot
BEAT = 4  # seconds
PAUSE = 20  # seconds until somebody who did not answer says "ready" again
STALE = timedelta(minutes=10)


@dataclass
class Going:
    """One contact under way: what was drawn for it, since when it is in its state, what was done in it."""

    pace: crowd.Pace
    state: str
    since: float
    done: set[str] = field(default_factory=set)


class Busy:
    def __init__(self, rng: Random | None = None) -> None:
        self.rng = rng or Random()  # noqa: S311  a simulation
        self.going: dict[int, Going] = {}
        self.away: dict[int, float] = {}
        self.last: float | None = None
        self.beaten = float("-inf")
        self.concerns: list[Concern] = []
        self.people: list[Person] = []

    def step(self, now: float | None = None) -> None:
        """One second of it. `now` counts seconds from anywhere; only differences matter."""
        now = time.monotonic() if now is None else now
        if self.last is None:
            self._begin()
        # After a pause of the machine the callers of that time are not made up for.
        seconds = min(5.0, now - self.last) if self.last is not None else 1.0
        self.last = now
        self._sit(now)
        for _ in range(crowd.arrivals(self.rng, crowd.rate(now), seconds)):
            language, topic = crowd.caller(self.rng, topics.groups(COUNTRY))
            actions.arrive(language=language, topic=topic, carrier="fake", synthetic=True)
        self._act(now)

    def _begin(self) -> None:
        self.people = robots()
        self.away = dict.fromkeys((person.pk for person in self.people), float("-inf"))
        self.concerns = list(Concern.objects.filter(country=COUNTRY))
        finish(before=utc_now() - STALE)

    def _sit(self, now: float) -> None:
        """All robots are in their seats; who missed an offer says "ready" again after a while."""
        if now - self.beaten >= BEAT:
            actions.beat_synthetic()
            self.beaten = now
        sitting = Seat.objects.filter(synthetic=True).exclude(state=Seat.State.AWAY)
        present = set(sitting.values_list("person_id", flat=True))
        for person in self.people:
            if person.pk in present:
                self.away.pop(person.pk, None)
            elif now - self.away.setdefault(person.pk, now) >= PAUSE:
                actions.say_ready(person, instance=INSTANCE, by=person)

    def _act(self, now: float) -> None:
        open_ones = list(_open())
        for contact in open_ones:
            its = self._its(contact, now)
            verb = crowd.due(its.pace, its.state, now - its.since, its.done)
            if verb:
                its.done.add(verb)
                self._do(verb, contact, its.pace)
        kept = {contact.pk for contact in open_ones}
        self.going = {pk: its for pk, its in self.going.items() if pk in kept}

    def _its(self, contact: Contact, now: float) -> Going:
        its = self.going.get(contact.pk)
        if its is None:
            its = self.going[contact.pk] = Going(crowd.pace(self.rng), contact.state, now)
        elif its.state != contact.state:
            its.state, its.since, its.done = contact.state, now, set()
        return its

    def _do(self, verb: str, contact: Contact, pace: crowd.Pace) -> None:
        """A refusal is an everyday thing here too: the offer has just expired, the caller hung up."""
        try:
            if verb == "give_up":
                actions.give_up(contact)
            elif verb == "caller_hangs_up":
                actions.caller_hung_up(contact)
            else:
                self._help(verb, contact, pace, _helper(contact))
        except Refusal:
            pass

    def _help(self, verb: str, contact: Contact, pace: crowd.Pace, by: Person) -> None:
        if verb == "name":
            actions.name_concern(contact, self._concern(contact), by=by)
        elif verb == "write":
            actions.write(contact, answered=self._answered(contact), by=by)
        elif verb == "close":
            actions.close(contact, solved=pace.solved, by=by)
        else:
            {
                "take": actions.take,
                "decline": actions.decline,
                "hold": actions.hold,
                "resume": actions.resume,
                "hang_up": actions.hang_up,
            }[verb](contact, by=by)

    def _concern(self, contact: Contact) -> Concern:
        fit = [one for one in self.concerns if topics.group_of(one.topic, COUNTRY) == contact.topic]
        return self.rng.choice(fit or self.concerns)

    def _answered(self, contact: Contact) -> str:
        said = [row["answered"] for row in tables.rows("answers") if row["topic"] == contact.topic]
        return self.rng.choice(said or [row["answered"] for row in tables.rows("answers")])


def finish(*, before: datetime | None = None) -> int:
    """End what synthetic callers left open: all of it, or what came before a moment. How many."""
    left = [one for one in _open() if before is None or one.queued_at < before]
    for contact in left:
        if contact.state not in (Contact.State.CONNECTED, Contact.State.WRAP_UP):
            actions.give_up(contact)
            continue
        helper = _helper(contact)
        actions.hang_up(contact, by=helper)
        actions.close(contact, solved=False, then_away=True, by=helper)
    return len(left)


def _open() -> Iterator[Contact]:
    rows = Contact.objects.filter(synthetic=True, closed_at=None).select_related(
        "seat__person", "concern", "call"
    )
    return iter(rows.order_by("pk"))


def _helper(contact: Contact) -> Person:
    if contact.seat is None:
        raise LookupError(f"contact {contact.pk} is {contact.state} and has no helper")
    return contact.seat.person
