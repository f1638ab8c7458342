"""What is not written down is not shown; what is written down cannot be changed."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.db.utils import ProgrammingError

from firsthand.config.logins import OWNER
from firsthand.kernel import zones
from firsthand.protect import actions, queries, wall
from firsthand.protect.models import Purpose
from firsthand.protect.models.reads import What
from tests import world
from tests.journal import tamper
from tests.logins import become
from tests.protect.reads import reads

pytestmark = pytest.mark.django_db

CONTACT = 41
BREAK = """
CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the disk is full'; END $$;
CREATE TRIGGER broken BEFORE INSERT ON protect_read FOR EACH ROW EXECUTE FUNCTION broken();
"""


def opened():
    keller = world.frau_keller()
    actions.open_file(CONTACT, keller, by=world.ada())
    actions.write_note(
        CONTACT, keller, words="Fragt nach der Franchise", purpose=Purpose.KVG_B, by=world.ada()
    )
    return keller


def opened_without_a_call():
    carla = world.carla()
    made = actions.break_glass(
        world.frau_keller(), kind="letter", branch="basic", reason="A letter of last week", by=carla
    )
    return carla, made


def file(_):
    return queries.file_for(world.ada(), CONTACT, branches=["basic"], topic="praemie")


def search(_):
    return queries.search_file(world.ada(), "Franchise", branches=["basic"])


def whose(_):
    return queries.who_looked(world.ada())


def hand_over(keller):
    return actions.hand_over_looks(keller, by=world.petra())


def the_list(keller):
    return queries.looks(queries.Filter(member=keller.pk), by=world.petra())


READERS = [file, search, whose, hand_over, the_list]


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
def test_a_read_that_cannot_be_logged_does_not_happen(read):
    keller = opened()
    before = len(reads())
    assert read(keller)
    assert len(reads()) == before + 1
    tamper.run(BREAK)
    with pytest.raises(DatabaseError, match="the disk is full"):
        read(keller)


def test_behind_broken_glass_it_is_the_same():
    carla, made = opened_without_a_call()
    assert queries.file_opened(carla, made)
    tamper.run(BREAK)
    with pytest.raises(DatabaseError, match="the disk is full"), transaction.atomic():
        queries.file_opened(carla, made)


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
def test_the_row_comes_before_what_is_read(read):
    """Nothing of the member is asked for in a statement before the one that logs."""
    keller = opened()
    asked: list[str] = []

    def listen(execute, sql, params, many, context):
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        read(keller)
    logged = next(at for at, sql in enumerate(asked) if "protect_log_read" in sql)
    for sql in asked[:logged]:
        assert not any(
            table in sql for table in ("protect_note", "members_cover", "protect_read", "given_name")
        ), sql


def test_it_is_logged_in_the_transaction_that_reads():
    """What is rolled back was not shown either."""
    opened()
    with transaction.atomic():
        file(None)
        transaction.set_rollback(True)
    assert not reads()


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_logged_and_so_nothing_read():
    with pytest.raises(TransactionManagementError):
        actions.reading("file", 1, by=None, contact=1)


def test_no_word_gets_into_it():
    with pytest.raises(ValueError, match="short code"):
        actions.reading("file", 1, by=None, contact=1, why="has cancer")
    for change in (
        {"what": "gossip"},
        {"what": "file"},  # without a cause
        {"what": "file", "contact": 1, "break_glass": 2},
        {"what": "file", "contact": 1, "purposes": ["has cancer"]},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            actions.reading(**{"member_id": 1, "by": None, **change})


@pytest.mark.parametrize("table", ["protect_read", "protect_read_link"])
def test_it_refuses_change_to_its_owner_too(table):
    opened()
    file(None)
    tamper.run("INSERT INTO protect_read_link VALUES (1, 1, now(), '')")
    column = "why" if table == "protect_read" else "hash"
    for statement in (f"UPDATE {table} SET {column} = ''", f"DELETE FROM {table}", f"TRUNCATE {table}"):
        with pytest.raises(ProgrammingError, match="append only"), transaction.atomic():
            tamper.run(statement)


@pytest.mark.parametrize("zone", ["default", "casework", "outreach", "learn", "protection"])
def test_a_login_that_serves_writes_through_the_function_only(zone):
    keller = opened()
    file(None)
    statements = [
        "UPDATE protect_read SET why = ''",
        "DELETE FROM protect_read",
        "TRUNCATE protect_read",
        "ALTER TABLE protect_read DISABLE TRIGGER USER",
        "INSERT INTO protect_read (role, member_id, what, why, purposes) VALUES ('', 1, 'consent', '', '{}')",
    ]
    reads_it = zone == "protection"
    with zones.of(zone), transaction.atomic():
        actions.reading(What.CONSENT, keller.pk, by=None, why="proof")
        for statement in statements + ([] if reads_it else ["SELECT count(*) FROM protect_read"]):
            refused = "permission denied|must be owner"
            with (
                pytest.raises(ProgrammingError, match=refused),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)
    assert [read.what for read in reads()] == ["file", "consent"]


def test_nobody_has_rights_that_were_not_given():
    """Functions are everybody's unless one says otherwise; these act with the owner's rights."""
    with become(OWNER), connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, prosecdef, has_function_privilege('public', oid, 'EXECUTE'), proconfig"
            " FROM pg_proc WHERE proname IN ('protect_log_read', 'protect_who_looked') ORDER BY 1"
        )
        assert cursor.fetchall() == [
            ("protect_log_read", True, False, ["search_path=public, pg_temp"]),
            ("protect_who_looked", True, False, ["search_path=public, pg_temp"]),
        ]
        cursor.execute(
            "SELECT has_table_privilege('public', 'protect_read', 'SELECT, INSERT, UPDATE, DELETE')"
        )
        assert cursor.fetchall() == [(False,)]


def test_who_looked_answers_for_an_open_file_only():
    keller = opened()
    file(None)
    ada, carla = world.ada(), world.carla()
    ask = "SELECT * FROM protect_who_looked(%s, %s)"
    with wall.within((), person=ada, contact=CONTACT):
        assert tamper.run(ask, ada.pk, keller.pk) == 1
        assert tamper.run(ask, carla.pk, keller.pk) == 0
        assert tamper.run(ask, ada.pk, keller.pk + 1) == 0
    with wall.within((), person=carla, contact=CONTACT):
        assert tamper.run(ask, carla.pk, keller.pk) == 0
        assert tamper.run(ask, ada.pk, keller.pk) == 0
    assert tamper.run(ask, ada.pk, keller.pk) == 0, "in her name, without her token"
    actions.close_file(CONTACT, by=ada)
    with wall.within((), person=ada, contact=CONTACT):
        assert tamper.run(ask, ada.pk, keller.pk) == 0


def test_what_was_sealed_and_opened_is_counted_apart():
    keller = opened()
    actions.reading(What.CONFIDENCE, keller.pk, by=world.ada(), contact=CONTACT)
    file(None)
    since = datetime(2020, 1, 1, tzinfo=UTC)
    assert queries.sealed_reads(since) == 1
    assert queries.sealed_reads(datetime(2100, 1, 1, tzinfo=UTC)) == 0
