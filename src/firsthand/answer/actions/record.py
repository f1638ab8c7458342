"""What is kept of a contact: the concern, what was answered, a note with its purpose, a promise with its
day.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from firsthand.answer.actions.cases import link_case
from firsthand.answer.actions.refusals import TooLong
from firsthand.answer.models import WORDS, Contact, Promise
from firsthand.answer.nudges import tell
from firsthand.answer.queries.clock import Now
from firsthand.answer.queries.rows import mine
from firsthand.journal import actions as journal
from firsthand.kernel.refusal import Refusal
from firsthand.know.models import Concern
from firsthand.people.models import Person
from firsthand.protect import actions as protect
from firsthand.protect.models import LONGEST_NOTE, Note

State = Contact.State
RECORDING = (State.CONNECTED, State.WRAP_UP)
LONGEST_PROMISE = 500


class NotAPromise(Refusal):
    says = _("A promise says what will be done, and by a day that is not over. Nothing was saved.")


@transaction.atomic
def name_concern(contact: Contact, concern: Concern, *, by: Person) -> None:
    """What the caller wants, from the catalogue; it may be changed while the contact lasts."""
    contact = mine(contact, by, *RECORDING)
    if contact.concern_id == concern.pk:
        return
    Contact.objects.filter(pk=contact.pk).update(concern=concern)
    link_case(contact.pk, by=by)
    tell(people=[by.pk])


@transaction.atomic
def write(contact: Contact, *, answered: str, by: Person) -> None:
    """Saved as it is typed, and refused whole when it is too long: what was saved before stays."""
    _short(answered, WORDS)
    contact = mine(contact, by, *RECORDING)
    Contact.objects.filter(pk=contact.pk).update(answered=_clean(answered))


@transaction.atomic
def draft(contact: Contact, *, words: str, purpose: str, solved: bool | None, by: Person) -> None:
    """What is not decided yet, saved as it is typed; closing the contact makes a note of it."""
    _short(words, LONGEST_NOTE)
    contact = mine(contact, by, *RECORDING)
    Contact.objects.filter(pk=contact.pk).update(
        note_words=_clean(words), note_purpose=purpose, solved=solved
    )


@transaction.atomic
def note(contact: Contact, *, words: str, purpose: str, by: Person) -> Note:
    """Kept about the member for one purpose; without an open file it is kept with the contact alone."""
    _short(words, LONGEST_NOTE)
    contact = mine(contact, by, *RECORDING)
    return protect.write_note(contact.pk, contact.member, words=_clean(words), purpose=purpose, by=by)


@transaction.atomic
def promise(contact: Contact, *, words: str, due_on: date, by: Person) -> Promise:
    """What the caller was promised, by when. It stays open until somebody keeps it."""
    words = " ".join(_clean(words).split())
    _short(words, LONGEST_PROMISE)
    if not words or due_on < timezone.localdate():
        raise NotAPromise
    contact = mine(contact, by, *RECORDING)
    made = Promise.objects.create(contact=contact, words=words, due_on=due_on, made_by=by)
    journal.record("promised", made, by=by, contact=contact.pk)
    tell(people=[by.pk])
    return made


@transaction.atomic
def keep_promise(promise: Promise, *, by: Person) -> None:
    """Done, by whoever did it; the first to say so."""
    if Promise.objects.filter(pk=promise.pk, kept_at=None).update(kept_at=Now(), kept_by=by):
        journal.record("kept", promise, by=by, contact=promise.contact_id)
        tell()


def _short(words: str, limit: int) -> None:
    if len(words) > limit:
        raise TooLong(len(words), limit)


def _clean(words: str) -> str:
    """PostgreSQL keeps no NUL; a page may send one."""
    return words.replace("\x00", "")
