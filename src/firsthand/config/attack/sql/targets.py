"""What there is to get at, as the catalogue of the attacked database says: also what no model and no list names."""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings

from firsthand.config.attack import allowed, place
from firsthand.config.attack.sql.aims import Targets
from firsthand.config.attack.world import PURPOSE, World

# Relations with columns, and of a partition the table it is a part of.
RELATIONS = """
SELECT n.nspname, c.relname, c.relkind, a.attname, t.typname,
       (SELECT root.relname FROM pg_class root WHERE root.oid = pg_partition_root(c.oid)),
       (SELECT d.refobjid::regclass::text FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('a', 'i')
        AND c.relkind = 'S' LIMIT 1)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type t ON t.oid = a.atttypid
WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND n.nspname !~ '^pg_temp'
    AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') ORDER BY 1, 2, a.attnum
"""
TOAST = """
SELECT 'pg_toast.' || t.relname FROM pg_class c JOIN pg_class t ON t.oid = c.reltoastrelid
WHERE c.relname IN ('protect_note', 'protect_confidence', 'answer_contact', 'members_member')
"""
FUNCTIONS = """
SELECT n.nspname || '.' || quote_ident(p.proname), array(SELECT format_type(x, NULL) FROM unnest(proargtypes) x)
FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace
WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND prokind = 'f' AND prorettype <> 'trigger'::regtype
ORDER BY 1, 2
"""
NUMBERS = {"int2", "int4", "int8"}
KEYS = ("member_id", "contact_id", "person_id", "id")
# Where PostgreSQL itself may keep values: samples of columns, texts of statements, secrets, settings, definitions.
CATALOGUES = (
    "pg_stats", "pg_statistic", "pg_stats_ext", "pg_stats_ext_exprs", "pg_statistic_ext_data", "pg_stat_activity",
    "pg_prepared_statements", "pg_cursors", "pg_largeobject", "pg_authid", "pg_shadow", "pg_settings", "pg_roles",
    "pg_file_settings", "pg_hba_file_rules", "pg_ident_file_mappings", "pg_description", "pg_shdescription",
    "pg_seclabels", "pg_user_mappings", "pg_foreign_server", "pg_subscription", "pg_db_role_setting",
    "pg_attrdef", "pg_constraint", "pg_views", "pg_matviews", "pg_rules", "pg_policies", "pg_trigger",
    "pg_locks", "pg_listening_channels()", "pg_prepared_xacts", "pg_replication_slots", "pg_stat_statements",
    "pg_stat_user_tables", "pg_sequences", "pg_event_trigger", "pg_tablespace", "pg_backend_memory_contexts",
    "pg_stat_get_activity(NULL)", "pg_stat_progress_copy", "pg_ls_logdir()", "pg_ls_waldir()",
    "information_schema.columns", "information_schema.routines", "information_schema.views",
)  # fmt: skip


def of(zone: str, world: World) -> Targets:
    with place.connect() as plain:
        found = Targets(
            catalogues=[*CATALOGUES, *(name for (name,) in plain.execute(TOAST).fetchall())],
            calls=_calls(plain, world),
            files=_files(),
            walled=allowed.WALLED,
            openings=_openings(world),
            speaks=[name for name, kinds in plain.execute(FUNCTIONS).fetchall() if kinds == ["text"]],
            their=[world.members[name].pk for name in ("others", "closed")],
        )
        columns: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        roots: dict[tuple[str, str], str] = {}
        for schema, name, kind, column, type_, root, owner in plain.execute(RELATIONS).fetchall():
            if kind == "S":
                if column == "last_value" and not allowed.opens(zone, (owner or name).rpartition(".")[2]):
                    found.sequences.append(f"{schema}.{name}")
                continue
            if not allowed.opens(zone, root or name, column):
                roots[schema, name] = root or name
            columns[schema, name].append((column, type_))
    for (schema, name), root in roots.items():
        numbers = {column for column, type_ in columns[schema, name] if type_ in NUMBERS}
        key = next((f"t.{one}" for one in KEYS if one in numbers), "1")
        for column, _ in columns[schema, name]:
            if not allowed.opens(zone, root, column):
                closed = not any(allowed.opens(zone, root, one) for one, _ in columns[schema, name])
                found.relations.append((f'{schema}."{name}"', f'"{column}"', key, root, closed))
    # Half of all attempts for what the wall stands around; a copy is skipped when it makes the same statement.
    walled = [one for one in found.relations if one[3] in allowed.WALLED]
    found.relations += walled * max(0, round(len(found.relations) / max(1, len(walled))) - 2)
    return found


def _openings(world: World) -> list[str]:
    """Who holds a token of their own contact gives themselves the file of another member in it."""
    helper, own = world.helper.pk, world.contacts["own"].pk
    found = []
    for name in ("others", "closed"):
        member, contact = world.members[name].pk, world.contacts[name].pk
        inserted = (
            f"INSERT INTO protect_grant (person_id, member_id, contact_id) VALUES ({helper}, {member}, {own})"
        )
        found += [
            f"UPDATE protect_grant SET closed_at = clock_timestamp() WHERE closed_at IS NULL;{inserted}",
            f"UPDATE protect_grant SET member_id = {member} WHERE contact_id = {own}",
            f"UPDATE protect_grant SET closed_at = NULL, contact_id = {own} WHERE contact_id = {contact}",
            f"UPDATE protect_grant SET person_id = {helper} WHERE contact_id = {contact}",
            f"DELETE FROM protect_grant WHERE person_id = {helper};{inserted}",
        ]
    return found


def _files() -> list[str]:
    """What an installation keeps beside the database. The server runs as a user who could read some of it."""
    home = Path(settings.HOME)
    names = (
        "secret",
        "secret-key",
        "wall-key",
        "keys/0001.key",
        "postgresql-18/pg_hba.conf",
        "postgresql-18/start.log",
    )
    return [*(str(home / name) for name in names), "/etc/passwd", "postgresql.auto.conf", "mark"]


def _calls(plain: psycopg.Connection[Any], world: World) -> list[str]:
    """Every function of the house with arguments that fit, and some that somebody could know."""
    members = [str(member.pk) for member in world.members.values()]
    people = [str(world.people[name].pk) for name in ("helper", "colleague", "protection")]
    contacts = [str(world.contacts[name].pk) for name in ("own", "others", "closed")]
    fitting = {
        "bigint": [*members, *people, *contacts, "NULL"],
        "integer": ["0", "1", "NULL"],
        "text": ["'basic'", f"'{PURPOSE}'", "'%'", "'file'", "'xqj99999'"],
        "text[]": [f"ARRAY['{PURPOSE}']", "'{}'"],
        "bigint[]": [f"ARRAY[{','.join([*members, *contacts])}]::bigint[]"],
        "regclass": ["'public.protect_note'::regclass"],
        "boolean": ["true", "false"],
    }
    calls: list[str] = []
    for name, kinds in plain.execute(FUNCTIONS).fetchall():
        choices = [fitting.get(kind, [f"NULL::{kind}"]) for kind in kinds]
        for number, given in enumerate(product(*choices)):
            if number == (3 if "procrastinate" in name else 30):
                break
            calls.append(f"{name}({', '.join(given)})")
    return calls
