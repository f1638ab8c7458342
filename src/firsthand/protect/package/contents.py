"""What stands in the package, before it is JSON or paper: every row, in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from firsthand.kernel.keeping import Column, Data, Says, Table, Whom
from firsthand.protect import words
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

    @property
    def basis(self) -> str:
        return words.law(self.table.basis)

    def lines(self, row: dict[str, Any]) -> Iterable[tuple[str, str]]:
        """For paper: what each is called, and what it says."""
        for name, column in self.table.columns_for(self.whom).items():
            if column.says and column.data not in NOT_ON_PAPER and row.get(name) not in (None, "", []):
                yield str(column.says), self.said(name, column, row[name])

    def said(self, name: str, column: Column, value: Any) -> str:
        key = (name, repr(value))
        if key not in self._shown:
            self._shown[key] = str(column.shown(value)) if column.shown else self._plain(name, value)
        return self._shown[key]

    def _plain(self, name: str, value: Any) -> str:
        """A code by the name that its model gives it."""
        code = value if isinstance(value, str) else None
        return plain(_names(self.table.name).get(name, {}).get(code, value))


@cache
def _names(table: str) -> dict[str, dict[str | None, Says]]:
    """By column what the codes of a model's choices are called; gettext says it when it is asked for."""
    models = [one for one in apps.get_models() if one._meta.db_table == table]
    fields = [field for one in models for field in one._meta.concrete_fields]
    return {field.column: dict(field.flatchoices) for field in fields if field.column}


@dataclass(frozen=True, repr=False)
class Contents:
    title: str
    of: str  # the person, as they are addressed
    made_at: datetime
    language: str
    sections: Sequence[Section]
    visits: Sequence[Visit]
    older: Cut | None = None  # looks that are not kept any more
    insurer: str = ""  # who answers for it


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
        sections=[
            Section(one.table, retention(one.table, terms, whom), one.rows, whom) for one in _ordered(kept)
        ],
        visits=visits,
        older=older,
        insurer=settings.INSURER,
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


def retention(table: Table, terms: dict[str, Set], whom: Whom) -> tuple[str, ...]:
    """For each clock: how long, from when, by which law; without one, why it stays."""
    clocks = [(goes, terms[goes.clock]) for goes in table.goes if goes.clock in terms]
    if not clocks:
        return (words.stays(table, whom, law=words.law),)
    return tuple(words.told_apart((goes, one.term, _sentence(one)) for goes, one in clocks))


def _sentence(one: Set) -> str:
    said = {"time": one.span, "event": one.term.event, "law": words.law(one.term.law)}
    return _("%(time)s after: %(event)s. %(law)s") % said


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
