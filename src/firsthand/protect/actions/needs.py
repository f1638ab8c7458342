"""The insurer decides what a concern needs; each change says why."""

from __future__ import annotations

import re

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from firsthand.journal import actions as journal
from firsthand.kernel.refusal import Refusal
from firsthand.people.models import Person
from firsthand.protect.actions.screening import reason as screened_reason
from firsthand.protect.models import Need, OwnNumber
from firsthand.protect.pure.categories import Category

SHORTEST = 5
FORM = re.compile(r"[A-Za-z0-9#@ ./-]{4,40}")


class NoReasonForNeed(Refusal):
    says = _("Say in a few words why this concern needs it, or does not. Nothing was changed.")


class NotANumber(Refusal):
    says = _(
        "Write one number with # for each digit and @ for each letter, for example P-######. "
        "Three digits at least. Nothing was saved."
    )


@transaction.atomic
def set_need(about: str, category: str, state: str, *, reason: str, language: str = "de", by: Person) -> None:
    """One cell: needed, take out, or seal. It counts from the next word that somebody types."""
    kind, wanted = Category(category), Need.State(state)
    why = screened_reason(reason, language=language, by=by)
    if len(why) < SHORTEST:
        raise NoReasonForNeed
    said = {"state": wanted, "reason": why, "changed_by": by}
    # Two at the same new cell: the second finds what the first has saved, and changes it.
    row, new = Need.objects.select_for_update().get_or_create(about=about, category=kind, defaults=said)
    was = "" if new else row.state
    if not new:
        Need.objects.filter(pk=row.pk).update(**said, changed_at=Now())
    journal.record(
        "need_changed", row, by=by, about=about.lower(), category=kind.value, before=was, after=wanted.value
    )


@transaction.atomic
def reset_need(about: str, category: str, *, by: Person) -> None:
    """Back to what the programme says."""
    row = Need.objects.filter(about=about, category=Category(category)).first()
    if row:
        journal.record("need_reset", row, by=by, about=about.lower(), category=row.category, before=row.state)
        row.delete()


@transaction.atomic
def add_own_number(category: str, form: str, *, by: Person) -> OwnNumber:
    """How this insurer writes its policy or claim numbers."""
    form = " ".join(form.split())
    if category not in ("policy", "claim") or not FORM.fullmatch(form) or form.count("#") < 3:
        raise NotANumber
    row, new = OwnNumber.objects.get_or_create(form=form, defaults={"category": category})
    if new:
        journal.record("own_number_added", row, by=by, category=category)
    return row


@transaction.atomic
def remove_own_number(pk: int, *, by: Person) -> None:
    row = OwnNumber.objects.filter(pk=pk).first()
    if row:
        journal.record("own_number_removed", row, by=by, category=row.category)
        row.delete()
