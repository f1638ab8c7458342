"""The clock goes on whatever a chore does, and only one clock at a time."""

import logging
import threading
import time

import pytest
from django.db import OperationalError

from firsthand.config.chores import Chore, Clock, Turn, usual


def broken():
    raise ValueError("Ruth Keller")


def lost():
    raise OperationalError


@pytest.fixture
def done():
    return []


def clock(*chores: Chore) -> Clock:
    made = Clock(list(chores), threading.Event())
    made.turn.mine = lambda: True
    return made


def test_a_chore_that_fails_does_not_keep_the_next_from_its_turn(done, caplog):
    ticking = clock(Chore("broken", 1, broken), Chore("good", 1, lambda: done.append(1)))
    for second in range(5):
        for chore in ticking.chores:
            chore.due = 0
        ticking.tick(float(second))
    assert len(done) == 5
    assert [found.chore for found in caplog.records] == ["broken"]  # said once, not every second


def test_each_has_its_own_pace(done):
    slow, fast = (
        Chore("slow", 3600, lambda: done.append("slow")),
        Chore("fast", 0, lambda: done.append("fast")),
    )
    ticking = clock(slow, fast)
    for _ in range(3):
        ticking.tick(time.monotonic())
    assert done == ["slow", "fast", "fast", "fast"]


def test_a_lost_database_is_said_once_and_survived(done, caplog):
    caplog.set_level(logging.WARNING)
    chore = Chore("sweep", 1, lost)
    ticking = clock(chore)
    for second in range(5):
        ticking.tick(second * 2.0)
    chore.do, chore.due = (lambda: done.append(1)), 0
    ticking.tick(20.0)
    assert done == [1]
    assert [found.getMessage() for found in caplog.records] == [
        "the database cannot be reached; trying again",
        "the database is back",
    ]


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_has_the_turn_and_the_other_gets_it_after():
    first, second = Turn(), Turn()
    try:
        assert first.mine()
        assert not second.mine()
        assert first.mine()
        first.leave()
        assert second.mine()
    finally:
        first.leave()
        second.leave()


@pytest.mark.django_db(transaction=True)
def test_a_turn_whose_connection_died_is_taken_again():
    turn = Turn()
    try:
        assert turn.mine()
        turn._held.close()
        with pytest.raises(OperationalError):
            turn.mine()
        assert turn.mine()
    finally:
        turn.leave()


@pytest.mark.django_db(transaction=True)
def test_every_usual_chore_can_be_done_on_an_empty_house(settings, tmp_path):
    settings.HOME = tmp_path
    for chore in usual():
        chore.do()
