"""What stands under a field of free text: what was found in it, in plain words, and what becomes of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from firsthand.protect import words
from firsthand.protect.actions import Found, Screening
from firsthand.protect.forms.screening import mark, written
from firsthand.protect.pure.categories import Action
from firsthand.protect.pure.screen import Choice

GOES: dict[Action, Promise] = {
    Action.DROP: _("It is taken out when you save."),
    Action.SEAL: _("It is taken out and sealed when you save."),
}


@dataclass(frozen=True, repr=False)
class Row:
    found: Found
    number: int
    asking: bool  # the field for the reason is open

    @property
    def mark(self) -> str:
        return mark(self.found)

    @property
    def label(self) -> Promise | str:
        return words.of(self.found.category)

    @property
    def told(self) -> bool:
        return words.told(self.found.category)

    @property
    def goes(self) -> Promise:
        return GOES[self.found.action]

    @property
    def choice(self) -> str:
        return f"{self.mark}|{self.found.action.value}|{self.found.why}"


@dataclass(frozen=True, repr=False)
class Part:
    """The inside of `<div class="screen">`. What the concern needs is not mentioned: nobody has to do anything."""

    field: str
    name: str
    mode: str
    asks: Sequence[Row]
    decided: Sequence[Row]
    past: Sequence[str] = ()  # decisions about words that are not in the field now, and may come back

    @property
    def rows(self) -> list[Row]:
        return [*self.asks, *self.decided]

    @property
    def state(self) -> str:
        """The same again says the same: then nothing on the page moves, and nothing is read out."""
        said = "\n".join(f"{row.choice}|{row.asking}|{row.found.decided}" for row in self.rows)
        return hashlib.blake2b(said.encode(), digest_size=8).hexdigest()


def part(
    screening: Screening | None,
    *,
    field: str,
    name: str,
    mode: str = "note",
    open: str = "",
    made: Sequence[Choice] = (),
) -> Part:
    """`made`: every decision so far, also about words that somebody has taken out of the field again."""
    found = screening.found if screening else ()
    there = {(one.category, one.print) for one in found}
    rows = [Row(one, number, open == mark(one)) for number, one in enumerate(found, 1)]
    return Part(
        field,
        name,
        mode,
        asks=[row for row in rows if row.found.goes and not row.found.decided],
        decided=[row for row in rows if row.found.decided and not row.found.needed],
        past=list(dict.fromkeys(written(one) for one in made if (one.category, one.print) not in there)),
    )


def without(screenings: Iterable[Screening]) -> list[tuple[Action, list[str]]]:
    """What became of what went, and of which kinds it was, each once: for the line that says that it is saved."""
    gone = [one for screening in screenings for one in screening.gone]
    kinds = {action: dict.fromkeys(one.category for one in gone if one.action is action) for action in Action}
    return [(action, [str(words.of(kind)) for kind in of]) for action, of in kinds.items() if of]
