"""What a concern needs, with what the insurer changed; and how its own numbers look."""

from __future__ import annotations

import re
from collections.abc import Iterable

from firsthand.protect.models import Need as Changed
from firsthand.protect.models import OwnNumber, RequestKind
from firsthand.protect.pure.categories import IDENTIFIERS, WHO, Action, Category
from firsthand.protect.pure.needs import DEFAULT, Need, Needs, Row
from firsthand.protect.pure.screen.looking import Own

# The board is read by everybody: of a person nothing may stand on it, whatever the concern was.
BOARD = "board"
# A name is what the field is for; in a whole text typed into it everything else goes.
NAME = "name"
TEXT_AS_NAME = "text_as_name"
# What is wrong in a file cannot be put right without it.
CORRECTION = "correction"
_NEEDED = {
    BOARD: frozenset[Category](),
    CORRECTION: WHO | {Category.PHONE, Category.MAIL, Category.BIRTH_DATE},
    NAME: frozenset(Category) - IDENTIFIERS - {Category.ADDRESS},
    TEXT_AS_NAME: frozenset({Category.NAME}),
}
FIXED = tuple(
    Row(about, category, needed=category in needed)
    for about, needed in _NEEDED.items()
    for category in Category
)


def needs() -> Needs:
    rows = Changed.objects.values_list("about", "category", "state")
    return DEFAULT.with_rows([*(_row(*row) for row in rows), *FIXED])


def of_request(kind: str) -> str:
    """What the words of a data subject's request need: of a person nothing, unless it is what is wrong."""
    return CORRECTION if kind == RequestKind.CORRECTION else BOARD


def need(concern: str, topic: str, category: str) -> Need:
    """Does this concern need it, and what becomes of it if not?"""
    return needs().of(concern, topic, Category(category))


def needed(concern: str, topic: str, categories: Iterable[Category] = Category) -> list[Category]:
    matrix = needs()
    return [one for one in categories if matrix.of(concern, topic, one).needed]


def _row(about: str, category: str, state: str) -> Row:
    otherwise = Action.SEAL if state == Changed.State.SEAL else Action.DROP
    return Row(about, Category(category), state == Changed.State.NEEDED, otherwise)


def own_numbers() -> Own:
    return [(Category(one.category), pattern(one.form)) for one in OwnNumber.objects.all()]


def pattern(form: str) -> re.Pattern[str]:
    """P-###### as a regular expression; what is no # and no @ stands for itself."""
    said = {"#": r"\d", "@": "[A-Za-z]", " ": r"\s?"}
    body = "".join(said.get(letter, re.escape(letter)) for letter in form)
    return re.compile(rf"(?<![A-Za-z0-9]){body}(?![A-Za-z0-9])")
