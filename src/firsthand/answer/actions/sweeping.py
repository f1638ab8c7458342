"""Once a second: what no click and no call brings about."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction

from firsthand.answer.actions.closing import shut
from firsthand.answer.actions.losing import call_over, helper_silent
from firsthand.answer.actions.matching import match_all
from firsthand.answer.actions.moving import LOOK_AGAIN, requeue
from firsthand.answer.models import Contact, Seat
from firsthand.answer.nudges import tell
from firsthand.answer.queries.clock import Now
from firsthand.answer.queries.fitness import fitness
from firsthand.answer.queries.rows import locked, run
from firsthand.live import queries as live
from firsthand.people.models import Person
from firsthand.voice import actions as voice
from firsthand.voice.models import Leg

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Swept:
    """What one sweep did; all zero is the usual."""

    expired: int = 0
    lost: int = 0
    released: int = 0
    ended: int = 0
    widened: int = 0
    left: int = 0
    matched: int = 0


@transaction.atomic
def sweep(*, by: Person | None = None) -> Swept | None:
    """One sweeper at a time, in all processes; None: another is at it."""
    if run("try_sweep") == [(False,)]:
        return None
    serving = live.serving_since()
    _refit()
    return Swept(
        expired=_expired(),
        ended=_ended(),
        lost=_lost(serving) if serving else 0,
        released=_released(),
        left=_left(serving) if serving else 0,
        widened=_widened(),
        matched=match_all(),
    )


def _each(ids: Iterable[int], treat: Callable[[Contact], None]) -> int:
    def one(pk: int) -> bool:
        return _alone("contact", pk, lambda: treat(locked(pk)))

    return sum(map(one, ids))


def _alone(kind: str, pk: int, treat: Callable[[], None]) -> bool:
    """In a savepoint of its own: one that cannot be treated must not keep the others waiting."""
    try:
        with transaction.atomic():
            treat()
    except Exception:
        log.exception("the sweeper could not treat %s %s", kind, pk)
        return False
    return True


def _expired() -> int:
    """An offer nobody answered goes on to the next; the silent seat is not ready until its person says so."""

    def expire(contact: Contact) -> None:
        away = Seat.State.AWAY
        requeue(contact, "expired", by=None, seat_state=away, away_why=Seat.Away.NO_ANSWER, declined=True)

    return _each((pk for (pk,) in run("due_offers")), expire)


def _ended() -> int:
    """A call that is over while its contact is not: the signal was lost with its process."""
    over = dict(run("ended_calls"))
    return _each(over, lambda contact: call_over(contact, over[contact.pk]))


def _lost(serving: datetime) -> int:
    """Seats whose page has been silent for 12 s, in which some web process could have heard it."""
    silent = _each((pk for (pk,) in run("silent_contacts", serving=serving)), helper_silent)
    idle = run("silent_ready", serving=serving)
    if idle:
        tell(people=[person for (person,) in idle])
    return silent + len(idle)


def _released() -> int:
    """The hold is over: the contact is for everybody, and the lost page's leg is out of the call."""

    def release(contact: Contact) -> None:
        Contact.objects.filter(pk=contact.pk).update(held_for=None, held_until=None)
        if contact.call and not contact.call.ended_at:
            voice.leave(contact.call, Leg.Role.HELPER, by=None)
        tell(contact)

    return _each((pk for (pk,) in run("over_holds")), release)


def _left(serving: datetime) -> int:
    """A wrap-up whose page has been gone for half an hour is closed, and not called solved."""

    def leave(contact: Contact) -> None:
        shut(contact, "left", solved=None, by=None, away_why=Seat.Away.LOST)

    return _each((pk for (pk,) in run("left_wrap_ups", serving=serving, long=LOOK_AGAIN)), leave)


def _widened() -> int:
    """Wake-ups: who declined may be asked again; who did not pick up is called again; the next one is set."""
    return len(run("wake_queued")) + len(run("wake_others", again=LOOK_AGAIN))


def _refit() -> None:
    """A day ended and with it somebody's readiness, or somebody said what has changed."""
    for seat in Seat.objects.filter(state=Seat.State.READY, fit_until__lte=Now()).select_related("person"):
        _alone("seat", seat.pk, partial(_fit, seat))


def _fit(seat: Seat) -> None:
    """Ready for what is left, or not ready."""
    person, fit = seat.person, fitness(seat.person)
    ready = Seat.objects.filter(pk=seat.pk, state=Seat.State.READY)
    if fit.topics and person.is_active and person.answers and person.secrecy_signed_at:
        ready.update(languages=person.languages, topics=fit.topics, fit_until=fit.until)
    else:
        ready.update(state=Seat.State.AWAY, away_why=_why(person), ready_at=None)
        tell(people=[seat.person_id])


def _why(person: Person) -> str:
    return Seat.Away.UNFIT if person.secrecy_signed_at else Seat.Away.UNSIGNED
