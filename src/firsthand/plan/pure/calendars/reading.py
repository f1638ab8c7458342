"""From a calendar file to the stretches somebody is busy, joined, within a window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar.cal import Component

from firsthand.plan.pure.calendars import lines, recurring

Span = tuple[datetime, datetime]

MOST_BYTES = 3_000_000
MOST_EVENTS = 4_000  # near the window, or repeated
MOST_STEPS = 200_000  # periods of repeated events, over the whole file
MOST_SPANS = 50_000  # before they are joined
DAY = timedelta(days=1)
LONGEST = timedelta(days=400)  # of one event


class Unreadable(ValueError):
    """`args[0]`: "size", "empty", "calendar" (it is none), "events" (too many)."""


@dataclass(frozen=True)
class Read:
    busy: tuple[Span, ...]  # in order, apart from each other, in the house's zone
    events: int  # that make up the busy time
    unread: int  # whose repetition or time was not understood: to be entered by hand


def busy(data: bytes, since: datetime, until: datetime, zone: ZoneInfo) -> Read:
    """Only busy time counts: what is cancelled or marked as free is left out.

    A time without a zone, or of a zone nobody knows, is taken as the house's.
    """
    events = _events(_text(data), since.date() - DAY, until.date() + DAY)
    moved = _moved(events, zone)
    spans: list[Span] = []
    read, unread, steps = 0, 0, recurring.Steps(MOST_STEPS)
    for event in events:
        try:
            found = [span for span in _spans(event, (since, until), zone, steps, moved) if span[1] > span[0]]
        except (ValueError, TypeError, KeyError, OverflowError, AttributeError):
            unread += 1
            continue
        inside = [
            (max(begin, since), min(end, until)) for begin, end in found if begin < until and end > since
        ]
        read += bool(inside)
        spans.extend(inside)
        if len(spans) > MOST_SPANS:
            raise Unreadable("events")
    return Read(tuple(_joined(spans, zone)), read, unread)


def _text(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise Unreadable("size")
    text = data.decode("utf-8-sig", errors="replace").strip()
    if not text:
        raise Unreadable("empty")
    if not text[:40].upper().startswith("BEGIN:VCALENDAR"):
        raise Unreadable("calendar")
    return text


def _events(text: str, since: date, until: date) -> list[Component]:
    parts: list[str] = []
    for part in lines.parts(text, since, until):
        parts.append(part)
        if len(parts) > MOST_EVENTS:
            raise Unreadable("events")
    try:
        calendar = Calendar.from_ical(f"BEGIN:VCALENDAR\r\n{''.join(parts)}END:VCALENDAR\r\n")
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise Unreadable("calendar") from error
    return [event for event in calendar.subcomponents if not _free(event)]


def _free(event: Component) -> bool:
    says = {
        name: str(event.get(name, "")).upper() for name in ("STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS")
    }
    return (
        says["STATUS"] == "CANCELLED"
        or says["TRANSP"] == "TRANSPARENT"
        or says["X-MICROSOFT-CDO-BUSYSTATUS"] in ("FREE", "WORKINGELSEWHERE")
    )


def _moved(events: list[Component], zone: ZoneInfo) -> dict[str, set[datetime]]:
    """By series: the times of those that were moved, which the series itself no longer has."""
    found: dict[str, set[datetime]] = {}
    for event in events:
        if "RECURRENCE-ID" in event:
            try:
                at = _moment(event.decoded("RECURRENCE-ID"), zone)
            except (ValueError, AttributeError):
                continue
            found.setdefault(str(event.get("UID", "")), set()).add(at)
    return found


def _spans(
    event: Component,
    wanted: Span,
    zone: ZoneInfo,
    steps: recurring.Steps,
    moved: dict[str, set[datetime]],
) -> Iterator[Span]:
    if event.name == "VFREEBUSY":
        yield from _listed(event, zone)
        return
    if getattr(event, "errors", None):
        raise ValueError
    start = event.decoded("DTSTART")
    length = min(_length(event, start), LONGEST)
    if "RECURRENCE-ID" in event or not {"RRULE", "RDATE", "EXRULE"} & set(event):
        yield _span(start, length, zone)
        return
    gone = {_moment(one, zone) for one in _dates(event, "EXDATE")} | moved.get(
        str(event.get("UID", "")), set()
    )
    for one in _series(event, start, (wanted[0] - length - DAY, wanted[1]), zone, steps):
        if _moment(one, zone) not in gone:
            yield _span(one, length, zone)


def _series(
    event: Component,
    start: date | datetime,
    wanted: Span,
    zone: ZoneInfo,
    steps: recurring.Steps,
) -> Iterator[date | datetime]:
    """Each time it begins, as its first one is written: a day, or a moment by the clock of its zone."""
    if "EXRULE" in event or isinstance(event.get("RRULE"), list):
        raise recurring.NotRead
    yield from _dates(event, "RDATE")
    if "RRULE" not in event:
        yield start
        return
    rule = recurring.rule(dict(event.decoded("RRULE")))
    for day in recurring.starts(rule, _day(start), wanted[0].date() - DAY, wanted[1].date() + DAY, steps):
        one = datetime.combine(day, start.timetz()) if isinstance(start, datetime) else day
        if rule.until is None or _not_after(one, rule.until, zone):
            yield one


def _not_after(one: date | datetime, until: date | datetime, zone: ZoneInfo) -> bool:
    if not isinstance(until, datetime) or not isinstance(one, datetime):
        return _day(one) <= _day(until)
    return _moment(one, zone) <= _moment(until, one.tzinfo or zone)


def _dates(event: Component, name: str) -> Iterator[date | datetime]:
    found = event.get(name)
    for group in found if isinstance(found, list) else [found] if found is not None else []:
        for one in group.dts:
            value: Any = one.dt
            yield value[0] if isinstance(value, tuple) else value


def _listed(event: Component, zone: ZoneInfo) -> Iterator[Span]:
    found = event.get("FREEBUSY")
    for one in found if isinstance(found, list) else [found] if found is not None else []:
        if str(one.params.get("FBTYPE", "BUSY")).upper() != "FREE":
            begin, end = one.dt
            yield _moment(begin, zone), _moment(begin + end if isinstance(end, timedelta) else end, zone)


def _length(event: Component, start: date | datetime) -> timedelta:
    if "DTEND" in event:
        end = event.decoded("DTEND")
        if isinstance(end, datetime) != isinstance(start, datetime):
            raise ValueError
        return end - start  # type: ignore[no-any-return]
    if "DURATION" in event:
        return event.decoded("DURATION")  # type: ignore[no-any-return]
    return timedelta(0) if isinstance(start, datetime) else DAY


def _span(start: date | datetime, length: timedelta, zone: tzinfo) -> Span:
    """An hour is an hour; a day is from midnight to midnight, whatever the clocks do between."""
    begin = _moment(start, zone)
    if isinstance(start, datetime):
        return begin, begin + length
    return begin, _moment(start + length, zone)


def _moment(one: date | datetime, zone: tzinfo) -> datetime:
    if not isinstance(one, datetime):
        one = datetime.combine(one, time())
    return (one if one.tzinfo else one.replace(tzinfo=zone)).astimezone(UTC)


def _day(one: date | datetime) -> date:
    return one.date() if isinstance(one, datetime) else one


def _joined(spans: list[Span], zone: tzinfo) -> Iterator[Span]:
    held: Span | None = None
    for begin, end in sorted(spans):
        if held and begin <= held[1]:
            held = held[0], max(held[1], end)
            continue
        if held:
            yield held[0].astimezone(zone), held[1].astimezone(zone)
        held = begin, end
    if held:
        yield held[0].astimezone(zone), held[1].astimezone(zone)
