"""What a caller says to be let in, compared with what is known: docs/decisions/0009."""

import re
from dataclasses import dataclass
from datetime import date

from stdnum.ch import ssn

from firsthand.members.pure.dates import days

NEEDED = 2


# `repr=False`: a log or a traceback that prints the whole thing says nothing about anybody.
@dataclass(frozen=True, repr=False)
class Said:
    """Three facts as typed, read once; an unreadable one is empty and can never be right."""

    born_on: frozenset[date]
    postcode: str
    number: str  # a member number or an AHV number: it counts once


@dataclass(frozen=True, repr=False)
class Known:
    born_on: date
    postcode: str
    numbers: frozenset[str]


def read(*, born_on: date | str, postcode: str, number: str) -> Said:
    born = days(born_on) if isinstance(born_on, str) else frozenset({born_on})
    return Said(born, postcode_digits(postcode), bare(number))


def right(said: Said, known: Known) -> frozenset[str]:
    """Which of the facts are right. Only their count ever leaves `members`."""
    answers = {
        "born_on": known.born_on in said.born_on,
        "postcode": bool(said.postcode) and said.postcode == postcode_digits(known.postcode),
        "number": bool(said.number) and said.number in known.numbers,
    }
    return frozenset(fact for fact, fits in answers.items() if fits)


def postcode_digits(text: str) -> str:
    """The first run of four or five digits: "CH-8005 Zürich" is 8005."""
    found = re.search(r"(?<!\d)\d{4,5}(?!\d)", text)
    return found.group() if found else ""


def bare(text: str) -> str:
    """A number without dots, spaces and hyphens: 756.1234.5678.97 and "100 200 300"."""
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def is_ahv(text: str) -> bool:
    """Thirteen digits that begin with 756 and end with the right check digit."""
    return bool(ssn.is_valid(bare(text))) and bare(text).startswith("756")
