"""What was confided and is not needed: sealed while it is typed, opened with a reason, erased for good."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from firsthand.journal import actions as journal
from firsthand.members.models import Member
from firsthand.people.models import Person
from firsthand.protect import boxes, keys, wall
from firsthand.protect.models import Confidence, Field, Note, Purpose, purposes
from firsthand.protect.pure import drafts, sealing
from firsthand.protect.pure.screen import Sealed
from firsthand.protect.queries.clocks import confidence_until
from firsthand.protect.queries.sealed import hold_keys


@transaction.atomic
def seal_draft(
    contact_id: int,
    *,
    field: Field,
    purpose: str,
    sealed: Sequence[Sealed],
    marks: Mapping[str, int],
    by: Person,
) -> None:
    """What is sealed of a field while somebody types in it: what is new comes, what was changed goes.

    It is the contact's until it is settled: whoever goes on with the contact finds it, also without the file.
    """
    said = [drafts.Said(one.category.value, one.words) for one in sealed]
    with wall.within({*purposes.here(), purpose}, person=by, contact=contact_id):
        mine = Confidence.objects.drafts(contact_id).filter(field=field)
        if not said and not mine.exists():
            return
        hold_keys()
        rows = {one.pk: one for one in mine.select_for_update()}
        ring = keys.ring()
        there = [drafts.There(one.pk, one.category, boxes.unsealed(one, ring)) for one in rows.values()]
        fresh, gone = drafts.changed(there, said, marks)
        _erase([rows[one.id] for one in gone])
        Confidence.objects.bulk_create(
            _sealed(one, ring, contact_id=contact_id, member=None, purpose=purpose, field=field, by=by)
            for one in fresh
        )


@transaction.atomic
def settle(contact_id: int, member: Member | None, *, note: Note | None, purpose: str, by: Person) -> int:
    """The contact is over: what was sealed in it stands, with the member it turned out to be about."""
    with wall.within({*purposes.here(), purpose}, person=by, contact=contact_id):
        drafts_of_it = Confidence.objects.drafts(contact_id)
        if not drafts_of_it.exists():
            return 0
        hold_keys()
        rows = list(drafts_of_it.select_for_update())
        ring = keys.ring()
        for one in rows:
            _settled(one, ring, member=member, note=note, purpose=purpose)
            journal.record(
                "sealed", one, by=by, contact=contact_id, category=one.category, purpose=one.purpose
            )
    return len(rows)


@transaction.atomic
def seal(
    contact_id: int,
    member: Member | None,
    *,
    field: Field,
    purpose: str,
    sealed: Sequence[Sealed],
    note: Note | None = None,
    through: str = "",
    at: datetime | None = None,
    by: Person,
) -> list[Confidence]:
    """At once, without a draft: a promise is written once. `through`: an act of the wall, for an import;
    `at`: when it was, if it was not now.
    """
    if not sealed:
        return []
    with wall.within({through or purpose}, person=by, contact=contact_id):
        hold_keys()
        ring = keys.ring()
        made = [
            _sealed(
                drafts.Said(one.category.value, one.words),
                ring,
                contact_id=contact_id,
                member=member,
                purpose=purpose,
                field=field,
                by=by,
            )
            for one in sealed
        ]
        for one in made:
            one.settled_at, one.note = timezone.now(), note
            if at is not None:
                one.sealed_at, one.keep_until = at, confidence_until(timezone.localdate(at))
        Confidence.objects.bulk_create(made)
        for one in made:
            journal.record("sealed", one, by=by, contact=contact_id, category=one.category, purpose=purpose)
    return made


def erase(rows: Iterable[Confidence], *, why: str, by: Person | None) -> int:
    """The key of each is overwritten: no backup of ours opens it after the next change of keys. `why` is a
    short code. Twice is once. Call it within the wall."""
    with transaction.atomic():
        gone = [one for one in rows if one.erased_at is None]
        _erase(gone)
        for one in gone:
            journal.record("erased", one, by=by, category=one.category, why=why)
    return len(gone)


def _erase(rows: Sequence[Confidence]) -> None:
    """The words go too; but it is the key that makes all copies of them noise."""
    ids = [one.pk for one in rows]
    if ids:
        Confidence.objects.filter(pk__in=ids).update(wrapped_key=None, sealed=b"", note=None, erased_at=Now())
        transaction.on_commit(lambda: keys.note_erased(ids))


def _sealed(
    one: drafts.Said,
    ring: keys.Ring,
    *,
    contact_id: int,
    member: Member | None,
    purpose: str,
    field: Field,
    by: Person,
) -> Confidence:
    row = Confidence(
        pk=uuid4(),
        contact_id=contact_id,
        member=member,
        field=field,
        category=one.category,
        purpose=Purpose(purpose),
        sealed_by=by,
        keep_until=confidence_until(timezone.localdate()),
    )
    _lock(row, one.words, ring)
    return row


def _settled(
    one: Confidence, ring: keys.Ring, *, member: Member | None, note: Note | None, purpose: str
) -> None:
    """Sealed anew where the row says something else than when it was typed: it is bound to what it says."""
    changes = (one.member_id, one.purpose) != (member and member.pk, purpose)
    words = boxes.unsealed(one, ring) if changes else ""
    one.member, one.purpose = member, Purpose(purpose)
    one.note = note if one.field == Field.NOTE else None
    if changes:
        _lock(one, words, ring)
    one.settled_at = timezone.now()
    one.save(update_fields=["member", "purpose", "note", "sealed", "wrapped_key", "key_id", "settled_at"])


def _lock(row: Confidence, words: str, ring: keys.Ring) -> None:
    box = sealing.seal(words, ring.current, row=str(row.pk), to=boxes.bound(row))
    row.sealed, row.wrapped_key, row.key_id = box.sealed, box.wrapped, box.key_id
