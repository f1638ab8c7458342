"""Who sends SQL past the house sees a row only with a token of ours, and only while the file is open."""

import time
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from firsthand.config.embedded.rules import ADMINISTRATOR
from firsthand.kernel import zones
from firsthand.protect import actions, wall
from firsthand.protect.models import Note, Purpose
from tests import world
from tests.logins import administrator, become, plain

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "protection"])

CONTACT, EARLIER, OTHERS = 41, 17, 42
BASIC, SUPPLEMENTARY = Purpose.KVG_B.value, Purpose.VVG_CONTRACT.value
ALL = {BASIC, SUPPLEMENTARY}
WORDS = "Prämienverbilligung, Trennung"


@pytest.fixture(autouse=True)
def file():
    """Frau Keller has two notes of an earlier contact and Ada her open file; an unknown caller has one."""
    keller, ada = world.frau_keller(), world.ada()
    for contact, purposes in ((EARLIER, (BASIC, SUPPLEMENTARY)), (CONTACT, ())):
        actions.open_file(contact, keller, by=ada)
        for purpose in purposes:
            actions.write_note(contact, keller, words=WORDS, purpose=purpose, by=ada)
    actions.write_note(OTHERS, None, words=WORDS, purpose=BASIC, by=world.carla())
    return keller


def token(purposes=ALL, *, person=None, contact=CONTACT, member=None, seconds=60):
    return wall.signed(purposes, (person or world.ada()).pk, contact, member, int(time.time()) + seconds)


@contextmanager
def signed_in(zone="default", holding=""):
    """With this login's own name, not as a test is."""
    with psycopg.connect(**plain(zone)) as connected:
        connected.execute("SELECT set_config('firsthand.token', %s, true)", [holding])
        yield connected


def seen(holding="", zone="default", what="count(*)", where="true"):
    with signed_in(zone, holding) as connected:
        return connected.execute(f"SELECT {what} FROM protect_note WHERE {where}").fetchone()[0]


def test_with_the_open_file_its_notes_are_seen_and_no_others():
    assert seen(token(), what="array_agg(DISTINCT contact_id)") == [EARLIER]
    assert seen(token()) == 2
    assert seen(token(contact=OTHERS)) == 1


@pytest.mark.parametrize("purposes", [{BASIC}, {SUPPLEMENTARY}])
def test_of_the_purposes_of_the_token_only(purposes):
    assert seen(token(purposes), what="array_agg(purpose::text)") == [*purposes]


def test_without_a_token_there_is_nothing():
    assert seen() == 0
    assert Note.objects.count() == 0
    with psycopg.connect(**plain("default")) as connected:
        assert connected.execute("SELECT count(*) FROM protect_note").fetchone() == (0,)


def test_outside_of_a_transaction_a_token_says_nothing():
    with psycopg.connect(**plain("default"), autocommit=True) as connected:
        connected.execute("SELECT set_config('firsthand.token', %s, true)", [token()])
        assert connected.execute("SELECT count(*) FROM protect_note").fetchone() == (0,)


def test_access_ends_with_the_file_whatever_the_token_says():
    held = token()
    with psycopg.connect(**plain("default"), autocommit=True) as connected:
        connected.execute("BEGIN")
        connected.execute("SELECT set_config('firsthand.token', %s, true)", [held])
        assert connected.execute("SELECT count(*) FROM protect_note").fetchone() == (2,)
        actions.close_file(CONTACT, by=world.ada())
        assert connected.execute("SELECT count(*) FROM protect_note").fetchone() == (0,)


def test_a_token_is_no_use_to_anybody_else():
    assert seen(token(person=world.beat())) == 0
    assert seen(token(contact=EARLIER)) == 0
    assert seen(token(contact=None)) == 0


def forged(held, part, by):
    parts = held.split("|")
    parts[part] = by
    return "|".join(parts)


