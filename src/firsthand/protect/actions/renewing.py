"""The keys change: a new one wraps what lives, the old one is destroyed.

Then no backup opens what was erased: whatever the backup holds was wrapped by a key that is nowhere any more.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.utils import timezone

from firsthand.journal import actions as journal
from firsthand.kernel import zones
from firsthand.people.models import Person
from firsthand.protect import keys, wall
from firsthand.protect.actions.confidences import erase
from firsthand.protect.models import Confidence, ConfidenceQuerySet
from firsthand.protect.pure import sealing

BATCH = 500
WRAPPED_ANEW = """
    UPDATE protect_confidence c SET key_id = %s, wrapped_key = n.wrapped
    FROM unnest(%s::uuid[], %s::bytea[]) AS n (id, wrapped) WHERE c.id = n.id
"""
Tell = Callable[[int], None]


@dataclass
class Renewed:
    key: str  # the current one now
    wrapped: int = 0  # under the new key
    lost: int = 0  # of a key that is not here: they were not readable before either
    destroyed: list[str] = field(default_factory=list)
    to_destroy: list[str] = field(default_factory=list)  # by whoever holds FIRSTHAND_KEYS


@zones.within(zones.PROTECTION)
def rotate_keys(*, by: Person | None, tell: Tell = lambda done: None) -> Renewed:
    """In batches, each of its own transaction. Stopped on the way it goes on where it was: while something
    living is still wrapped by an older key, no further key is made.
    """
    erase_again(by=by)
    ring = keys.ring()
    if keys.in_files() and not _interrupted(ring):
        keys.set_erased_aside()
        keys.add()
        ring = keys.ring()
    renewed = Renewed(ring.current.id)
    while _rewrap(ring, renewed):
        tell(renewed.wrapped)
    _destroy_old(ring, renewed)
    return renewed


@zones.within(zones.PROTECTION)
def renew_keys(*, by: Person | None = None) -> Renewed | None:
    """By the clock: a new key in the night after something was erased. None: there is no reason to."""
    ring = keys.ring()
    today = timezone.localdate()
    if not keys.in_files() or (ring.made_at and timezone.localdate(ring.made_at) == today):
        return None
    return rotate_keys(by=by) if keys.erased() or len(ring.keys) > 1 else None


@zones.within(zones.PROTECTION)
def erase_again(*, by: Person | None = None) -> int:
    """What is on the list of the erased and lives: the database was restored from a backup."""
    listed = keys.erased()
    if not listed:
        return 0
    with transaction.atomic(), _all_of_them(by):
        return erase(Confidence.objects.living().filter(pk__in=listed), why="restored", by=by)


def _interrupted(ring: keys.Ring) -> bool:
    with _all_of_them(None):
        return _behind(ring).exists()


def _behind(ring: keys.Ring) -> ConfidenceQuerySet:
    """Living ones that another key wraps, of the keys that are here."""
    older = [key.id for key in ring.keys[1:]]
    return Confidence.objects.living().filter(key_id__in=older)


def _rewrap(ring: keys.Ring, renewed: Renewed) -> bool:
    with transaction.atomic(), _all_of_them(None):
        rows = list(_behind(ring).select_for_update().order_by("pk").defer("sealed")[:BATCH])
        ids, wrapped = [row.pk for row in rows], [_wrapped_anew(row, ring) for row in rows]
        with connection.cursor() as cursor:
            cursor.execute(WRAPPED_ANEW, [ring.current.id, ids, wrapped])
    renewed.wrapped += len(rows)
    return bool(rows)


def _wrapped_anew(row: Confidence, ring: keys.Ring) -> bytes:
    old = ring.named(row.key_id)
    return sealing.rewrap(bytes(row.wrapped_key or b""), old, ring.current, row=str(row.pk))


def _destroy_old(ring: keys.Ring, renewed: Renewed) -> None:
    """Alone: whoever was sealing has finished and the next one reads the new key. What was wrapped anew is committed
    before a key goes: taken back, it would be wrapped by one that is nowhere.
    """
    with transaction.atomic():
        _alone()
        while _rewrap(ring, renewed):
            pass
    with transaction.atomic():
        _alone()
        _destroy(ring, renewed)


def _alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT protect_keys_alone()")


def _destroy(ring: keys.Ring, renewed: Renewed) -> None:
    old = [key.id for key in ring.keys[1:]]
    with _all_of_them(None):
        renewed.lost = Confidence.objects.living().exclude(key_id__in=[ring.current.id, *old]).count()
    if keys.in_files():
        renewed.destroyed = keys.destroy(old)
        keys.forget_erased()
    else:
        renewed.to_destroy = old
    journal.record(
        "keys_renewed",
        Confidence(),
        by=None,
        key=renewed.key,
        wrapped=renewed.wrapped,
        destroyed=len(renewed.destroyed),
    )


def _all_of_them(by: Person | None) -> AbstractContextManager[None]:
    return wall.within({wall.RETENTION}, person=by)
