"""Who is ready for what."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.functional import Promise

from firsthand.know import topics
from firsthand.people.models import ANSWERING, Person, Role
from firsthand.plan import queries as plan
from firsthand.train.models import Readiness

A_PAGE = 60
WITHOUT_A_WEEK = timedelta(days=14)


@dataclass(frozen=True)
class Filter:
    """What stands in the address of the page."""

    words: str = ""
    lacking: bool = False
    page: int = 1
    until: date | None = None


@dataclass(frozen=True)
class Cell:
    topic: str
    label: Promise
    until: date | None  # None = not ready


@dataclass(frozen=True)
class Row:
    person: Person
    cells: tuple[Cell, ...]
    wanted: date

    @property
    def complete(self) -> bool:
        """Ready for everything until the day that is asked for: nothing is left to give."""
        return all(cell.until and cell.until >= self.wanted for cell in self.cells)


@dataclass(frozen=True)
class Matrix:
    topics: Sequence[tuple[str, Promise]]
    rows: Sequence[Row]
    page: Page[Person]
    until: date
    today: date
    week: str  # the front week that `until` is the end of, if it is one
    ready: int  # how many of all can answer everything
    total: int


def readiness(person: Person, on: date) -> list[Readiness]:
    """What this person may answer on a day."""
    return list(Readiness.objects.filter(person=person, until__gte=on).order_by("topic"))


def trained(people: Collection[int], on: date) -> dict[int, frozenset[str]]:
    """What each of these people may answer on a day; who may answer nothing is left out."""
    held = Readiness.objects.filter(person__in=people, until__gte=on).values_list("person", "topic")
    found: dict[int, set[str]] = {}
    for person, topic in held:
        found.setdefault(person, set()).add(topic)
    return {person: frozenset(topics) for person, topics in found.items()}


def matrix(chosen: Filter) -> Matrix:
    """People and topics; a fixed number of questions to the database, however many people."""
    today, choices = timezone.localdate(), topics.choices()
    everybody = _answering()
    ready = everybody.filter(pk__in=_complete(today))
    page = Paginator(found(chosen), A_PAGE).get_page(chosen.page)
    week = plan.next_week(today)
    until = chosen.until or (week.ends_on if week else today + WITHOUT_A_WEEK)
    return Matrix(
        topics=choices,
        rows=_rows(list(page.object_list), today, until),
        page=page,
        until=until,
        today=today,
        week=week.name if week and week.ends_on == until else "",
        ready=ready.count(),
        total=everybody.count(),
    )


def found(chosen: Filter) -> QuerySet[Person]:
    """Whom the filter leaves, on all pages."""
    people = _answering()
    if chosen.lacking:
        people = people.exclude(pk__in=_complete(timezone.localdate()))
    if chosen.words:
        people = people.filter(name__icontains=chosen.words)
    return people.order_by("name", "pk")


def row(person: Person, until: date) -> Row:
    return _rows([person], timezone.localdate(), until)[0]


def person_for(organiser: Person, pk: int) -> Person:
    person: Person | None = _answering().filter(pk=pk).first()
    if person is None or not organiser.has_role(Role.ORGANISER):
        raise Http404
    return person


def _answering() -> QuerySet[Person]:
    """A synthetic person's readiness is the demo's affair."""
    roles = Q()
    for role in ANSWERING:
        roles |= Q(roles__contains=[role.value])
    people: QuerySet[Person] = Person.objects.filter(roles, is_active=True, synthetic=False)
    return people


def _complete(today: date) -> QuerySet[Readiness, int]:
    """The people who may answer everything."""
    wanted = [topic for topic, _label in topics.choices()]
    held = Readiness.objects.filter(until__gte=today, topic__in=wanted).values("person")
    return held.annotate(topics=Count("topic")).filter(topics=len(wanted)).values_list("person", flat=True)


def _rows(people: Sequence[Person], today: date, wanted: date) -> list[Row]:
    held = Readiness.objects.filter(person__in=people, until__gte=today)
    until = {(person, topic): day for person, topic, day in held.values_list("person", "topic", "until")}
    choices = topics.choices()

    def cells(person: Person) -> tuple[Cell, ...]:
        return tuple(Cell(topic, label, until.get((person.pk, topic))) for topic, label in choices)

    return [Row(person, cells(person), wanted) for person in people]
