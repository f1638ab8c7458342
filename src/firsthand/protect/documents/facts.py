"""What the documents say about one house: the terms it has set, and who it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from firsthand.kernel.keeping import Fate, Goes, Table, Whom
from firsthand.protect import words
from firsthand.protect.models import TERMS, Term, amount_of


@dataclass(frozen=True)
class House:
    """`amounts`: what the insurer set otherwise than the house, by term. `rights`: what each login may do, as
    config/zones.py has it: table → zone → rights."""

    insurer: str = ""
    amounts: Mapping[str, int] = field(default_factory=dict)
    rights: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def amount(self, term: Term) -> int:
        return amount_of(term, self.amounts)


def kept_for(house: House, goes: Goes) -> str:
    term = TERMS[goes.clock]
    return words.lasts(term, house.amount(term))


def whose(table: Table) -> list[Whom]:
    found = {whom for column in table.columns.values() for whom in column.whom}
    return [whom for whom in Whom if whom in found]


def whom_words(whom: Whom) -> str:
    return {
        Whom.MEMBER: _("insured people"),
        Whom.CALLER: _("callers who are known by a telephone number only"),
        Whom.STAFF: _("colleagues"),
    }[whom]


def fate_words(fate: Fate) -> str:
    return {
        Fate.DELETE: _("deleted"),
        Fate.BLANK: _("made blank"),
        Fate.KEEP: _("kept"),
        Fate.ASK: _("erased by the room that keeps it"),
    }[fate]
