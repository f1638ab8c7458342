"""Contacts that were answered before this house stood: brought over by the same moves, at their own times.

Nothing is switched off. The room's clock is set to each moment (for this transaction only), and the same
triggers write the same events as if it were that day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from firsthand.answer.actions.cases import SAME_FOR
from firsthand.answer.models import Case, Contact, Promise, Seat
from firsthand.answer.queries.drafts import purpose_of
from firsthand.journal import actions as journal
from firsthand.kernel import sql
from firsthand.know.models import Concern
from firsthand.live import bus
from firsthand.members.models import Member
from firsthand.people.models import Person
from firsthand.protect import actions as protect
from firsthand.protect.actions import Screening
from firsthand.protect.models import Field
from firsthand.protect.pure.screen import Sealed
from firsthand.protect.queries.names import names_around
from firsthand.protect.wall import IMPORT


@dataclass(frozen=True, repr=False)
class Answered:
    """Who answered when, and what is kept of it. A promise is words and the day it is due."""

    seat: Seat
    offered_at: datetime
    connected_at: datetime
    talk_at: datetime
    hung_up_at: datetime
    member: Member | None
    concern: Concern | None
    words: str
    solved: bool | None
    promise: tuple[str, date] | None = None


@dataclass(frozen=True, repr=False)
class History:
    """One finished contact. Not answered: the caller gave up at `ended_at`."""

    language: str
    queued_at: datetime
    ended_at: datetime
    topic: str = ""
    phone: str = ""
    answered: Answered | None = None


@transaction.atomic
def import_history(rows: Iterable[History], *, by: Person | None) -> list[Contact]:
    """Oldest first. Nobody is told of each, and nothing is matched: it is all over."""
    past = sorted(rows, key=lambda row: row.queued_at)
    brought = [_replay(row, case) for row, case in zip(past, _cases(past), strict=True)]
    _run("set_clock", at=None)
    Promise.objects.bulk_create(_promises(past, brought))
    if brought:
        journal.record("imported", brought[0], by=by, contacts=len(brought))
        bus.touch("wall", "room", "queue")
    return brought


def _replay(row: History, case: Case | None) -> Contact:
    _run("set_clock", at=row.queued_at)
    contact = Contact.objects.create(language=row.language, topic=row.topic, caller_phone=row.phone)
    went = row.answered
    said = _screened(went.words, row) if went else None
    if went is None or said is None:
        _run("given_up", contact=contact.pk, ended_at=row.ended_at)
        return contact
    _run(
        "answered",
        contact=contact.pk,
        seat=went.seat.pk,
        person=went.seat.person_id,
        offered_at=went.offered_at,
        connected_at=went.connected_at,
        talk_at=went.talk_at,
        hung_up_at=went.hung_up_at,
        ended_at=row.ended_at,
        member=went.member and went.member.pk,
        concern=went.concern and went.concern.pk,
        case=case and case.pk,
        answered=said.text,
        solved=went.solved,
    )
    _seal(contact, went, said.sealed, Field.ANSWERED)
    return contact


def _screened(words: str, row: History) -> Screening:
    """What was typed into another system goes through the same screen; nobody is there to decide."""
    went = row.answered
    about = went.concern if went else None
    return protect.screened(
        words,
        language=row.language,
        concern=about.code if about else "",
        topic=about.topic if about else "",
        known=names_around(went.seat.person if went else None, member=went.member if went else None),
        by=None,
    )


def _seal(contact: Contact, went: Answered, sealed: Sequence[Sealed], field: Field) -> None:
    purpose = purpose_of(went.concern).value
    by = went.seat.person
    protect.seal(contact.pk, went.member, field=field, purpose=purpose, sealed=sealed, through=IMPORT, by=by)


def _cases(past: list[History]) -> list[Case | None]:
    """As `cases.link_case` would have it: the same member and concern within the time are one case."""
    lately: dict[tuple[int, int], tuple[Case, datetime]] = {}
    found = [_case(row, lately) for row in past]
    Case.objects.bulk_create({id(case): case for case in found if case}.values())
    return found


def _case(row: History, lately: dict[tuple[int, int], tuple[Case, datetime]]) -> Case | None:
    went = row.answered
    if went is None:
        return None
    new = Case(member=went.member, concern=went.concern, opened_at=row.queued_at)
    if went.member is None or went.concern is None:
        return new
    key = went.member.pk, went.concern.pk
    case, last = lately.get(key, (new, row.queued_at))
    if row.queued_at - last > SAME_FOR:
        case = new
    lately[key] = case, row.queued_at
    return case


def _promises(past: list[History], brought: list[Contact]) -> Iterator[Promise]:
    for row, contact in zip(past, brought, strict=True):
        if row.answered and row.answered.promise:
            words, due_on = row.answered.promise
            said = _screened(words, row)
            _seal(contact, row.answered, said.sealed, Field.PROMISE)
            by = row.answered.seat.person_id
            yield Promise(
                contact=contact, words=said.text, due_on=due_on, made_by_id=by, made_at=row.ended_at
            )


def _run(name: str, **params: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.named("firsthand.answer", "history")[name], params)
