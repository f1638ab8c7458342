"""One small world with names people remember. Functions, not fixtures: a test calls what it needs.

Ada is a lawyer and a helper, ready for everything. Beat is a developer and a helper who is not ready. Carla
is the specialist. Dario owns the contract terms. Eva is on the executive board. Otto organises. Petra
protects the data. Frau Keller calls.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from firsthand.know.models import Concern, ConcernText
from firsthand.know.pure import topics
from firsthand.members.models import Cover, Household, Member
from firsthand.people import secrecy
from firsthand.people.models import Person, Role, SecrecySignature
from firsthand.train.models import Readiness

SIGNED = datetime(2026, 11, 1, tzinfo=UTC)
TOPICS = topics.groups("CH")  # what a caller can choose


def person(
    name: str, *roles: Role, languages: tuple[str, ...] = ("de",), ready: bool = False, **more
) -> Person:
    email = f"{name.split(maxsplit=1)[0].lower()}@firnlicht.example"
    made, new = Person.objects.get_or_create(
        email=email,
        defaults={
            "name": name,
            "roles": [role.value for role in roles],
            "languages": list(languages),
            "secrecy_signed_at": SIGNED,
            **more,
        },
    )
    if new and made.secrecy_signed_at:
        SecrecySignature.objects.create(person=made, version=secrecy.text().version, language="de")
    if ready:
        until = date.today() + timedelta(days=30)  # noqa: DTZ011
        given = [Readiness(person=made, topic=topic, until=until) for topic in TOPICS]
        Readiness.objects.bulk_create(given, ignore_conflicts=True)
    return made


def ada() -> Person:
    return person("Ada Lindner", Role.HELPER, languages=("de", "en"), ready=True)


def beat() -> Person:
    return person("Beat Aebi", Role.HELPER)


def carla() -> Person:
    return person("Carla Bernasconi", Role.SPECIALIST, languages=("de", "it"), ready=True)


def dario() -> Person:
    return person("Dario Favre", Role.OWNER, languages=("fr",))


def eva() -> Person:
    return person("Eva Steiner", Role.EXECUTIVE, Role.HELPER, ready=True)


def otto() -> Person:
    return person("Otto Wyss", Role.ORGANISER)


def petra() -> Person:
    return person("Petra Vogt", Role.PROTECTION)


def concern(code: str = "CH01", topic: str = "praemie") -> Concern:
    made, new = Concern.objects.get_or_create(
        code=code, defaults={"country": "CH", "topic": topic, "level": 1}
    )
    if new:
        ConcernText.objects.create(
            concern=made, language="de", question="«Warum zahle ich nächstes Jahr mehr?»"
        )
    return made


def frau_keller() -> Member:
    """Ruth Keller, born 4 March 1958, 8005 Zürich, member number 100200300."""
    if found := Member.objects.filter(number="100200300").first():
        return found
    home = Household.objects.create(street="Limmatstrasse 12", postcode="8005", town="Zürich", canton="ZH")
    member = Member.objects.create(
        number="100200300",
        given_name="Ruth",
        family_name="Keller",
        sort_name="keller ruth",
        born_on=date(1958, 3, 4),
        ahv="7561234567897",
        household=home,
        phone="+41443218765",
        language="de",
    )
    Cover.objects.create(
        member=member,
        branch=Cover.Branch.BASIC,
        product="Firnlicht Basis Hausarzt",
        franchise=Decimal(300),
        premium=Decimal("465.30"),
        starts_on=date(2020, 1, 1),
    )
    return member
