"""What can be wrong with a file of volumes: a line, a code, and what a sentence about it needs."""

from __future__ import annotations

from typing import NamedTuple

MOST = 1_000  # after so many the rest is only counted

# Each code, and the words its sentence may use. `column` is the name in the file's own head.
CODES: dict[str, tuple[str, ...]] = {
    "empty": (),
    "columns_missing": ("fields",),  # names of FIELDS, comma between
    "not_csv": ("why",),
    "cells": ("has", "needs"),
    "more_cells": ("has", "needs"),  # past the head: a thousands comma that was no separator, mostly
    "not_a_time": ("value",),
    "no_such_time": ("value",),  # in the hour that a change of the clocks skips
    "not_on_grid": ("value", "minutes"),
    "length": ("value",),  # neither 15 nor 30 nor 60 minutes
    "length_unknown": (),  # one interval a day only: nothing tells how long it is
    "mixed_length": ("has", "minutes"),
    "no_queue": (),
    "unknown_queue": ("queue",),
    "too_many_queues": ("most",),
    "unknown_language": ("value",),
    "not_a_number": ("column", "value"),
    "not_whole": ("column", "value"),
    "negative": ("column", "value"),
    "too_large": ("column", "value"),
    "more_than_offered": ("answered", "abandoned", "offered"),
    "duplicate": ("queue", "language", "start", "first"),  # `first`: the line where it stood
    "gap": ("queue", "language", "start", "until", "missing"),  # local times; the line is the next one
    # A note, not a fault: the repeated hour stands once; it is taken for the first.
    "once_of_two": ("queue", "language", "start"),
}


class Fault(NamedTuple):
    line: int  # of the file, the head is 1; 0 = of no line
    code: str  # one of CODES
    words: dict[str, str | int]


class Wrong(Exception):
    """What is wrong with one cell."""

    def __init__(self, code: str, **words: str | int) -> None:
        super().__init__(code)
        self.code, self.words = code, words


class Faults:
    """The first MOST of them, and how many there were."""

    def __init__(self) -> None:
        self.found: list[Fault] = []
        self.count = 0

    def add(self, line: int, code: str, **words: str | int) -> None:
        self.count += 1
        if len(self.found) < MOST:
            self.found.append(Fault(line, code, words))
