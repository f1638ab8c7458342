"""What of a calendar file is read at all: when something is, never what. Titles, places and people are left out here,
before anything parses them; and so is what lies far from the window.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

TIMES = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "FREEBUSY")
KEPT = frozenset({*TIMES, "UID", "STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS", "EXRULE"})
PARTS = ("VEVENT", "VFREEBUSY")
LONGEST = 20_000  # characters; a list of dates longer than that is no calendar's


def parts(text: str, since: date, until: date) -> Iterator[str]:
    """Each event or free-busy list as a calendar part of its own, with its times only."""
    kept: list[str] = []
    inside, deep = "", 0
    for line in unfolded(text):
        name, _, value = line.partition(":")
        name, value = name.partition(";")[0].strip().upper(), value.strip().upper()
        if not inside:
            if name == "BEGIN" and value in PARTS:
                inside, kept, deep = value, [], 0
        elif name in ("BEGIN", "END"):
            # An alarm inside an event has times of its own: they are not the event's.
            if name == "END" and value == inside and not deep:
                if near(kept, since, until):
                    yield "\r\n".join([f"BEGIN:{inside}", *kept, f"END:{inside}", ""])
                inside = ""
            else:
                deep = max(0, deep + (1 if name == "BEGIN" else -1))
        elif name in KEPT and not deep and len(line) <= LONGEST:
            kept.append(line)


def unfolded(text: str) -> Iterator[str]:
    """A line that begins with a space goes on with the one before."""
    pieces: list[str] = []
    for line in text.splitlines():
        if line[:1] in (" ", "\t"):
            pieces.append(line[1:])
        else:
            if pieces:
                yield "".join(pieces)
            pieces = [line]
    if pieces:
        yield "".join(pieces)


def near(kept: list[str], since: date, until: date) -> bool:
    """Whether it might touch the window, from the first eight digits alone: parsing years of meetings is slow."""
    days: dict[str, str] = {}
    for line in kept:
        name, _, value = line.partition(":")
        days[name.partition(";")[0].upper()] = value.strip()[:8]
    start, end = days.get("DTSTART", ""), days.get("DTEND", "")
    if {"RRULE", "RDATE", "RECURRENCE-ID", "FREEBUSY", "EXRULE"} & set(days) or not start.isdecimal():
        return True
    begins_after = start > f"{until:%Y%m%d}"
    ended_before = "DURATION" not in days and max(start, end) < f"{since:%Y%m%d}"
    return not (begins_after or ended_before)
