"""The room's figures."""

import importlib

import pytest

from firsthand.answer import actions, queries
from firsthand.answer.models import Contact
from firsthand.answer.queries import clock
from firsthand.people.models import Role
from tests import world
from tests.answer import room

pytestmark = pytest.mark.django_db


def test_an_empty_room_has_no_shares():
    wall = queries.wall()
    assert (wall.waiting, wall.longest_since, wall.in_time.percent, wall.solved.percent) == (
        0,
        None,
        None,
        None,
    )
    assert not wall.in_time.below
    assert not wall.too_long


def test_it_counts_who_waits_and_since_when():
    first = room.arrive()
    room.forward(40)
    room.arrive("fr")
    wall = queries.wall()
    assert (wall.waiting, wall.longest_since, wall.longest_seconds) == (2, first.queued_at, 40)
    assert wall.too_long
    assert wall.too_many


def test_answered_in_time_is_measured_from_arrival_to_answer():
    ada = world.ada()
    room.talking(ada)
    wall = queries.wall()
    assert (wall.in_time.part, wall.in_time.of) == (1, 1)
    late = room.arrive()
    room.forward(31)
    room.ready(world.eva())
    actions.sweep()
    actions.take(late, by=world.eva())
    wall = queries.wall()
    assert (wall.in_time.part, wall.in_time.of) == (1, 2)
    assert wall.in_time.below


def test_who_gave_up_after_the_target_was_not_answered_in_time_who_left_at_once_does_not_count():
    quick, patient = room.arrive("fr"), room.arrive("fr")
    actions.give_up(quick)
    room.forward(31)
    actions.give_up(patient)
    wall = queries.wall()
    assert (wall.in_time.part, wall.in_time.of) == (0, 1)


def test_solved_today_is_of_those_closed_today():
    room.closed_by_many(solved=3, of=6)
    wall = queries.wall()
    assert (wall.solved.part, wall.solved.of, wall.solved.percent) == (3, 6, 50)


def test_what_fewer_than_five_people_solved_is_not_shown():
    for n in range(4):
        somebody = world.person(f"M{n} Muster", Role.HELPER, ready=True)
        for _ in range(3):
            room.closed(somebody, solved=False)
        actions.say_away(somebody, by=somebody)
    wall = queries.wall()
    assert (wall.solved.of, wall.solved.percent, wall.solved.below) == (12, None, False)


def test_yesterday_is_not_today():
    room.closed()
    room.forward(86400)
    assert queries.wall().solved.of == 0


def test_who_is_free_is_named_without_a_title():
    ada, eva = world.ada(), world.eva()
    room.ready(ada, eva)
    room.arrive()
    actions.sweep()
    wall = queries.wall()
    assert [person.name for person in wall.free] == [eva.name]
    assert wall.seats == {"ready": 1, "offered": 1}
    assert wall.present == 2


def test_the_wall_and_the_watch_ask_the_database_a_bounded_number_of_times(django_assert_max_num_queries):
    for n in range(12):
        room.ready(world.person(f"P{n} Muster", Role.HELPER, ready=True))
        room.arrive()
    room.arrive("it")
    with django_assert_max_num_queries(7):
        watch = queries.watch()
    assert len(watch.people) == 12
    with django_assert_max_num_queries(0):
        queries.wall()


def test_an_action_throws_the_kept_wall_away():
    queries.wall()
    room.arrive()
    assert queries.wall().waiting == 1


def test_the_watch_says_where_nobody_can_answer():
    room.ready(world.ada())
    room.arrive("it")
    by_language = {row.language: row for row in queries.watch().languages}
    assert by_language["it"].stuck
    assert (by_language["it"].waiting, by_language["de"].free) == (1, 1)
    assert not by_language["de"].stuck


def test_a_caller_hears_how_many_are_before_and_no_invented_time():
    room.arrive()
    room.arrive("fr")
    caller = queries.caller(room.arrive())
    assert (caller.ahead, caller.minutes_low, caller.minutes_high) == (1, None, None)
    assert caller.waiting


def test_a_caller_hears_a_time_once_there_is_one_to_go_by():
    ada = world.ada()
    for _ in range(6):
        contact = room.talking(ada)
        room.forward(120, beating=[ada])
        actions.hang_up(contact, by=ada)
        actions.close(contact, solved=True, by=ada)
    caller = queries.caller(room.arrive())
    assert 0 <= caller.minutes_low <= 3 <= caller.minutes_high <= 12


def test_a_caller_in_conversation_hears_with_whom():
    caller = queries.caller(room.talking())
    assert (caller.helper, caller.waiting) == ("Ada", False)


def test_the_time_follows_the_newest_of_very_many_answers(monkeypatch):
    caller = importlib.import_module("firsthand.answer.queries.caller")  # its function has the same name
    monkeypatch.setattr(caller, "MOST", 2)
    ada = world.ada()
    for _ in range(4):
        contact = room.talking(ada)
        room.forward(60, beating=[ada])
        actions.hang_up(contact, by=ada)
        actions.close(contact, solved=True, by=ada)
    newest = Contact.objects.order_by("-connected_at")[:2]
    pace = caller._measured("de", False, clock.now())
    assert sorted(pace.answers) == sorted(one.connected_at.timestamp() for one in newest)
    assert len(pace.lengths) == 2
