"""Who signs in to the database as what. The names are fixed: policies and grants name them."""

from collections.abc import Iterable

DATABASE = "firsthand"
OWNER = "firsthand"  # owns the database and migrates it; never serves
KEEPER = "firsthand_keeper"  # nobody signs in as it: owns the key of the wall and the functions that read it
# The zones by their alias in DATABASES; what each may do stands in config/zones.py.
ZONES = {
    "default": "firsthand_front",  # the pages, the worker, the jobs
    "casework": "firsthand_casework",
    "outreach": "firsthand_outreach",  # calls that nobody asked for, sales
    "learn": "firsthand_learn",
    "protection": "firsthand_protection",  # the data-protection officer, requests of data subjects
}
SERVING = tuple(ZONES.values())

PLAIN = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"


def statements(version: int, there: Iterable[str] = (), owner: str = OWNER) -> list[str]:
    """What makes the roles that are not there. The owner may become the keeper, to set up the wall."""
    there = set(there)
    made = [f"CREATE ROLE {owner} LOGIN {PLAIN}", f"CREATE ROLE {KEEPER} NOLOGIN {PLAIN}"]
    made += [f"CREATE ROLE {role} LOGIN NOINHERIT {PLAIN}" for role in SERVING]
    wanted = [statement for statement in made if statement.split()[2] not in there]
    # Else one session of a login reads in pg_stat_activity what another is just sending.
    wanted += [f"ALTER ROLE {role} SET track_activities = off" for role in SERVING if role not in there]
    if not {owner, KEEPER} <= there:
        # PostgreSQL 15 has no such words and lets the owner read the key, as who migrates could anyway.
        wanted.append(f"GRANT {KEEPER} TO {owner}{' WITH INHERIT FALSE' if version >= 16 else ''}")
    return wanted
