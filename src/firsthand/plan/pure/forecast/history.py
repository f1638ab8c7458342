"""What is known of a queue: counts by day and slot, and which of them are not known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

import numpy as np
from numpy.typing import NDArray

from firsthand.plan.pure import volumes

Floats = NDArray[np.float64]
TOLD = 0.5  # of a day's usual calls must lie in known slots, or the day's total is unknown
_AS_USUAL = 8  # weeks that tell what is usual


class TooShort(ValueError):
    """There is not enough history to forecast from. `days` are known, `needed` would do."""

    def __init__(self, days: int, needed: int) -> None:
        super().__init__(f"{days} days are known; a forecast needs {needed}")
        self.days, self.needed = days, needed


@dataclass(frozen=True)
class History:
    """Counts of one queue. `counts[d, s]`: calls that arrived on day `first + d`, from `opens + s * minutes`
    minutes after midnight (local) for `minutes` minutes. NaN: closed, unknown, or marked as an outage. 0 is a
    count: nobody called. Days follow each other without a hole; a closed day is a row of NaN.
    """

    first: date
    counts: Floats
    minutes: int = 30
    opens: int = 0  # minutes after midnight

    def __post_init__(self) -> None:
        if self.counts.ndim != 2 or self.minutes not in (15, 30, 60):
            raise ValueError("counts are days × slots, of 15, 30 or 60 minutes")
        if self.opens % self.minutes or self.opens + self.counts.shape[1] * self.minutes > 1440:
            raise ValueError("the slots do not fit in a day")
        if np.nanmin(self.counts, initial=0) < 0:
            raise ValueError("nobody calls less than never: a count is negative")

    @property
    def days(self) -> int:
        return len(self.counts)

    @property
    def slots(self) -> int:
        return int(self.counts.shape[1])

    @property
    def last(self) -> date:
        return self.first + timedelta(days=self.days - 1)

    def until(self, days: int) -> History:
        """The first so many days of it: what was known then."""
        return History(self.first, self.counts[:days], self.minutes, self.opens)

    def weekdays(self, days: int | None = None) -> NDArray[np.int64]:
        """0 = Monday, of each day; of more days than are known if wished."""
        return (np.arange(self.days if days is None else days) + self.first.weekday()) % 7

    def usual(self) -> Floats:
        """Median count by weekday and slot over the last weeks, (7, slots); NaN = not open then."""
        usual = np.full((7, self.slots), np.nan)
        weekdays = self.weekdays()
        for weekday in range(7):
            rows = self.counts[weekdays == weekday]
            rows = rows[~np.isnan(rows).all(1)][-_AS_USUAL:]
            often = (~np.isnan(rows)).mean(0) > 0.5 if len(rows) else np.zeros(self.slots, bool)
            if often.any():
                usual[weekday, often] = np.nanmedian(rows[:, often], axis=0)
        return usual

    def totals(self) -> Floats:
        """Calls of each day, (days,). Where an outage hides some slots, scaled by what they usually carry;
        NaN where less than half of the usual volume is told."""
        known = ~np.isnan(self.counts)
        totals = np.where(known.any(1), np.nansum(self.counts, axis=1), np.nan)
        usual = np.nan_to_num(self.usual()) + 1e-9
        shares = usual / usual.sum(1, keepdims=True)
        open_ = ~np.isnan(self.usual())
        told = (shares[self.weekdays()] * (known | ~open_[self.weekdays()])).sum(1)
        return np.where(told >= TOLD, totals / np.maximum(told, TOLD), np.nan)


def from_rows(
    rows: volumes.Rows, zone: tzinfo, *, queue: str | None = None, language: str | None = None
) -> History:
    """History of the rows of one queue and language, or of all of several (None): their sum in local slots.

    An interval counts as unknown only if no row tells of it. The repeated hour of the autumn day is the mean
    of its two, so that the day's shape stays comparable; the skipped hour of the spring day stays unknown.
    """
    wanted = [
        (queue is None or one[0] == queue) and (language is None or one[1] == language) for one in rows.series
    ]
    at = np.flatnonzero(np.array(wanted, bool)[rows.of]) if len(rows) else np.zeros(0, np.int64)
    if not len(at):
        raise TooShort(0, 1)
    starts, back = np.unique(rows.start[at], return_inverse=True)
    calls = np.bincount(back, weights=rows.offered[at])
    local = [datetime.fromtimestamp(int(start), zone) for start in starts]
    days = np.array([one.toordinal() for one in local])
    slots = np.array([(one.hour * 60 + one.minute) // rows.minutes for one in local])
    low, high, first = slots.min(), slots.max(), days.min()
    place = (days - first) * (high - low + 1) + slots - low
    size = int((days.max() - first + 1) * (high - low + 1))
    times = np.bincount(place, minlength=size)
    sums = np.bincount(place, weights=calls, minlength=size)
    counts = np.where(times > 0, sums / np.maximum(times, 1), np.nan)
    return History(
        date.fromordinal(int(first)),
        counts.reshape(-1, high - low + 1),
        rows.minutes,
        int(low) * rows.minutes,
    )
