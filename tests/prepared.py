"""The database of a test process: a copy of one that was migrated once.

A hundred migrations take a quarter of a minute, most of it in Django's picture of the models. The first process
that needs them makes the template; those beside it and those of later runs copy it in less than a second, until
something that makes the schema is changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import connections

ROOT = Path(__file__).parents[1]
# What the migrations are, run and import, what they are run by, and the models of which Django lists permissions.
MADE_OF = (
    "src/firsthand/*/migrations/*.py",
    "src/firsthand/**/*.sql",
    "src/firsthand/**/models.py",
    "src/firsthand/**/models/*.py",
    "src/firsthand/config/**/*.py",
    "src/firsthand/kernel/*.py",
    "src/firsthand/people/secrecy.py",
    "tests/settings.py",
    "tests/prepared.py",
    "uv.lock",
)
PREFIX = "prepared_"
LOCK = 726_174_001  # any number that nobody else locks


def make() -> None:
    """Where `owner` then is. What stood under this name is gone: no test sees what another run left."""
    owner = connections["owner"]
    name, template = owner.creation._get_test_db_name(), PREFIX + fingerprint()
    with _alone(owner) as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        there = {found for (found,) in cursor.fetchall()}
        if template not in there:
            owner.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
            owner.close()
            for old in there:
                cursor.execute(f"DROP DATABASE {old}")
            cursor.execute(f"ALTER DATABASE {name} RENAME TO {template}")
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    owner.settings_dict["NAME"] = name


def drop() -> None:
    owner = connections["owner"]
    owner.close()
    with owner.creation._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {owner.settings_dict['NAME']}")


def fingerprint() -> str:
    """Changes with whatever may change the tables."""
    found = sha256()
    for path in sorted({path for pattern in MADE_OF for path in ROOT.glob(pattern)}):
        found.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:16]


@contextmanager
def _alone(owner: Any) -> Iterator[Any]:
    """Another process that wants the template waits until it is whole."""
    with owner.creation._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        yield cursor