@pytest.mark.parametrize(
    "change",
    [
        lambda held: forged(held, 5, "0" * 64),
        lambda held: forged(held, 5, ""),
        lambda held: forged(held, 0, "import,request,retention"),
        lambda held: forged(held, 1, str(world.carla().pk)),
        lambda held: forged(held, 2, str(OTHERS)),
        lambda held: forged(held, 4, "99999999999"),
        lambda held: held.rsplit("|", 1)[0],
        lambda held: held + "0",
        lambda held: held.replace("|", "||", 1),
        lambda held: "retention|" + held,
        lambda held: "x",
        lambda held: "|||||",
        lambda held: "retention|||||",
    ],
)
def test_a_forged_token_opens_nothing_and_says_nothing(change):
    held = token()
    assert seen(held) == 2
    assert seen(change(held)) == 0


def test_a_token_ends():
    assert seen(token(seconds=-1)) == 0


def test_a_key_of_another_house_opens_nothing(settings):
    settings.WALL_KEY = "another"
    assert seen(token()) == 0


def test_two_keys_hold_during_a_change_and_then_the_new_one_alone(settings):
    before, own = token(), settings.WALL_KEY
    settings.WALL_KEY = "a new one"
    with zones.of(zones.OWNER):
        assert wall.install()
        assert not wall.install()
    try:
        assert (seen(before), seen(token())) == (2, 2)
        with zones.of(zones.OWNER), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE firsthand_keeper")
            cursor.execute("UPDATE protect_wall_key SET until = now() WHERE until IS NOT NULL")
            cursor.execute("RESET ROLE")
        assert (seen(before), seen(token())) == (0, 2)
    finally:
        settings.WALL_KEY = own
        with zones.of(zones.OWNER):
            wall.install()


def test_copying_gives_what_selecting_gives():
    with signed_in() as connected, connected.cursor().copy("COPY protect_note TO STDOUT") as copied:
        assert list(copied) == []


def test_switching_row_security_off_is_an_error_and_not_a_way():
    with signed_in(holding=token()) as connected:
        connected.execute("SET row_security = off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            connected.execute("SELECT count(*) FROM protect_note")


def test_a_pooled_session_is_clean_for_the_next(settings):
    from firsthand.config.database import clean

    with psycopg.connect(**plain("default"), autocommit=True) as connected:
        connected.execute("SET row_security = off; SET search_path = pg_temp; SET TimeZone = 'Asia/Tokyo'")
        connected.execute("SELECT set_config('firsthand.token', %s, false)", [token()])
        clean(connected)
        assert connected.execute("SELECT count(*) FROM protect_note").fetchone() == (0,)
        assert connected.info.parameter_status("TimeZone") == "UTC"


@pytest.mark.parametrize(
    "condition",
    [
        "(1 / (length(words) - length(words)))::bool",
        "words::integer > 0",
        "pg_catalog.query_to_xml('SELECT ''' || words || '''', true, true, '') IS NOT NULL",
        "set_config('firsthand.stolen', current_setting('firsthand.stolen', true) || words, true) > ''",
    ],
)
def test_a_condition_is_not_asked_about_rows_that_are_not_seen(condition):
    """Each of these would fail or carry off the words if PostgreSQL tried it before the policy."""
    with signed_in(holding=token(contact=None)) as connected:
        connected.execute("SELECT set_config('firsthand.stolen', '', true)")
        assert connected.execute(f"SELECT count(*) FROM protect_note WHERE {condition}").fetchone() == (0,)
        assert connected.execute("SELECT current_setting('firsthand.stolen')").fetchone() == ("",)


def test_what_is_refused_does_not_say_what_is_there():
    note = psycopg.connect(**plain("default"))
    note.execute("SELECT set_config('firsthand.token', %s, true)", [token()])
    (there,) = note.execute("SELECT min(id) FROM protect_note").fetchone()
    note.close()
    columns = "id, contact_id, purpose, reasons, words, written_by_id"
    with signed_in(holding=token()) as connected, pytest.raises(psycopg.errors.UniqueViolation) as no:
        connected.execute(
            f"INSERT INTO protect_note ({columns}) VALUES (%s, %s, %s, '[]', 'x', %s)",
            [there, CONTACT, BASIC, world.ada().pk],
        )
    assert str(there) not in str(no.value)
    with signed_in() as connected, pytest.raises(psycopg.errors.InsufficientPrivilege) as no:
        connected.execute(
            f"INSERT INTO protect_note ({columns}) VALUES (9999, %s, %s, '[]', 'Geheim', %s)",
            [CONTACT, BASIC, world.ada().pk],
        )
    assert "Geheim" not in str(no.value)


def test_the_statistics_of_the_table_are_closed_too():
    with signed_in(holding=token()) as connected:
        rows = connected.execute("SELECT * FROM pg_stats WHERE tablename = 'protect_note'").fetchall()
        assert rows == []


@pytest.mark.parametrize(
    "change",
    [
        {"contact_id": OTHERS},
        {"purpose": "kvg_c"},
        {"written_by": "carla"},
        {"member": "another"},
    ],
    ids=str,
)
def test_a_note_is_written_for_this_contact_by_this_person_for_these_purposes(change, file):
    from firsthand.members.models import Member

    row = {"contact_id": CONTACT, "purpose": BASIC, "written_by": world.ada(), "member": file, "words": "x"}
    row |= change
    if row["written_by"] == "carla":
        row["written_by"] = world.carla()
    if row["member"] == "another":
        row["member"] = Member.objects.create(
            **{
                name: getattr(file, name)
                for name in ("given_name", "family_name", "born_on", "household", "language")
            },
            number="999000111",
        )
    with wall.within(ALL, person=world.ada(), contact=CONTACT):
        Note.objects.create(
            **{**row, "contact_id": CONTACT, "purpose": BASIC, "member": file, "written_by": world.ada()}
        )
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        wall.within(ALL, person=world.ada(), contact=CONTACT),
    ):
        Note.objects.create(**row)


