"""Two things at the same moment, on connections of their own."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, datetime

import pytest
from django.db import OperationalError, connection, transaction

from firsthand.answer import actions, queries
from firsthand.answer.models import Contact, ContactEvent, Seat
from firsthand.answer.pure import moves
from firsthand.kernel.refusal import Refusal
from firsthand.people.models import Role
from tests import world
from tests.answer import room
from tests.logins import administrator

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*jobs):
    """Run them together, each on its own connection; what each gave back or refused with."""
    start = threading.Barrier(len(jobs))

    def run(job):
        try:
            start.wait(timeout=20)
            return job()
        except Refusal as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [done.result(timeout=60) for done in [pool.submit(run, job) for job in jobs]]


def people(count: int):
    return [world.person(f"H{n} Muster", Role.HELPER, ready=True) for n in range(count)]


def owners_agree() -> Counter[str]:
    contacts = list(Contact.objects.select_related("seat"))
    seated = [contact for contact in contacts if contact.state in moves.SEATED]
    assert len({contact.seat_id for contact in seated}) == len(seated), "a seat has two contacts"
    assert queries.replayed(contacts) == []
    assert all(contact.taken_by.state == moves.SEAT_STATE[contact.state] for contact in seated)
    return Counter(contact.state for contact in contacts)


def test_forty_callers_and_forty_helpers_from_eight_threads_meet_one_to_one():
    room.ready(*people(40))
    at_once(*[lambda: [room.arrive() for _ in range(5)] for _ in range(8)])
    actions.sweep()
    assert owners_agree() == {"offered": 40}
    assert not ContactEvent.objects.filter(
        contact_id__in=Contact.objects.values("pk"), version__gt=2
    ).exists()


def test_forty_helpers_say_ready_at_once_to_forty_who_wait():
    helpers = people(40)
    for _ in range(40):
        room.arrive()
    at_once(*[lambda n=n: room.ready(*helpers[n::8]) for n in range(8)])
    actions.sweep()
    assert owners_agree() == {"offered": 40}


def test_more_callers_than_helpers_leave_the_rest_in_the_queue():
    room.ready(*people(10))
    at_once(*[lambda: [room.arrive() for _ in range(5)] for _ in range(8)])
    actions.sweep()
    assert owners_agree() == {"offered": 10, "waiting": 30}


def test_a_double_click_on_two_connections_is_one_answer():
    ada = world.ada()
    contact = room.offered(ada)
    taken = at_once(*[lambda: actions.take(contact, by=ada).state] * 4)
    assert taken == ["connected"] * 4
    assert room.moves(contact).count("taken") == 1
    assert contact.call.legs.filter(role="helper").count() == 1


def test_answer_and_expiry_at_the_same_moment_agree_on_one():
    ada = world.ada()
    seen = set()
    for _ in range(12):
        contact = room.offered(ada)
        Contact.objects.filter(pk=contact.pk).update(wake_at=datetime(2020, 1, 1, tzinfo=UTC))
        taken, _swept = at_once(
            lambda c=contact: actions.take(c, by=ada).state, lambda: bool(actions.sweep())
        )
        state = room.state(contact)
        assert (taken, state) in [("connected", "connected"), (actions.OfferGone, "waiting")]
        assert room.seat(ada).state == ("talking" if state == "connected" else "away")
        owners_agree()
        seen.add(state)
        if state == "connected":
            actions.hang_up(contact, by=ada)
            actions.close(contact, solved=True, then_away=True, by=ada)
        else:
            actions.give_up(contact)
    assert seen <= {"connected", "waiting"}


def test_hanging_up_on_both_sides_at_once_is_one_end():
    ada = world.ada()
    for _ in range(5):
        contact = room.talking(ada)
        at_once(lambda c=contact: actions.hang_up(c, by=ada), lambda c=contact: actions.caller_hung_up(c))
        assert room.state(contact) == "wrap_up"
        actions.close(contact, solved=True, by=ada)
    owners_agree()


def test_leaving_the_room_while_an_offer_comes_is_never_half_done():
    ada = world.ada()
    for _ in range(8):
        room.ready(ada)
        contact, _ = at_once(room.arrive, lambda: actions.say_away(ada, by=ada))
        actions.sweep()
        assert room.seat(ada).state == "away"
        assert room.state(contact) == "waiting"
        actions.give_up(contact)
    owners_agree()


def test_two_sweepers_are_one():
    room.arrive()
    with transaction.atomic():
        assert actions.sweep() is not None
        assert at_once(actions.sweep) == [None]


def test_a_connection_killed_in_the_middle_of_an_answer_leaves_the_offer_as_it_was():
    ada = world.ada()
    contact = room.offered(ada)
    pids, half_way, killed = [], threading.Event(), threading.Event()

    def answers():
        try:
            with transaction.atomic():
                actions.take(contact, by=ada)
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_backend_pid()")
                    pids.append(cursor.fetchone()[0])
                half_way.set()
                killed.wait(timeout=20)
                Contact.objects.count()
        except OperationalError:
            return "died"
        finally:
            connection.close()

    def kills():
        assert half_way.wait(timeout=20)
        with administrator() as plain:
            plain.execute("SELECT pg_terminate_backend(%s, 5000)", pids)
        killed.set()

    assert at_once(answers, kills)[0] == "died"
    assert (room.state(contact), room.seat(ada).state) == ("offered", "offered")
    assert actions.take(contact, by=ada).state == "connected"
    owners_agree()


def test_a_process_that_dies_between_the_commit_and_the_match_loses_nobody(monkeypatch):
    monkeypatch.setattr(actions.matching, "match_contact", lambda *_, **__: 1 / 0)
    room.ready()
    contact = room.arrive()
    assert room.state(contact) == "waiting"
    actions.sweep()
    assert room.state(contact) == "offered"


def test_opening_time_gives_everybody_somebody_in_one_go():
    helpers = people(30)
    contacts = [room.arrive(language) for language in ("de", "fr") for _ in range(25)]
    room.ready()  # so that not everything is matched one by one
    with transaction.atomic():
        for person in helpers:
            actions.say_ready(person, instance=room.TAB, by=person)
        swept = actions.sweep()
    assert swept.matched == 24, "25 speak German, and one of them Ada has been offered"
    first = [contact.pk for contact in contacts[:25]]
    assert set(Contact.objects.filter(state="offered").values_list("pk", flat=True)) == set(first)
    assert Seat.objects.filter(state="ready").count() == 31 - 25
    owners_agree()


def test_whoever_comes_back_locks_contacts_in_the_order_of_everybody():
    """Two contacts they declined, of which the first is held: they wait for it, and hold no other meanwhile."""
    ada = world.ada()
    first, second = room.arrive(), room.arrive()
    seat = actions.say_ready(ada, instance=room.TAB, by=ada)
    actions.say_away(ada, by=ada)
    for contact in (second, first):  # written anew, and so behind the other in the table
        Contact.objects.filter(pk=contact.pk).update(declined_by=[seat.pk])
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        Contact.objects.select_for_update().get(pk=first.pk)
        back = pool.submit(at_once, lambda: actions.say_ready(ada, instance=room.TAB, by=ada))
        wait([back], timeout=0.5)
        assert not back.done()
        Contact.objects.select_for_update(nowait=True).get(pk=second.pk)
    assert back.result(timeout=20)[0].state == "ready"
