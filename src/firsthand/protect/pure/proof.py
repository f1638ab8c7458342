"""How long a proof is kept and how long somebody counts as insured here: whole days, where the insurer is.

A period of years or months ends on the day of the same number; if the month has no such day, on its last (§
188 (2) and (3) BGB, Art. 77 (1) no. 3 OR). PostgreSQL reckons the same (sql/consent.sql); a test holds the
two together.
"""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from firsthand.protect.pure.clocks import plus_months

PROOF_YEARS = 5
INSURED_MONTHS = 36


def keep_until(moments: list[datetime], zone: tzinfo) -> date:
    """The last day on which the proof of a consent is kept: five years from when it was given and from each
    use.
    """
    return max(plus_months(moment.astimezone(zone).date(), 12 * PROOF_YEARS) for moment in moments)


def may_be_called(ends: list[date | None], today: date) -> bool:
    """In Switzerland: insured here now (an end that is open), or until at most 36 months ago. No end is
    never.
    """
    return any(end is None or plus_months(end, INSURED_MONTHS) >= today for end in ends)
