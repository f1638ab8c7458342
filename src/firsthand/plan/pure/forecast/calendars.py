"""Public holidays by canton or Land, from the `holidays` library: the only place that asks it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date


class UnknownPlace(ValueError):
    """No such country, canton or Land."""


def public_holidays(place: str, years: Iterable[int], language: str = "") -> dict[date, str]:
    """`place`: a country and, if wished, its canton or Land: "CH-ZH", "DE-BY", "AT". → day: name.

    Names are in the country's own language unless the library knows them in `language`. A name with "(observed)"
    is a day off for another one.
    """
    import holidays

    country, _, subdivision = place.upper().partition("-")
    try:
        found = holidays.country_holidays(country, subdiv=subdivision or None, years=sorted({*years}))
        if language and language in found.supported_languages:
            found = holidays.country_holidays(
                country, subdiv=subdivision or None, years=sorted({*years}), language=language
            )
    except (NotImplementedError, KeyError):
        raise UnknownPlace(place) from None
    return dict(sorted(found.items()))
