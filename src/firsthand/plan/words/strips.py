"""The strip of a front week in words: looked up once for all its half-hours, which are hundreds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from firsthand.plan.pure.hold import Gap, Holds, Together
from firsthand.ui.templatetags.ui import signed

if TYPE_CHECKING:
    from firsthand.plan.queries.hold import Strip


@dataclass(frozen=True)
class Cell:
    address: str  # going on from its day's
    holds: str
    spare: str
    between: str  # on hover
    says: str  # to a screen reader


@dataclass(frozen=True)
class Line:
    """One day; None where it is closed."""

    day: date
    cells: Sequence[Cell | None]


def lines(strip: Strip) -> list[Line]:
    states = {
        Holds.SHORT: _("short"),
        Holds.TIGHT: _("tight"),
        Holds.HOLDS: _("holds"),
        Holds.UNKNOWN: _("nobody rostered"),
    }
    between = _("between %(busy)s on a busy and %(quiet)s on a quiet day")
    asked = f"/?language={strip.language}" if strip.language else "/"
    columns = [(start, start.replace(":", "").zfill(4) + asked) for start in strip.starts]
    found = []
    for day in strip.days:
        weekday = date_format(day.day, "l")
        cells = [
            _cell(half.gap, address, f"{weekday} {start}", states[half.gap.holds], between) if half else None
            for half, (start, address) in zip(day.halves, columns, strict=True)
        ]
        found.append(Line(day.day, cells))
    return found


def _cell(gap: Gap | Together, address: str, when: str, state: str, between: str) -> Cell:
    spare, (busy, quiet) = signed(gap.spare), gap.spare_between
    return Cell(
        address=address,
        holds=gap.holds.value,
        spare="·" if gap.holds is Holds.UNKNOWN else spare,
        between=between % {"busy": signed(busy), "quiet": signed(quiet)},
        says=f"{when}: {spare}, {state}",
    )
