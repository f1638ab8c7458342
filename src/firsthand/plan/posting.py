"""How the job that writes letters is asked for: by an organiser, and by what happens."""

from __future__ import annotations

from typing import Any

from procrastinate.contrib.django import app

from firsthand.plan import nudges
from firsthand.plan.models import FrontWeek

JOB = "plan.letters"


def defer(week: FrontWeek, kind: str, *, seconds: int = 0) -> None:
    """In the action's transaction: no job without its rows. One after the other for each kind of a week.

    In the worker's queue, not the planner's: nobody waits for a letter until a roster is worked out.
    A lock for each kind, since a job that waits its `seconds` holds back the later ones of its lock.
    """
    when: dict[str, Any] = {"schedule_in": {"seconds": seconds}} if seconds else {}
    task = app.configure_task(JOB, lock=f"{JOB}:{week.pk}:{kind}", **when)
    task.defer(week=week.pk, kind=str(kind))
    nudges.week(week.pk)
