"""What is aimed at and with what, as plain data: it travels to the processes that attack."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Token:
    name: str
    says: str
    opens: frozenset[str] = frozenset()  # for these zones it opens one file, rightly
    member: int | None = None
    looked: int | None = (
        None  # whose read log the front may be told with it: any token of that person and contact
    )


@dataclass
class Targets:
    """For one login: what it must not see, and the tools it may try."""

    # Relation, column, a column with a number, the table behind it, whether all of it is closed to this login.
    relations: list[tuple[str, str, str, str, bool]] = field(default_factory=list)
    walled: tuple[str, ...] = ()
    speaks: list[str] = field(default_factory=list)  # functions of one text, which may say it aloud
    openings: list[str] = field(default_factory=list)  # statements that open a file for oneself
    sequences: list[str] = field(default_factory=list)
    catalogues: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    their: list[int] = field(default_factory=list)  # numbers of members whose file is not open
