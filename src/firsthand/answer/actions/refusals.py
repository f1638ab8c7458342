"""The ways in which answering says no."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from firsthand.answer.queries.rows import NotYours
from firsthand.kernel.refusal import Refusal
from firsthand.people import secrecy

__all__ = ["NotYours"]


class OfferGone(Refusal):
    says = _("This caller is no longer offered to you. Somebody else answers, or the caller hung up.")


class NotSigned(secrecy.NotSigned):
    says = _(
        "Before the first call you sign the secrecy undertaking. It takes a minute; then say “ready” again."
    )


class NotAnswering(Refusal):
    says = _("Your account has no seat in the room. The organiser can give you the role of a helper.")


class NotReady(Refusal):
    says = _("You are not trained for any topic today, so nobody can be put through. The organiser can help.")


class StillInContact(Refusal):
    says = _("You are still in a contact. Finish it first; then you can leave the room.")


class StillTalking(Refusal):
    says = _("The call is still going on. Hang up first; everything you wrote is kept.")


class TooLate(Refusal):
    says = _("It is too late for this: the contact has moved on. Nothing was changed.")


class BadPhone(Refusal):
    says = _("We cannot call this number. Please type it as you would dial it, for example 044 321 87 65.")


class TooLong(Refusal):
    """What was saved before stays; what was typed stays in the page."""

    def __init__(self, length: int, limit: int) -> None:
        text = _("This text has {length} characters, at most {limit} are kept. It is not saved; shorten it.")
        super().__init__(str(text).format(length=length, limit=limit))


class NotVerified(Refusal):
    """Never says which fact was wrong."""

    def __init__(self, tries_left: int) -> None:
        self.tries_left = tries_left
        super().__init__(
            ngettext(
                "These facts do not fit together. Ask again; %(n)d try is left.",
                "These facts do not fit together. Ask again; %(n)d tries are left.",
                tries_left,
            )
            % {"n": tries_left}
        )


class CallerGone(Refusal):
    says = _(
        "The caller is gone, so nobody can say who they are. The file stays closed; what you wrote is kept."
    )


class StillWithCaller(Refusal):
    says = _("You are in a contact. Finish it first; then you can open another file.")


class HandedOn(Refusal):
    """Says nothing about the caller: that somebody is kept apart is nobody's business, least of all in this
    case.
    """

    says: str | Promise = _(
        "Somebody else goes on with this call; the caller hears it and keeps the place. A rule of the house "
        "decides that, and it has nothing to do with how you spoke. What you wrote is kept. You are ready "
        "for the next caller."
    )


class NoMoreTries(Refusal):
    says: str | Promise = _("Three tries did not fit. The call goes on without the file.")
    tries_left = 0
