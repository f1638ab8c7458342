"""Somebody works while we attack: writes a note behind the wall and is still at it when another session looks.

What one session sends, others of the same login may see in PostgreSQL's own views: statements with their values,
and the token they came with.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from firsthand.config.attack.world import PURPOSE, World
from firsthand.protect import wall
from firsthand.protect.models import Note

PAUSE = 0.2


@contextmanager
def at_work(world: World) -> Iterator[None]:
    """In the zone that writes notes. Nothing they write stays."""
    advisor, contact = world.people["advisor"], world.contacts["others"].pk
    member = world.members["others"].pk
    words = world.marks.new("protect_note", "words", member).word
    world.marks.also(f"{PURPOSE}|{advisor.pk}|{contact}|".encode(), "protect_wall_key", "a token in use")
    over = threading.Event()

    def work() -> None:
        while not over.is_set():
            with transaction.atomic(), wall.within({PURPOSE}, person=advisor, contact=contact):
                over.wait(PAUSE)  # the token has just been sent
                Note.objects.create(contact_id=contact, purpose=PURPOSE, words=words, written_by=advisor)
                over.wait(PAUSE)  # and now the note
                transaction.set_rollback(True)
        connection.close()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=10)
