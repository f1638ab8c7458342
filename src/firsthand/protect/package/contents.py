"""What stands in the package, before it is JSON or paper: every row, in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from firsthand.kernel.keeping import Column, Data, Goes, Table, Whom
from firsthand.protect.queries.chaining import Cut
from firsthand.protect.queries.clocks import Set
from firsthand.protect.queries.looking import Visit
from firsthand.protect.queries.subjects import Kept

# Handed over as JSON; on paper nobody reads the number of a row or of a browser's page.
ROOMS = ("members", "people", "answer", "protect", "learn")
NOT_ON_PAPER = {Data.LINK, Data.DEVICE, Data.CREDENTIALS}


@dataclass(frozen=True, repr=False)
class Section:
    """One table: what it is, why it is kept and for how long, and the rows."""

    table: Table
    retention: tuple[str, ...]
    rows: Sequence[dict[str, Any]]
    whom: Whom
    _shown: dict[tuple[str, str], str] = field(default_factory=dict)

    def lines(self, row: dict[str, Any]) -> Iterable[tuple[str, str]]:
        """For paper: what each is called, and what it says."""
        for name, column in self.table.columns_for(self.whom).items():
            if column.says and column.data not in NOT_ON_PAPER and row.get(name) not in (None, "", []):
                yield str(column.says), self.said(name, column, row[name])

    def said(self, name: str, column: Column, value: Any) -> str:
        if column.shown is None:
            return plain(value)
        key = (name, repr(value))
        if key not in self._shown:
            self._shown[key] = str(column.shown(value))
        return self._shown[key]


@dataclass(frozen=True, repr=False)
class Contents:
    title: str
    of: str  # the person, as they are addressed
    made_at: datetime
    language: str
    sections: Sequence[Section]
    visits: Sequence[Visit]
    older: Cut | None = None  # looks that are not kept any more


def contents(
    of: str,
    kept: Iterable[Kept],
    terms: dict[str, Set],
    visits: Sequence[Visit],
    *,
    whom: Whom,
    language: str,
    older: Cut | None = None,
) -> Contents:
    return Contents(
        title=_("What we keep about you"),
        of=of,
        made_at=timezone.now(),
        language=language,
        sections=[Section(one.table, retention(one.table, terms), one.rows, whom) for one in _ordered(kept)],
        visits=visits,
        older=older,
    )


def _ordered(kept: Iterable[Kept]) -> list[Kept]:
    """Who they are first, then what was spoken of, then how it was protected."""
    return sorted(
        kept, key=lambda one: ROOMS.index(one.table.room) if one.table.room in ROOMS else len(ROOMS)
    )


def given(contents: Contents) -> dict[str, list[dict[str, Any]]]:
    """Of all this what the person told us, for another insurer to read."""
    return {
        section.table.name: [
            {name: row[name] for name in section.table.given if name in row} for row in section.rows
        ]
        for section in contents.sections
        if section.table.given
    }


def retention(table: Table, terms: dict[str, Set]) -> tuple[str, ...]:
    """For each clock: how long, from when, by which law. Many clocks of one length are one sentence."""
    said: dict[str, None] = {}
    for goes in table.goes:
        if one := terms.get(goes.clock):
            said[_sentence(one, goes)] = None
    return tuple(said)


def _sentence(one: Set, goes: Goes) -> str:
    words = {"time": one.span, "event": one.term.event, "law": one.term.law}
    return _("%(time)s after: %(event)s. %(law)s") % words


def plain(value: Any) -> str:
    """As the reader's country writes it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, Decimal):
        return number_format(value)
    if isinstance(value, list | tuple):
        return ", ".join(plain(one) for one in value)
    return str(value) if isinstance(value, str | Promise | int | float) else repr(value)
