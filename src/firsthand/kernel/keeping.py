"""What the house keeps about people. Every room says it in this form, column by column, in its `keepers.py`.

What is declared here is what is handed over, erased, let go by the clocks, and printed in the record of
processing: a column without a word fails the tests. Conditions are SQL, so that a question about ten million
rows stays one statement; they are written in this code and take parameters, never anybody's words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Says = str | Promise


class Data(StrEnum):
    """Categories of personal data, named after fideslang, so that other tools can read our data map."""

    NAME = "user.name"
    NUMBER = "user.unique_id"  # a number that the insurer or the house gave
    LINK = "user.unique_id.pseudonymous"  # leads to the person by way of another row
    GOVERNMENT = "user.government_id"
    BIRTH = "user.demographic.date_of_birth"
    LANGUAGE = "user.demographic.language"
    ADDRESS = "user.contact.address"
    PHONE = "user.contact.phone_number"
    MAIL = "user.contact.email"
    INSURANCE = "user.financial.insurance"
    HEALTH = "user.health_and_medical"  # what somebody asked a health insurer is one, too
    WORDS = "user.content"  # free text
    BEHAVIOUR = "user.behavior"  # when somebody did what
    CONSENT = "user.privacy_preferences"
    DEVICE = "user.device"
    CREDENTIALS = "user.authorization"
    WORK = "user.workplace"


class Whom(StrEnum):
    MEMBER = "member"
    CALLER = "caller"  # known by a telephone number only
    STAFF = "staff"


@dataclass(frozen=True)
class Column:
    """One column: whose data of which category, or none and why. `says` is how a person would call it."""

    data: Data | None = None
    whom: frozenset[Whom] = frozenset()
    says: Says = ""
    why: Says = ""
    # A name or a text of the house for what is stored as a code or as another row's number.
    shown: Callable[[Any], Says] | None = None


def of_member(data: Data, says: Says, shown: Callable[[Any], Says] | None = None) -> Column:
    return Column(data, frozenset({Whom.MEMBER}), says, shown=shown)


def of_caller(data: Data, says: Says, shown: Callable[[Any], Says] | None = None) -> Column:
    """Of whoever called: a member, or somebody of whom we have a number only."""
    return Column(data, frozenset({Whom.MEMBER, Whom.CALLER}), says, shown=shown)


def of_staff(data: Data, says: Says, shown: Callable[[Any], Says] | None = None) -> Column:
    return Column(data, frozenset({Whom.STAFF}), says, shown=shown)


def none(why: Says, says: Says = "", shown: Callable[[Any], Says] | None = None) -> Column:
    """No personal data. With `says` it is handed over all the same: without it the row makes no sense."""
    return Column(None, frozenset(), says, why, shown)


# Why a column is no personal data.
ROW = none(_("the row's own number"))
HOUSE = none(_("about the house, not about a person"))
STATE = none(_("where the work stands, not who it is about"))
TECHNICAL = none(_("keeps the software running; holds no word about a person"))
CHAIN = none(_("proves that nothing was changed; says nothing about a person"))


@dataclass(frozen=True)
class Goes:
    """When a row, or some of its columns, is past its clock (`protect.pure.clocks`)."""

    clock: str
    after: str  # SQL: the moment, or the day, from which the clock counts
    where: str = "true"
    blanks: Mapping[str, str] = field(default_factory=dict)  # column → SQL; empty: the row goes
    day: bool = False  # `after` is a date
    until: bool = False  # `after` is the last day itself: a trigger or an action has counted already
    act: Callable[..., int] | None = None  # the room's own way: (cutoff, held, at_once, by=…) -> how many
    by_itself: Says = ""  # who lets it go, if it is not the nightly run
    # Of a table that only grows: a month at a time, with a record in its place (`journal.actions.closing`).
    months: bool = False


class Fate(StrEnum):
    DELETE = "delete"
    BLANK = "blank"
    KEEP = "keep"
    ASK = "ask"  # an action of the room does it


@dataclass(frozen=True)
class Erased:
    """What becomes of somebody's rows when they ask to be erased."""

    fate: Fate
    where: str = "true"  # of the rows found, those
    blanks: Mapping[str, str] = field(default_factory=dict)
    law: Says = ""  # why it is kept
    ask: Callable[..., int] | None = None  # (subject, by=…) -> how many


