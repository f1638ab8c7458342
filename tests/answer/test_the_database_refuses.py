"""What no writer can do, whatever it forgets: the invariants stand in the database."""

import pytest
from django.db import DatabaseError, connection, transaction

from firsthand.answer import actions, queries
from firsthand.answer.models import Contact, ContactEvent, Seat
from firsthand.answer.pure import moves
from firsthand.config.logins import OWNER
from tests import triggers, world
from tests.answer import room
from tests.logins import become

pytestmark = pytest.mark.django_db


def refused(change, says: str = "") -> None:
    with pytest.raises(DatabaseError, match=says):
        committed(change)


@transaction.atomic
def committed(change) -> None:
    """With what is checked at commit."""
    change()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def moved(contact: Contact, **values) -> None:
    Contact.objects.filter(pk=contact.pk).update(**values)


# What a row needs in each state, so that only the move itself is judged.
NEEDS = {
    "waiting": {"seat": None, "closed_at": None},
    "callback": {"seat": None, "closed_at": None, "callback_phone": "+41443218765"},
    "offered": {"closed_at": None},
    "connected": {"closed_at": None},
    "wrap_up": {"closed_at": None},
    "closed": {"wake_at": None, "closed_at": "2026-11-21T12:00Z"},
    "abandoned": {"seat": None, "wake_at": None, "closed_at": "2026-11-21T12:00Z"},
}


def born(state: str) -> Contact:
    """A contact in this state, by the shortest legal way, with a seat where it has one."""
    if state == "waiting":
        return room.arrive()
    if state == "callback":
        contact = room.arrive()
        actions.ask_callback(contact, "044 321 87 65")
    elif state == "abandoned":
        contact = room.arrive()
        actions.give_up(contact)
    else:
        contact = {
            "offered": room.offered,
            "connected": room.talking,
            "wrap_up": room.wrapping,
            "closed": room.closed,
        }[state]()
    contact.refresh_from_db()
    return contact


@pytest.mark.parametrize("before", moves.MOVES)
@pytest.mark.parametrize("after", moves.MOVES)
def test_the_trigger_allows_what_the_list_of_moves_allows_and_nothing_else(before, after):
    if before == after:
        return
    contact = born(before)
    seat = contact.seat or Seat.objects.get_or_create(person=world.eva())[0]
    values = {"wake_at": "2027-01-01T00:00Z", "seat": seat, **NEEDS[after], "state": after}
    if moves.legal(before, after) and (before, after) not in moves.CONDITIONS:
        moved(contact, **values)
        assert room.state(contact) == after
    elif not moves.legal(before, after):
        refused(lambda: moved(contact, **values), "may not go from")
    elif (before, after) == ("offered", "connected"):
        moved(contact, **values)
        assert room.state(contact) == after
    else:
        refused(lambda: moved(contact, **values), "may not go from")
    catch_up()


def catch_up() -> None:
    """The seats, which were left behind on purpose."""
    Seat.objects.update(state="away")
    for contact in Contact.objects.seated():
        Seat.objects.filter(pk=contact.seat_id).update(state=moves.SEAT_STATE[contact.state])


def test_a_contact_is_not_born_in_conversation():
    refused(lambda: Contact.objects.create(language="de", state="connected"), "not born")


def test_a_seat_never_has_two_contacts():
    first = room.offered()
    second = room.arrive("fr")
    refused(lambda: moved(second, state="offered", seat=first.seat), "one_contact_a_seat")


def test_a_contact_without_a_wake_up_is_refused():
    contact = room.arrive()
    refused(lambda: moved(contact, wake_at=None), "wake_up")


def test_a_seat_that_says_something_else_than_its_contact_is_refused_at_commit():
    contact = room.talking()
    refused(lambda: Seat.objects.filter(pk=contact.seat_id).update(state="ready"), "its contact is connected")


def test_a_contact_that_leaves_its_seat_behind_is_refused_at_commit():
    contact = room.offered()
    refused(lambda: moved(contact, state="waiting", seat=None), "its contact is <NULL>")


def test_an_offer_is_not_taken_by_another_seat():
    contact = room.offered()
    other, _ = Seat.objects.get_or_create(person=world.eva())
    refused(lambda: moved(contact, state="connected", seat=other), "may not go from")


@pytest.mark.parametrize(
    "change",
    [{"queued_at": "2020-01-01T00:00Z"}, {"synthetic": True}, {"version": 7}],
    ids=lambda change: next(iter(change)),
)
def test_place_kind_and_count_of_moves_cannot_be_changed(change):
    contact = room.arrive()
    refused(lambda: moved(contact, **change), "keeps its place")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE answer_contactevent SET why = 'x'",
        "DELETE FROM answer_contactevent",
        "TRUNCATE answer_contactevent",
    ],
)
def test_the_log_is_append_only(statement):
    room.closed()
    with become(OWNER), connection.cursor() as cursor:
        refused(lambda: cursor.execute(statement), "append only")


def test_each_move_is_an_event_with_the_time_of_the_database():
    contact = room.closed()
    events = list(ContactEvent.objects.filter(contact_id=contact.pk).order_by("version"))
    assert [event.state for event in events] == ["waiting", "offered", "connected", "wrap_up", "closed"]
    assert [event.by_id for event in events] == [None, None, world.ada().pk, world.ada().pk, world.ada().pk]
    assert [event.at for event in events] == sorted({event.at for event in events})


def test_a_log_that_does_not_lead_to_the_row_is_found():
    contact = room.closed()
    with become(OWNER), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with triggers.without(cursor, ["answer_contact"]):
            cursor.execute("UPDATE answer_contact SET version = version + 1 WHERE id = %s", [contact.pk])
    contact.refresh_from_db()
    assert [differs.contact_id for differs in queries.replayed([contact])] == [contact.pk]


def test_events_lie_in_the_partition_of_their_month():
    room.arrive()
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tableoid::regclass::text FROM answer_contactevent")
        assert [name for (name,) in cursor.fetchall()][0].startswith("answer_contactevent_2")


@pytest.mark.parametrize(
    ("state", "change", "says"),
    [
        ("waiting", {"answered": "x" * 4001}, "answered_is_short"),
        ("waiting", {"note_words": "x" * 4001}, "note_is_short"),
        ("waiting", {"verify_tries": -1}, "counts_from_nought"),
        ("waiting", {"closed_at": "2026-11-21T12:00Z"}, "wake_up"),
        ("waiting", {"held_until": "2027-01-01T00:00Z"}, "held_only_while_queued"),
        ("offered", {"held_for": "seat", "held_until": "2027-01-01T00:00Z"}, "held_only_while_queued"),
        ("callback", {"callback_phone": ""}, "callback_has_a_number"),
        ("waiting", {"state": "callback"}, "callback_has_a_number"),
        ("offered", {"state": "waiting"}, "seated_as_its_state_says"),
        ("closed", {"closed_at": None}, "wake_up"),
        ("closed", {"wake_at": "2027-01-01T00:00Z"}, "wake_up"),
    ],
)
def test_a_row_that_is_not_whole_is_refused_and_the_rule_named(state, change, says):
    contact = born(state)
    values = {name: contact.seat if value == "seat" else value for name, value in change.items()}
    refused(lambda: moved(contact, **values), says)
