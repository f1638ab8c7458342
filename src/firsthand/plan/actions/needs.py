"""Reckon how many people a front week takes, and what callers would meet with those rostered."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from firsthand.journal import actions as journal
from firsthand.kernel.refusal import Refusal
from firsthand.people.models import Person
from firsthand.plan import queries, working
from firsthand.plan.models import Forecast, FrontWeek, Need
from firsthand.plan.models.forecasts import State

JOB = "plan.reckon"


class NoForecast(Refusal):
    says = _(
        "Nothing was reckoned: no forecast covers these days yet. Make one on the page “Forecast” first."
    )


class UnderWay(Refusal):
    says = _("A reckoning of this week is under way already. Wait for it, or stop it.")


class NothingChanges(Refusal):
    says = _("Nothing was reckoned: say what would be different, and give it a name.")


@transaction.atomic
def reckon(
    week: FrontWeek, *, by: Person | None, name: str = "", changes: dict[str, Any] | None = None
) -> Need:
    """Have it reckoned by the planner. With `changes` it is a what-if, kept under its name beside the others.

    `changes`: {"people": {"de": -20}} rostered at the desks, {"calls": 1.1} times, {"letters": 2} days later.
    """
    queries.locked(week)
    if Need.objects.filter(week=week, state__in=working.UNDER_WAY).exists():
        raise UnderWay
    if (name or changes) and not (name and changes):
        raise NothingChanges
    forecast = _covering(week)
    if forecast is None:
        raise NoForecast
    need = Need.objects.create(week=week, forecast=forecast, name=name, changes=changes or {}, by=by)
    journal.record("asked", need, by=by, what_if=bool(changes))
    app.configure_task(JOB, queue="plan").defer(pk=need.pk)
    working.touched(need)
    return need


@transaction.atomic
def stop_reckoning(need: Need, *, by: Person) -> None:
    journal.record("stopped", need, by=by)
    working.stop(need)


@transaction.atomic
def drop_what_if(need: Need, *, by: Person) -> None:
    """A what-if that nobody needs any more. The plain reckoning stays: rosters stand on it."""
    if need.changes:
        journal.record("dropped", need, by=by)
        Need.objects.filter(pk=need.pk).delete()


def _covering(week: FrontWeek) -> Forecast | None:
    """The newest forecast that reaches the end of the week. What is over it does not foretell."""
    return Forecast.objects.filter(state=State.DONE, last__gte=week.ends_on).first()
