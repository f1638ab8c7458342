"""Where each chain stood each day, in files beside the database: who rewrites a chain must rewrite them too.

One file a day and ledger, never written again. Copied to another machine or printed, they bind everybody.
"""

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from firsthand.journal.ledger import JOURNAL, Ledger


@dataclass(frozen=True)
class Anchor:
    day: str
    n: int
    hash: bytes


def folder(ledger: Ledger = JOURNAL) -> Path:
    """The journal's stand in the folder itself, those of another ledger in one of its own."""
    whole = Path(settings.HOME) / "anchors"
    return whole if ledger is JOURNAL else whole / ledger.name


def drop(day: date, n: int, hash: bytes, ledger: Ledger = JOURNAL) -> bool:
    """Whether today's anchor was written now; the first of a day stands."""
    folder(ledger).mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(
            folder(ledger) / f"{day:%Y-%m-%d}.txt", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400
        )
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{n} {hash.hex()}\n")
        file.flush()
        os.fsync(file.fileno())
    return True


def dropped(ledger: Ledger = JOURNAL) -> list[Anchor]:
    """All anchors, oldest first. One that cannot be read matches no chain."""
    return [_read(path) for path in sorted(folder(ledger).glob("*.txt"))]


def _read(path: Path) -> Anchor:
    try:
        n, hash = path.read_text(encoding="ascii").split()
        return Anchor(path.stem, int(n), bytes.fromhex(hash))
    except (OSError, ValueError):
        return Anchor(path.stem, 0, b"")
