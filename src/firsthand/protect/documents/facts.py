"""What the documents say about one house: the terms it has set, and who it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from firsthand.kernel.keeping import Fate, Goes, Table, Whom
from firsthand.protect.models import TERMS, Term
from firsthand.protect.pure.clocks import Unit


@dataclass(frozen=True)
class House:
    """`amounts`: what the insurer set otherwise than the house, by term. `rights`: what each login may do, as
    config/zones.py has it: table → zone → rights."""

    insurer: str = ""
    amounts: Mapping[str, int] = field(default_factory=dict)
    rights: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def amount(self, term: Term) -> int:
        return self.amounts.get(term.code, term.amount)


def length(amount: int, unit: Unit) -> str:
    return {
        Unit.MINUTES: ngettext("%(n)s minute", "%(n)s minutes", amount),
        Unit.HOURS: ngettext("%(n)s hour", "%(n)s hours", amount),
        Unit.DAYS: ngettext("%(n)s day", "%(n)s days", amount),
        Unit.MONTHS: ngettext("%(n)s month", "%(n)s months", amount),
    }[unit] % {"n": amount}


def lasts(term: Term, amount: int) -> str:
    """“24 months from: the note was written”."""
    return _("%(length)s from: %(event)s") % {"length": length(amount, term.unit), "event": term.event}


def kept_for(house: House, goes: Goes) -> str:
    term = TERMS[goes.clock]
    return lasts(term, house.amount(term))


def terms_of(table: Table) -> list[Goes]:
    """Each clock of a table once, in the order in which the table names them."""
    seen: dict[str, Goes] = {}
    for goes in table.goes:
        seen.setdefault(goes.clock, goes)
    return list(seen.values())


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
