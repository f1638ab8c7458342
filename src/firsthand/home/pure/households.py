"""Invented people who live together. Town, postcode and canton are real; all else is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from firsthand.home.pure import ahv


@dataclass(frozen=True)
class Town:
    postcode: str
    town: str
    canton: str
    language: str
    area: str
    weight: int


Names = Mapping[tuple[str, str], Sequence[str]]  # (language, kind) → words


@dataclass(frozen=True)
class Somebody:
    given_name: str
    family_name: str
    born_on: date
    number: str
    ahv: str
    phone: str  # empty: reached through somebody of the household
    language: str


@dataclass(frozen=True)
class Home:
    street: str
    town: Town
    people: list[Somebody]


# How many live together, roughly as in Swiss households.
SIZES, SHARES = [1, 2, 3, 4, 5], [37, 33, 13, 12, 5]
YEAR = 365.25


class Drawer:
    """Draws households until there are enough people; each number is given once."""

    def __init__(self, rng: Random, towns: Sequence[Town], names: Names, today: date) -> None:
        self.rng, self.towns, self.names, self.today = rng, towns, names, today
        self.weights = [town.weight for town in towns]
        # One jump over all numbers: no two are alike, and none is in a row.
        self.numbers = iter(rng.sample(range(100_300_000, 899_999_999), 20_000))
        self.nines = iter(rng.sample(range(100_000_000, 999_999_999), 20_000))
        self.lines = iter(rng.sample(range(10_000), 10_000))

    def homes(self, people: int) -> Iterator[Home]:
        left = people
        while left > 0:
            size = min(left, self.rng.choices(SIZES, SHARES)[0])
            yield self.home(size)
            left -= size

    def home(self, size: int) -> Home:
        town = self.rng.choices(self.towns, self.weights)[0]
        street = f"{self.word(town, 'street')} {self.rng.randint(1, 68)}"
        phone = self.phone(town)
        family = self.word(town, "family")
        age = self.rng.triangular(22, 92, 48) if size < 3 else self.rng.triangular(28, 58, 40)
        people = [self.somebody(town, family, age, phone)]
        if size > 1:
            other = family if self.rng.random() < 0.7 else self.word(town, "family")
            people.append(self.somebody(town, other, max(19.0, age + self.rng.gauss(0, 4)), self.phone(town)))
        for _ in range(size - 2):
            child = self.rng.uniform(0, min(24.0, age - 19))
            people.append(self.somebody(town, family, child, ""))
        return Home(street, town, people)

    def somebody(self, town: Town, family: str, age: float, phone: str) -> Somebody:
        return Somebody(
            given_name=self.word(town, self.rng.choice(["woman", "man"])),
            family_name=family,
            born_on=self.today - timedelta(days=int(age * YEAR) + self.rng.randint(0, 364)),
            number=str(next(self.numbers)),
            ahv=ahv.number(next(self.nines)),
            phone=phone,
            language=town.language if self.rng.random() < 0.94 else "en",
        )

    def word(self, town: Town, kind: str) -> str:
        return self.rng.choice(self.names[town.language, kind])

    def phone(self, town: Town) -> str:
        """Switzerland keeps no numbers for stories; a line that begins with 000 is not given out."""
        return f"+41{town.area}000{next(self.lines):04}"
