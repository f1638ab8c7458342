"""What is sealed of a text while somebody still types in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID


class There(NamedTuple):
    """One that was sealed when the field was last saved."""

    id: UUID
    category: str
    words: str


class Said(NamedTuple):
    category: str
    words: str


def changed(
    there: Sequence[There], said: Sequence[Said], marks: Mapping[str, int]
) -> tuple[list[Said], list[There]]:
    """What comes and what goes.

    `marks` counts in the text the brackets that stand for something sealed. After a reload the field holds only
    the bracket: then there is a bracket that nothing typed explains, and what was sealed for it stays.
    """
    typed = set(said)
    known = {Said(one.category, one.words) for one in there}
    fresh = [one for one in dict.fromkeys(said) if one not in known]
    gone: list[There] = []
    for category in dict.fromkeys(one.category for one in there):
        unexplained = [
            one for one in there if one.category == category and Said(category, one.words) not in typed
        ]
        brackets_only = max(0, marks.get(category, 0) - sum(one.category == category for one in typed))
        gone += unexplained[brackets_only:]
    return fresh, gone
