"""By when a request is to be answered, by country.

Weekends and holidays would move the day further back (Regulation 1182/71 Art. 3 (4), Art. 78 CO). The house
does not count on that: who answers by the plain day is never late.
"""

from __future__ import annotations

from datetime import date, timedelta

from firsthand.protect.pure.clocks import plus_months


def due_on(received_on: date, country: str) -> date:
    return received_on + timedelta(days=30) if country == "CH" else plus_months(received_on, 1)


def latest(received_on: date, country: str) -> date:
    """The last day that somebody may be told to wait for. Swiss law names none; the house takes 90 days."""
    return received_on + timedelta(days=90) if country == "CH" else plus_months(received_on, 3)
