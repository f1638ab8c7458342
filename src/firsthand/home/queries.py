"""What each start page shows. A part that is drawn anew reads only what it shows itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from firsthand.answer import queries as answer
from firsthand.answer.models import Seat
from firsthand.home.pure import sections
from firsthand.kernel import zones
from firsthand.know import topics
from firsthand.learn import queries as learn
from firsthand.learn.models import About
from firsthand.people.models import ANSWERING, Language, Person
from firsthand.plan import queries as plan
from firsthand.plan.models import FrontWeek
from firsthand.protect import queries as protect
from firsthand.train import queries as train
from firsthand.train.models import Readiness

SHOWN = 12  # names on a start page; more stand one click away


@dataclass(frozen=True)
class Until:
    """Topics that may be answered until the same day."""

    labels: list[str]
    day: date


@dataclass(frozen=True)
class Answering:
    """Whether this person can answer today, and what is missing if not."""

    step: str
    seat: Seat
    ready: list[Until]
    languages: list[str]
    signed_at: datetime | None
    week: FrontWeek | None
    asked_back: int  # files this person opened, about which the data-protection officer asks


@dataclass(frozen=True)
class NotReady:
    person: Person
    unsigned: bool
    untrained: bool


@dataclass(frozen=True)
class Room:
    """Will the room hold now?"""

    watch: answer.Watch
    week: FrontWeek | None
    not_ready: list[NotReady]
    more: int

    @property
    def simulated(self) -> bool:
        return any(seat.synthetic for seat in self.watch.people)

    @property
    def stuck(self) -> list[answer.LanguageNow]:
        return [one for one in self.watch.languages if one.stuck]


@dataclass(frozen=True)
class Looked:
    """Who waits for the officer, who looked into a member's file today, newest first, and whether the two chains
    hold.
    """

    waiting: protect.Waiting
    looks: list[protect.Look]
    more: bool
    journal: protect.Chain | None  # as last checked; walking it is the page of protect's
    board: learn.Verdict


class Start:
    """One person's start page; each section is read when it is shown."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.sections = sections.sections(person.roles)

    @cached_property
    def answering(self) -> Answering:
        today, person = timezone.localdate(), self.person
        ready = train.readiness(person, today)
        seat = answer.seat_of(person)
        signed = person.secrecy_signed_at
        return Answering(
            step=sections.first_step(signed=bool(signed), topics=len(ready), state=seat.state),
            seat=seat,
            ready=_by_day(ready),
            languages=[str(Language(one).label) for one in person.languages],
            signed_at=signed,
            week=plan.front_week(today),
            asked_back=protect.asked_back(person) if person.has_role(*protect.BREAKERS) else 0,
        )

    @property
    def heard_of(self) -> str:
        """What else the section of who answers listens to: their training, and the officer's questions."""
        return f"readiness,{protect.opened_topic(self.person.pk)}"

    @property
    def signed(self) -> bool:
        """The duty of secrecy: without it nothing that was heard stands here."""
        return self.person.secrecy_signed_at is not None

    @cached_property
    def coming(self) -> plan.Next | None:
        return plan.coming_up(self.person)

    @cached_property
    def planned(self) -> plan.Line | None:
        return plan.line()

    @cached_property
    def room(self) -> Room:
        people = _not_ready()
        return Room(
            answer.watch(), plan.front_week(timezone.localdate()), people[:SHOWN], len(people[SHOWN:])
        )

    @cached_property
    def heard(self) -> list[learn.Said]:
        """What stands under "what you can change" already does not stand here again."""
        if not self.signed:
            return []
        many = 6 if self.sections[0] == "heard" else 3
        mine = learn.owned_by(self.person) if "owned" in self.sections else []
        return learn.newest(self.person, many, about=[about for about in About.values if about not in mine])

    @cached_property
    def owns(self) -> list[str]:
        return [str(About(about).label) for about in learn.owned_by(self.person)]

    @cached_property
    def owned(self) -> list[learn.Said]:
        about = learn.owned_by(self.person) if self.signed else []
        return learn.newest(self.person, 8, about=about) if about else []

    @cached_property
    def looked(self) -> Looked:
        return _looked()


def _by_day(ready: list[Readiness]) -> list[Until]:
    """In the order in which callers are offered the topics."""
    order = {topic: place for place, (topic, _) in enumerate(topics.choices())}
    days: dict[date, list[str]] = {}
    for one in sorted(ready, key=lambda one: order.get(one.topic, len(order))):
        days.setdefault(one.until, []).append(str(topics.label(one.topic)))
    return [Until(labels, day) for day, labels in sorted(days.items())]


def _not_ready() -> list[NotReady]:
    """Whoever could be called up today but could not be put through to anybody."""
    ready = Readiness.objects.filter(person=OuterRef("pk"), until__gte=timezone.localdate())
    could = Person.objects.working().filter(roles__overlap=sorted(ANSWERING), synthetic=False)
    rows = could.annotate(trained=Exists(ready)).filter(Q(trained=False) | Q(secrecy_signed_at=None))
    return [
        NotReady(person, unsigned=person.secrecy_signed_at is None, untrained=not person.trained)
        for person in rows.order_by("name")
    ]


def _looked() -> Looked:
    """A file that is open is read again and again: each person and contact stands here once."""
    with zones.of(zones.PROTECTION):
        found = protect.looks(protect.Filter(since=timezone.localdate()))
        waiting = protect.waiting()
    newest: dict[tuple[Person | None, int | None, int], protect.Look] = {}
    for look in found.rows:
        newest.setdefault((look.person, look.contact, look.member_id), look)
    once = list(newest.values())
    more = found.further is not None or len(once) > SHOWN
    return Looked(waiting, once[:SHOWN], more, protect.last_check(), learn.checked())
