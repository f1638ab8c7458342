"""The triggers that hold the house's rules: are they all there, switched on, as our own SQL says them?

What ought to be there is read from the rooms' sql/*.sql, which the migrations ran. Nobody keeps a second list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from firsthand.kernel import sql

STATEMENT = re.compile(r"^CREATE (?:OR REPLACE )?(?:CONSTRAINT )?TRIGGER .*?;", re.MULTILINE | re.DOTALL)
SAYS = re.compile(
    r"CREATE (?:OR REPLACE )?(?:CONSTRAINT )?TRIGGER (?P<name>\w+) (?P<time>BEFORE|AFTER) (?P<events>.+?)"
    r" ON (?:public\.)?(?P<table>\w+)(?: (?:NOT )?DEFERRABLE)?(?: INITIALLY (?:DEFERRED|IMMEDIATE))?"
    r"(?: FOR EACH (?P<each>ROW|STATEMENT))?(?: WHEN \((?P<when>.+)\))?"
    r" EXECUTE FUNCTION (?:public\.)?(?P<function>\w+)\("
)
ROWS = re.compile(r"\(([^()]+, [^()]+)\) IS DISTINCT FROM \(([^()]+)\)")
ADDED = re.compile(r"[\s()]|::\w+(\[\])?|\.\*")
# These two are made by functions of their own (journal/sql/schema.sql).
ONLY_GROWS = re.compile(r"^SELECT journal_append_only\('(\w+)'\)", re.MULTILINE)
CHAINED = re.compile(r"^SELECT journal_chain\('(\w+)'", re.MULTILINE)
APPEND_ONLY = (
    "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {} FOR EACH ROW EXECUTE FUNCTION journal_refuse_change()",
    "CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON {} EXECUTE FUNCTION journal_refuse_change()",
)
ALWAYS = "A"  # for a session that plays replica too


@dataclass(frozen=True)
class Guard:
    """What one trigger does, however it is written."""

    table: str
    name: str
    does: tuple[Any, ...]
    function: str
    always: bool = False


def broken(rows: list[tuple[Any, ...]]) -> Iterator[str]:
    """A sentence for each guard that is not as it should be. `rows`: each trigger of the database, whether its
    table is a partition, how it is switched, its definition and the words of its function."""
    found = {}
    for table, name, partition, enabled, says, words in rows:
        found[table, name] = _read(says), enabled, words
        if partition and name in ("append_only", "append_only_whole") and enabled != ALWAYS:
            yield f"The trigger {name} of {table} is switched off."
    for guard in guards():
        if (guard.table, guard.name) not in found:
            yield f"The trigger {guard.name} of {guard.table} is not there."
            continue
        actual, enabled, words = found[guard.table, guard.name]
        if enabled not in ({ALWAYS} if guard.always else {ALWAYS, "O"}):
            yield f"The trigger {guard.name} of {guard.table} is switched off."
        elif (actual.does, actual.function) != (guard.does, guard.function) or words.strip() not in scripts():
            yield f"The trigger {guard.name} of {guard.table} does something else than ours."


@cache
def guards() -> tuple[Guard, ...]:
    """What the rooms' SQL creates."""
    text = scripts()
    grows = [*ONLY_GROWS.findall(text), *CHAINED.findall(text)]
    made = [_read(statement) for statement in STATEMENT.findall(text)]
    made += [_read(one.format(table), always=True) for table in grows for one in APPEND_ONLY]
    return tuple(made)


@cache
def scripts() -> str:
    """All SQL that the rooms bring."""
    rooms = sorted(room.name for room in resources.files("firsthand").iterdir() if (room / "sql").is_dir())
    return "\n".join(
        sql.script(f"firsthand.{room}", file.name.removesuffix(".sql"))
        for room in rooms
        for file in sorted((resources.files(f"firsthand.{room}") / "sql").iterdir(), key=lambda one: one.name)
        if file.name.endswith(".sql")
    )


def _read(statement: str, *, always: bool = False) -> Guard:
    said = SAYS.match(" ".join(statement.split()))
    if not said:
        raise ValueError(f"a trigger that this house cannot read: {statement}")
    events, _, columns = said["events"].partition(" OF ")
    does = (
        said["time"],
        frozenset(events.replace(",", " ").split(" OR ")),
        frozenset(columns.replace(",", " ").split()),
        said["each"] or "STATEMENT",
        _condition(said["when"] or ""),
    )
    return Guard(said["table"], said["name"], does, said["function"], always)


def _condition(words: str) -> str:
    """Without what PostgreSQL adds when it says a condition: casts, brackets, and rows compared one by one."""
    words = ROWS.sub(
        lambda said: " OR ".join(
            f"{old} IS DISTINCT FROM {new}"
            for old, new in zip(said[1].split(", "), said[2].split(", "), strict=True)
        ),
        words,
    )
    return ADDED.sub("", words).lower()
