"""Where the database is: DATABASE_URL, or our own PostgreSQL in FIRSTHAND_HOME."""

from typing import Any

import psycopg
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

from firsthand.config import env
from firsthand.config.home import home

# What libpq names otherwise than Django.
DJANGO = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def databases() -> dict[str, dict[str, Any]]:
    return {"default": {**_place(), "CONN_HEALTH_CHECKS": True}}


def _place() -> dict[str, Any]:
    if url := env.text("DATABASE_URL"):
        return from_url(url)
    return {
        "ENGINE": "firsthand.config.embedded",
        "NAME": "firsthand",
        "HOME": str(home()),
        "FORGETFUL": env.flag("FIRSTHAND_FORGETFUL"),
        "OPTIONS": {"pool": pool(), "application_name": "firsthand"},
    }


def from_url(url: str) -> dict[str, Any]:
    """Ready for a pooler in transaction mode: no server-side cursors, and Django prepares no statements."""
    address = parsed(url, "DATABASE_URL")
    options: dict[str, Any] = {"connect_timeout": "5", "application_name": "firsthand"}
    options |= {name: value for name, value in address.items() if name not in DJANGO}
    options["pool"] = pool()
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{django: str(address.get(libpq) or "") for libpq, django in DJANGO.items()},
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": options,
    }


def parsed(url: str, name: str) -> dict[str, Any]:
    """As libpq reads it: percent-encoded socket folders, several hosts, options after the question mark."""
    try:
        address = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        raise ImproperlyConfigured(f"{name} cannot be read. {EXAMPLE}") from None
    if not address.get("dbname"):
        raise ImproperlyConfigured(f"{name} names no database. {EXAMPLE}")
    return address


EXAMPLE = "It looks like postgresql://user:password@host:5432/firsthand?sslmode=verify-full"


def pool() -> dict[str, Any]:
    """A page waits five seconds for a connection, then says that the database cannot be reached.

    A try to connect is given up soon: the next page begins a new one, and finds a database that is back.
    """
    return {"min_size": 1, "max_size": env.number("FIRSTHAND_POOL", 20), "timeout": 5, "reconnect_timeout": 1}