def test_data_protection_sees_one_member_for_a_request_and_all_for_the_clocks(file):
    petra = world.petra()
    assert seen(zone="protection") == 0
    assert seen(token({wall.REQUEST}, person=petra, contact=None, member=file.pk), "protection") == 2
    assert seen(token({wall.REQUEST}, person=petra, contact=None, member=file.pk + 1), "protection") == 0
    assert seen(token({wall.RETENTION}, person=petra, contact=None), "protection") == 3
    assert seen(token({wall.RETENTION, wall.REQUEST, wall.IMPORT, BASIC}), "default") == 1


def test_the_owner_sees_nothing_either_but_for_an_import():
    assert seen(zone="owner") == 0
    assert seen(token({wall.RETENTION}), "owner") == 0
    assert seen(token({wall.IMPORT}, contact=None), "owner") == 3


def test_the_block_ends_with_its_token():
    with transaction.atomic():
        with wall.within(ALL, person=world.ada(), contact=CONTACT):
            assert Note.objects.count() == 2
            with wall.within({BASIC}, person=world.ada(), contact=CONTACT):
                assert Note.objects.count() == 1
            assert Note.objects.count() == 2
        assert Note.objects.count() == 0
    assert Note.objects.count() == 0


class Stop(Exception):
    pass


def test_also_when_it_fails_and_a_savepoint_is_rolled_back():
    with transaction.atomic():
        with pytest.raises(Stop), transaction.atomic(), wall.within(ALL, person=world.ada(), contact=CONTACT):
            raise Stop
        assert Note.objects.count() == 0
        with pytest.raises(Stop), wall.within(ALL, person=world.ada(), contact=CONTACT):
            raise Stop
        assert Note.objects.count() == 0
        with (
            pytest.raises(ProgrammingError),
            transaction.atomic(),
            wall.within(ALL, person=world.ada(), contact=CONTACT),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT * FROM protect_wall_key")
        assert Note.objects.count() == 0


def test_a_savepoint_inside_the_block_does_not_end_it():
    with wall.within(ALL, person=world.ada(), contact=CONTACT):
        with pytest.raises(Stop), transaction.atomic():
            raise Stop
        assert Note.objects.count() == 2


def test_the_token_is_no_text_of_a_statement():
    """A statement can be read, where the server shows what runs, and in a log."""
    with become(ADMINISTRATOR), connection.cursor() as cursor:
        cursor.execute("SET track_activities = on")
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    with wall.within(ALL, person=world.ada(), contact=CONTACT), administrator() as other:
        (last,) = other.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", [pid]).fetchone()
    assert last.startswith("SELECT current_setting('firsthand.token', true), set_config(")
    assert "$1" in last


def test_a_purpose_cannot_carry_a_bar():
    with pytest.raises(ValueError, match="a purpose"):
        wall.signed({"kvg_b|9"}, 1, 1, None, 1)
