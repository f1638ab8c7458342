"""What was heard yesterday, in own words, and who heard the same."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from firsthand.home.demo import tables
from firsthand.home.demo.contacts import at
from firsthand.know.models import Concern
from firsthand.learn import actions
from firsthand.learn.models import MeToo, Observation
from firsthand.people.models import Person


def observations(rng: Random, known: dict[str, Person], today: date, until: datetime) -> None:
    concerns = {concern.code: concern for concern in Concern.objects.all()}
    said = [
        (_when(row["when"], today), Observation(
            words=row["words"], about=row["about"], concern=concerns[row["concern"]], seen_by=known[row["by"]]
        ))
        for row in tables.rows("heard")
    ]  # fmt: skip
    made = actions.import_history(said, by=None)
    others = [person for person in known.values() if person.answers]
    joined = [
        int(row["joined"]) for row in sorted(tables.rows("heard"), key=lambda row: _when(row["when"], today))
    ]
    MeToo.objects.bulk_create(
        MeToo(observation=one, person=person, said_at=min(until, one.seen_at + timedelta(minutes=7 * n + 2)))
        for one, how_many in zip(made, joined, strict=True)
        for n, person in enumerate(_others(rng, others, one, how_many))
    )


def _others(rng: Random, people: list[Person], said: Observation, how_many: int) -> list[Person]:
    return rng.sample([person for person in people if person.pk != said.seen_by_id], how_many)


def _when(text: str, today: date) -> datetime:
    """ "-1 08:41" is nineteen to nine yesterday."""
    days, clock = text.split()
    return at(today + timedelta(days=int(days)), clock)
