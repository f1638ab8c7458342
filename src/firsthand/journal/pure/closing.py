"""In place of months that went, a record: the chain goes on from it, and nobody can say another month went.

The records of one table are a chain of their own. The same text is hashed in `sql/closing.sql`, which writes
them: every field on a line, times in UTC to the microsecond, hashes in hexadecimal.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from firsthand.journal.pure import chain


@dataclass(frozen=True, slots=True)
class Closing:
    """`first` to `last` are the links that went and `hash` is that of the last; None in a table without a
    chain. `held`: so many older entries stay for a legal hold, and `held_hash` proves them.
    """

    entries: str
    number: int
    until: datetime
    at: datetime
    clock: str
    months: int
    first: int | None
    last: int | None
    hash: bytes | None
    gone: int
    held: int
    held_hash: bytes
    seal: bytes


def sealed(before: bytes, one: Closing) -> bytes:
    """The seal of this record after one whose seal is `before`."""
    fields = (
        *(one.number, one.entries, _moment(one.until), _moment(one.at), one.clock, one.months),
        *(one.first, one.last, (one.hash or b"").hex(), one.gone, one.held, one.held_hash.hex()),
    )
    text = "".join(f"{'' if field is None else field}\n" for field in fields)
    return sha256(before + text.encode()).digest()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def hold(records: Sequence[Closing]) -> bool:
    """Whether they follow each other, each sealed as it was written."""
    before, until, last = chain.START, None, 0
    for number, one in enumerate(records, 1):
        follows = one.number == number and (until is None or one.until >= until)
        if one.last is not None:
            follows = follows and one.first == last + 1 and one.last >= last
        if not follows or one.seal != sealed(before, one):
            return False
        before, until, last = one.seal, one.until, one.last or 0
    return True


def held_hash(entries: Iterable[chain.Entry]) -> tuple[int, bytes]:
    """How many entries stay for a hold, and the hash that proves them: a chain of these alone, by number."""
    count, hash = 0, chain.START
    for count, _entry, hash in chain.chained(chain.START, 0, entries):  # noqa: B007  the last one counts
        pass
    return count, hash
