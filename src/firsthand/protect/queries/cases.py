"""The cases of one member, to hold one of them alone: number, day and concern, none of their words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, repr=False)
class CaseOf:
    number: int
    opened_on: date
    question: str  # in the language of the page; empty = never named


Cases = Callable[[int], Sequence[CaseOf]]
_tells: list[Cases] = []


def tell_cases(cases: Cases) -> None:
    """The room above that keeps the cases says here which ones a member has."""
    _tells[:] = [cases]


def cases_of(member_id: int) -> Sequence[CaseOf]:
    """The newest first. Reading it is an entry: `actions.look_at_cases` is the way to it."""
    return _tells[0](member_id) if _tells else ()
