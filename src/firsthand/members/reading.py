"""A file of members, read and judged line by line before anything is written."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from firsthand.members.models import Cover
from firsthand.members.pure import dates, facts, phones
from firsthand.people.models import Language

WHO = ("number", "given_name", "family_name", "born_on", "street", "postcode", "town")
MORE = ("canton", "household", "ahv", "phone", "email", "language")
COVER = ("branch", "product", "franchise", "premium", "currency", "starts_on", "ends_on")
LONGEST = {
    "number": 12, "given_name": 80, "family_name": 80, "street": 120, "postcode": 10, "town": 80, "canton": 2,
    "household": 20, "email": 254, "product": 80, "currency": 3,
}  # fmt: skip


class Fault(NamedTuple):
    line: int
    says: str


@dataclass(frozen=True)
class CoverRow:
    branch: str
    product: str
    franchise: Decimal | None
    premium: Decimal
    currency: str
    starts_on: date
    ends_on: date | None


@dataclass(repr=False)  # it is a whole member: nothing that prints it by accident may say who
class MemberRow:
    line: int
    number: str
    given_name: str
    family_name: str
    born_on: date
    street: str
    postcode: str
    town: str
    canton: str
    household: str
    ahv: str | None
    phone: str
    email: str
    language: str
    covers: list[CoverRow] = field(default_factory=list)


class Wrong(Exception):
    """What is wrong with one cell."""


def read(lines: Iterable[str]) -> tuple[list[MemberRow], list[Fault]]:
    """Every member of the file, and every fault. A member's further lines bring further cover."""
    members: dict[str, MemberRow] = {}
    faults: list[Fault] = []
    for line, cells in _cells(lines, faults):
        try:
            _take(line, cells, members)
        except Wrong as wrong:
            faults.append(Fault(line, str(wrong)))
    faults += _shared_ahv(members.values())
    return list(members.values()), sorted(faults)


def _cells(lines: Iterable[str], faults: list[Fault]) -> Iterator[tuple[int, dict[str, str]]]:
    """Lines as columns by name. Semicolon or comma: the head decides, as spreadsheets differ by country."""
    lines = iter(lines)
    head_line = next(lines, "").lstrip("\N{BYTE ORDER MARK}")
    delimiter = ";" if ";" in head_line else ","
    head = [cell.strip().strip('"').lower() for cell in head_line.split(delimiter)]
    if wrong := _wrong_head(head):
        faults.append(Fault(1, wrong))
        return
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        for row in rows:
            line = rows.line_num + 1
            if not any(cell.strip() for cell in row):
                continue
            if len(row) > len(head):
                says = _("There are %(has)d cells, but the head names %(named)d columns.")
                faults.append(Fault(line, says % {"has": len(row), "named": len(head)}))
                continue
            yield line, {name: " ".join(cell.split()) for name, cell in zip(head, row, strict=False)}
    except csv.Error as error:
        faults.append(Fault(rows.line_num + 1, _("This is not CSV: %(why)s.") % {"why": error}))


def _wrong_head(head: list[str]) -> str:
    missing = [name for name in WHO if name not in head]
    unknown = [name for name in head if name not in WHO + MORE + COVER]
    if missing:
        return _("The head lacks these columns: %(names)s.") % {"names": ", ".join(missing)}
    if unknown:
        return _("The head names columns that we do not know: %(names)s.") % {"names": ", ".join(unknown)}
    return _("A column stands twice in the head.") if len(set(head)) < len(head) else ""


def _take(line: int, cells: dict[str, str], members: dict[str, MemberRow]) -> None:
    for name, longest in LONGEST.items():
        if len(cells.get(name, "")) > longest:
            raise Wrong(_("“%(name)s” is longer than %(n)d characters.") % {"name": name, "n": longest})
    number = facts.bare(cells["number"])
    if not number or not number.isascii():
        raise Wrong(_("“number” is empty or has no digit or letter."))
    cover = _cover(cells)
    known = members.get(number)
    if known is None:
        known = _member(line, number, cells)
        members[number] = known
    elif any(cells[name] for name in WHO[1:]) and not _same(known, _member(line, number, cells)):
        says = _("This member stands on line %(line)d with other particulars.")
        raise Wrong(says % {"line": known.line})
    if cover:
        if any(
            (c.branch, c.product, c.starts_on) == (cover.branch, cover.product, cover.starts_on)
            for c in known.covers
        ):
            raise Wrong(_("This cover stands in the file twice."))
        known.covers.append(cover)


