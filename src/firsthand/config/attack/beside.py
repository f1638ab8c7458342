"""What is written beside the tables it belongs in: logs, the outbox, sessions, the cache, mail, journal, files.

A mark of what is behind the wall may stand in its own table and nowhere else; one that somebody typed in no
log, no session and no header, and a mark of a member in no word that the house says about itself.
"""

from __future__ import annotations

import base64
import binascii
import logging
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session

from firsthand.config.attack import place
from firsthand.config.attack.findings import Leak
from firsthand.config.attack.marks import Mark
from firsthand.config.attack.world import World
from firsthand.config.logs import Json, Words

# Tables in which no word of anybody stands, whoever said it.
WORDLESS = (
    "live_outbox", "live_serving", "journal_entry", "journal_link", "journal_seal", "journal_closing",
    "answer_contactevent", "protect_read_link", "protect_line", "protect_run", "people_allowance", "procrastinate_jobs",
    "procrastinate_events", "django_migrations",
)  # fmt: skip
# One member's words copied to where others of theirs stand is the house's work; out of these tables it is a leak.
HOME = {"protect_note": {"protect_note"}, "protect_confidence": {"protect_confidence"}}
RELATIONS = """
SELECT c.oid::regclass::text, coalesce(root.relname, c.relname)
FROM pg_class c LEFT JOIN pg_class root ON root.oid = pg_partition_root(c.oid)
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
"""


class Kept(logging.Handler):
    """Every record of every logger, as the house would write it: in its two forms."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[tuple[str, str]] = []
        self._forms = (Words(), Json())

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append((record.name, "\n".join(form.format(record) for form in self._forms)))


@contextmanager
def logged() -> Iterator[Kept]:
    """Whatever level the settings would leave out."""
    kept = Kept()
    named = [logging.getLogger(name) for name in ("", *logging.root.manager.loggerDict)]
    before = [(one, one.level, one.propagate, one.handlers) for one in named]
    for one in named:
        one.setLevel(logging.DEBUG)
        one.propagate, one.handlers = True, []
    logging.root.addHandler(kept)
    try:
        yield kept
    finally:
        logging.root.removeHandler(kept)
        for one, level, propagate, handlers in before:
            one.setLevel(level)
            one.propagate, one.handlers = propagate, handlers


def in_logs(world: World, kept: Kept) -> Iterator[Leak]:
    for name, said in kept.lines:
        if marks := world.marks.in_text(said):
            yield _leak("the log", "", f"a line of {name}", marks)
    for path in _logs_of_postgresql():
        if marks := world.marks.in_text(path.read_bytes()):
            yield _leak("PostgreSQL's own log", "", path.name, marks)


def look(world: World, who: str) -> Iterator[Leak]:
    """In the copy of the house that this visitor has just left."""
    with place.connect() as plain:
        for relation, table in plain.execute(RELATIONS).fetchall():
            rows = plain.execute(f"SELECT t::text FROM {relation} t").fetchall()
            marks = world.marks.in_text("\n".join(row for (row,) in rows))
            if wrong := {mark for mark in marks if not _belongs(mark, table)}:
                yield _leak(f"rows of {table}", who, f"SELECT * FROM {relation}", wrong)
    for (key,) in Session.objects.values_list("session_key"):
        held = str(Session.objects.get(pk=key).get_decoded())
        if marks := world.marks.in_text(held):
            yield _leak("a session", who, "SELECT session_data FROM django_session", marks)
    yield from _cached(world, who)
    yield from _files(world, who)


def _belongs(mark: Mark, table: str) -> bool:
    if mark.column == "id" and mark.member is None:
        return True  # the number of a row: links and the journal lead to it
    if table in WORDLESS:
        return mark.table == table  # planted there, to be missed elsewhere
    return table in HOME.get(mark.table, {table})


def _cached(world: World, who: str) -> Iterator[Leak]:
    with place.connect() as plain:
        for (value,) in plain.execute("SELECT value FROM firsthand_cache").fetchall():
            if marks := world.marks.in_text(_unpacked(value)):
                yield _leak("the cache", who, "SELECT value FROM firsthand_cache", marks)


def _unpacked(value: str) -> bytes:
    try:
        raw = base64.b64decode(value)
    except binascii.Error:
        return value.encode()
    try:
        return zlib.decompress(raw)
    except zlib.error:
        return raw


def _files(world: World, who: str) -> Iterator[Leak]:
    """Mail, and whatever else the house has put into its home; the database's own folder is not text."""
    home = Path(settings.HOME)
    for path in home.rglob("*"):
        inside = path.relative_to(home).parts[0]
        if (
            path.is_file()
            and not inside.startswith(("postgresql-", "programs-", "socket"))
            and path.stat().st_size < 1 << 22
        ):
            marks = {mark for mark in world.marks.in_text(path.read_bytes()) if mark.table not in KEYS}
            if marks:
                yield _leak("a file", who, "/".join(path.relative_to(home).parts), marks)


KEYS = {"protect_wall_key", "django_session"}  # stand in files of the home, closed to others


def _logs_of_postgresql() -> list[Path]:
    return [path for path in Path(settings.HOME).glob("postgresql-*/log/*") if path.is_file()]


def _leak(where: str, who: str, shows: str, marks: set[Mark]) -> Leak:
    seen = ", ".join(f"mark {mark}" for mark in sorted(marks, key=lambda one: one.number)[:3])
    return Leak("logs", who, where, shows, seen)
