"""Some forty people of Firnlicht. One click is enough to be one of them: the demo has no passwords."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.db.models.functions import Now
from django.utils.timezone import now

from firsthand.home.demo import tables
from firsthand.know.pure import topics
from firsthand.people import secrecy
from firsthand.people.models import Person, Role, SecrecySignature, Team
from firsthand.train.models import Readiness

COUNTRY = "CH"
DAYS = 9  # the front week goes on for so long after today


def people() -> dict[str, Person]:
    """By name, as the tables know them."""
    teams = {name: Team(name=name) for name in dict.fromkeys(row["team"] for row in tables.rows("people"))}
    Team.objects.bulk_create(teams.values())
    made = Person.objects.bulk_create(_person(row, teams[row["team"]]) for row in tables.rows("people"))
    signed(made)
    return {person.name: person for person in made}


def signed(people: Iterable[Person]) -> None:
    """Those who have signed the duty of secrecy signed the text that is in force."""
    version = secrecy.text().version
    SecrecySignature.objects.bulk_create(
        (
            SecrecySignature(
                person=one, version=version, language="de", signed_at=one.secrecy_signed_at or now()
            )
            for one in people
            if one.secrecy_signed_at or one.synthetic
        ),
        ignore_conflicts=True,
    )


def _person(row: dict[str, str], team: Team) -> Person:
    return Person(
        email=f"{first_name(row['name'])}@firnlicht.example",
        name=row["name"],
        team=team,
        roles=row["roles"].split(","),
        languages=row["languages"].split(","),
        password=make_password(None),
        secrecy_signed_at=now() - timedelta(days=12) if row["signed"] == "yes" else None,
    )


def first_name(name: str) -> str:
    """Hélène Perroud → helene."""
    plain = unicodedata.normalize("NFKD", name.split(maxsplit=1)[0].lower())
    return "".join(letter for letter in plain if letter.isascii())


def ready_topics(row: dict[str, str]) -> list[str]:
    groups = topics.groups(COUNTRY)
    return {"all": groups, "none": []}.get(row["topics"], row["topics"].split(","))


def readiness(known: dict[str, Person], today: date) -> None:
    """As the training day left it: everybody for a month, the core team for longer."""
    organiser = next(person for person in known.values() if person.has_role(Role.ORGANISER))
    Readiness.objects.bulk_create(
        Readiness(
            person=known[row["name"]],
            topic=topic,
            until=today + timedelta(days=300 if "advisor" in row["roles"] else DAYS + 21),
            given_by=organiser,
            given_at=Now(),
        )
        for row in tables.rows("people")
        for topic in ready_topics(row)
    )
