"""Why somebody looked, in words a member understands. Rows hold codes; a room above knows the calls."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from firsthand.people.models import Role
from firsthand.protect.models import BreakGlass, Kind, Read, What


@dataclass(frozen=True)
class Call:
    """One contact, as the member remembers it."""

    at: datetime
    question: str = ""  # what it was about, in the language of the page; empty = never named


Calls = Callable[[Collection[int]], Mapping[int, Call]]
_tells: list[Calls] = []


def tell_calls(calls: Calls) -> None:
    """The room above that keeps the contacts says here what can be told of them."""
    _tells[:] = [calls]


@dataclass(frozen=True)
class Causes:
    """What the rows of a page need, asked once for all of them."""

    calls: Mapping[int, Call]
    kinds: Mapping[int, str]

    def of(self, read: Read) -> str:
        if read.contact_id:
            return self._call(read.contact_id)
        if read.break_glass_id:
            kind = self.kinds.get(read.break_glass_id) or read.why
            label = Kind(kind).label if kind in Kind.values else kind
            return _("{what}, opened without a call").format(what=label)
        if read.request_id or read.what == What.EXPORT:
            return _("a request about the data we keep")
        return _("a check by data protection")

    def _call(self, contact_id: int) -> str:
        call = self.calls.get(contact_id)
        if call is None:
            return _("a call")
        day = date_format(localtime(call.at), "DATE_FORMAT")
        if not call.question:
            return _("the call of {day}").format(day=day)
        return _("the call of {day} about “{question}”").format(day=day, question=_bare(call.question))


def causes(reads: Collection[Read]) -> Causes:
    contacts = {read.contact_id for read in reads if read.contact_id}
    glasses = {read.break_glass_id for read in reads if read.break_glass_id}
    kinds = BreakGlass.objects.filter(pk__in=glasses).values_list("pk", "kind") if glasses else ()
    return Causes(_tells[0](contacts) if _tells and contacts else {}, dict(kinds))


def role(code: str) -> str:
    """As what somebody looked."""
    if code == "house":
        return _("the software, by itself")
    return str(Role(code).label) if code in Role.values else code


def _bare(question: str) -> str:
    """The catalogue sets questions in quotation marks of their own."""
    return question.strip("«»“”„\"' ")
