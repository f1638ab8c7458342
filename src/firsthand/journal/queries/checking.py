"""Does a chain hold? PostgreSQL hashes it stretch by stretch, several stretches at once.

Each link keeps its hash, so a stretch can be checked without the one before it: only the hash with which it
ends is needed. What no stretch sees alone, an entry dated before those of an earlier one, is looked at after.
`walking.walk` comes to the same verdict in another way.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context, copy_context
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection, connections, transaction

from firsthand.journal.ledger import JOURNAL, Ledger
from firsthand.journal.pure import chain
from firsthand.journal.queries import months
from firsthand.journal.queries.anchoring import fits
from firsthand.journal.queries.chain import rows
from firsthand.kernel import zones

# So many links one statement looks at. Each is a transaction of its own: a long one would hold back the
# vacuum of the tables that callers wait on.
STRETCH = 100_000
Task = TypeVar("Task")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Stretch:
    after: int
    until: int
    checked: int
    first: datetime | None  # the times of its earliest and latest entry
    last: datetime | None
    n: int | None = None  # the first link that does not fit
    n_before: int = 0
    entry_id: int = 0
    why: str = ""


@zones.within(zones.PROTECTION)
def verify(ledger: Ledger = JOURNAL, *, at_once: int | None = None) -> chain.Verdict:
    """Recompute every hash and hold the end against the anchors; 10 million links take less than a minute."""
    begun = months.start(ledger)
    verdict = _verified(ledger, begun, at_once or os.cpu_count() or 1)
    if not verdict.ok and months.start(ledger) != begun:
        return verify(ledger, at_once=at_once)  # old months went while we looked
    return verdict


def _verified(ledger: Ledger, begun: months.Start, at_once: int) -> chain.Verdict:
    ((links, first, last, seen),) = rows(ledger, "ends")
    n, hash, until = begun
    with _several(at_once, max(links - n, last - first)) as mapped:
        checked, latest = 0, until
        for found in mapped(
            lambda cut: _stretch(ledger, n, hash, *cut), _cuts(ledger, "next_link", 0, links)
        ):
            if broken := _first(found, _too_old(ledger, found, latest), n):
                return broken
            checked += found.checked
            latest = max(filter(None, (latest, found.last)), default=None)
        for unchained in mapped(
            lambda cut: _unchained(ledger, seen, *cut), _cuts(ledger, "next_entry", first - 1, last)
        ):
            if unchained is not None:
                return chain.Verdict(False, checked, unchained, "unchained")
    why = months.wrong(ledger) or ("" if fits(ledger) else "anchor")
    return chain.Verdict(not why, checked, None, why)


def _cuts(ledger: Ledger, following: str, after: int, end: int) -> Iterator[tuple[int, int]]:
    """From each to each. A number far off, which only a cheat would write, costs no empty stretches."""
    while after < end:
        yield after, after + STRETCH
        ((found,),) = rows(ledger, following, after=after + STRETCH)
        after = end if found is None else found - 1


def _stretch(ledger: Ledger, start: int, start_hash: bytes, after: int, until: int) -> Stretch:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL work_mem = '64MB'; SET LOCAL max_parallel_workers_per_gather = 0")
        begun = {"start": start, "start_hash": start_hash}
        ((n, hash, low, high, first, last),) = rows(ledger, "span", after=after, until=until, **begun)
        reach = {"n": n, "hash": bytes(hash), "low": low, "high": high, "first": first, "last": last}
        ((checked, earliest, latest, *broken),) = rows(
            ledger, "stretch", after=after, until=until, longest=chain.LONGEST, **reach
        )
    return Stretch(after, until, checked, earliest, latest, *(broken if broken[0] is not None else ()))


def _too_old(ledger: Ledger, found: Stretch, latest: datetime | None) -> tuple[int, int] | None:
    """The first link of this stretch whose entry is dated long before an earlier stretch's."""
    if latest is None or found.first is None or found.first >= latest - chain.LONGEST:
        return None
    oldest = latest - chain.LONGEST
    return next(iter(rows(ledger, "too_old", after=found.after, until=found.until, oldest=oldest)), None)


def _first(found: Stretch, too_old: tuple[int, int] | None, start: int) -> chain.Verdict | None:
    """Where the stretch breaks first, of what it saw itself and what only the whole shows. What holds before
    is counted from where the chain starts."""
    if too_old and (found.n is None or too_old[0] < found.n):
        return chain.Verdict(False, too_old[0] - 1 - start, too_old[1], "backdated")
    if found.n is not None:
        return chain.Verdict(False, found.n_before - start, found.entry_id, found.why)
    return None


def _unchained(ledger: Ledger, seen: str, after: int, until: int) -> int | None:
    ((found,),) = rows(ledger, "unchained_within", after=after, until=until, seen=seen)
    return None if found is None else int(found)


class _several:  # noqa: N801  it is used as a word
    """Run a function over tasks, in order; over several connections where that is worth it, and possible."""

    def __init__(self, at_once: int, size: int) -> None:
        # Inside a transaction only its own connection sees what it has written.
        alone = at_once == 1 or size <= STRETCH or connection.in_atomic_block
        self.pool = None if alone else ThreadPoolExecutor(at_once, thread_name_prefix="check")

    def __enter__(self) -> Callable[[Callable[[Task], Result], Iterable[Task]], Iterator[Result]]:
        return self._map

    def __exit__(self, *_: object) -> None:
        if self.pool:
            self.pool.shutdown(cancel_futures=True)

    def _map(self, do: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        if self.pool is None:
            return map(do, tasks)
        # Which login stands behind `connection` is a context variable, and a thread begins without.
        return self.pool.map(_apart, ((copy_context(), do, task) for task in tasks))


def _apart(given: tuple[Context, Callable[[Any], Result], Any]) -> Result:
    context, do, task = given
    try:
        return context.run(do, task)
    finally:
        context.run(connections.close_all)
