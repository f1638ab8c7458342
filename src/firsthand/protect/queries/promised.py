"""What is still promised to the member whose file is open for it. The promises stand in a room above."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from firsthand.people.models import Person
from firsthand.protect.models import BreakGlass, Kind


@dataclass(frozen=True, repr=False)
class Promised:
    words: str
    due_on: date


Promises = Callable[[Person, int], Sequence[Promised]]
_tells: list[Promises] = []


def tell_promises(promises: Promises) -> None:
    """The room above that keeps the promises says here what one person may read of those to one member."""
    _tells[:] = [promises]


def promised(person: Person, opened: BreakGlass) -> Sequence[Promised]:
    """Not kept yet, the most urgent first; ask after `file_opened`, whose look is logged. A letter or a complaint
    does not need them.
    """
    if not _tells or opened.kind != Kind.PROMISE:
        return ()
    return _tells[0](person, opened.member_id)
