"""Words that stand in one column of one row and nowhere else: where one is seen, that row was seen.

A leak is told by the number of its mark, never by what stood there; and a mark is found however it is dressed:
upper case, backwards, as hexadecimal, with a space inside a telephone number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

STEM = "xqj"  # no language of the house has it
FIGURES = "90377"  # for columns that hold nothing but digits
ANY = re.compile(
    rb"(?i:xqj)(\d{5})|90377(\d{5})|(\d{5})(?i:jqx)|(\d{5})77309|(?i:78716a)((?:3\d){5})",
)
STEMS = (b"xqj", b"XQJ", b"Xqj", b"90377", b"jqx", b"JQX", b"77309", b"78716a", b"78716A")
BETWEEN = re.compile(rb"(?<=\d)(?:[ ./-]|\xc2\xa0|\xe2\x80[\x80-\xaf])(?=\d)")


@dataclass(frozen=True)
class Mark:
    number: int
    table: str
    column: str
    member: int | None  # whose row it is, if it is one member's

    def __str__(self) -> str:
        return f"{self.number:05} ({self.table}.{self.column})"

    @property
    def word(self) -> str:
        return f"{STEM}{self.number:05}"

    @property
    def figures(self) -> str:
        return f"{FIGURES}{self.number:05}"


class Marks:
    def __init__(self) -> None:
        self.all: dict[int, Mark] = {}
        self._literal: dict[bytes, int] = {}
        self._last = 0

    def new(self, table: str, column: str, member: int | None = None) -> Mark:
        self._last += 1
        mark = Mark(self._last, table, column, member)
        self.all[mark.number] = mark
        return mark

    def numbered(self, number: int, table: str, column: str, member: int | None = None) -> None:
        """One whose figures are the number of the row itself."""
        self.all[number] = Mark(number, table, column, member)

    def also(self, literal: bytes, table: str, column: str, member: int | None = None) -> None:
        """What stood there already and cannot be chosen: a cipher, a key."""
        self._literal[literal] = self.new(table, column, member).number

    def suspicious(self, seen: bytes) -> bool:
        """Fast, for megabytes: is it worth a second look?"""
        return any(stem in seen for stem in STEMS) or any(one in seen for one in self._literal)

    def found(self, seen: bytes) -> set[Mark]:
        numbers = {number for literal, number in self._literal.items() if literal in seen}
        for there in ANY.finditer(seen):
            plain, figures, mirrored, mirrored_figures, hexadecimal = there.groups()
            digits = plain or figures or (mirrored or mirrored_figures or b"")[::-1]
            if hexadecimal:
                digits = bytes.fromhex(hexadecimal.decode())
            numbers.add(int(digits))
        return {self.all[number] for number in numbers if number in self.all}

    def in_text(self, text: str | bytes) -> set[Mark]:
        """In a page, a log, a file: telephone numbers are parted there."""
        raw = text.encode(errors="replace") if isinstance(text, str) else text
        if not self.suspicious(raw) and not self.suspicious(raw := BETWEEN.sub(b"", raw)):
            return set()
        return self.found(raw) | self.found(BETWEEN.sub(b"", raw))
