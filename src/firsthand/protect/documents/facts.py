"""What the documents say about one house: the terms it has set, and who it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from firsthand.kernel.keeping import Fate, Goes, Table, Whom
from firsthand.protect import words
from firsthand.protect.models import TERMS, Purpose, Term, amount_of
from firsthand.protect.pure import laws


@dataclass(frozen=True)
class House:
    """`amounts`: what the insurer set otherwise than the house, by term. `rights`: what each login may do, as
    config/zones.py has it: table → zone → rights. `country`: whose law is said; empty = that of both.
    `questions`: each concern of the catalogue as somebody asks it, by its code."""

    insurer: str = ""
    country: str = ""
    amounts: Mapping[str, int] = field(default_factory=dict)
    rights: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    questions: Callable[[str], Mapping[str, str]] = lambda language: {}

    def amount(self, term: Term) -> int:
        return amount_of(term, self.amounts)

    def law(self, ground: object) -> str:
        return laws.of(self.country, str(ground))

    def terms(self) -> list[Term]:
        """Those of a purpose that the other country's law knows are not this insurer's."""
        return [term for term in TERMS.values() if self.has(term)]

    def has(self, term: Term) -> bool:
        return not (self.country and term.purpose) or Purpose(term.purpose).country == self.country

    def goes(self, table: Table) -> list[Goes]:
        return [goes for goes in table.goes if self.has(TERMS[goes.clock])]


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
        Fate.KEEP: pgettext("document", "kept"),
        Fate.ASK: _("erased by the room that keeps it"),
    }[fate]
