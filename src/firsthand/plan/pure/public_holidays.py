"""Public holidays of a country, a canton or a Land, by the `holidays` library: the only place that asks it.

A place is written "AT", "CH-ZH", "DE-BY". Names stand in the country's own language unless another one is asked
for and known. A name with "(observed)" is a day off for another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache


class UnknownPlace(ValueError):
    """No such country, canton or Land."""


def of(place: str, years: Iterable[int], language: str = "") -> dict[date, str]:
    """The days off of these years, in order, with their names. `language`: "de", "en"."""
    return {day: name for year in sorted({*years}) for day, name in _of_year(place, year, language).items()}


def between(place: str, first: date, last: date, language: str = "") -> dict[date, str]:
    """The days off from `first` to `last`, both included."""
    found = of(place, range(first.year, last.year + 1), language)
    return {day: name for day, name in found.items() if first <= day <= last}


@lru_cache(maxsize=256)
def _of_year(place: str, year: int, language: str) -> Mapping[date, str]:
    import holidays  # takes half a second, of whoever asks for none

    country, _, region = place.upper().partition("-")
    try:
        known = holidays.country_holidays(country, subdiv=region or None)
    except NotImplementedError:
        raise UnknownPlace(place) from None
    # Said nothing, it would take the language of the machine. Of English it knows American English, and says so.
    spoken = [one for one in known.supported_languages if one.split("_")[0] == language]
    told = (*spoken, known.default_language)[0]
    found = holidays.country_holidays(country, subdiv=region or None, years=year, language=told)
    return dict(sorted(found.items()))
