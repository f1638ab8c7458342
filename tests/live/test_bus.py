"""Nudges and messages leave with the transaction, and not without it."""

import time

import pytest
from django.db import connection, transaction

from firsthand.config.logins import OWNER
from firsthand.kernel import direct
from firsthand.live import actions, bus
from firsthand.live.models import Outbox
from tests.logins import become


@pytest.fixture(autouse=True)
def _quiet_bell(monkeypatch):
    monkeypatch.setattr(bus, "_rang", float("-inf"))


@pytest.fixture
def _empty_outbox(outbox):
    """Committed, and nothing of an earlier test in it."""


@pytest.fixture
def bell(_empty_outbox):
    """How often it rang, heard by a connection of its own."""
    with direct.connect() as db:
        db.execute("LISTEN firsthand_live")
        yield lambda: len(list(db.notifies(timeout=0.1)))


def waiting() -> list[str]:
    return list(Outbox.objects.order_by("id").values_list("topic", flat=True))


@pytest.mark.django_db
def test_it_works_inside_a_test_transaction():
    bus.touch("wall", "desk:7", "wall")
    bus.send("leg:1", {"kind": "offer"})
    assert waiting()[-3:] == ["wall", "desk:7", "leg:1"]
    assert Outbox.objects.get(topic="leg:1").message == {"kind": "offer"}


def test_it_rings_once_after_the_commit(bell):
    with transaction.atomic():
        bus.touch("wall")
        bus.touch("desk:7")
        assert bell() == 0
    assert waiting() == ["wall", "desk:7"]
    assert bell() == 1


def test_nothing_leaves_when_the_action_is_rolled_back(bell):
    with transaction.atomic():
        bus.touch("wall")
        bus.send("leg:1", {})
        transaction.set_rollback(True)
    assert waiting() == []
    assert bell() == 0


def test_many_actions_in_a_row_ring_seldom(bell):
    began = time.monotonic()
    for _ in range(20):
        bus.touch("wall")
    most = (time.monotonic() - began) / bus.HUSH + 1
    assert 1 <= bell() <= most
    assert len(waiting()) == 20


def test_the_last_of_many_is_not_left_to_the_hush(bell):
    bus.touch("wall")
    time.sleep(bus.HUSH)
    bus.touch("wall")
    assert bell() == 2


@pytest.mark.usefixtures("_empty_outbox")
def test_a_broken_bell_does_not_break_the_action(monkeypatch, caplog):
    monkeypatch.setitem(bus.sql.named("firsthand.live"), "ring", "NOTIFY")
    with transaction.atomic():
        bus.touch("wall")
    assert waiting() == ["wall"]
    assert "on_commit" in caplog.text


@pytest.mark.django_db
def test_a_name_is_not_a_topic():
    with pytest.raises(ValueError, match="not a topic"):
        bus.touch("Frau Keller")


@pytest.mark.django_db
def test_tidy_forgets_what_is_older_than_two_minutes():
    bus.touch("old", "new")
    with become(OWNER), connection.cursor() as cursor:
        cursor.execute("UPDATE live_outbox SET at = at - interval '121 seconds' WHERE topic = 'old'")
    actions.tidy()
    assert "old" not in waiting()
    assert "new" in waiting()
