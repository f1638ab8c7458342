"""Two people who asked about their data, and the protocol of last night."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils.timezone import get_default_timezone, localdate, localtime

from firsthand.members.models import Member
from firsthand.people.models import Person
from firsthand.protect import actions
from firsthand.protect.models import Identity, Line, RequestKind, RequestWay, Run

# What went last night, as a house of this size lets go.
WENT = {("answer_contact", "contact_caller"): 168, ("voice_leg", "call_signalling"): 352}


def requests(ruth: Member, other: Member, officer: Person, helper: Person) -> None:
    """One close to its deadline, one that a helper took down yesterday."""
    today = localdate()
    actions.take_down(
        RequestKind.ACCESS,
        way=RequestWay.LETTER,
        received_on=today - timedelta(days=27),
        member=other,
        identity=Identity.PAPERS,
        by=officer,
    )
    actions.take_down(
        RequestKind.CORRECTION,
        way=RequestWay.CALL,
        received_on=today - timedelta(days=1),
        member=ruth,
        identity=Identity.FACTS,
        by=helper,
    )


def last_night() -> None:
    today = localdate()
    night = today if localtime().hour >= 3 else today - timedelta(days=1)
    at = datetime.combine(night, time(2, 31), tzinfo=get_default_timezone())
    took = timedelta(seconds=4)
    run = Run.objects.create(day=night, planned_at=at - timedelta(days=1), began_at=at, ended_at=at + took)
    Line.objects.bulk_create(
        Line(
            run=run,
            table=table,
            clock=clock,
            cutoff=night - timedelta(days=30),
            planned=count,
            went=count,
            done=True,
        )
        for (table, clock), count in WENT.items()
    )


def tonight(*, by: Person | None = None) -> None:
    """What goes next is counted, so that the officer has something to look at on the first day."""
    actions.dry_run(localdate() + timedelta(days=1), by=by)
