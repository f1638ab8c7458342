"""Calendar files, written as Outlook, Google and Apple write them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from firsthand.plan.pure import calendars

ZURICH = ZoneInfo("Europe/Zurich")
SINCE, UNTIL = datetime(2026, 11, 1, tzinfo=ZURICH), datetime(2026, 12, 1, tzinfo=ZURICH)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZURICH)


def event(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT", ""])


def calendar(*events: str) -> bytes:
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + "".join(events) + "END:VCALENDAR\r\n").encode()


def read(*events: str) -> calendars.Read:
    return calendars.busy(calendar(*events), SINCE, UNTIL, ZURICH)


def busy(*events: str) -> list[tuple[datetime, datetime]]:
    return list(read(*events).busy)
