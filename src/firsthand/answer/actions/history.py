"""Contacts that were answered before this house stood: brought over by the same moves, at their own times.

Nothing is switched off. The room's clock is set to each moment (for this transaction only), and the same
triggers write the same events as if it were that day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from firsthand.answer.actions import cases
from firsthand.answer.models import Contact, Promise, Seat
from firsthand.journal import actions as journal
from firsthand.kernel import sql
from firsthand.know.models import Concern
from firsthand.live import bus
from firsthand.members.models import Member
from firsthand.people.models import Person

State = Contact.State


@dataclass(frozen=True)
class History:
    """One finished contact. Without a seat the caller gave up; a promise is words and the day it is due."""

    language: str
    queued_at: datetime
    ended_at: datetime
    topic: str = ""
    phone: str = ""
    seat: Seat | None = None
    offered_at: datetime | None = None
    connected_at: datetime | None = None
    talk_at: datetime | None = None
    hung_up_at: datetime | None = None
    member: Member | None = None
    concern: Concern | None = None
    answered: str = ""
    solved: bool | None = None
    promise: tuple[str, date] | None = None


@transaction.atomic
def import_history(rows: Iterable[History], *, by: Person | None) -> list[Contact]:
    """Oldest first. Nobody is told of each, and nothing is matched: it is all over."""
    brought = [_replay(row) for row in sorted(rows, key=lambda row: row.queued_at)]
    _clock(None)
    if brought:
        journal.record("imported", brought[0], by=by, contacts=len(brought))
        bus.touch("wall", "room", "queue")
    return brought


def _replay(row: History) -> Contact:
    _clock(row.queued_at)
    contact = Contact.objects.create(language=row.language, topic=row.topic, caller_phone=row.phone)
    if row.seat is None:
        _move(contact, row.ended_at, State.ABANDONED, "gave_up", wake_at=None, closed_at=row.ended_at)
        return contact
    person = row.seat.person_id
    _move(contact, row.offered_at, State.OFFERED, "matched", seat=row.seat, offered_at=row.offered_at)
    connected = {"connected_at": row.connected_at, "talk_at": row.talk_at, "moved_by_id": person}
    _move(contact, row.connected_at, State.CONNECTED, "taken", **connected)
    record = {"answered": row.answered, "concern": row.concern, "member": row.member}
    _move(contact, row.hung_up_at, State.WRAP_UP, "caller_hung_up", hung_up_at=row.hung_up_at, **record)
    cases.link_case(contact.pk, by=None)
    contact.refresh_from_db()
    cases.at_last_a_case(contact, by=None)
    ended = {"closed_at": row.ended_at, "wake_at": None, "solved": row.solved, "moved_by_id": person}
    _move(contact, row.ended_at, State.CLOSED, "closed", **ended)
    if row.promise:
        words, due_on = row.promise
        Promise.objects.create(contact=contact, words=words, due_on=due_on, made_by_id=person)
    return contact


def _move(contact: Contact, at: datetime | None, state: str, why: str, **more: Any) -> None:
    _clock(at)
    changes = {"moved_by_id": None, **more}
    Contact.objects.filter(pk=contact.pk).update(state=state, moved_why=why, **changes)


def _clock(at: datetime | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.named("firsthand.answer", "history")["set_clock"], {"at": at})
