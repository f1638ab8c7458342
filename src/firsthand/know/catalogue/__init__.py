"""The catalogue that comes with the programme: `concerns.tsv` and the words in four languages.

Tab-separated, one header line, no quoting. ` | ` divides one fact from the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources

LANGUAGES = ("de", "fr", "it", "en")


@dataclass(frozen=True)
class Row:
    code: str
    country: str
    topic: str
    level: int
    branches: list[str]
    sources: list[str]
    confirmed: bool

    def fields(self) -> dict[str, object]:
        return _without(asdict(self), "code")


@dataclass(frozen=True)
class Text:
    code: str
    language: str
    question: str
    facts: str
    yearly_facts: str
    basis: str
    words: str

    def fields(self) -> dict[str, object]:
        return _without(asdict(self), "code", "language")


def rows() -> list[Row]:
    return [
        Row(
            code=line["code"],
            country=line["code"][:2],
            topic=line["topic"],
            level=int(line["level"]),
            branches=line["branches"].split(),
            sources=line["sources"].split(),
            confirmed=line["confirmed"] == "yes",
        )
        for line in _read("concerns")
    ]


def texts() -> list[Text]:
    return [
        Text(
            code=line["code"],
            language=language,
            question=line["question"],
            facts=_lines(line["facts"]),
            yearly_facts=_lines(line["yearly"]),
            basis=line["basis"],
            words=line["words"],
        )
        for language in LANGUAGES
        for line in _read(language)
    ]


@cache
def questions(language: str) -> dict[str, str]:
    """What is asked, by the concern's code."""
    return {line["code"]: line["question"] for line in _read(language)}


@cache
def sources() -> dict[str, str]:
    """What the marks S1 … S35 stand for."""
    return {line["mark"]: line["source"] for line in _read("sources")}


def _read(name: str) -> Iterator[dict[str, str]]:
    text = (resources.files(__name__) / f"{name}.tsv").read_text(encoding="utf-8")
    head, *lines = [line.split("\t") for line in text.splitlines()]
    return (dict(zip(head, line, strict=True)) for line in lines)


def _lines(cell: str) -> str:
    return "\n".join(part.strip() for part in cell.split(" | ")) if cell != "–" else ""


def _without(fields: dict[str, object], *names: str) -> dict[str, object]:
    return {name: value for name, value in fields.items() if name not in names}
