"""A date of birth as people in Switzerland and Germany write it, in four languages."""

import re
from collections.abc import Iterator
from datetime import date

from firsthand.members.pure.names import fold

# By month, in German (with the Austrian one), French, Italian and English; folded.
_MONTHS = [
    "januar jaenner janvier gennaio january",
    "februar feber fevrier febbraio february",
    "maerz mars marzo march",
    "april avril aprile",
    "mai maggio may",
    "juni juin giugno june",
    "juli juillet luglio july",
    "august aout agosto",
    "september septembre settembre",
    "oktober octobre ottobre october",
    "november novembre",
    "dezember decembre dicembre december",
]
_MIXED = re.compile(r"\d+|[^\W\d_]+")


def days(text: str) -> frozenset[date]:
    """The days a text can mean: one as a rule, two for a year of two digits, none if it is not a date.

    The day stands before the month, as everywhere in Europe; only a year in front turns it round (ISO).
    """
    parts = _MIXED.findall(fold(text))
    numbers = [part for part in parts if part.isdecimal()]
    months = {found for part in parts if not part.isdecimal() for found in _months(part)}
    if len(numbers) == 2 and len(months) == 1:
        return _made(_day_and_year(numbers, months.pop()))
    if any(len(part) > 2 for part in parts if not part.isdecimal()):
        return frozenset()
    return _made(_from_digits(numbers))


def _months(word: str) -> set[int]:
    """A month by its name or its first three letters or more; "jui" is two months in French, so none."""
    if len(word) < 3:
        return set()
    found = {
        at
        for at, names in enumerate(_MONTHS, start=1)
        if any(name.startswith(word) for name in names.split())
    }
    return found if len(found) == 1 else set()


def _day_and_year(numbers: list[str], month: int) -> Iterator[tuple[str, int, int]]:
    day, year = numbers if len(numbers[0]) <= 2 else reversed(numbers)
    yield year, month, int(day)


def _from_digits(numbers: list[str]) -> Iterator[tuple[str, int, int]]:
    match numbers:
        case [year, month, day] if len(year) == 4:
            yield year, int(month), int(day)
        case [day, month, year] if len(day) <= 2:
            yield year, int(month), int(day)
        case [run] if len(run) in {6, 8}:
            yield run[4:], int(run[2:4]), int(run[:2])
            if len(run) == 8:
                yield run[:4], int(run[4:6]), int(run[6:])


def _made(found: Iterator[tuple[str, int, int]]) -> frozenset[date]:
    made = set()
    for year, month, day in found:
        for whole in _years(year):
            try:
                made.add(date(whole, month, day))
            except ValueError:
                continue
    return frozenset(made)


def _years(year: str) -> list[int]:
    """A year of two digits can be of either century: it is compared with a known date, so both may stand."""
    if len(year) == 2:
        return [1900 + int(year), 2000 + int(year)]
    return [int(year)] if len(year) == 4 and 1880 <= int(year) <= 2100 else []
