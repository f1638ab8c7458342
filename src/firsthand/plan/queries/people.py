"""Who is called up for a front week, who answered what, and who might be called."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet, Sum
from django.http import Http404

from firsthand.kernel import typed
from firsthand.people.models import ANSWERING, Language, Person, Role
from firsthand.plan import registry
from firsthand.plan.models import (
    Assignment,
    CallUp,
    Cover,
    FrontWeek,
    Mailing,
    Post,
    Roster,
    State,
    Training,
    WeekRules,
)
from firsthand.plan.queries import weeks

A_PAGE = 100
SHOWN = 100


@dataclass(frozen=True)
class Filter:
    """What stands in the address of the list: nothing = everybody who was called up."""

    words: str = ""
    answer: str = ""
    kind: str = ""
    language: str = ""
    trained: str = ""  # "yes", "no", "seat": not yet, but has a place on a training day
    page: int = 1


@dataclass(frozen=True)
class Row:
    callup: CallUp
    trained: bool | None  # None: nobody can say
    seat: Training | None
    letter: Mailing | None
    most: int

    @property
    def person(self) -> Person:
        return self.callup.person


@dataclass(frozen=True)
class Spoken:
    label: str
    coming: int
    open: int


@dataclass(frozen=True)
class Numbers:
    called: int
    coming: int
    open: int
    cannot: int
    excused: int
    volunteers: int
    trained: int | None
    seats: int  # not trained, but with a place on a training day
    languages: Sequence[Spoken]
    offered: int  # half-days that those who come would work at most
    hoped: int  # and those who have not answered
    need: int | None  # half-days that are needed; None: not reckoned yet

    @property
    def expected(self) -> int:
        """Who may come: said yes, or has not answered."""
        return self.coming + self.open

    @property
    def enough(self) -> bool | None:
        return None if self.need is None else self.offered >= self.need

    @property
    def lacking(self) -> int:
        return max(0, (self.need or 0) - self.offered)


@dataclass(frozen=True)
class Called:
    rows: Sequence[Row]
    found: int
    numbers: Numbers
    chosen: Filter
    page: Page[Row]


def called(week: FrontWeek, chosen: Filter) -> Called:
    """Everybody is read once and sifted here: who is trained, another room says, and no join can ask it."""
    rows = _rows(week)
    found = [row for row in rows if _fits(row, chosen)]
    page = Paginator(found, A_PAGE).get_page(chosen.page)
    return Called(list(page.object_list), len(found), _numbers(week, rows), chosen, page)


def numbers(week: FrontWeek) -> Numbers:
    return _numbers(week, _rows(week))


def callup_for(organiser: Person, week_pk: int, person_pk: int) -> CallUp:
    week = weeks.week_for(organiser, week_pk)
    rows = CallUp.objects.filter(week=week, person=person_pk).select_related("week", "person__team")
    found = rows.annotate(wished=Count("wishes")).first()
    if found is None:
        raise Http404
    return found


def row_of(callup: CallUp) -> Row:
    return _rows(callup.week, only=callup)[0]


def was_there(week: FrontWeek) -> frozenset[int]:
    """Who worked in the front week before: as its roster was published, else who said they would come."""
    before = weeks.before(week)
    if before is None:
        return frozenset()
    roster = weeks.published(before)
    worked = Assignment.objects.filter(roster=roster).exclude(duty=Assignment.Duty.TRAINING)
    came = CallUp.objects.filter(week=before, answer=CallUp.Answer.YES)
    return frozenset((worked if roster else came).values_list("person", flat=True))


def needed(week: FrontWeek) -> int | None:
    """Half-days of people over all rooms, as last reckoned; None: not yet."""
    need = weeks.need_of(week)
    if need is None:
        return None
    sums = Cover.objects.filter(need=need).aggregate(helpers=Sum("helpers"), specialists=Sum("specialists"))
    return sum(value or 0 for value in sums.values())


@dataclass(frozen=True)
class Search:
    """Whom to call up or to invite: nothing = everybody who may answer and is not called up yet."""

    words: str = ""
    team: int | None = None
    role: str = ""
    language: str = ""
    returners: bool = False

    @property
    def any(self) -> bool:
        return bool(self.words or self.team or self.role or self.language or self.returners)


@dataclass(frozen=True)
class Candidates:
    people: Sequence[Person]
    total: int
    invited: frozenset[int]
    chosen: Search = field(default_factory=Search)

    @property
    def more(self) -> int:
        return self.total - len(self.people)


def candidates(week: FrontWeek, chosen: Search) -> Candidates:
    rows = callable_people(week, chosen)
    invited = Mailing.objects.filter(week=week, kind=Post.INVITATION).values_list("person", flat=True)
    return Candidates(list(rows[:SHOWN]), rows.count(), frozenset(invited), chosen)


def callable_people(week: FrontWeek, chosen: Search) -> QuerySet[Person]:
    """Who works here, may answer, and is not called up for this week yet."""
    roles = Q()
    for role in ANSWERING:
        roles |= Q(roles__contains=[role.value])
    rows = Person.objects.working().filter(roles, synthetic=False).exclude(callups__week=week)
    if chosen.words:
        rows = rows.filter(Q(name__icontains=chosen.words) | Q(team__name__icontains=chosen.words))
    if chosen.team:
        rows = rows.filter(team=chosen.team)
    if chosen.role in Role.values:
        rows = rows.filter(roles__contains=[chosen.role])
    if chosen.language in Language.values:
        rows = rows.filter(languages__contains=[chosen.language])
    if chosen.returners:
        rows = rows.filter(pk__in=was_there(week))
    found: QuerySet[Person] = rows.select_related("team").order_by("name", "pk")
    return found


def meant(week: FrontWeek, chosen: Search, pk: str | None) -> list[Person]:
    """Whom a button means: one of those found, or all of them, the ones that are not shown included."""
    found = callable_people(week, chosen)
    if pk is not None:
        return list(found.filter(pk=typed.key(pk)))
    return list(found)


def _rows(week: FrontWeek, only: CallUp | None = None) -> list[Row]:
    """A fixed number of questions, however many people."""
    callups = CallUp.objects.filter(week=week).select_related("person__team").order_by("person__name", "pk")
    if only is not None:
        callups = callups.filter(pk=only.pk)
    rules = weeks.rules_of(week)
    people = [one.person_id for one in callups]
    ready = registry.trained(people, week.starts_on)
    seats, letters = _seats(week), _letters(week)
    return [
        Row(
            callup=one,
            trained=None if ready is None else bool(ready.get(one.person_id)),
            seat=seats.get(one.person_id),
            letter=letters.get(one.person_id),
            most=most_of(one, rules),
        )
        for one in callups
    ]


def most_of(callup: CallUp, rules: WeekRules) -> int:
    """Half-days this person would work at most: as agreed, else the week's, by how much they are employed; a part of
    a half-day is one. What the planner gives and what the pages promise."""
    if callup.most_shifts is not None:
        return callup.most_shifts
    return math.ceil(rules.most_shifts * callup.part_percent / 100)


def _seats(week: FrontWeek) -> Mapping[int, Training]:
    """As published; before that, as the newest draft has it."""
    drafts = Roster.objects.filter(week=week, state=State.DONE).order_by("-at")
    roster = weeks.published(week) or drafts.first()
    if roster is None:
        return {}
    rows = Assignment.objects.filter(roster=roster, training__isnull=False).select_related("training")
    return {row.person_id: row.training for row in rows if row.training}


def _letters(week: FrontWeek) -> Mapping[int, Mailing]:
    """The call-up letter of each; of a volunteer the invitation."""
    rows = Mailing.objects.filter(week=week, kind__in=[Post.CALLUP, Post.INVITATION]).order_by("-kind")
    return {row.person_id: row for row in rows}  # "callup" comes last and stays


def _fits(row: Row, chosen: Filter) -> bool:
    callup, person = row.callup, row.person
    words = chosen.words.casefold()
    team = person.team.name.casefold() if person.team else ""
    state = "yes" if row.trained else "seat" if row.seat else "no"
    return (
        (not words or words in person.name.casefold() or words in team)
        and chosen.answer in ("", callup.answer)
        and chosen.kind in ("", callup.kind)
        and (not chosen.language or chosen.language in person.languages)
        and chosen.trained in ("", state, "no" if state == "seat" else state)
    )


def _numbers(week: FrontWeek, rows: Sequence[Row]) -> Numbers:
    answers = Counter(row.callup.answer for row in rows)
    counted = [row for row in rows if row.callup.answer in ("yes", "none")]
    coming = [row for row in counted if row.callup.answer == "yes"]
    known = [row for row in counted if row.trained is not None]
    return Numbers(
        called=sum(row.callup.kind == CallUp.Kind.DIVISION for row in rows),
        coming=answers["yes"],
        open=answers["none"],
        cannot=answers["no"],
        excused=answers["excused"],
        volunteers=sum(row.callup.kind == CallUp.Kind.VOLUNTEER for row in rows),
        trained=sum(bool(row.trained) for row in known) if known or not counted else None,
        seats=sum(not row.trained and row.seat is not None for row in counted),
        languages=_spoken(counted),
        offered=sum(row.most for row in coming),
        hoped=sum(row.most for row in counted) - sum(row.most for row in coming),
        need=needed(week),
    )


def _spoken(rows: Iterable[Row]) -> list[Spoken]:
    coming: Counter[str] = Counter()
    silent: Counter[str] = Counter()
    for row in rows:
        (coming if row.callup.answer == "yes" else silent).update(row.person.languages)
    return [
        Spoken(str(one.label), coming[one.value], silent[one.value])
        for one in Language
        if coming[one.value] or silent[one.value]
    ]
