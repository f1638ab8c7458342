"""What members confide is seen through a token: these purposes, this person, this contact, for a minute.

    with wall.within({contact_purpose}, person=by, contact=contact.pk):
        Note.objects.filter(…)

PostgreSQL checks the token for each statement (sql/wall.sql); without a valid one there are no rows. It lives
in the transaction (SET LOCAL), so it is safe behind a pool and behind a pooler in transaction mode.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, nullcontext

import psycopg
from django.conf import settings
from django.db import connection, transaction
from psycopg.pq import TransactionStatus

from firsthand.people.models import Person

SECONDS = 60
# Not of a note but of an act; each is for one login only, and its own policy says for which.
OPEN = "open"  # a file, for this person, this member and this contact (or none): the front
REQUEST = "request"  # of a data subject, one member: data protection
RETENTION = "retention"  # what has had its time: data protection
IMPORT = "import"  # what was written before this house stood: the owner, who migrates

ENTER = "SELECT current_setting('firsthand.token', true), set_config('firsthand.token', %s, true)"
BACK = "SELECT set_config('firsthand.token', %s, true)"
LEAVE = "SET LOCAL firsthand.token = ''"  # the usual way out: PostgreSQL plans nothing
TURN = "SELECT protect_wall_turn(%s, %s, %s)"


@contextmanager
def within(
    purposes: Collection[str],
    *,
    person: Person | None,
    contact: int | None = None,
    member: int | None = None,
    seconds: int = SECONDS,
) -> Iterator[None]:
    """Joins the open transaction or opens one. `member` is for the request of a data subject."""
    token = signed(purposes, person.pk if person else None, contact, member, int(time.time()) + seconds)
    with nullcontext() if connection.in_atomic_block else transaction.atomic():
        before = _hold(ENTER, token)
        try:
            yield
        finally:
            _leave(before)


def _leave(before: str) -> None:
    """What goes on in the same transaction goes on without. One that failed is rolled back by whoever opened
    it or a savepoint in it, and the token with it."""
    plain = connection.connection
    if plain and not connection.needs_rollback and plain.info.transaction_status == TransactionStatus.INTRANS:
        if before:
            _hold(BACK, before)
        else:
            with connection.wrap_database_errors:
                plain.execute(LEAVE)


def _hold(statement: str, token: str) -> str:
    """The token travels beside the statement, not in it as Django would write it: a statement can be read, by
    others of the same login and in a log."""
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        return str((cursor.execute(statement, [token]).fetchone() or [""])[0] or "")


def signed(
    purposes: Collection[str], actor: int | None, contact: int | None, member: int | None, until: int
) -> str:
    """Purposes, actor, contact, member, end, and the HMAC over them. Nobody reads it but the database.

    A purpose stands there as the names of its rows begin (`shown_as`): `,kvg_a:,kvg_b:`.
    """
    if any(not purpose.replace("_", "").isalnum() for purpose in purposes):
        raise ValueError("a purpose is a code of letters, digits and _")
    begins = "".join(f",{purpose}:" for purpose in sorted(purposes))
    words = "|".join([begins, *(str(one or "") for one in (actor, contact, member)), str(until)])
    return f"{words}|{hmac.new(key(), words.encode(), hashlib.sha256).hexdigest()}"


def key() -> bytes:
    """As long as SHA-256 gives, whatever the operator has put there."""
    return hashlib.sha256(settings.WALL_KEY.encode()).digest()


def install() -> bool:
    """Tell the database the key, as the owner. A new one: the one before still holds for a day."""
    padded = key().ljust(64, b"\0")
    pads = [bytes(byte ^ pad for byte in padded) for pad in (0x36, 0x5C)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE firsthand_keeper")
        cursor.execute(TURN, [hashlib.sha256(key()).hexdigest(), *pads])
        new = bool(cursor.fetchone()[0])
        cursor.execute("RESET ROLE")
    return new
