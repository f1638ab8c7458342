"""When somebody is busy, from the file their calendar exports (iCalendar, RFC 5545). Titles are not even parsed."""

from firsthand.plan.pure.calendars.reading import Read, Unreadable, busy

__all__ = ["Read", "Unreadable", "busy"]
