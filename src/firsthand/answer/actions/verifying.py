"""A caller is who they say: the name, and two facts of three. Then the file opens, for this contact."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F

from firsthand.answer.actions.cases import link_case
from firsthand.answer.actions.refusals import CallerGone, HandedOn, NoMoreTries, NotVerified
from firsthand.answer.actions.shielding import hand_on
from firsthand.answer.models import Contact
from firsthand.answer.nudges import tell
from firsthand.answer.queries.desk import TRIES
from firsthand.answer.queries.rows import mine
from firsthand.journal import actions as journal
from firsthand.members import queries as members
from firsthand.members.models import Member
from firsthand.people.models import Person
from firsthand.protect import actions as protect
from firsthand.protect import queries as shields

State = Contact.State


def verify(
    contact: Contact, *, name: str, born_on: date | str, postcode: str, number: str, by: Person
) -> Member:
    """Right opens the file, while the caller is there to be asked. A wrong try counts, also when two pages
    try at once; after three no file opens.

    The count is committed before the refusal is raised: what is refused here has happened all the same.
    """
    member, left = _try(contact, name=name, born_on=born_on, postcode=postcode, number=number, by=by)
    if member is not None:
        return member
    if left is None:
        raise HandedOn
    raise NotVerified(left) if left > 0 else NoMoreTries


@transaction.atomic
def _try(contact: Contact, *, by: Person, **facts: date | str) -> tuple[Member | None, int | None]:
    """The member, or nobody and the tries that are left; no number: the contact went to somebody else."""
    contact = mine(contact, by, State.CONNECTED, State.WRAP_UP)
    if not contact.member_id and not _there(contact):
        raise CallerGone
    left = TRIES - contact.verify_tries
    if contact.member_id or left <= 0:
        return contact.member, left
    member = members.match(**facts)  # type: ignore[arg-type]
    if member is None:
        Contact.objects.filter(pk=contact.pk).update(verify_tries=F("verify_tries") + 1)
        journal.record("not verified", contact, by=by, tries=contact.verify_tries + 1)
        return None, left - 1
    if shields.is_kept_from(by, member):
        hand_on(contact, member, by=by)
        return None, None
    Contact.objects.filter(pk=contact.pk).update(member=member)
    journal.record("verified", contact, by=by, member=member.pk)
    protect.open_file(contact.pk, member, by=by)
    link_case(contact.pk, by=by)
    tell(contact, people=[by.pk])
    return member, left


def _there(contact: Contact) -> bool:
    """In conversation, and the call is not over: a signal may be on its way that it is."""
    over = contact.call is not None and contact.call.ended_at is not None and not contact.is_callback
    return contact.state == State.CONNECTED and not over
