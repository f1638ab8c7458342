"""Synthetic helpers: marked as such wherever they are shown, and put through to synthetic callers only."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.utils.timezone import localdate, now

from firsthand.home.demo.people import COUNTRY, signed
from firsthand.know.pure import topics
from firsthand.people.models import Person, Role
from firsthand.train.models import Readiness

# Names that nobody takes for a colleague's, and what they speak.
ROBOTS = {
    "Robo-Anna": "de",
    "Robo-Bert": "de",
    "Robo-Cora": "de en",
    "Robo-Dino": "de it",
    "Robo-Emil": "de",
    "Robo-Fritz": "de",
    "Robo-Gina": "de it",
    "Robo-Hugo": "de fr",
    "Robo-Ines": "de fr",
    "Robo-Jules": "fr",
    "Robo-Karl": "de en",
    "Robo-Lise": "de fr",
    "Robo-Max": "de",
    "Robo-Nora": "de it en",
}


def robots() -> list[Person]:
    """All of them, made at the first start and trained until next month at each."""
    known = set(Person.objects.filter(synthetic=True).values_list("name", flat=True))
    Person.objects.bulk_create(_robot(name, speaks) for name, speaks in ROBOTS.items() if name not in known)
    made = list(Person.objects.filter(synthetic=True, name__in=ROBOTS).order_by("name"))
    Person.objects.filter(synthetic=True, secrecy_signed_at=None).update(secrecy_signed_at=now())
    signed(made)
    Readiness.objects.bulk_create(
        [
            Readiness(person=one, topic=topic, until=localdate() + timedelta(days=30))
            for one in made
            for topic in topics.groups(COUNTRY)
        ],
        update_conflicts=True,
        unique_fields=["person", "topic"],
        update_fields=["until"],
    )
    return made


def _robot(name: str, speaks: str) -> Person:
    return Person(
        email=f"{name.lower()}@synthetic.example",
        name=name,
        roles=[Role.HELPER.value],
        languages=speaks.split(),
        password=make_password(None),
        secrecy_signed_at=now(),
        synthetic=True,
    )
