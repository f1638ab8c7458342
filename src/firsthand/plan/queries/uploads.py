"""Where a planner's file stands, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from firsthand.plan.models import Import, State, Upload
from firsthand.plan.words.volumes import Said, said

UNDER_WAY = (State.WAITING, State.WORKING)


@dataclass(frozen=True)
class Step:
    """`rows`, `first`, `last`, `replaces`, `own`: what a checked file would bring, and what it would replace."""

    working: bool = False
    faults: Sequence[Said] = ()
    more: int = 0  # faults that are not shown
    notes: Sequence[Said] = ()
    rows: int = 0
    minutes: int = 0
    first: datetime | None = None
    last: datetime | None = None
    replaces: int = 0
    own: int = 0
    same: Import | None = None  # the same file was read in before


def step(upload: Upload | None) -> Step:
    if upload is None:
        return Step()
    found = upload.found
    faults = [said(*fault) for fault in found.get("faults", [])]
    same = found.get("same")
    return Step(
        working=upload.state in UNDER_WAY,
        faults=faults,
        more=found.get("count", 0) - len(faults),
        notes=[said(*note) for note in found.get("notes", [])],
        rows=found.get("rows", 0),
        minutes=found.get("minutes", 0),
        first=_time(found.get("first")),
        last=_time(found.get("last")),
        replaces=found.get("replaces", 0),
        own=found.get("own", 0),
        same=Import.objects.select_related("by").filter(pk=same).first() if same else None,
    )


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
