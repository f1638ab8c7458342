"""One row on paper: what each thing is called, and in bold what it says.

A file of 500 contacts has ten thousand such lines: no mark-up to read, and a word is measured once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Flowable

SIZE, LEADING, INDENT, ABOVE = 10, 14, 11, 8
Run = tuple[str, str]  # font, text


@lru_cache(50_000)
def width(text: str, font: str) -> float:
    return float(pdfmetrics.stringWidth(text, font, SIZE))


class Item(Flowable):  # type: ignore[misc]
    def __init__(self, lines: Iterable[tuple[str, str]], plain: str, bold: str) -> None:
        super().__init__()
        self.lines, self.plain, self.bold = list(lines), plain, bold
        self.rows: list[list[Run]] = []

    def wrap(self, available: float, height: float) -> tuple[float, float]:
        if not self.rows:
            self.rows = [row for line in self.lines for row in self._wrapped(line, available - INDENT)]
        return available, len(self.rows) * LEADING + ABOVE

    def split(self, available: float, height: float) -> list[Item]:
        """At the end of a page: what fits, and the rest."""
        fits = int((height - ABOVE) // LEADING)
        if fits < 1:
            return []
        parts = Item([], self.plain, self.bold), Item([], self.plain, self.bold)
        parts[0].rows, parts[1].rows = self.rows[:fits], self.rows[fits:]
        return list(parts)

    def draw(self) -> None:
        text = self.canv.beginText(INDENT, (len(self.rows) - 1) * LEADING + 3)
        text.setLeading(LEADING)
        for row in self.rows:
            for font, words in row:
                text.setFont(font, SIZE, LEADING)
                text.textOut(words)
            text.textLine()
        self.canv.drawText(text)

    def _wrapped(self, line: tuple[str, str], room: float) -> Iterator[list[Run]]:
        name, says = line
        row, left = [(self.plain, f"{name}: ")], room - width(f"{name}: ", self.plain)
        for number, paragraph in enumerate(says.splitlines() or [""]):
            if number:
                yield row
                row, left = [], room
            for word in self._words(paragraph, room):
                taken = width(word, self.bold)
                if taken > left and row:
                    yield row
                    row, left = [], room
                if row and row[-1][0] == self.bold:
                    row[-1] = (self.bold, row[-1][1] + word)
                else:
                    row.append((self.bold, word))
                left -= taken
        yield row

    def _words(self, text: str, room: float) -> Iterator[str]:
        """With the space behind each; what is longer than a line (a digest) is cut."""
        for word in text.split():
            most = max(1, int(len(word) * room / (width(word, self.bold) or 1)))
            for start in range(0, len(word), most):
                part = word[start : start + most]
                yield part if start + most < len(word) else f"{part} "
