"""What is wrong with a line of a file, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

COLUMNS: dict[str, Promise] = {
    "start": _("Day and time"),
    "date": _("Day"),
    "time": _("Time of day"),
    "end": _("End of the interval"),
    "minutes": _("Length of the interval"),
    "queue": _("Queue"),
    "language": _("Language"),
    "offered": _("Calls that came"),
    "answered": _("Calls answered"),
    "abandoned": _("Calls given up"),
    "aht": _("Talk and wrap-up, mean"),
}
# Each code of pure.volumes.faults: what is wrong, what to do.
# Lazy text with a `format` of its own: which words it has may hang on a number.
FAULTS: dict[str, tuple[Any, Any]] = {
    "empty": (_("There is no row under the head."), _("Export the file again, with its rows.")),
    "columns_missing": (_("Columns are missing: {fields}."), _("Say which columns hold them.")),
    "not_csv": (_("This line cannot be read: {why}."), _("Look for a quotation mark that is not closed.")),
    "cells": (
        _("This line has {has} cells, {needs} are needed."),
        _("Complete the line, or delete it."),
    ),
    "more_cells": (
        _("This line has {has} cells, the head only {needs}."),
        _("Put a number with a comma in quotation marks, or delete what is too much."),
    ),
    "not_a_time": (
        _("“{value}” is no day and time."),
        _("Write it like 24.12.2026 08:30, or choose another order of day and month."),
    ),
    "no_such_time": (
        _("“{value}” does not exist: the clocks are put forward in that hour."),
        _("Correct the time, or delete the line."),
    ),
    "not_on_grid": (
        _("“{value}” is not the start of an interval of {minutes} minutes."),
        _("Correct the time, or export in intervals of equal length."),
    ),
    "length": (
        _("An interval of {value} minutes is not known here."),
        _("Export in intervals of 15, 30 or 60 minutes."),
    ),
    "length_unknown": (
        _("Nothing tells how long an interval is: there is one a day only."),
        _("Export in intervals of 15, 30 or 60 minutes."),
    ),
    "mixed_length": (
        _("An interval of {has} minutes among intervals of {minutes}."),
        _("Export everything with one length, or read in two files."),
    ),
    "no_queue": (_("The queue is not named."), _("Name it, or delete the line.")),
    "unknown_queue": (
        _("The queue “{queue}” is not known."),
        _("Go back and say which of our queues it is."),
    ),
    "too_many_queues": (_("There are more than {most} queues."), _("Choose another column for the queue.")),
    "unknown_language": (_("“{value}” is no language we know."), _("Write de, fr, it or en.")),
    "not_a_number": (
        _("“{value}” in “{column}” is no number."),
        _("Write a number, or leave the cell empty if the column may be silent."),
    ),
    "not_whole": (_("“{value}” in “{column}” is no whole number."), _("Calls are counted in whole numbers.")),
    "negative": (
        _("“{value}” in “{column}” is less than nothing."),
        _("Correct the number: calls and seconds are 0 or more."),
    ),
    "too_large": (
        _("“{value}” in “{column}” cannot be right: it is too large."),
        _("Correct the number, or say that the column is in minutes."),
    ),
    "more_than_offered": (
        _("{answered} answered and {abandoned} given up are more than the {offered} that came."),
        _("Correct the line, or choose the right columns."),
    ),
    "duplicate": (
        _("{queue}, {start} stands here a second time; first in line {first}."),
        _("Delete one of the two lines."),
    ),
    "gap": (
        ngettext_lazy(
            "{queue}: from {start} to {until} {missing} interval is missing.",
            "{queue}: from {start} to {until} {missing} intervals are missing.",
            "missing",
        ),
        _("Complete the file, or say below that a missing interval had no calls."),
    ),
    "once_of_two": (
        _("{queue}, {start}: this hour comes twice that night, and stands here once."),
        _("It is taken for the first of the two. Nothing needs doing."),
    ),
}


class Said(NamedTuple):
    line: int  # 0: of no line
    what: str
    todo: str


def said(line: int, code: str, words: Mapping[str, object]) -> Said:
    """One fault in the reader's language."""
    what, todo = FAULTS[code]
    plain = {name: _plain(name, value) for name, value in words.items()}
    return Said(line, what.format(**plain), todo.format(**plain))


def _plain(name: str, value: object) -> object:
    if name == "fields":
        return ", ".join(str(COLUMNS.get(field, field)) for field in str(value).split(", "))
    if name == "queue" and value == "*":
        return _("All rows")
    return value
