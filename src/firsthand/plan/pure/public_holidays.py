"""Public holidays of a canton or a Land, by the `holidays` library: the one place that asks it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import holidays


def between(country: str, region: str, first: date, last: date) -> Mapping[date, str]:
    """The days off from `first` to `last`, both included, with their names in the language of the country.

    `region` empty: those of the whole country. ValueError for a country or a region that the library lacks.
    """
    return {
        day: name
        for year in range(first.year, last.year + 1)
        for day, name in _of_year(country, region, year).items()
        if first <= day <= last
    }


@lru_cache(maxsize=256)
def _of_year(country: str, region: str, year: int) -> Mapping[date, str]:
    try:
        found = holidays.country_holidays(country, subdiv=region or None, years=year)
    except NotImplementedError as error:
        raise ValueError(f"no public holidays are known for {country} {region}".strip()) from error
    return dict(sorted(found.items()))
