"""What each login may do is what config/zones.py says: asked of PostgreSQL in another way than it was set."""

import asyncio
import threading

import pytest
from asgiref.sync import sync_to_async
from django.db import ProgrammingError, connection, connections, transaction
from django.test import RequestFactory

from firsthand.config import grants, logins, walls
from firsthand.config import zones as listed
from firsthand.config.logins import OWNER
from firsthand.kernel import zones
from tests.logins import become

pytestmark = pytest.mark.django_db

LETTERS = {"s": "SELECT", "i": "INSERT", "u": "UPDATE", "d": "DELETE"}
NEVER = ("TRUNCATE", "REFERENCES", "TRIGGER")
KINDS = "('r', 'p', 'v', 'm', 'f')"


def rows(statement, *given):
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchall()


def tables() -> list[str]:
    return [
        name
        for (name,) in rows(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            f" AND relkind IN {KINDS} AND NOT relispartition ORDER BY 1"
        )
    ]


# Made by `createcachetable`; tests keep what they cache in memory.
NOT_IN_TESTS = {"firsthand_cache"}


def test_every_table_and_view_is_listed_and_nothing_else():
    assert set(listed.TABLES) - NOT_IN_TESTS == set(tables())


def test_nothing_has_to_be_set_that_is_not_set():
    assert grants.difference() == grants.Difference([], [], [])


def may(role: str, table: str) -> str:
    """Letters, in parentheses where only some columns are meant; ! where it may what nobody may."""
    ((shown,),) = rows(
        "SELECT string_agg(CASE WHEN has_table_privilege(%s, %s, p.word) THEN p.letter"
        " WHEN p.word IN ('SELECT', 'INSERT', 'UPDATE') AND has_any_column_privilege(%s, %s, p.word)"
        " THEN '(' || p.letter || ')' ELSE '' END, '' ORDER BY n)"
        " FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS p (word, letter, n)",
        role, table, role, table, [*LETTERS.values(), *NEVER], [*LETTERS, "!", "!", "!"],
    )  # fmt: skip
    return shown


@pytest.mark.parametrize("zone", ["front", "casework", "outreach", "learn", "protection"])
def test_each_login_may_what_is_listed_and_no_more(zone):
    role = f"firsthand_{zone}"
    found = {table: may(role, table) for table in tables()}
    said = {}
    for table in found:
        who = listed.TABLES[table]
        partly = {
            letter: bool(hidden) for letters, hidden in listed.read(who.get(zone, "")) for letter in letters
        }
        said[table] = "".join(f"({one})" if partly[one] else one for one in LETTERS if one in partly)
    assert found == said


def test_a_hidden_column_is_hidden():
    ((password, name),) = rows(
        "SELECT has_column_privilege('firsthand_learn', 'people_person', 'password', 'SELECT'),"
        " has_column_privilege('firsthand_learn', 'people_person', 'name', 'SELECT')"
    )
    assert (password, name) == (False, True)


def test_everybody_may_nothing():
    """PUBLIC: every login of this server, also of other programs."""
    assert not rows(
        "SELECT c.relname, a.privilege_type FROM pg_class c CROSS JOIN aclexplode(c.relacl) a"
        " WHERE relnamespace = 'public'::regnamespace AND a.grantee = 0"
    )
    assert not rows(
        "SELECT p.proname FROM pg_proc p CROSS JOIN aclexplode(coalesce(proacl, acldefault('f', proowner))) a"
        " WHERE pronamespace = 'public'::regnamespace AND a.grantee = 0"
    )
    assert not rows(
        "SELECT a.privilege_type FROM pg_namespace CROSS JOIN aclexplode(nspacl) a"
        " WHERE nspname = 'public' AND a.grantee = 0"
    )
    assert not rows(
        "SELECT a.privilege_type FROM pg_database CROSS JOIN aclexplode(datacl) a"
        " WHERE datname = current_database() AND a.grantee = 0"
    )


