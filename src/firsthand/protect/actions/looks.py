"""Who looked, handed over."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from firsthand.journal import actions as journal
from firsthand.kernel import zones
from firsthand.kernel.refusal import Refusal
from firsthand.members.models import Member
from firsthand.people.models import Person
from firsthand.protect import queries
from firsthand.protect.models import What
from firsthand.protect.queries.reading import reading


class NobodyWithThatNumber(Refusal):
    says = _("No member has this number. Check it and type it again.")


@zones.within(zones.PROTECTION)
@transaction.atomic
def hand_over_looks(member: Member, *, by: Person) -> list[queries.Look]:
    """Who looked at one member's file, to be given to the member; giving it is an entry and a read itself."""
    journal.record("handed over", member, by=by, what="looks")
    reading(What.WHO_LOOKED, member.pk, by=by, why="handed_over")
    return queries.looked(member)
