"""Where each chain stood each day, in files beside the database: who rewrites a chain must rewrite them too.

One file a day and ledger, and one more when old months went, never written again. Copied to another machine
or printed, they bind everybody.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from firsthand.journal.ledger import JOURNAL, Ledger
from firsthand.kernel.files import write_once


@dataclass(frozen=True)
class Anchor:
    day: str
    n: int
    hash: bytes
    closing: int = 0  # so many records of dropped months, and the seal of the last
    seal: bytes = b""


def folder(ledger: Ledger = JOURNAL) -> Path:
    """The journal's stand in the folder itself, those of another ledger in one of its own."""
    whole = Path(settings.HOME) / "anchors"
    return whole if ledger is JOURNAL else whole / ledger.name


def drop(
    day: date,
    n: int,
    hash: bytes,
    ledger: Ledger = JOURNAL,
    *,
    closing: int = 0,
    seal: bytes = b"",
    cut: bool = False,
) -> bool:
    """Whether today's anchor was written now; the first of a day stands. `cut`: months have just gone, and
    that is told at once, beside the one of the day. It has its name when it is whole: half an anchor, of a
    process that was killed, would fit no chain for ever.
    """
    name = f"{day:%Y-%m-%d}-cut-{closing}" if cut else f"{day:%Y-%m-%d}"
    path = folder(ledger) / f"{name}.txt"
    if path.exists():
        return False
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    stand = f"{n} {hash.hex()}" + (f" {closing} {seal.hex()}" if closing else "")
    return write_once(path, f"{stand}\n", mode=0o400)


def dropped(ledger: Ledger = JOURNAL) -> list[Anchor]:
    """All anchors, oldest first. One that cannot be read matches no chain."""
    return [_read(path) for path in sorted(folder(ledger).glob("*.txt"))]


def _read(path: Path) -> Anchor:
    day = path.stem[: len("2026-11-22")]
    try:
        n, hash, *told = path.read_text(encoding="ascii").split()
        closing, seal = told or ("0", "")
        return Anchor(day, int(n), bytes.fromhex(hash), int(closing), bytes.fromhex(seal))
    except (OSError, ValueError):
        return Anchor(day, 0, b"")
