"""Whoever changes or takes away a word past this house is found, by place."""

from hashlib import sha256

import pytest
from django.db import connection

from firsthand.config.health import board
from firsthand.config.logins import OWNER
from firsthand.learn import actions, queries
from firsthand.learn.models import Observation
from tests import triggers, world
from tests.learn import stands
from tests.logins import become

pytestmark = pytest.mark.django_db


@pytest.fixture
def five():
    return [actions.observe(f"Gehört, Nummer {n}.", by=world.ada()) for n in range(1, 6)]


def tamper(statement: str) -> None:
    """As somebody with the keys of the database could."""
    with become(OWNER), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or the table cannot be altered in this transaction
        with triggers.without(cursor, ["learn_observation"]):
            cursor.execute(statement)


def test_an_empty_board_holds():
    verdict = queries.verify()
    assert (verdict.ok, verdict.checked, verdict.last) == (True, 0, "")


def test_an_untouched_board_holds(five):
    verdict = queries.verify()
    assert (verdict.ok, verdict.checked, verdict.last) == (True, 5, bytes(five[-1].hash).hex())


def test_the_hash_is_what_the_guide_says(five):
    """Spelled out by hand, so that others can check the chain without this program."""
    previous = sha256(b"Firsthand").digest()
    for said in stands.said():
        microseconds = round(said.seen_at.timestamp() * 1_000_000)
        tail = f"/{said.seen_by_id}/{microseconds}".encode()
        previous = sha256(previous + sha256(said.words.encode()).digest() + tail).digest()
        assert bytes(said.hash) == previous


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("UPDATE learn_observation SET words = 'Alles bestens.' WHERE number = 3", 3),
        ("UPDATE learn_observation SET words = 'Gut.', digest = sha256('Gut.') WHERE number = 3", 3),
        ("UPDATE learn_observation SET seen_at = seen_at - interval '1 day' WHERE number = 2", 2),
        ("DELETE FROM learn_observation WHERE number = 4", 4),
        ("DELETE FROM learn_observation WHERE number = 1", 1),
        ("DELETE FROM learn_observation WHERE number = 5", 5),
        ("DELETE FROM learn_observation", 1),
    ],
)
def test_tampering_is_found(five, statement, place):
    tamper(statement)
    verdict = queries.verify()
    assert (verdict.ok, verdict.broken_at) == (False, place)


def test_another_author_is_found(five):
    tamper(f"UPDATE learn_observation SET seen_by_id = {world.eva().pk} WHERE number = 2")
    assert queries.verify().broken_at == 2


def test_what_was_said_before_the_house_stood_joins_the_same_chain():
    earlier = [
        (
            world.SIGNED.replace(hour=hour),
            Observation(words=f"Um {hour} Uhr.", seen_by=world.ada(), about="other"),
        )
        for hour in (9, 7, 8)
    ]
    with become(OWNER):
        actions.import_history(earlier, by=None)
    actions.observe("Jetzt.", by=world.ada())
    assert [one.words for one in stands.said()] == [
        "Um 7 Uhr.",
        "Um 8 Uhr.",
        "Um 9 Uhr.",
        "Jetzt.",
    ]
    assert queries.verify().checked == 4
    assert queries.verify().ok


def test_the_doctor_asks_the_board_too(five):
    (well,) = board.chain()
    assert "5 observations" in well.says
    tamper("UPDATE learn_observation SET words = 'Gut.' WHERE number = 3")
    (ill,) = board.chain()
    assert "at observation 3" in ill.says
