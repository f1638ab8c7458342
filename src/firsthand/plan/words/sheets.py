"""The roster of a calendar week in words: looked up once for all its places, which are hundreds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from firsthand.plan.models import Assignment, CallUp

if TYPE_CHECKING:
    from firsthand.plan.queries.roster import Sheet


@dataclass(frozen=True)
class Cell:
    """One colleague on one half-day. Without an address it cannot be changed: a training, or nobody works then."""

    shows: str = ""
    kind: str = "closed"
    says: str = ""  # to a screen reader
    address: str = ""  # going on from the colleague's
    expert: bool = False


@dataclass(frozen=True)
class Line:
    callup: CallUp
    address: str  # of this colleague in this roster
    cells: Sequence[Cell]
    half_days: int


def lines(seen: Sheet) -> list[Line]:
    if seen.roster is None:
        return []
    part = {"morning": _("morning"), "afternoon": _("afternoon")}
    said = {"free": _("free"), "locked": _("locked"), "new": _("Training"), "returner": _("Refresher")}
    heads = [f"{date_format(column.day, 'l')} {part[column.part]}" for column in seen.columns]
    found = []
    for line in seen.lines:
        name = line.callup.person.name
        cells = []
        for head, (column, there) in zip(heads, line.cells, strict=True):
            if there is not None and there.training is not None:
                who = "returner" if there.training.refresher else "new"
                cells.append(Cell(said[who], "training", there.training.place))
            elif column.shift is None:
                cells.append(Cell())
            else:
                cells.append(_cell(f"{name}, {head}", column.shift.pk, there, said))
        absent = reverse("plan:absent", args=[seen.roster.pk, line.callup.person_id])
        found.append(Line(line.callup, absent.removesuffix("absent/"), cells, line.half_days))
    return found


def _cell(whose: str, shift: int, there: Assignment | None, said: Mapping[str, str]) -> Cell:
    if there is None or there.room is None:
        return Cell("·", "", f"{whose}: {said['free']}", f"{shift}/")
    says, kind = f"{whose}: {there.room.name}", "works"
    if there.locked:
        says, kind = f"{says}, {said['locked']}", "works locked"
    return Cell(there.room.name, kind, says, f"{shift}/", there.duty == Assignment.Duty.SPECIALIST)
