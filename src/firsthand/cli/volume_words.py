"""What is wrong with a file of volumes, in words, for who types."""

from collections.abc import Sequence

from firsthand.plan.pure.volumes import Fault

SAYS = {
    "empty": "there is not one interval in it.",
    "columns_missing": "no column tells: {fields}. Name them queue, start (or date and time), offered.",
    "not_csv": "this is not CSV: {why}.",
    "cells": "there are {has} cells; the head asks for {needs}.",
    "more_cells": "there are {has} cells, the head has {needs}. Put a number with a comma in quotation marks.",
    "not_a_time": "“{value}” is no day and time. 2026-10-05 08:30 is one, 05.10.2026 08:30 too.",
    "no_such_time": "“{value}” does not exist: the clocks were put forward over it.",
    "not_on_grid": "“{value}” is no start of an interval of {minutes} minutes.",
    "length": "“{value}” is no length of an interval; 15, 30 and 60 minutes are.",
    "length_unknown": "nothing tells how long an interval is. Add a column “minutes”.",
    "mixed_length": "this interval lasts {has} minutes, the others {minutes}.",
    "no_queue": "the queue is missing.",
    "unknown_queue": "there is no queue “{queue}”.",
    "too_many_queues": "more than {most} queues; is this column the queue?",
    "unknown_language": "“{value}” is no language. de, fr, it, en are.",
    "not_a_number": "{column}: “{value}” is no number.",
    "not_whole": "{column}: “{value}” is no whole number.",
    "negative": "{column}: “{value}” is below 0.",
    "too_large": "{column}: “{value}” is too large to be true.",
    "more_than_offered": "{answered} answered and {abandoned} given up are more than {offered} offered.",
    "duplicate": "{queue} {language}{start} stands in line {first} already.",
    "gap": "{queue} {language}{start} to {until}: intervals missing: {missing}. If nobody called, write 0"
    " or use --missing-is-zero.",
    "once_of_two": "{queue} {language}{start}: the hour that came twice stands once.",
}
SHOWN = 10


def sentence(fault: Fault) -> str:
    words = {
        name: f"{value} ".lstrip() if name == "language" else value for name, value in fault.words.items()
    }
    said = SAYS[fault.code].format(**words)
    return f"line {fault.line}: {said}" if fault.line else said


def all_of(path: str, faults: Sequence[Fault], count: int) -> str:
    """The first faults, how many more there are, and what was done: nothing."""
    lines = [f"{path}, {sentence(fault)}" for fault in faults[:SHOWN]]
    if count > SHOWN:
        lines.append(f"… and {count - SHOWN} more. Nothing was computed.")
    return "\n".join(lines)