def deleted(where: str = "true") -> tuple[Erased, ...]:
    return (Erased(Fate.DELETE, where),)


def blanked(where: str = "true", **blanks: str) -> tuple[Erased, ...]:
    return (Erased(Fate.BLANK, where, blanks),)


def kept(law: Says, where: str = "true") -> tuple[Erased, ...]:
    return (Erased(Fate.KEEP, where, law=law),)


def asked(ask: Callable[..., int]) -> tuple[Erased, ...]:
    return (Erased(Fate.ASK, ask=ask),)


@dataclass(frozen=True)
class Table:
    """One table, as the data map shows it."""

    name: str
    room: str
    what: Says
    columns: Mapping[str, Column]
    purposes: tuple[Says, ...] = ()
    basis: Says = ""
    source: Says = ""
    recipients: Says = ""
    # SQL: which rows are about the subject. Parameters: see `Subject.parameters`.
    finds: Mapping[Whom, str] = field(default_factory=dict)
    order: str = ""
    erased: Mapping[Whom, tuple[Erased, ...]] = field(default_factory=dict)
    goes: tuple[Goes, ...] = ()
    given: tuple[
        str, ...
    ] = ()  # columns that the person gave us, for another insurer (Art. 20 GDPR, 28 FADP)
    # SQL: whose row it is, so that a legal hold on a member or a case stops the clocks. `contact`: of which
    # contact; a hold finds the member's and the case's (`Gathers.held`).
    member: str = ""
    case: str = ""
    contact: str = ""

    @property
    def personal(self) -> bool:
        return any(column.data for column in self.columns.values())

    def columns_for(self, whom: Whom) -> dict[str, Column]:
        """What is handed over: theirs, and what the row makes no sense without."""
        return {
            name: column
            for name, column in self.columns.items()
            if whom in column.whom or (column.data is None and column.says)
        }


@dataclass(frozen=True, repr=False)
class Subject:
    """Somebody who asks what is kept about them: a member, a telephone number, a colleague."""

    whom: Whom
    member: int | None = None
    phone: str = ""
    person: int | None = None
    # Words by which free text gives them away: the full name, numbers, the address for mail.
    needles: tuple[str, ...] = ()
    # What rooms know to be theirs by way of another table, by the name a room gave it.
    gathered: Mapping[str, list[Any]] = field(default_factory=dict)

    def parameters(self) -> dict[str, Any]:
        given = {"member": self.member, "phone": self.phone, "person": self.person}
        return {**given, "needles": [f"%{_literal(needle)}%" for needle in self.needles], **self.gathered}


def _literal(words: str) -> str:
    """As they are written: in a pattern of SQL an underscore is any letter."""
    return re.sub(r"[\\%_]", r"\\\g<0>", words)


@dataclass(frozen=True)
class Gathers:
    """Numbers by which lower rooms find what is somebody's without knowing this room's tables."""

    name: str
    type: str  # of PostgreSQL
    select: Mapping[Whom, str]
    held: str = ""  # SQL: those of the members `held_members` and the cases `held_cases`


_tables: dict[str, Table] = {}
_gathers: dict[str, Gathers] = {}


def register(*tables: Table) -> None:
    for table in tables:
        _tables[table.name] = table


def gather(*gathers: Gathers) -> None:
    for one in gathers:
        _gathers[one.name] = one


def tables() -> Iterable[Table]:
    return tuple(_tables.values())


def gathered() -> Iterable[Gathers]:
    return tuple(_gathers.values())
