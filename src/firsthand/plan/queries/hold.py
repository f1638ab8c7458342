"""Will it hold? What a week needs in each half-hour beside who is rostered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import Count, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.functional import Promise

from firsthand.people.models import Language, Person, Role
from firsthand.plan.models import (
    Assignment,
    ForecastValue,
    FrontWeek,
    Need,
    Requirement,
    Room,
    Roster,
    Shift,
    WeekRules,
)
from firsthand.plan.models.forecasts import State
from firsthand.plan.pure import hold
from firsthand.plan.pure.hold import Gap, Holds, Stretch, Together
from firsthand.plan.words import needs as words

# One half-hour is known by its local day and minute.
When = tuple[date, int]


@dataclass(frozen=True)
class Basis:
    """What the page stands on: the newest reckoning, and the roster that holds (or the newest draft)."""

    week: FrontWeek
    rules: WeekRules
    need: Need | None
    roster: Roster | None

    @property
    def draft(self) -> bool:
        return self.roster is not None and self.roster.published_at is None

    @property
    def shrinkage(self) -> float:
        return self.rules.shrinkage_percent / 100


@dataclass(frozen=True)
class Half:
    """One half-hour on the page, of one language or of all."""

    at: datetime
    minutes: int
    gap: Gap | Together

    @property
    def ends(self) -> datetime:
        return self.at + timedelta(minutes=self.minutes)

    @property
    def slug(self) -> str:
        return timezone.localtime(self.at).strftime("%H%M")


@dataclass(frozen=True)
class Day:
    """One line of the strip. `halves` has a place for every half-hour of the week, None where it is closed."""

    day: date
    halves: Sequence[Half | None]

    @property
    def holds(self) -> Holds:
        return hold.worst(half.gap for half in self.halves if half)

    @property
    def missing(self) -> int:
        """At the worst half-hour; 0: nobody."""
        return max(
            (-half.gap.spare for half in self.halves if half and half.gap.holds is Holds.SHORT), default=0
        )

    @cached_property
    def short(self) -> list[tuple[datetime, datetime, int]]:
        return self._between(Holds.SHORT)

    @cached_property
    def tight(self) -> list[tuple[datetime, datetime, int]]:
        return self._between(Holds.TIGHT)

    def _between(self, of: Holds) -> list[tuple[datetime, datetime, int]]:
        there = [half for half in self.halves if half]
        found: list[Stretch] = hold.stretches([half.gap for half in there], of)
        return [(there[one.first].at, there[one.last].ends, one.missing) for one in found]


@dataclass(frozen=True)
class Strip:
    basis: Basis
    language: str  # empty: all
    languages: Sequence[tuple[str, str]]
    starts: Sequence[str]  # over the columns: local time of each half-hour
    days: Sequence[Day]

    @property
    def holds(self) -> Holds:
        return min((day.holds for day in self.days), key=list(Holds).index, default=Holds.UNKNOWN)

    @property
    def asked(self) -> Day | None:
        """The day that the title asks about: of those to come the one that is worst, the nearer one first."""
        today = timezone.localdate()
        coming = [day for day in self.days if day.day >= today] or list(self.days)
        order = list(Holds)
        return min(coming, key=lambda day: (order.index(day.holds), -day.missing, day.day), default=None)


@dataclass(frozen=True)
class Row:
    """One half-hour of one language, with everything that was reckoned about it."""

    half: Half
    need: Requirement
    low: float
    high: float
    rostered: int
    specialists: int

    @property
    def level(self) -> int:
        return round(self.need.service_level * 100)

    @property
    def why(self) -> Promise | str:
        return words.reason(self.need.reason)


@dataclass(frozen=True)
class InOneLanguage:
    language: str
    label: str
    day: Day
    rows: Sequence[Row]
    ready: int | None  # who is ready now; only today


def basis(week: FrontWeek) -> Basis:
    rules = WeekRules.objects.filter(week=week).first() or WeekRules(week=week)
    done = Need.objects.filter(week=week, state=State.DONE, name="", changes={})
    return Basis(week, rules, done.select_related("forecast").first(), roster_of(week))


def roster_of(week: FrontWeek) -> Roster | None:
    """The published one that holds; before there is one, the newest draft that was worked out."""
    rosters = Roster.objects.filter(week=week)
    published = rosters.exclude(published_at=None).order_by("-published_at").first()
    return published or rosters.filter(state__in=[State.DONE, State.STOPPED]).first()


def strip(week: FrontWeek, language: str = "") -> Strip:
    """A fixed number of questions to the database, however many people and days."""
    on = basis(week)
    found: dict[When, dict[str, Half]] = {}
    for (one, when), half in gaps(on).items():
        found.setdefault(when, {})[one] = half
    known = sorted({one for halves in found.values() for one in halves})
    shown = [language] if language in known else known
    days = sorted({day for day, _minute in found})
    minutes = sorted({minute for _day, minute in found})
    return Strip(
        basis=on,
        language=language if language in known else "",
        languages=labels(known),
        starts=[f"{minute // 60:02}:{minute % 60:02}" for minute in minutes],
        days=[Day(day, [_half(found.get((day, minute), {}), shown) for minute in minutes]) for day in days],
    )


def _half(found: Mapping[str, Half], shown: Sequence[str]) -> Half | None:
    """One half-hour in all languages that are shown and answered then."""
    halves = [found[one] for one in shown if one in found]
    if not halves:
        return None
    together = Together(tuple(each.gap for each in halves if isinstance(each.gap, Gap)))
    return Half(halves[0].at, halves[0].minutes, together)


def day(week: FrontWeek, on_day: date, ready: Mapping[str, int] | None = None) -> list[InOneLanguage]:
    """One day, language by language. `ready`: who is ready at this moment, where somebody knows."""
    on = basis(week)
    if on.need is None:
        return []
    halves = gaps(on, on_day)
    needs = {(one.language, _when(one.starts_at)): one for one in _requirements(on, on_day)}
    calls = _calls(on, on_day)
    there = rostered(on)
    found = []
    for language, label in labels(sorted({one for one, _when in halves})):
        keys = sorted((key for key in halves if key[0] == language), key=lambda key: key[1])
        rows = [
            Row(
                half=halves[key],
                need=needs[key],
                low=calls.get(key, (needs[key].calls,) * 2)[0],
                high=calls.get(key, (needs[key].calls,) * 2)[1],
                rostered=there[language, "answers", halves[key].at],
                specialists=there[language, "specialist", halves[key].at],
            )
            for key in keys
        ]
        now = ready.get(language, 0) if ready is not None and on_day == timezone.localdate() else None
        found.append(InOneLanguage(language, label, Day(on_day, [row.half for row in rows]), rows, now))
    return found


def languages(week: FrontWeek) -> list[tuple[str, str]]:
    """Those in which the week answers: as reckoned, or before that as its rooms say."""
    need = basis(week).need
    found = Requirement.objects.filter(need=need).values_list("language", flat=True) if need else []
    rooms = Room.objects.filter(week=week).values_list("language", flat=True)
    return labels(sorted({*found} or {*rooms}))


def under_way(week: FrontWeek) -> Need | None:
    """The reckoning that waits or works, if one does."""
    return Need.objects.filter(week=week, state__in=[State.WAITING, State.WORKING]).first()


def failed(week: FrontWeek) -> Promise | str:
    """Why the newest reckoning has come to nothing, in words; empty when it has not."""
    newest = Need.objects.filter(week=week).first()
    return words.problem(newest.problem) if newest and newest.state == State.FAILED else ""


def around(week: FrontWeek, on_day: date) -> tuple[date | None, date | None]:
    """The days before and after this one for which something was reckoned."""
    rows = Requirement.objects.filter(need=basis(week).need)
    days = [midnight.date() for midnight in rows.datetimes("starts_at", "day")]
    before, after = [one for one in days if one < on_day], [one for one in days if one > on_day]
    return (before[-1] if before else None, after[0] if after else None)


def need_for(person: Person, pk: int) -> Need:
    found = Need.objects.select_related("week", "forecast").filter(pk=pk).first()
    if found is None or not person.has_role(Role.ORGANISER):
        raise Http404
    return found


def gaps(on: Basis, on_day: date | None = None) -> dict[tuple[str, When], Half]:
    """Every half-hour of every language that something was reckoned for; of one day, or of all."""
    if on.need is None:
        return {}
    there, worked = rostered(on), _worked(on.week)
    local: dict[datetime, tuple[When, bool]] = {}  # each moment comes once for each language
    found = {}
    # Without an object for each row: a week of thirty days has two thousand of them.
    wanted = ("language", "starts_at", "minutes", "helpers_low", "helpers", "helpers_high")
    for language, at, minutes, low, mid, high in _requirements(on, on_day).values_list(*wanted):
        if at not in local:
            local[at] = _when(at), on.roster is not None and worked.at(at) > 0
        when, works = local[at]
        at_desks = hold.at_the_desk(there[language, "answers", at], on.shrinkage)
        found[language, when] = Half(at, minutes, Gap((low, mid, high), at_desks, works))
    return found


def _requirements(on: Basis, on_day: date | None = None) -> QuerySet[Requirement]:
    rows = Requirement.objects.filter(need=on.need)
    return rows if on_day is None else rows.filter(starts_at__date=on_day)


def _calls(on: Basis, on_day: date) -> dict[tuple[str, When], tuple[float, float]]:
    """How many calls on a quiet and on a busy day of ten, as the forecast said."""
    found: dict[tuple[str, When], tuple[float, float]] = {}
    if on.need is None:
        return found
    rows = ForecastValue.objects.filter(forecast=on.need.forecast, starts_at__date=on_day)
    for one in rows.select_related("queue"):
        key = one.queue.language, _when(one.starts_at)
        low, high = found.get(key, (0.0, 0.0))
        found[key] = low + one.low, high + one.high
    return found


def _worked(week: FrontWeek) -> hold.There:
    spans = Shift.objects.filter(week=week).values_list("starts_at", "ends_at")
    return hold.There((starts, ends, 1) for starts, ends in spans)


class _Rostered(dict[tuple[str, str, datetime], int]):
    """How many are rostered in a language and for a duty at a moment: read out of the half-days, once each."""

    def __init__(self, counted: Iterable[tuple[str, str, datetime, datetime, int]]) -> None:
        super().__init__()
        spans: dict[tuple[str, str], list[tuple[datetime, datetime, int]]] = {}
        for language, duty, starts, ends, many in counted:
            spans.setdefault((language, duty), []).append((starts, ends, many))
        self.there = {key: hold.There(found) for key, found in spans.items()}

    def __missing__(self, key: tuple[str, str, datetime]) -> int:
        language, duty, at = key
        there = self.there.get((language, duty))
        self[key] = there.at(at) if there else 0
        return self[key]


def rostered(on: Basis) -> _Rostered:
    rows = (
        assignments(on)
        .values_list("room__language", "duty", "starts_at", "ends_at")
        .annotate(many=Count("pk"))
    )
    return _Rostered(rows.order_by("starts_at"))


def assignments(on: Basis, *, working: bool = True) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(roster=on.roster) if on.roster else Assignment.objects.none()
    return rows.exclude(duty=Assignment.Duty.TRAINING) if working else rows


def _when(at: datetime) -> When:
    local = timezone.localtime(at)
    return local.date(), local.hour * 60 + local.minute


def labels(languages: Iterable[str]) -> list[tuple[str, str]]:
    return [(one, str(Language(one).label)) for one in languages]
