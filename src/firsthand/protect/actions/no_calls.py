"""Who does not want to be called to advertise, and what takes such a no away again."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from firsthand.journal import actions as journal
from firsthand.kernel.refusal import Refusal
from firsthand.members.models import Member
from firsthand.members.pure import phones
from firsthand.people import actions as people
from firsthand.people.models import Person, Role
from firsthand.protect.actions.looks import NobodyWithThatNumber
from firsthand.protect.actions.outbound import LOOK_UPS, SECONDS
from firsthand.protect.models import Suppression, Way
from firsthand.protect.queries import outreach as queries


class NotATelephone(Refusal):
    says = _("This is no telephone number. Nothing was saved; type it as you would dial it.")


class NotOnTheList(Refusal):
    says = _("This number is not on the list: nobody has asked us not to call it.")


class NobodySaidSo(Refusal):
    says = _(
        "A number leaves the list only for a reason that is kept. Nothing was changed; say what has changed, "
        "and in which form they said so."
    )


class OnlyTheOfficer(Refusal):
    says = _(
        "There is a complaint about calls to this number. Only the data-protection officer takes it off "
        "the list. Nothing was changed."
    )


@transaction.atomic
def suppress(
    *, member: Member | None = None, number: str = "", why: str = Suppression.Why.WISH, by: Person | None
) -> Suppression:
    """Nobody calls this member, or this number, to advertise. Twice is once."""
    if member and not queries.is_there(member.pk):
        raise NobodyWithThatNumber
    whom = {"member": member} if member else {"member": None, "number": _digest(number)}
    # One that stands is locked: a consent that takes it back at this moment is waited for, and then it is said anew.
    live = Suppression.objects.live().select_for_update()
    kept, new = live.get_or_create(**whom, why=why, defaults={"said_by": by})
    if new:
        journal.record("no calls", kept, by=by, why=why, member=member.pk if member else None)
    return kept


def find_no_calls(number: str, *, by: Person) -> int:
    """From a number that somebody names to its page. Counted like the look-ups of members: the list answers
    about one number, and is not tried out.
    """
    people.spend(f"outreach {by.pk}", LOOK_UPS, SECONDS, by=by)
    found = Suppression.objects.live().filter(number=_digest(number)).order_by("pk").first()
    if found is None:
        raise NotOnTheList
    return found.pk


@transaction.atomic
def look_up_no_calls(pk: int, *, by: Person) -> list[Suppression]:
    """Everything on the list about the number of this row, also what was taken off. An entry like every look."""
    rows = queries.no_calls(pk)
    journal.record("looked at no calls", rows[0], by=by)
    return rows


@transaction.atomic
def lift(suppression: Suppression, *, because: str, way: str = "", by: Person) -> None:
    """Of a number only, and never by itself: the person who has it asked, or the directory no longer says no.
    A member's own wish goes with the consent that they give later. No call is allowed by this alone.

    How they said so, who took it and when stand in the journal; a name does not, as of the number itself only
    a digest is kept.
    """
    if suppression.member_id is not None or because not in suppression.ways_out:
        raise NobodySaidSo
    if because != Suppression.Lifted.DIRECTORY and way not in Way.values:
        raise NobodySaidSo
    if suppression.why == Suppression.Why.COMPLAINT and not by.has_role(Role.PROTECTION):
        raise OnlyTheOfficer
    if Suppression.objects.live().filter(pk=suppression.pk).update(lifted_at=Now(), lifted_by=by):
        told = {"way": way} if because != Suppression.Lifted.DIRECTORY else {}
        journal.record("no calls lifted", suppression, by=by, why=suppression.why, because=because, **told)


def _digest(number: str) -> str:
    plain = phones.e164(number, settings.COUNTRY)
    if not plain:
        raise NotATelephone
    return queries.number_digest(plain)
