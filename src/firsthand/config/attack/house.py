"""The small insurer, made and planted, from which each attack takes a fresh copy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from firsthand.config.attack import place, planting, world
from firsthand.config.attack.marks import FIGURES
from firsthand.config.attack.world import World

HOUSE = "attacked"
READS = 900  # the rows of the read log bear marks as their numbers: they hold nothing but codes


def made(source: str = "firsthand") -> World:
    """In a database of its own, made from one that is prepared."""
    place.use(source)
    place.copy(source, HOUSE)
    place.use(HOUSE)
    with place.connect() as plain:
        plain.execute(f"ALTER TABLE protect_read ALTER COLUMN id RESTART WITH {FIGURES}{READS:05}")
    built = world.build()
    planting.plant(built)
    with place.connect() as plain:
        for number, member in plain.execute("SELECT id, member_id FROM protect_read ORDER BY id").fetchall():
            built.marks.numbered(int(str(number)[-5:]), "protect_read", "id", member)
    # In the server's own folder, where a function that reads files would find it.
    for folder in Path(settings.HOME).glob("postgresql-[0-9]*"):
        (folder / "mark").write_text(built.marks.new("a file of the server", "mark").word, encoding="ascii")
        (folder / "mark").chmod(0o644)
    return built


@contextmanager
def called(name: str) -> Iterator[None]:
    """The house that is attacked is this database for a while."""
    global HOUSE  # noqa: PLW0603  one house for the process
    before, HOUSE = HOUSE, name
    try:
        yield
    finally:
        HOUSE = before
