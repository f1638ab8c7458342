"""How long what is kept: the house's terms, as the insurer set them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from firsthand.protect import words
from firsthand.protect.models import TERMS, Clock, Term, amount_of
from firsthand.protect.pure import clocks
from firsthand.protect.pure.clocks import Unit

UNITS = {
    Unit.MINUTES: _("Minutes"),
    Unit.HOURS: _("Hours"),
    Unit.DAYS: _("Days"),
    Unit.MONTHS: _("Months"),
}


@dataclass(frozen=True)
class Set:
    """A term with the amount that holds here."""

    term: Term
    amount: int
    changed: bool
    lower: int  # no shorter than this here

    @property
    def span(self) -> str:
        return words.length(self.amount, self.term.unit)

    @property
    def unit(self) -> Promise:
        return UNITS[self.term.unit]

    def cutoff(self, today: date) -> date:
        return clocks.cutoff(today, self.amount, self.term.unit)


def all_set() -> dict[str, Set]:
    """Every clock of the house, in the order of its terms. A missing row is the house's default."""
    own = dict(Clock.objects.values_list("code", "amount"))
    return {code: _set(term, own) for code, term in TERMS.items()}


def _set(term: Term, own: dict[str, int]) -> Set:
    lower = amount_of(TERMS[term.at_least], own) if term.at_least else term.lower
    return Set(term, amount_of(term, own), term.code in own, lower)


def one_set(code: str) -> Set:
    return all_set()[code]


def days(today: date | None = None) -> dict[str, date]:
    """For each clock the first day that is not past it, as SQL in the keepers takes it: `%(day_<clock>)s`; and
    `%(today)s`, where the insurer is: PostgreSQL's own `current_date` is that of UTC.
    """
    on = today or timezone.localdate()
    return {"today": on, **{f"day_{code}": one.cutoff(on) for code, one in all_set().items()}}


def confidence_until(today: date) -> date:
    """The last day of what is sealed today."""
    short = one_set("confidence")
    return clocks.last_day(today, short.amount, short.term.unit)
