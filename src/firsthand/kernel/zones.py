"""Zones: which database login stands behind `default`.

    with zones.of("outreach"):        # or, on a view: @zones.within("outreach")
        Member.objects.…              # asks as firsthand_outreach, which may see what outreach may see

A zone is an alias of DATABASES with a login of its own (config/database.py); what each login may do stands in
config/zones.py. Only `default` changes, so that actions, queries and `transaction.atomic` need not know. The
choice is a context variable: it follows a request into its thread and never reaches another one.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.utils import ConnectionHandler

P = ParamSpec("P")
R = TypeVar("R")

FRONT = DEFAULT_DB_ALIAS
OWNER = "owner"  # migrates; never serves
PROTECTION = "protection"
CASEWORK = "casework"
OUTREACH = "outreach"
LEARN = "learn"

_zone: ContextVar[str] = ContextVar("zone", default=FRONT)


class TransactionOpen(RuntimeError):
    """A transaction of one login cannot go on as another: half of the work would not be seen by the rest."""


class Zoned(ConnectionHandler):
    def __getitem__(self, alias: str) -> Any:
        return super().__getitem__(_zone.get() if alias == DEFAULT_DB_ALIAS else alias)


connections.__class__ = Zoned  # everybody has imported this very object already


def current() -> str:
    return _zone.get()


@contextmanager
def of(zone: str) -> Iterator[None]:
    """Until the end of the block `default` is this zone's login. Query sets are evaluated when they are used:
    use them inside."""
    if zone == _zone.get():
        yield
        return
    if in_transaction():
        raise TransactionOpen(f"close the transaction before you enter {zone}")
    with change(zone):
        yield


@contextmanager
def change(zone: str) -> Iterator[None]:
    before = _zone.set(zone)
    try:
        yield
    finally:
        _zone.reset(before)


def in_transaction() -> bool:
    """The one around a test does not count: Django itself looks away there (`durable`)."""
    blocks = connections[DEFAULT_DB_ALIAS].atomic_blocks
    return any(not getattr(block, "_from_testcase", False) for block in blocks)


def within(zone: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """For a function, or a view: below `@only(…)`, so that who asks is known before."""

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(view)
        def inside(*args: P.args, **kwargs: P.kwargs) -> R:
            with of(zone):
                return view(*args, **kwargs)

        return inside

    return decorate
