"""What the screen says about a text."""

import hashlib
from dataclasses import dataclass
from typing import NamedTuple

from firsthand.protect.pure.categories import Action, Category
from firsthand.protect.pure.screen.fold import bare


class Span(NamedTuple):
    """Where something gives a person away, before anybody asked whether it is needed.

    The core is the word or phrase itself; the span around it is what a person would cut out.
    """

    start: int
    end: int
    category: Category
    core: tuple[int, int]


class Finding(NamedTuple):
    """Offsets are those of the text as it was given."""

    start: int
    end: int
    category: Category
    needed: bool
    action: Action
    why: str = ""


@dataclass(frozen=True, slots=True)
class Sealed:
    category: Category
    words: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody decided about a fragment; found again by the print of its words, never asked twice."""

    category: Category
    print: str
    action: Action
    why: str = ""


class Screened(NamedTuple):
    findings: tuple[Finding, ...]
    text: str  # as it may be stored
    sealed: tuple[Sealed, ...]


def fingerprint(category: Category, words: str, key: bytes = b"") -> str:
    """Case, accents, spaces and punctuation do not count.

    Few words are easily guessed: where a print is stored outside the sealed rows, give a key.
    """
    said = f"{category.value}\0{bare(words)}".encode()
    return hashlib.blake2b(said, digest_size=16, key=key[:64]).hexdigest()
