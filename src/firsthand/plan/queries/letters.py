"""The words of the letters of a front week, as they go to somebody; and who got which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from firsthand.kernel import typed
from firsthand.people.models import Language, Person
from firsthand.plan.models import CallUp, FrontWeek, Letter, Mailing, Post
from firsthand.plan.pure import letters
from firsthand.plan.queries import weeks


@dataclass(frozen=True)
class Texts:
    """One kind of letter of one week, in every language."""

    week: FrontWeek
    words: Mapping[str, letters.Words]
    own: frozenset[str]  # languages in which the organiser wrote other words

    def language(self, person: Person) -> str:
        return letters.language_of(person.language, person.languages, settings.LANGUAGE_CODE)

    def to(self, person: Person, language: str = "") -> letters.Words:
        language = language or self.language(person)
        return letters.filled(self.words[language], self._blanks(person.name, language))

    def _blanks(self, name: str, language: str) -> dict[str, str]:
        with translation.override("de-ch" if language == "de" and settings.COUNTRY == "CH" else language):
            first, last, until = (
                date_format(day, "DATE_FORMAT")
                for day in (self.week.starts_on, self.week.ends_on, weeks.answer_until(self.week))
            )
        return {
            "name": name,
            "week": self.week.name,
            "first_day": first,
            "last_day": last,
            "answer_until": until,
            "link": settings.ADDRESS.rstrip("/") + reverse("plan:shifts"),
        }


def texts(week: FrontWeek, kind: str) -> Texts:
    own = {one.language: one for one in Letter.objects.filter(week=week, kind=kind)}
    words = {
        language: letters.Words(own[language].subject, own[language].words)
        if language in own
        else letters.default(kind, language, settings.COUNTRY)
        for language in letters.LANGUAGES
    }
    return Texts(week, words, frozenset(own))


def mailings(week: FrontWeek, kind: str) -> QuerySet[Mailing]:
    return Mailing.objects.filter(week=week, kind=kind)


def lacking(week: FrontWeek, kind: str) -> set[int]:
    """Who should have this letter: the called up the call-up, who has not answered it the reminder."""
    return set(_lacking(week, kind).values_list("person", flat=True))


def _lacking(week: FrontWeek, kind: str) -> QuerySet[CallUp]:
    callups = CallUp.objects.filter(week=week, person__is_active=True)
    if kind == Post.REMINDER:
        return callups.filter(_asked(week), answer=CallUp.Answer.NONE)
    if kind == Post.CALLUP:
        return callups.filter(kind=CallUp.Kind.DIVISION).exclude(answer=CallUp.Answer.EXCUSED)
    return callups.none()


def _asked(week: FrontWeek) -> Q:
    """By a letter that was, or perhaps was, sent, or of their own will: for all others a reminder would be the first
    they hear of it."""
    first = Mailing.objects.filter(week=week, kind__in=[Post.CALLUP, Post.INVITATION])
    written = first.filter(state__in=[Mailing.State.SENT, Mailing.State.SENDING])
    return Q(person__in=written.values("person")) | Q(kind=CallUp.Kind.VOLUNTEER)


def _unasked(week: FrontWeek) -> int:
    silent = CallUp.objects.filter(week=week, person__is_active=True, answer=CallUp.Answer.NONE)
    return silent.exclude(_asked(week)).count()


@dataclass(frozen=True)
class Posted:
    """How far the letters of one kind are."""

    kind: str
    label: str
    waiting: int
    unsure: int
    sent: int
    failed: int
    by_itself: bool
    to_send: int  # who should have it and is not even waiting
    unasked: int  # of a reminder: who has not answered, for no letter went to them yet
    broken: Sequence[Mailing]  # by name, those to send again

    @property
    def stuck(self) -> int:
        return self.unsure + self.failed

    @property
    def any(self) -> int:
        return self.waiting + self.unsure + self.sent + self.failed


def posted(week: FrontWeek, kind: str) -> Posted:
    rows = mailings(week, kind)
    states = dict(rows.values_list("state").annotate(n=Count("pk")).order_by())
    stuck = rows.filter(state__in=[Mailing.State.SENDING, Mailing.State.FAILED])
    return _posted(week, kind, states, list(stuck.select_related("person").order_by("person__name")[:50]))


def every_kind(week: FrontWeek) -> list[Posted]:
    """How far the letters of each kind are; who is stuck, the page of that kind says."""
    states: dict[str, dict[str, int]] = {}
    rows = Mailing.objects.filter(week=week).values_list("kind", "state").annotate(n=Count("pk"))
    for kind, state, many in rows.order_by():
        states.setdefault(kind, {})[state] = many
    return [_posted(week, kind, states.get(kind, {}), []) for kind in Post.values]


def _posted(week: FrontWeek, kind: str, states: Mapping[str, int], broken: Sequence[Mailing]) -> Posted:
    there = mailings(week, kind).values("person")
    return Posted(
        kind=kind,
        label=str(Post(kind).label),
        by_itself=Post(kind).by_itself,
        waiting=states.get("waiting", 0),
        unsure=states.get("sending", 0),
        sent=states.get("sent", 0),
        failed=states.get("failed", 0),
        to_send=_lacking(week, kind).exclude(person__in=there).count(),
        unasked=_unasked(week) if kind == Post.REMINDER else 0,
        broken=broken,
    )


def sample(week: FrontWeek, kind: str, language: str, pk: int | None) -> Person | None:
    """Whose letter is shown before it is sent: the one asked for, else the first who gets it in this language."""
    people: QuerySet[Person] = Person.objects.working().filter(synthetic=False)
    if pk is not None and (asked := people.filter(pk=pk, callups__week=week).first()):
        return asked
    if Post(kind).by_itself:
        everybody = people.filter(pk__in=CallUp.objects.filter(week=week).coming().values("person"))
    else:
        everybody = (
            people.filter(pk__in=_lacking(week, kind).values("person")) if kind != Post.INVITATION else people
        )
    found = texts(week, kind)
    ordered = everybody.order_by("name")
    return next((one for one in ordered[:500] if found.language(one) == language), None)


@dataclass(frozen=True)
class Sheet:
    """One letter in one language, as it is written and as somebody gets it."""

    week: FrontWeek
    kind: str
    language: str
    languages: Sequence[tuple[str, str]]
    kinds: Sequence[tuple[str, str]]
    words: letters.Words
    own: bool
    to: Person | None
    preview: letters.Words | None
    posted: Posted

    @property
    def address(self) -> str:
        return f"{reverse('plan:letters', args=[self.week.pk, self.kind])}?language={self.language}"


def sheet_for(organiser: Person, pk: int, kind: str, asked: Mapping[str, str]) -> Sheet:
    """`asked`: the address's `language`, and `to`, whose letter is shown."""
    week = weeks.week_for(organiser, pk)
    if kind not in Post.values:
        raise Http404
    to, found = typed.number(asked.get("to")), texts(week, kind)
    somebody = None if to is None else sample(week, kind, "", to)
    wanted = found.language(somebody) if somebody else asked.get("language", "")
    language = wanted if wanted in letters.LANGUAGES else letters.language_of("", [], settings.LANGUAGE_CODE)
    somebody = somebody or sample(week, kind, language, None)
    return Sheet(
        week=week,
        kind=kind,
        language=language,
        languages=[(one.value, str(one.label)) for one in Language],
        kinds=[(one.value, str(one.label)) for one in Post],
        words=found.words[language],
        own=language in found.own,
        to=somebody,
        preview=found.to(somebody, language) if somebody else None,
        posted=posted(week, kind),
    )
