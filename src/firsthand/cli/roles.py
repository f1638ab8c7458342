"""`firsthand roles`: as whom Firsthand signs in to the database; `--sql`: what makes those roles, once."""

import argparse

from firsthand.config import logins
from firsthand.config.database import NAMES

WHAT = {
    "owner": "owns the database and prepares it; never serves",
    "default": "the pages, the worker, the jobs",
    "casework": "promises after the contact: no members, no notes",
    "outreach": "calls that nobody asked for: no notes, no file",
    "learn": "observations and the board: no members",
    "protection": "requests of data subjects, clocks, who looked",
}
HEAD = """\
-- Once, in psql, as an administrator of the server (PostgreSQL {version}). `firsthand prepare` does the rest:
-- it gives each zone what it needs, and takes all else from everybody.
"""
FOOT = """
-- A password for each, which goes into {names}:
{passwords}
-- In pg_hba.conf, one line for each and no wider one above them, for example:
{lines}
"""


def run(given: argparse.Namespace) -> int:
    print(statements(given.postgresql) if given.sql else table())
    return 0


def table() -> str:
    rows = [(logins.ZONES.get(alias, logins.OWNER), NAMES[alias], what) for alias, what in WHAT.items()]
    lines = [f"  {role:<22} {name:<24} {what}" for role, name, what in rows]
    return "\n".join([*lines, "", "What makes them: firsthand roles --sql"])


def statements(version: int) -> str:
    roles = [logins.OWNER, *logins.SERVING]
    made = [*logins.statements(version), f"CREATE DATABASE {logins.DATABASE} OWNER {logins.OWNER}"]
    made[-1] += " TEMPLATE template0 ENCODING 'UTF8'"
    foot = FOOT.format(
        names=", ".join(NAMES.values()),
        passwords="\n".join(f"\\password {role}" for role in roles),
        lines="\n".join(f"-- hostssl {logins.DATABASE} {role} 10.0.0.0/24 scram-sha-256" for role in roles),
    )
    return HEAD.format(version=version) + "".join(f"{statement};\n" for statement in made) + foot
