"""A seat is ready when its person said so, may answer something today, and has a page open that says so
every 4 s.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence

from django.db import transaction

from firsthand.answer.actions.losing import give_back
from firsthand.answer.actions.matching import match_contact_soon, match_seat_soon
from firsthand.answer.actions.moving import requeue
from firsthand.answer.actions.refusals import NotAnswering, NotReady, NotSigned, StillInContact
from firsthand.answer.models import Contact, Seat
from firsthand.answer.nudges import tell
from firsthand.answer.queries.clock import Now
from firsthand.answer.queries.fitness import fitness
from firsthand.answer.queries.rows import run
from firsthand.people.models import ANSWERING, Person


@transaction.atomic
def say_ready(person: Person, *, instance: str, by: Person) -> Seat:
    """Take the seat with this page. In a contact it only moves the seat to this page: nothing is
    interrupted.
    """
    _may_answer(person)
    fit = fitness(person)
    seat = _seat(person)
    if seat.busy:
        Seat.objects.filter(pk=seat.pk).update(instance=instance, seen_at=Now())
        seat.refresh_from_db()
        return seat
    if not fit.topics:
        raise NotReady
    fresh = {"ready_at": Now()} if seat.state != Seat.State.READY else {}
    Seat.objects.filter(pk=seat.pk).update(
        state=Seat.State.READY,
        languages=person.languages,
        topics=fit.topics,
        fit_until=fit.until,
        seen_at=Now(),
        instance=instance,
        synthetic=person.synthetic,
        **fresh,
    )
    # Who comes back by an own word may be offered what went past it meanwhile.
    run("forgive", seat=seat.pk)
    tell(people=[person.pk])
    match_seat_soon(seat.pk, by=by)
    seat.refresh_from_db()
    return seat


def say_away(person: Person, *, by: Person) -> Seat:
    """Leave the room. An offer that stands is declined with it; a contact is finished first."""
    while not _leave(person, by):
        pass  # an offer came between the look at the contact and the look at the seat: look again
    return Seat.objects.get(person=person)


def signed_out(person: Person, *, by: Person) -> None:
    """Who signs out is offered nothing more. In a contact the page falls silent and is lost."""
    seat = Seat.objects.filter(person=person).first()
    if seat is not None and seat.state in (Seat.State.READY, Seat.State.OFFERED):
        with contextlib.suppress(StillInContact):
            say_away(person, by=by)


@transaction.atomic
def _leave(person: Person, by: Person) -> bool:
    """Contact before seat, as everywhere. False: by then the seat had got a contact that is not locked."""
    offered = Contact.objects.of(person).select_for_update(of=("self",)).first()
    seat = _seat(person)
    if offered is None and seat.busy:
        return False
    if seat.state in (Seat.State.TALKING, Seat.State.WRAP_UP):
        raise StillInContact
    if offered:
        requeue(
            offered, "declined", by=by, seat_state=Seat.State.AWAY, away_why=Seat.Away.SAID, declined=True
        )
        match_contact_soon(offered.pk, by=by)
    elif seat.state == Seat.State.READY:
        Seat.objects.filter(pk=seat.pk).update(state=Seat.State.AWAY, away_why=Seat.Away.SAID, ready_at=None)
    tell(people=[person.pk])
    return True


def beat(person: Person, *, instance: str, by: Person | None = None) -> bool:
    """The desk's page is there. False: the seat belongs to another page now, and this one should say so."""
    return person.pk not in beats({person.pk: instance}, by=by)


def beats(there: Mapping[int, str], *, by: Person | None = None) -> set[int]:
    """The pages of these people are there, each by its name; back come the people who have another page.

    A page that comes back while its contact is held gets it back: in a transaction of its own, because the
    beat has locked the seat, and a contact is locked before its seat.
    """
    with transaction.atomic():
        seats = run("beats", people=list(there), instances=list(there.values()), roles=sorted(ANSWERING))
    for held in (held for _, _, held in seats if held):
        give_back(held, by=by)
    return {person for person, has, _ in seats if not has}


@transaction.atomic
def beat_synthetic(*, by: Person | None = None) -> None:
    """The simulation is there, for all its helpers at once."""
    run("beat_synthetic")


def doubt(person_ids: Sequence[int], *, by: Person | None = None) -> None:
    """What these people may answer has changed: nothing is offered to them until the sweeper, within a
    second, has copied it to their seats again. A seat in a contact is looked at when it is free.
    """
    Seat.objects.filter(person__in=person_ids, fit_until__gt=Now()).update(fit_until=Now())


def _may_answer(person: Person) -> None:
    if not person.answers:
        raise NotAnswering
    if person.secrecy_signed_at is None:
        raise NotSigned


def _seat(person: Person) -> Seat:
    Seat.objects.get_or_create(person=person)
    return Seat.objects.select_for_update().get(person=person)
