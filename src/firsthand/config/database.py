"""Where the database is, and as whom each zone signs in: addresses of its own, or ours in FIRSTHAND_HOME."""

from typing import Any

import psycopg
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

from firsthand.config import env, logins
from firsthand.config.home import home

# What libpq names otherwise than Django.
DJANGO = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}

NAMES = {
    "owner": "DATABASE_URL",
    "default": "DATABASE_URL_FRONT",
    "casework": "DATABASE_URL_CASEWORK",
    "outreach": "DATABASE_URL_OUTREACH",
    "learn": "DATABASE_URL_LEARN",
    "protection": "DATABASE_URL_PROTECTION",
}


def databases() -> dict[str, dict[str, Any]]:
    """One alias for each zone, and `owner`, as who `firsthand prepare` migrates."""
    place = _outside if any(env.text(name) for name in NAMES.values()) else _own
    found = {alias: place(alias) for alias in NAMES}
    return {alias: {**one, "CONN_HEALTH_CHECKS": True} for alias, one in found.items() if one}


def _own(alias: str) -> dict[str, Any]:
    return {
        "ENGINE": "firsthand.config.embedded",
        "NAME": logins.DATABASE,
        "USER": logins.ZONES.get(alias, logins.OWNER),
        "HOME": str(home()),
        "FORGETFUL": env.flag("FIRSTHAND_FORGETFUL"),
        "OPTIONS": {"pool": pool(alias), "application_name": "firsthand"},
    }


def _outside(alias: str) -> dict[str, Any]:
    """DATABASE_URL, the owner's, is needed to prepare only; each zone's is needed to serve."""
    name = NAMES[alias]
    url = env.text(name)
    if not url and alias == "owner":
        return {}
    if not url:
        raise ImproperlyConfigured(
            f"{name} is not set. DATABASE_URL is the owner of the database, who prepares it and never "
            f"serves; {', '.join(list(NAMES.values())[1:])} are the logins that do. "
            "`firsthand roles --sql` says how to make them."
        )
    found = from_url(url, name, alias)
    role = logins.ZONES.get(alias)
    if role and found["USER"] != role:
        raise ImproperlyConfigured(
            f"{name} signs in as {found['USER'] or 'nobody'}, and must as {role}. "
            "`firsthand roles --sql` says how to make it."
        )
    return found


def from_url(url: str, name: str = "DATABASE_URL", alias: str = "default") -> dict[str, Any]:
    """Ready for a pooler in transaction mode: no server-side cursors, and Django prepares no statements."""
    address = parsed(url, name)
    options: dict[str, Any] = {"connect_timeout": "5", "application_name": "firsthand"}
    options |= {name: value for name, value in address.items() if name not in DJANGO}
    options["pool"] = pool(alias)
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


def pool(alias: str = "default") -> dict[str, Any]:
    """A page waits five seconds for a connection, then says that the database cannot be reached.

    A try to connect is given up soon: the next page begins a new one, and finds a database that is back.
    """
    return {
        "min_size": 1 if alias == "default" else 0,
        "max_size": env.number("FIRSTHAND_POOL", 20, least=1),
        "timeout": 5,
        "reconnect_timeout": 1,
        "reset": clean,
    }


def clean(connection: psycopg.Connection[Any]) -> None:
    """Whatever a session was set to ends with its turn: the next one is somebody else's."""
    connection.execute("RESET ALL; RESET ROLE")
    if connection.info.parameter_status("TimeZone") != "UTC":  # as Django sets it on a new connection
        connection.execute("SET TimeZone = 'UTC'")
    if not connection.autocommit:
        connection.commit()
