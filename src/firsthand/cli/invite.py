"""The first organiser, and a new link for anybody: `firsthand invite E-MAIL`."""

import argparse
import sys

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from firsthand.cli.halt import Halt


def run(given: argparse.Namespace) -> int:
    from firsthand.cli import prepare

    prepare.prepare()
    print(link(given.email))
    return 0


def link(email: str) -> str:
    from firsthand.people import actions
    from firsthand.people.models import Person

    person = Person.objects.filter(email=email.lower(), is_active=True, synthetic=False).first()
    if person is None:
        raise Halt(f"Nobody here has the address {email}. An organiser adds people on the page People.")
    return f"{settings.ADDRESS}{actions.invite(person, by=None)}"


def first_organiser(email: str | None) -> str:
    """A link for the first organiser, or nothing when there is one. Asks at the terminal who it is."""
    from firsthand.people import actions
    from firsthand.people.models import Person, Role

    organisers = Person.objects.filter(
        is_active=True, synthetic=False, roles__contains=[Role.ORGANISER.value]
    )
    if organisers.exists():
        waiting = organisers.filter(last_login=None).first()
        nobody_yet = waiting is not None and not organisers.exclude(last_login=None).exists()
        return link(waiting.email) if waiting and nobody_yet else ""
    address = (email or _ask()).strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise Halt(
            f"“{address}” is no e-mail address. For example: firsthand up --organiser you@insurer.example"
        ) from None
    name = address.partition("@")[0].replace(".", " ").title()
    language = settings.LANGUAGE_CODE.partition("-")[0]
    actions.add(name=name, email=address, roles=[Role.ORGANISER.value], languages=[language], by=None)
    return link(address)


def _ask() -> str:
    if not sys.stdin.isatty():
        raise Halt("Nobody can sign in yet. Name the first organiser: firsthand up --organiser E-MAIL")
    return input("Nobody can sign in yet. Your e-mail address, as the first organiser: ")
