"""The contact a free seat is offered: the one that has waited longest of those it may take, wherever it stands."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from firsthand.answer.models import Contact, Seat
from firsthand.answer.pure import pairing
from tests import world
from tests.answer.test_dispatch import sql

pytestmark = pytest.mark.django_db

OPENING = datetime(2026, 11, 2, 8, tzinfo=UTC)
LANGUAGES = ("de", "de", "fr", "it")
TOPICS = ("", "praemie", "leistung", "admin")


@pytest.fixture
def seats() -> list[Seat]:
    """Six that are ready for different things; the last has a say in personnel matters, the first is a robot."""
    able = [
        (["de"], ["praemie"]),
        (["de", "fr"], ["praemie", "leistung", "admin"]),
        (["fr"], ["admin"]),
        (["it"], ["leistung"]),
        (["it", "fr", "de"], ["praemie"]),
        (["de", "it"], ["leistung", "admin"]),
    ]
    people = [world.person(f"H{n} Muster", decides_on_staff=n == len(able) - 1) for n in range(len(able))]
    Seat.objects.bulk_create(
        Seat(person=one, languages=languages, topics=topics, synthetic=n == 0)
        for n, (one, (languages, topics)) in enumerate(zip(people, able, strict=True))
    )
    far = "9999-01-01T00:00Z"
    Seat.objects.update(state="ready", ready_at=OPENING, seen_at=far, fit_until=far)
    return list(Seat.objects.order_by("pk"))


def arrive(chance: random.Random, seats: list[Seat], count: int) -> None:
    """Half of them at the same moments; some silent, kept for a seat, declined, or kept from somebody."""
    Contact.objects.bulk_create(
        Contact(
            language=chance.choice(LANGUAGES),
            topic=chance.choice(TOPICS),
            synthetic=chance.random() < 0.1,
            queued_at=OPENING + timedelta(seconds=chance.randrange(count // 2)),
            paused=chance.random() < 0.2,
            declined_by=[seat.pk for seat in seats if chance.random() < 0.2],
            shielded=chance.random() < 0.2,
            kept_from=[seat.person_id for seat in seats if chance.random() < 0.1],
            **_held(chance, seats),
        )
        for _ in range(count)
    )


def _held(chance: random.Random, seats: list[Seat]) -> dict[str, object]:
    held = chance.random() < 0.1
    return {"held_for": chance.choice(seats), "held_until": OPENING + timedelta(days=1)} if held else {}


def longest(seat: Seat) -> int | None:
    """The rule in plain words, over all who wait."""
    able = pairing.Seat(seat.pk, seat.languages, seat.topics, seat.synthetic, seat.decides, seat.person_id)
    free = Contact.objects.queued().filter(paused=False, held_for=None).order_by("queued_at", "pk")
    fields = ("pk", "language", "topic", "synthetic", "declined_by", "shielded", "kept_from")
    waiting = (pairing.Contact(*row) for row in free.values_list(*fields))
    return next((contact.id for contact in waiting if pairing.fits(able, contact)), None)


def offered(seat: Seat) -> int | None:
    with transaction.atomic():
        found = sql("SELECT contact_id FROM answer_match_seat(%s)", seat.pk)
        transaction.set_rollback(True)
    return found[0][0] if found else None


@pytest.mark.parametrize("count", [2, 24, 160])
def test_a_free_seat_gets_who_has_waited_longest_of_those_it_may_take(seats, count):
    chance = random.Random(count)  # noqa: S311
    for _ in range(4):
        with transaction.atomic():
            arrive(chance, seats, count)
            found = {seat.pk: offered(seat) for seat in seats}
            assert found == {seat.pk: longest(seat) for seat in seats}
            transaction.set_rollback(True)


def test_behind_hundreds_whom_it_cannot_take_a_seat_finds_the_one_it_can(seats):
    Contact.objects.bulk_create(
        Contact(language="de", topic="leistung", queued_at=OPENING + timedelta(seconds=n)) for n in range(300)
    )
    last = Contact.objects.create(language="fr", topic="admin", queued_at=OPENING + timedelta(hours=1))
    french = seats[2]
    assert offered(french) == last.pk
