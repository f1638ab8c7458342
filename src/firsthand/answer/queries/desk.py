"""What stands on one person's desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from uuid import UUID

import phonenumbers
from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.utils.functional import Promise as Words
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from firsthand.answer.models import Contact, ContactEvent, Promise, Seat
from firsthand.answer.queries.clock import Now, now
from firsthand.answer.queries.rows import NotYours
from firsthand.know import queries as know
from firsthand.know import topics
from firsthand.members import queries as members
from firsthand.people.models import Person
from firsthand.protect import queries as protect
from firsthand.voice.models import Leg, Mode

# So often somebody may be asked who they are; then the contact goes on without the file.
TRIES = 3
WHY = {
    Seat.Away.NO_ANSWER: _(
        "You did not answer an offer in time; it went on to somebody else. Say “ready” when you are."
    ),
    Seat.Away.LOST: _(
        "This page was silent for a while, so nobody was put through. Say “ready” when you are back."
    ),
    Seat.Away.UNSIGNED: _(
        "The duty of secrecy has a new text. Read and sign it under “About me”, then say “ready” again."
    ),
    Seat.Away.UNFIT: _("Your training is no longer valid today. The organiser can help."),
}


@dataclass(frozen=True)
class Earlier:
    """An earlier contact of a verified member: when, and about what."""

    on: datetime
    question: str
    solved: bool | None


@dataclass(frozen=True)
class Desk:
    """The seat, and the contact on it. What belongs to the member is there only after verification."""

    seat: Seat
    state: str  # Seat.State
    now: datetime
    contact: Contact | None = None
    waiting: int = 0  # how many wait, of all languages
    why: str | Words = ""  # why the seat is not ready, if its person did not say so
    guess: members.Guess | None = None
    tries_left: int = TRIES
    on_hold: bool = False
    caller_lost: bool = False
    card: know.Card | None = None
    promises: tuple[Promise, ...] = ()  # made in this contact

    @property
    def topic(self) -> str:
        """What this desk listens to."""
        return f"desk:{self.seat.person_id}"

    @property
    def concern(self) -> know.Card | None:
        return self.card

    @property
    def verified(self) -> bool:
        return self.contact is not None and self.contact.member_id is not None

    @cached_property
    def open_promises(self) -> tuple[Promise, ...]:
        """Made to this member before, and not kept yet. Part of the file: read where it is shown, while it is
        open.
        """
        return _open_promises(self.contact) if self.contact and self._file_is_open else ()

    @cached_property
    def earlier(self) -> tuple[Earlier, ...]:
        """None of somebody who asked that what is kept is not used."""
        contact = self.contact
        if contact is None or contact.member_id is None or not self._file_is_open:
            return ()
        return () if protect.restricted(contact.member_id) else _earlier(contact)

    @cached_property
    def _file_is_open(self) -> bool:
        return self.contact is not None and protect.is_open(self.seat.person, self.contact.pk)

    @property
    def topic_label(self) -> str | Words:
        return topics.label(self.contact.topic) if self.contact and self.contact.topic else ""

    @property
    def callback_number(self) -> str:
        return dialled(self.contact.callback_phone) if self.contact else ""

    @property
    def offer_seconds(self) -> int:
        """How long the offer still stands."""
        if self.contact is None or self.contact.wake_at is None or self.state != Seat.State.OFFERED:
            return 0
        return max(0, round((self.contact.wake_at - self.now).total_seconds()))


def seat_of(person: Person) -> Seat:
    return Seat.objects.filter(person=person).first() or Seat(person=person)


def is_present(person: Person) -> bool:
    """Ready, or in a contact: whoever is, is not locked out of the page.

    Nobody waits for somebody in wrap-up: a member's file that no hand touches any more does not stay open to
    the room.
    """
    over = Now() - timedelta(minutes=settings.LOCK_MINUTES)
    left = Contact.objects.filter(seat=OuterRef("pk"), state=Contact.State.WRAP_UP, hung_up_at__lt=over)
    here = Seat.objects.exclude(state=Seat.State.AWAY).filter(person=person)
    return here.exclude(Exists(left)).exists()


def contact_for(person: Person, public_id: UUID | str) -> Contact:
    """The contact on this person's seat; any other does not exist for them.

    One that they were talking in and that has left their seat is answered with a sentence: their page may
    still show it, with something typed.
    """
    found = Contact.objects.of(person).filter(public_id=public_id).select_related(*_WITH).first()
    if found is None:
        raise NotYours if _was_mine(person, public_id) else Http404
    return found


def _was_mine(person: Person, public_id: UUID | str) -> bool:
    left = Contact.objects.exclude(state=Contact.State.CLOSED).filter(public_id=public_id)
    talked = ContactEvent.objects.filter(
        contact_id__in=left.values("pk"), state=Contact.State.CONNECTED, seat_id=seat_of(person).pk
    )
    return talked.exists()


_WITH = ("seat", "call", "concern", "member")


def desk(person: Person) -> Desk:
    seat = seat_of(person)
    moment = now()
    contact = Contact.objects.of(person).select_related(*_WITH).first() if seat.pk else None
    if contact is None:
        why = WHY.get(Seat.Away(seat.away_why), "") if seat.away_why else ""
        waiting = Contact.objects.queued().filter(synthetic=seat.synthetic)
        return Desk(seat, seat.state, moment, waiting=waiting.count(), why=why)
    return Desk(
        seat,
        seat.state,
        moment,
        contact,
        guess=members.guess(contact.caller_phone, contact.caller_name) if contact.member_id is None else None,
        tries_left=TRIES - contact.verify_tries,
        on_hold=bool(contact.call and contact.call.mode == Mode.HOLD),
        caller_lost=_caller_lost(contact),
        card=know.card(contact.concern, get_language() or "de") if contact.concern else None,
        promises=tuple(contact.promises.order_by("pk")),
    )


def _caller_lost(contact: Contact) -> bool:
    if contact.call is None or contact.call.ended_at:
        return False
    return contact.call.legs.filter(role=Leg.Role.CUSTOMER, left_at=None, lost_at__isnull=False).exists()


def _open_promises(contact: Contact) -> tuple[Promise, ...]:
    others = Promise.objects.filter(kept_at=None, contact__member=contact.member_id).exclude(contact=contact)
    return tuple(others.order_by("due_on")[:10])


def _earlier(contact: Contact) -> tuple[Earlier, ...]:
    before = (
        Contact.objects.filter(member=contact.member_id).exclude(pk=contact.pk).order_by("-queued_at")[:10]
    )
    rows = list(before.values_list("queued_at", "concern_id", "solved"))
    asked = questions({concern for _, concern, _ in rows if concern})
    return tuple(Earlier(on, asked.get(concern, ""), solved) for on, concern, solved in rows)


def questions(concerns: set[int]) -> dict[int | None, str]:
    if not concerns:
        return {}
    texts = [*know.concerns("de"), *know.concerns(get_language() or "de")]  # the reader's, or else German
    return {text.concern_id: text.question for text in texts if text.concern_id in concerns}


def dialled(number: str) -> str:
    """A number as one reads it aloud."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
