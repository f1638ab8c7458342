"""What is the same for every long job of planning: how far it is, whether it is to stop, how it ended."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction

from firsthand.plan import nudges
from firsthand.plan.models import Forecast, Need, Roster, Upload
from firsthand.plan.models.forecasts import State

UNDER_WAY = [State.WAITING, State.WORKING]


class Stopped(Exception):
    """Somebody pressed "Stop"."""


def begin(row: models.Model) -> bool:
    """Whoever turns it from waiting to working does it; False: it is stopped, done, or another's."""
    won = _rows(row).filter(state=State.WAITING, stop_asked=False).update(state=State.WORKING)
    touched(row)
    return bool(won)


def reached(row: models.Model, percent: int) -> None:
    """Note how far it is. Raises `Stopped` when somebody wants it to end."""
    _rows(row).update(progress=percent)
    touched(row)
    if stop_asked(row):
        raise Stopped


def stop_asked(row: models.Model) -> bool:
    return bool(_rows(row).filter(stop_asked=True).exists())


def end(row: models.Model, state: State, **more: Any) -> None:
    _rows(row).update(state=state, **more)
    with transaction.atomic():
        nudges.job(row, ended=True)


def stop(row: models.Model) -> None:
    """What has not begun ends at once; what is under way ends at its next step."""
    _rows(row).filter(state=State.WAITING).update(state=State.STOPPED, stop_asked=True)
    _rows(row).filter(state=State.WORKING).update(stop_asked=True)
    touched(row)


def bury() -> int:
    """What is still "working" belonged to a planner that is gone: it is said to have failed. How many.

    Only whoever alone may plan calls this (cli/planner.py).
    """
    gone = 0
    for model in (Forecast, Need, Roster, Upload):
        for row in model._default_manager.filter(state=State.WORKING):
            end(row, State.FAILED, problem="died")
            gone += 1
    return gone


def touched(row: models.Model) -> None:
    with transaction.atomic():
        nudges.job(row)


def _rows(row: models.Model) -> models.QuerySet[Any]:
    return type(row)._default_manager.filter(pk=row.pk)
