"""A contact whose caller may be one of us: to whom it is not offered, and how it goes on to somebody else."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from firsthand.answer.actions.matching import match_contact_soon, match_seat_soon
from firsthand.answer.actions.moving import requeue
from firsthand.answer.models import Contact, Seat
from firsthand.answer.nudges import tell
from firsthand.answer.queries.rows import locked, run
from firsthand.answer.queries.shielding import kept, kept_each
from firsthand.journal import actions as journal
from firsthand.members.models import Member
from firsthand.people.models import Person
from firsthand.protect import actions as protect
from firsthand.voice import actions as voice
from firsthand.voice.models import Leg


@transaction.atomic
def hand_on(contact: Contact, member: Member, *, by: Person) -> None:
    """The caller is known now, and this helper must not go on. The contact keeps its place, and who was
    verified is not asked again; the file opens for the next. The caller hears it; nobody is told why.
    """
    Contact.objects.filter(pk=contact.pk).update(member=member, **kept(contact, member=member.pk))
    journal.record("handed on", contact, by=by)
    requeue(contact, "handed_on", by=by, seat_state=Seat.State.READY)
    if contact.call and not contact.call.ended_at:
        voice.leave(contact.call, Leg.Role.HELPER, by=by)
    match_contact_soon(contact.pk, by=by)
    match_seat_soon(contact.taken_by.pk, by=by)


@transaction.atomic
def look_again(member_id: int | None = None, *, by: Person | None = None) -> None:
    """Somebody said who is to be kept apart, or is it no longer: the contacts that wait are looked at. The desk
    that talks with this member fetches itself again: a file that has just been closed leaves the page too.
    """
    if member_id:
        talking = Contact.objects.filter(member=member_id, seat__isnull=False)
        tell(people=talking.values_list("seat__person", flat=True))
    waiting = Contact.objects.filter(state__in=["waiting", "callback", "offered"], synthetic=False)
    # Those that leave the queue while this waits for them are looked at too: they may come back to it.
    pks = list(waiting.values_list("pk", flat=True))
    contacts = list(Contact.objects.filter(pk__in=pks).order_by("pk").select_for_update())
    for contact, found in zip(contacts, kept_each(contacts), strict=True):
        contact.shielded, contact.kept_from = found["shielded"], found["kept_from"]
    Contact.objects.bulk_update(contacts, ["shielded", "kept_from"], batch_size=500)
    _take_back(by=by)


@transaction.atomic
def decides_now(person_ids: Sequence[int], *, by: Person | None = None) -> None:
    """These people may have a say in personnel matters since this moment: their files and offers are looked
    at.
    """
    protect.close_kept(by=by, person_ids=person_ids)
    _take_back(by=by)


def _take_back(*, by: Person | None) -> None:
    """Offers that must not stand any more go on, as if nobody had been asked."""
    for (pk,) in run("misplaced"):
        contact = locked(pk)
        requeue(contact, "handed_on", by=by, seat_state=Seat.State.READY)
        match_contact_soon(pk, by=by)
        match_seat_soon(contact.taken_by.pk, by=by)
