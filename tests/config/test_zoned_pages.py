"""What is worked on outside a live contact runs as a login that cannot see members, notes or the words of a call."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.backends.utils import CursorWrapper

from firsthand.config import zones as listed
from firsthand.kernel import zones
from firsthand.learn import actions as learn
from firsthand.people.models import ANSWERING, Role
from firsthand.protect import actions as protect
from tests import world
from tests.answer import room
from tests.answer.pages import promise
from tests.people.signing import client_of

pytestmark = pytest.mark.django_db
EVERYBODY = list(Role)
OWED = sorted([*ANSWERING, Role.ORGANISER])


@pytest.fixture
def asked_as(monkeypatch):
    """As which login each statement about a table of the house was sent, besides who is signed in."""
    seen: dict[str, set[str]] = {}
    send = CursorWrapper.execute

    def noting(self, statement, params=None):
        for table in listed.TABLES:
            if f'"{table}"' in statement and table not in ("people_person", "django_session"):
                seen.setdefault(table, set()).add(zones.current())
        return send(self, statement, params)

    monkeypatch.setattr(CursorWrapper, "execute", noting)
    return seen


def somebody(role: Role):
    return client_of(world.person(f"{role.value.title()} Muster", role, ready=True))


@pytest.mark.parametrize("role", EVERYBODY)
def test_the_board_is_read_and_joined_in_the_zone_of_learning(role, asked_as):
    said = learn.observe("Nobody understands the letter.", by=world.ada())
    own = learn.observe("I heard it too.", by=(me := world.person(f"{role.value.title()} Muster", role)))
    client = somebody(role)
    asked_as.clear()
    for address in ("/board/", "/board/?about=letters", "/board/newest/"):
        assert client.get(address).status_code == 200, address
    assert client.post(f"/board/{said.pk}/me-too/").status_code == 302
    assert client.post(f"/board/{own.pk}/withdraw/").status_code == 302
    assert me.pk == own.seen_by_id
    asked_as.pop(
        "journal_entry"
    )  # the chain's end, asked of the pages' zone; and what is done is written there
    assert {zone for by in asked_as.values() for zone in by} == {zones.LEARN}, asked_as


@pytest.mark.parametrize("role", EVERYBODY)
def test_lines_of_the_board_on_other_pages_are_read_there_too(role, asked_as):
    learn.observe("Nobody understands the letter.", by=world.ada())
    client = somebody(role)
    asked_as.clear()
    for address in ("/", "/room/"):
        assert "Nobody understands the letter." in client.get(address).text
    assert asked_as["learn_observation"] == {zones.LEARN}
    assert {zone for table, by in asked_as.items() if table.startswith("learn_") for zone in by} == {
        zones.LEARN
    }


def test_what_was_heard_in_a_contact_is_stripped_at_the_front_and_stands_in_the_zone_of_learning(asked_as):
    contact = room.talking()
    room.verify(contact)
    contact.refresh_from_db()
    asked_as.clear()
    said = learn.observe("Frau Keller never got the letter.", contact=contact, by=world.ada())
    assert asked_as["learn_observation"] == {zones.LEARN}
    assert asked_as["members_member"] == {zones.FRONT}
    assert "Keller" not in said.words
    assert said.contact_id == contact.pk


def test_who_can_change_what_is_said_in_the_zone_of_learning(asked_as):
    dario = world.dario()
    client = client_of(world.otto())
    asked_as.clear()
    assert client.get("/board/owners/").status_code == 200
    assert client.post("/board/owners/", {"terms": dario.pk}).status_code == 302
    assert asked_as["learn_owner"] == {zones.LEARN}


@pytest.mark.parametrize("role", OWED)
def test_promises_are_worked_off_in_casework(role, asked_as):
    contact = room.talking()
    made = promise(contact, "Send the letter", days=0)
    client = somebody(role)
    asked_as.clear()
    assert client.get("/promises/").status_code == 200
    if role not in (Role.ADVISOR, Role.SPECIALIST):
        assert client.post(f"/promises/{made.pk}/take-over/").status_code == 302
    assert client.post(f"/promises/{made.pk}/keep/").status_code == 302
    assert asked_as["answer_promise"] == asked_as["answer_contact"] == {zones.CASEWORK}
    made.refresh_from_db()
    assert made.kept_by is not None


def test_so_are_those_of_a_member_whose_file_is_open_for_one(asked_as):
    contact = room.talking()
    room.verify(contact)
    promise(contact, "Send the letter", days=0)
    carla = world.carla()
    why = {"kind": "promise", "branch": "basic", "reason": "promise of today"}
    protect.break_glass(world.frau_keller(), **why, by=carla)
    client = client_of(carla)
    asked_as.clear()
    assert "Send the letter" in client.get("/protect/open/").text
    assert asked_as["answer_promise"] == asked_as["answer_contact"] == {zones.CASEWORK}


@pytest.mark.parametrize("zone", [zones.LEARN, zones.CASEWORK])
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT id FROM members_member",
        "SELECT id FROM members_cover",
        "SELECT id FROM protect_note",
        "SELECT id FROM protect_confidence",
        "SELECT id FROM protect_grant",
        "SELECT caller_name FROM answer_contact",
        "SELECT answered FROM answer_contact",
        "SELECT note_words FROM answer_contact",
        "SELECT password FROM people_person",
        "SELECT id FROM journal_entry",
        "SELECT id FROM protect_consent",
        "SELECT * FROM protect_token()",
        "SELECT protect_shown()",
        "UPDATE answer_contact SET solved = true",
        "INSERT INTO protect_note (words) VALUES ('')",
    ],
)
def test_neither_zone_sees_members_or_what_they_said(zone, statement):
    with zones.of(zone), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT contact_id FROM learn_observation",
        "INSERT INTO learn_observation (words, contact_id) VALUES ('x', 1) RETURNING contact_id",
        "UPDATE learn_observation SET contact_id = NULL",
        "SELECT id FROM answer_promise",
        "SELECT id FROM answer_contact",
        "DELETE FROM learn_metoo",
    ],
)
def test_from_the_board_no_way_leads_to_a_caller(statement):
    with (
        zones.of(zones.LEARN),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        connection.cursor().execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE answer_promise SET kept_at = now()",
        "SELECT words FROM learn_observation",
        "SELECT contact_id FROM learn_observation",
        "INSERT INTO learn_observation (words) VALUES ('x')",
        "UPDATE learn_observation SET withdrawn_at = now()",
        "SELECT person_id FROM learn_metoo",
        "SELECT person_id FROM learn_owner",
        "INSERT INTO learn_metoo DEFAULT VALUES",
        "DELETE FROM learn_owner",
    ],
)
def test_what_is_another_zones_to_do_the_front_may_not(statement):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)
