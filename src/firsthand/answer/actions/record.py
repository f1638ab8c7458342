"""What is kept of a contact: the concern, what was answered, a note with its purpose, a promise with its
day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from firsthand.answer.actions import screening
from firsthand.answer.actions.cases import link_case
from firsthand.answer.actions.refusals import TooLong
from firsthand.answer.models import WORDS, Contact, Promise
from firsthand.answer.nudges import tell
from firsthand.answer.queries import drafts
from firsthand.answer.queries.clock import Now
from firsthand.answer.queries.rows import mine
from firsthand.journal import actions as journal
from firsthand.kernel import zones
from firsthand.kernel.refusal import Refusal
from firsthand.know.models import Concern
from firsthand.people import secrecy
from firsthand.people.models import Person
from firsthand.protect import actions as protect
from firsthand.protect.actions import Screening
from firsthand.protect.models import LONGEST_NOTE, Field, Note
from firsthand.protect.pure.screen import Choice

State = Contact.State
RECORDING = (State.CONNECTED, State.WRAP_UP)
LONGEST_PROMISE = 500
# What somebody decided about words that were found; None: as it was when it was saved last.
Choices = Sequence[Choice] | None


class NotAPromise(Refusal):
    says = _("A promise says what will be done, and by a day that is not over. Nothing was saved.")


class TakenOver(Refusal):
    says = _("Somebody else does this now, or it is done. Nothing was changed; take another one.")


@transaction.atomic
def name_concern(contact: Contact, concern: Concern, *, by: Person) -> None:
    """What the caller wants, from the catalogue; it may be changed while the contact lasts."""
    contact = mine(contact, by, *RECORDING)
    if contact.concern_id == concern.pk:
        return
    # A purpose that nobody chose is the concern's, and goes with it.
    proposed = contact.note_purpose == drafts.purpose_of(contact.concern)
    Contact.objects.filter(pk=contact.pk).update(
        concern=concern, note_purpose="" if proposed else contact.note_purpose
    )
    link_case(contact.pk, by=by)
    tell(people=[by.pk])


@transaction.atomic
def write(contact: Contact, *, answered: str, choices: Choices = None, by: Person) -> Screening:
    """Saved as it is typed, screened, and refused whole when it is too long: what was saved before stays."""
    _short(answered, WORDS)
    contact = mine(contact, by, *RECORDING)
    result = screening.screened(contact, answered, field=Field.ANSWERED, choices=choices, by=by)
    _short(result.text, WORDS)
    needed = drafts.needed(contact, Field.ANSWERED, result)
    Contact.objects.filter(pk=contact.pk).update(answered=result.text, needed=needed)
    screening.seal(contact, Field.ANSWERED, result, by=by)
    return result


@transaction.atomic
def draft(
    contact: Contact, *, words: str, purpose: str, solved: bool | None, choices: Choices = None, by: Person
) -> Screening:
    """What is not decided yet, saved as it is typed; closing the contact makes a note of it.

    Only the screened words are saved: what goes was never in a table.
    """
    _short(words, LONGEST_NOTE)
    contact = mine(contact, by, *RECORDING)
    result = screening.screened(contact, words, field=Field.NOTE, choices=choices, by=by)
    _short(result.text, LONGEST_NOTE)
    needed = drafts.needed(contact, Field.NOTE, result)
    Contact.objects.filter(pk=contact.pk).update(
        note_words=result.text, note_purpose=purpose, solved=solved, needed=needed
    )
    contact.note_purpose = purpose
    screening.seal(contact, Field.NOTE, result, by=by)
    return result


@transaction.atomic
def note(contact: Contact, *, words: str, purpose: str, choices: Choices = None, by: Person) -> Note:
    """Kept about the member for one purpose; without an open file it is kept with the contact alone."""
    _short(words, LONGEST_NOTE)
    contact = mine(contact, by, *RECORDING)
    about = contact.concern
    return protect.write_note(
        contact.pk,
        contact.member,
        words=words,
        purpose=purpose,
        language=contact.language,
        concern=about.code if about else "",
        topic=about.topic if about else "",
        choices=choices or (),
        by=by,
    )


@transaction.atomic
def promise(contact: Contact, *, words: str, due_on: date, choices: Choices = None, by: Person) -> Promise:
    """What the caller was promised, by when. It stays open until somebody keeps it."""
    words = " ".join(words.split())
    _short(words, LONGEST_PROMISE)
    if not words or due_on < timezone.localdate():
        raise NotAPromise
    contact = mine(contact, by, *RECORDING)
    result = screening.screened(contact, words, field=Field.PROMISE, choices=choices or (), by=by)
    _short(result.text, LONGEST_PROMISE)
    made = Promise.objects.create(contact=contact, words=result.text, due_on=due_on, made_by=by)
    protect.seal(
        contact.pk,
        contact.member,
        field=Field.PROMISE,
        purpose=drafts.purpose(contact),
        sealed=result.sealed,
        by=by,
    )
    journal.record("promised", made, by=by, contact=contact.pk)
    tell(people=[by.pk])
    return made


@zones.within(zones.CASEWORK)
@transaction.atomic
def take_promise(promise: Promise, *, by: Person) -> None:
    """Due and not done: `by` does it now, and from here on sees what was promised. One person only."""
    secrecy.must_have_signed(by)
    won = Promise.objects.free(timezone.localdate()).filter(pk=promise.pk)
    if won.update(taken_by=by, taken_at=Now()):
        journal.record("took_over", promise, by=by, contact=promise.contact_id)
        tell()
    elif not Promise.objects.open().filter(pk=promise.pk, taken_by=by).exists():
        raise TakenOver


@zones.within(zones.CASEWORK)
@transaction.atomic
def keep_promise(promise: Promise, *, by: Person) -> None:
    """Done, by whoever did it; the first to say so."""
    if Promise.objects.filter(pk=promise.pk, kept_at=None).update(kept_at=Now(), kept_by=by):
        journal.record("kept", promise, by=by, contact=promise.contact_id)
        tell()


def _short(words: str, limit: int) -> None:
    if len(words) > limit:
        raise TooLong(len(words), limit)