def test_no_partition_is_reached_past_its_table():
    assert not rows(
        "SELECT relname, rolname FROM pg_class, pg_roles WHERE relispartition AND rolname = ANY (%s)"
        " AND relkind = 'r' AND has_table_privilege(rolname, pg_class.oid, 'SELECT, INSERT, UPDATE, DELETE')",
        [*logins.SERVING],
    )


def test_whoever_acts_as_somebody_else_looks_for_names_in_one_place():
    """A SECURITY DEFINER function without a search_path of its own would run what its caller put before."""
    assert not rows(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef"
        " AND coalesce(array_to_string(proconfig, ' '), '') !~ 'search_path=(public|pg_catalog), pg_temp'"
    )


def test_a_new_table_is_nobodys_until_it_is_listed():
    with become(OWNER):
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TABLE new_table (id integer); GRANT SELECT ON new_table TO firsthand_front"
            )
        assert grants.difference().unlisted == ["new_table"]
        grants.apply()
    assert may("firsthand_front", "new_table") == ""


def test_setting_it_twice_changes_nothing():
    with become(OWNER):
        assert not grants.apply()


# Entering a zone


def whoami() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        return cursor.fetchone()[0]


everywhere = pytest.mark.django_db(transaction=True, databases=["default", "outreach", "learn"])


@everywhere
def test_a_zone_is_entered_and_left_also_by_an_error():
    assert whoami() == "firsthand_front"
    with zones.of(zones.OUTREACH):
        assert whoami() == "firsthand_outreach"
        with pytest.raises(LookupError), zones.of(zones.LEARN):
            raise LookupError(whoami())
        assert whoami() == "firsthand_outreach"
    assert whoami() == "firsthand_front"


@everywhere
def test_a_transaction_inside_is_that_zones():
    with zones.of(zones.OUTREACH), transaction.atomic():
        assert whoami() == "firsthand_outreach"
        assert connections["default"].in_atomic_block
    assert not connections["outreach"].in_atomic_block
    assert not connections["default"].in_atomic_block


@everywhere
def test_nobody_changes_zones_in_the_middle_of_a_transaction():
    with transaction.atomic(), pytest.raises(zones.TransactionOpen):
        zones.of(zones.OUTREACH).__enter__()
    with zones.of(zones.OUTREACH), transaction.atomic(), pytest.raises(zones.TransactionOpen):
        zones.of(zones.LEARN).__enter__()


@everywhere
def test_a_zone_may_be_entered_twice():
    with zones.of(zones.OUTREACH), transaction.atomic(), zones.of(zones.OUTREACH):
        assert whoami() == "firsthand_outreach"


@everywhere
def test_another_thread_is_not_in_it():
    seen = []

    def look() -> None:
        seen.append(zones.current())

    with zones.of(zones.OUTREACH):
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    assert seen == ["default"]


async def test_tasks_beside_each_other_are_each_in_their_own():
    """And what they run in a thread goes with them."""

    async def work(zone: str, first: asyncio.Event, then: asyncio.Event) -> list[str]:
        with zones.of(zone):
            first.set()
            await then.wait()
            return [zones.current(), await sync_to_async(zones.current, thread_sensitive=False)()]

    one, two = asyncio.Event(), asyncio.Event()
    found = await asyncio.gather(work("outreach", one, two), work("learn", two, one))
    assert found == [["outreach"] * 2, ["learn"] * 2]
    assert zones.current() == "default"


@everywhere
def test_a_view_is_shown_in_its_zone():
    view = zones.within(zones.OUTREACH)(lambda request: whoami())
    assert view(RequestFactory().get("/")) == "firsthand_outreach"
    assert whoami() == "firsthand_front"


def test_in_a_test_that_is_rolled_back_the_zone_sees_what_the_test_made():
    from tests import world

    world.ada()
    with zones.of(zones.LEARN):
        assert whoami() == "firsthand_learn"
        assert rows("SELECT name FROM people_person") == [("Ada Lindner",)]
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            rows("SELECT password FROM people_person")
    assert whoami() == "firsthand_front"


def test_the_wall_of_this_database_is_whole():
    assert walls.faults() == []
