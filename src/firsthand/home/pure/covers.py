"""What somebody is insured for, and what it costs a month: near the means of 2026, drawn around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

# Means of 2026, CHF a month (research, CH01): adults, young adults, children.
ADULT, YOUNG, CHILD = 465.30, 326.30, 122.50
# Some cantons are dearer than others; the factors are drawn, not published.
DEAR, CHEAP = {"GE", "TI", "BS", "NE", "VD", "JU", "BL"}, {"AI", "UR", "OW", "NW", "ZG", "AR", "GR"}
STEPS = [300, 500, 1000, 1500, 2000, 2500]
MODELS = {
    "Firnlicht Basis": 1.0,
    "Firnlicht Basis Hausarzt": 0.91,
    "Firnlicht Basis Telmed": 0.88,
    "Firnlicht Basis HMO": 0.86,
}
# Product, share of people who have it, premium at the age of 20 and of 80.
EXTRAS = [
    ("Firnlicht Ambulant", 0.45, 12.0, 38.0),
    ("Firnlicht Spital ganze Schweiz", 0.25, 4.0, 22.0),
    ("Firnlicht Spital halbprivat", 0.09, 39.0, 260.0),
    ("Firnlicht Zahn", 0.08, 16.0, 41.0),
]


@dataclass(frozen=True)
class Draft:
    basic: bool
    product: str
    franchise: Decimal | None
    premium: Decimal
    starts_on: date


def draw(rng: Random, born_on: date, canton: str, today: date) -> Iterator[Draft]:
    age = today.year - born_on.year  # the insurer counts years of birth, not birthdays
    since = date(rng.randint(max(born_on.year, today.year - 14), today.year), 1, 1)
    since = max(since, born_on)
    product = rng.choices(list(MODELS), [25, 40, 20, 15])[0]
    franchise = 0 if age <= 18 else rng.choices(STEPS, [42, 8, 6, 6, 4, 34])[0]
    yield Draft(True, product, Decimal(franchise), _basic(age, canton, product, franchise), since)
    for extra, share, young, old in EXTRAS:
        if rng.random() < share:
            worth = young + (old - young) * min(max((age - 20) / 60, 0), 1)
            yield Draft(False, extra, None, _money(worth * rng.uniform(0.9, 1.1)), since)


def _basic(age: int, canton: str, product: str, franchise: int) -> Decimal:
    mean = CHILD if age <= 18 else YOUNG if age <= 25 else ADULT
    place = 1.12 if canton in DEAR else 0.87 if canton in CHEAP else 1.0
    # At most 70 % of the risk that a higher deductible takes over, spread over the year.
    discount = 0.7 * (franchise - 300) / 12 if franchise > 300 else 0.0
    return _money(max(mean * place * 1.06 - discount, mean * 0.45) * MODELS[product])


def _money(worth: float) -> Decimal:
    """Swiss premiums end in 0 or 5 hundredths."""
    return (Decimal(str(round(worth * 20))) / 20).quantize(Decimal("0.01"))
