"""What the tests of consents and calls do again and again."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from firsthand.kernel import zones
from firsthand.members.models import Cover, Member
from firsthand.people.models import Person, Role
from firsthand.protect import actions
from firsthand.protect.models import Consent
from tests import world

SCOPE = "supplementary"


def alma() -> Person:
    """The advisor, all year."""
    return world.person("Alma Roth", Role.ADVISOR, ready=True)


def in_germany(settings) -> None:
    settings.COUNTRY = "DE"
    settings.TIME_ZONE = "Europe/Berlin"
    actions.set_rules()


def in_switzerland() -> None:
    """As the settings of the tests are; also after another test has emptied the tables."""
    actions.set_rules()


def consent(member: Member | None = None, scope: str = SCOPE, given_at: datetime | None = None) -> Consent:
    [given] = actions.give_consent(
        member or world.frau_keller(),
        scopes=[scope],
        way="written",
        wording="I agree that Firnlicht calls me.",
        name="Ruth Keller",
        address="Limmatstrasse 12, 8005 Zürich",
        company="Firnlicht",
        given_at=given_at,
        by=alma(),
    )
    given.refresh_from_db()
    return given


def insured(member: Member, *spans: tuple[date, date | None]) -> None:
    """Cover for these times and no other."""
    with zones.of(zones.PROTECTION):
        Cover.objects.filter(member=member).delete()
    for starts_on, ends_on in spans:
        Cover.objects.create(
            member=member, branch="basic", product="Basis", premium=400, starts_on=starts_on, ends_on=ends_on
        )


def days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)
