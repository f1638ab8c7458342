"""The matrix as the insurer reads it: the concerns of a topic, and for each category what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language

from firsthand.know import queries as know
from firsthand.know import topics
from firsthand.protect import words
from firsthand.protect.models import Need, OwnNumber
from firsthand.protect.pure.categories import Category
from firsthand.protect.pure.needs import DEFAULT, Needs
from firsthand.protect.queries import needs as protect

STATES = dict(Need.State.choices)


@dataclass(frozen=True)
class Cell:
    about: str
    category: Category
    state: str
    usual: str  # what the programme says
    changed: Need | None

    @property
    def id(self) -> str:
        return f"{self.about}-{self.category.value}"

    @property
    def word(self) -> Promise | str:
        return STATES[self.state]

    @property
    def usual_word(self) -> Promise | str:
        return STATES[self.usual]

    @property
    def label(self) -> Promise | str:
        return words.of(self.category)


@dataclass(frozen=True)
class Line:
    code: str
    question: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Matrix:
    topic: str
    group: str
    columns: Sequence[Promise | str]
    lines: Sequence[Line]
    chosen: Cell | None
    question: str  # of the chosen cell's concern

    @property
    def address(self) -> str:
        return f"topic={self.topic}&group={self.group}"


def groups() -> list[tuple[str, Promise]]:
    return [(code, label) for code, (label, _) in words.GROUPS.items()]


def matrix(topic: str, group: str, cell: str = "") -> Matrix:
    """Of a caller's topic, and of a group of categories: at most some dozen rows and columns."""
    topic = topic if topic in dict(topics.choices()) else topics.choices()[0][0]
    group = group if group in words.GROUPS else next(iter(words.GROUPS))
    categories = sorted(words.GROUPS[group][1], key=list(Category).index)
    now = protect.needs()
    changed = {(one.about, one.category): one for one in Need.objects.select_related("changed_by")}
    lines = []
    for text in know.concerns(get_language() or "de", topic=topic):
        about = text.concern.code, text.concern.topic
        cells = [_cell(*about, one, now, changed.get((about[0], one.value))) for one in categories]
        lines.append(Line(text.concern.code, text.question, cells))
    chosen = [(one, line) for line in lines for one in line.cells if one.id == cell]
    return Matrix(
        topic,
        group,
        [words.of(one) for one in categories],
        lines,
        chosen[0][0] if chosen else None,
        chosen[0][1].question if chosen else "",
    )


def _cell(about: str, topic: str, category: Category, now: Needs, changed: Need | None) -> Cell:
    state, usual = (_state(one, about, topic, category) for one in (now, DEFAULT))
    return Cell(about, category, state, usual, changed)


def _state(matrix: Needs, about: str, topic: str, category: Category) -> str:
    need = matrix.of(about, topic, category)
    return Need.State.NEEDED.value if need.needed else need.otherwise.value


def own_numbers() -> list[OwnNumber]:
    return list(OwnNumber.objects.order_by("category", "form"))


def is_concern(code: str) -> bool:
    return any(text.concern.code == code for text in know.concerns("de", settings.COUNTRY))
