"""What callers would meet as it stands, and what if: side by side, day by day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, FloatField, Max, Min, Sum
from django.db.models.expressions import ExpressionWrapper
from django.db.models.functions import NullIf, TruncDate

from firsthand.people.models import Language
from firsthand.plan.models import FrontWeek, Need, Outcome
from firsthand.plan.models.forecasts import State
from firsthand.plan.queries import hold

SHOWN = 4  # beside each other on one page; more are not compared, they are scrolled past


@dataclass(frozen=True)
class Change:
    """One thing that is different. `kind` is worded on the page: people, calls, letters."""

    kind: str
    number: float
    language: str = ""


@dataclass(frozen=True)
class Met:
    """What callers of a day (or of all days) meet. Shares from 0 to 1, weighed by the calls."""

    calls: float
    level: float
    low: float
    high: float
    abandoned: float
    asa: float
    worst: float  # the service level of the worst half-hour

    @property
    def level100(self) -> int:
        return round(self.level * 100)

    @property
    def low100(self) -> int:
        return round(self.low * 100)

    @property
    def high100(self) -> int:
        return round(self.high * 100)

    @property
    def abandoned100(self) -> int:
        return round(self.abandoned * 100)


@dataclass(frozen=True)
class Version:
    """One column: as it stands (no changes), or one what-if."""

    need: Need
    changes: Sequence[Change]
    days: Mapping[date, Met]
    whole: Met | None

    @property
    def plain(self) -> bool:
        return not self.need.changes


@dataclass(frozen=True)
class Line:
    day: date
    cells: Sequence[Met | None]


@dataclass(frozen=True)
class Comparison:
    basis: hold.Basis
    versions: Sequence[Version]
    lines: Sequence[Line]
    under_way: Need | None
    more: int

    @property
    def share(self) -> int:
        return self.basis.rules.target_share


def changes(need: Need) -> list[Change]:
    said = need.changes
    people = said.get("people", {})
    found = [Change("people", number, str(Language(one).label)) for one, number in sorted(people.items())]
    found += [Change("calls", round((said["calls"] - 1) * 100))] if "calls" in said else []
    return found + ([Change("letters", said["letters"])] if "letters" in said else [])


def compare(week: FrontWeek, language: str = "") -> Comparison:
    on = hold.basis(week)
    kept = Need.objects.filter(week=week, state=State.DONE).exclude(changes={}).order_by("-at")
    shown = [*([on.need] if on.need else []), *kept[:SHOWN]]
    versions = [_version(need, language) for need in shown]
    days = sorted({day for version in versions for day in version.days})
    return Comparison(
        basis=on,
        versions=versions,
        lines=[Line(day, [version.days.get(day) for version in versions]) for day in days],
        under_way=hold.under_way(week),
        more=max(0, kept.count() - SHOWN),
    )


def _version(need: Need, language: str) -> Version:
    rows = Outcome.objects.filter(need=need, calls__gt=0)
    if language:
        rows = rows.filter(language=language)
    by_day: Iterable[Mapping[str, Any]] = (
        rows.annotate(day=TruncDate("starts_at")).values("day").annotate(**_met()).order_by("day")
    )
    days = {row["day"]: Met(**{name: row[name] for name in _met()}) for row in by_day}
    whole = rows.aggregate(**_met())
    return Version(need, changes(need), days, Met(**whole) if whole["calls"] else None)


def _met() -> dict[str, Min | Max | Sum | ExpressionWrapper[Any]]:
    """Weighed by the calls: a half-hour with three callers says little about a day. The interval is the
    weighed mean of the intervals, and so a little too wide, never too narrow."""

    def mean(of: str) -> ExpressionWrapper[Any]:
        weighed = Sum(F("calls") * F(of), output_field=FloatField())
        return ExpressionWrapper(weighed / NullIf(Sum("calls"), 0.0), output_field=FloatField())

    return {
        "level": mean("service_level"),
        "low": mean("service_low"),
        "high": mean("service_high"),
        "abandoned": mean("abandoned"),
        "asa": mean("asa_seconds"),
        "worst": Min("service_level"),
        "calls": Sum("calls"),
    }
