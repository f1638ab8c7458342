"""Reads the labelled notes. How they are written and were labelled stands in README.md beside this file."""

import re
from dataclasses import dataclass
from pathlib import Path
from random import Random

from firsthand.protect.pure.categories import Category
from tests.corpus import numbers

HERE = Path(__file__).parent
PARTS = ("build", "check", "outright", "held_out")
LANGUAGES = ("de", "fr", "it", "en")
LINE = re.compile(r"(?P<concern>(?:CH|DE)\d\d) \| (?P<text>\S.*\S)")
MARK = re.compile(r"\[\[(?P<category>[a-z_]+)(?P<needed>[+-])\|(?P<words>[^\[\]|]+)\]\]")
PLACEHOLDER = re.compile(r"@(" + "|".join(sorted(numbers.MAKERS, key=len, reverse=True)) + r")\b")


@dataclass(frozen=True)
class Span:
    start: int
    end: int
    category: Category
    needed: bool


@dataclass(frozen=True)
class LabelledNote:
    id: str
    lang: str
    concern: str
    text: str
    spans: tuple[Span, ...]


def notes(part: str) -> list[LabelledNote]:
    """Every note of one part, language by language, in the order of the files (`de.txt`, `de-fresh.txt`)."""
    return [
        note
        for lang in LANGUAGES
        for path in sorted((HERE / part).glob(f"{lang}*.txt"), key=lambda path: path.stem)
        for note in _file(path, part, lang)
    ]


def read(line: str, *, part: str, lang: str, number: int, file: str = "") -> LabelledNote:
    """One line. A wrong one is named by its id alone: nobody should see a held-out note by a typing error."""
    name = f"{part}-{file or lang}-{number:04d}"
    whole = LINE.fullmatch(line)
    if not whole:
        raise ValueError(f"{name}: not of the form CONCERN | text")
    chance = Random(name)  # noqa: S311 - the same numbers on every machine
    text, spans, at = "", [], 0
    for mark in MARK.finditer(whole["text"]):
        text += whole["text"][at : mark.start()]
        words = PLACEHOLDER.sub(lambda found: numbers.filled(found[1], chance), mark["words"])
        if mark["category"] not in set(Category):
            raise ValueError(f"{name}: no such category")
        span = Span(len(text), len(text) + len(words), Category(mark["category"]), mark["needed"] == "+")
        spans.append(span)
        text += words
        at = mark.end()
    text += whole["text"][at:]
    if "[[" in text or "]]" in text or PLACEHOLDER.search(text):
        raise ValueError(f"{name}: a label that is not closed, nested or misspelt")
    return LabelledNote(name, lang, whole["concern"], text, tuple(spans))


def _file(path: Path, part: str, lang: str) -> list[LabelledNote]:
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    kept = (line for line in lines if line and not line.startswith("#"))
    return [
        read(line, part=part, lang=lang, number=number, file=path.stem)
        for number, line in enumerate(kept, start=1)
    ]
