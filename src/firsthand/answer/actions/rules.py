"""What the insurer may set about answering."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from firsthand.answer.models import Rules
from firsthand.journal import actions as journal
from firsthand.kernel.refusal import Refusal
from firsthand.live import bus
from firsthand.people.models import Person

RANGES = {
    "offer_seconds": (5, 120),
    "target_seconds": (5, 3600),
    "target_share": (0, 100),
    "solved_share": (0, 100),
}


class NotARule(Refusal):
    says = _("One of these values is out of range. Nothing was changed.")


@transaction.atomic
def change_rules(*, by: Person, **values: int) -> Rules:
    """Each change is a row in the journal, with what it was before."""
    if any(
        name not in RANGES or not RANGES[name][0] <= value <= RANGES[name][1]
        for name, value in values.items()
    ):
        raise NotARule
    Rules.objects.get_or_create(pk=1)
    rules = Rules.objects.select_for_update().get(pk=1)
    changed = {name: value for name, value in values.items() if getattr(rules, name) != value}
    if changed:
        before = {f"{name}_before": getattr(rules, name) for name in changed}
        Rules.objects.filter(pk=1).update(**changed)
        journal.record("rules changed", rules, by=by, **changed, **before)
        bus.touch("wall")
        rules.refresh_from_db()
    return rules