def _member(line: int, number: str, cells: dict[str, str]) -> MemberRow:
    for name in WHO:
        if not cells.get(name):
            raise Wrong(_("“%(name)s” is empty.") % {"name": name})
    return MemberRow(
        line=line,
        number=number,
        given_name=cells["given_name"],
        family_name=cells["family_name"],
        born_on=_day(cells, "born_on"),
        street=cells["street"],
        postcode=cells["postcode"],
        town=cells["town"],
        canton=cells.get("canton", "").upper(),
        household=cells.get("household") or f"M-{number}",
        ahv=_ahv(cells.get("ahv", "")),
        phone=_phone(cells.get("phone", "")),
        email=_email(cells.get("email", "")),
        language=_language(cells.get("language", "")),
    )


def _same(one: MemberRow, other: MemberRow) -> bool:
    plain = {"line": 0, "covers": []}
    return {**vars(one), **plain} == {**vars(other), **plain}


def _cover(cells: dict[str, str]) -> CoverRow | None:
    if not any(cells.get(name) for name in COVER):
        return None
    if cells.get("branch") not in Cover.Branch.values:
        raise Wrong(_("“branch” is basic or supplementary."))
    if not cells.get("product"):
        raise Wrong(_("“%(name)s” is empty.") % {"name": "product"})
    starts_on = _day(cells, "starts_on")
    ends_on = _day(cells, "ends_on") if cells.get("ends_on") else None
    if ends_on and ends_on < starts_on:
        raise Wrong(_("“ends_on” lies before “starts_on”."))
    return CoverRow(
        branch=cells["branch"],
        product=cells["product"],
        franchise=_money(cells, "franchise") if cells.get("franchise") else None,
        premium=_money(cells, "premium"),
        currency=cells.get("currency", "").upper() or "CHF",
        starts_on=starts_on,
        ends_on=ends_on,
    )


def _day(cells: dict[str, str], name: str) -> date:
    found = dates.days(cells.get(name, ""))
    if len(found) != 1:
        says = _("“%(name)s” is no date with a year of four digits, as in 1958-03-04 or 4.3.1958.")
        raise Wrong(says % {"name": name})
    return next(iter(found))


def _money(cells: dict[str, str], name: str) -> Decimal:
    text = cells.get(name, "").replace("'", "").replace("’", "").replace(" ", "").replace(",", ".")
    try:
        sum_ = Decimal(text)
    except InvalidOperation:
        sum_ = Decimal(-1)
    if not sum_.is_finite() or not 0 <= sum_ < 1_000_000 or sum_ != round(sum_, 2):
        raise Wrong(_("“%(name)s” is no sum of money, as in 465.30.") % {"name": name})
    return sum_


def _ahv(text: str) -> str | None:
    if text and not facts.is_ahv(text):
        raise Wrong(_("“ahv” is no AHV number: the check digit does not fit."))
    return facts.bare(text) or None


def _phone(text: str) -> str:
    kept = phones.e164(text, settings.COUNTRY)
    if text and not kept:
        raise Wrong(_("“phone” is no telephone number."))
    return kept


def _email(text: str) -> str:
    if text:
        try:
            validate_email(text)
        except ValidationError:
            raise Wrong(_("“email” is no e-mail address.")) from None
    return text


def _language(text: str) -> str:
    if text and text not in Language.values:
        raise Wrong(_("“language” is one of %(all)s.") % {"all": ", ".join(Language.values)})
    return text or "de"


def _shared_ahv(members: Iterable[MemberRow]) -> list[Fault]:
    seen: dict[str, int] = {}
    faults = []
    for member in members:
        if member.ahv and (first := seen.setdefault(member.ahv, member.line)) != member.line:
            says = _("This AHV number stands on line %(line)d for another member.")
            faults.append(Fault(member.line, says % {"line": first}))
    return faults
