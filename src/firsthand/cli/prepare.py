"""Bring the database up to date: reachable, migrated, partitioned, with the catalogue of concerns."""

import argparse
import hashlib
from pathlib import Path

import django
from django.conf import settings

import firsthand
from firsthand.cli.halt import Halt
from firsthand.config import catalogues, env, home, zones

OLDEST = 15


def run(given: argparse.Namespace) -> int:
    prepare()
    print("The database is up to date.")
    return 0


def prepare() -> None:
    """Safe for any number of processes at once: the first does it, the others wait and find it done."""
    catalogues.compile_stale()
    django.setup()
    from firsthand.config import grants, walls
    from firsthand.journal import actions as journal
    from firsthand.kernel import direct
    from firsthand.kernel.zones import OWNER, of
    from firsthand.know import actions as know
    from firsthand.people import actions as people
    from firsthand.protect import actions as protect

    if OWNER not in settings.DATABASES:
        raise Halt("DATABASE_URL is not set: it is the owner's login, who prepares the database.")
    with of(OWNER):
        grants.let_in()
    check_reachable()
    with direct.alone("prepare"):
        with of(OWNER):
            migrate()
        journal.partitions()
        know.load_catalogue()
        people.publish_secrecy()
        protect.set_rules()
        if settings.DEMO:
            from firsthand.home import demo

            with of(OWNER):  # what is brought over from before is the owner's to write
                demo.build()
            demo.ensure_today()
            demo.tonight()
    if found := walls.faults():
        raise Halt(walls.sentence(found))
    marker().write_text(fingerprint(), encoding="ascii")


def marker() -> Path:
    return home.home() / "prepared"


def fingerprint() -> str:
    """Changes with the version, the migrations, the database and the country."""
    package = Path(firsthand.__file__).parent
    migrations = sorted(str(path.relative_to(package)) for path in package.glob("*/migrations/0*.py"))
    house = [env.text(name) for name in ("DATABASE_URL", "FIRSTHAND_COUNTRY", "FIRSTHAND_ZONE")]
    rights = [repr(zones.TABLES), repr(zones.FUNCTIONS)]
    words = [firsthand.__version__, *house, *migrations, *rights]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def was_done() -> bool:
    """By an earlier start of this very version: then nothing is left to do, most likely."""
    try:
        return marker().read_text(encoding="ascii") == fingerprint()
    except OSError:
        return False


def check_reachable() -> None:
    """Both addresses answer, and the server is new enough."""
    import psycopg
    from django.db import connection

    from firsthand.kernel import direct

    if not connection.settings_dict["NAME"]:
        raise Halt("DATABASE_URL names no database.")
    connection.ensure_connection()
    try:
        with direct.connect() as straight:
            version = straight.info.server_version // 10000
    except psycopg.OperationalError as error:
        raise Halt(f"DATABASE_DIRECT_URL cannot be reached. {direct.why(error)}") from None
    if version < OLDEST:
        raise Halt(f"PostgreSQL {version} is too old: Firsthand needs {OLDEST} or newer.")


def migrate() -> None:
    """As the owner: the tables, who may do what with them, and the key of the wall."""
    from django.core.management import call_command

    from firsthand.config import grants
    from firsthand.protect import wall

    if pending():
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    grants.apply()
    wall.install()


def check_done() -> None:
    """For a command that works on the tables: they are as this version needs them, or nothing is begun."""
    if left := len(pending()):
        raise Halt(
            f"The database is not as this version needs it: changes are still to be made ({left}). "
            "Nothing was done. First run `firsthand prepare`."
        )


def pending() -> list[str]:
    """Migrations that the code has and the database has not."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
