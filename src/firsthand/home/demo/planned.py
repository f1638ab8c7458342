"""What Firnlicht has planned: two years of calls behind it, this autumn's events, the weeks and who comes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import holidays
from django.db import connection
from django.utils.timezone import get_default_timezone

from firsthand.home.pure import seasons
from firsthand.people.models import Person
from firsthand.plan.models import Event, Import, Queue, Volume

YEARS = 2
# Of forty people's size: calls on a plain day and an advisor's seconds for one, by language.
QUEUES = {
    "de": ("Deutsch", seasons.Season(215, 310)),
    "fr": ("Français", seasons.Season(58, 330)),
    "it": ("Italiano", seasons.Season(24, 320)),
}
COPY = (
    "COPY plan_volume (queue_id, starts_at, minutes, offered, answered, abandoned, aht_seconds, source_id) "
    "FROM STDIN"
)


def queues() -> dict[str, Queue]:
    made = Queue.objects.bulk_create(
        Queue(code=code, name=name, language=code) for code, (name, _season) in QUEUES.items()
    )
    return {queue.code: queue for queue in made}


def volumes(counted: dict[str, Queue], until: date, *, by: Person, years: int = YEARS) -> int:
    """The half-hours of two years up to yesterday: how many rows. By COPY, for a demo has to start soon."""
    first, zone = until.replace(year=until.year - years, day=min(until.day, 28)), get_default_timezone()
    closed = holidays.country_holidays("CH", subdiv="ZH", years=range(first.year, until.year + 1))
    drawn = {
        counted[code]: list(seasons.drawn(season, first, until, closed=closed, zone=zone, seed=1912 + number))
        for number, (code, (_name, season)) in enumerate(QUEUES.items())
    }
    every = [one for rows in drawn.values() for one in rows]
    source = Import.objects.create(
        by=by,
        rows=len(every),
        first=min(one.starts_at for one in every),
        last=max(one.starts_at for one in every),
        digest="demo",
    )
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for row in _rows(drawn, source):
            copy.write_row(row)
    return Volume.objects.filter(source=source).count()


def _rows(drawn: dict[Queue, list[seasons.Interval]], source: Import) -> Iterator[tuple[object, ...]]:
    for queue, rows in drawn.items():
        for one in rows:
            yield (
                *(queue.pk, one.starts_at, seasons.MINUTES, one.offered, one.answered, one.abandoned),
                *(one.aht_seconds, source.pk),
            )


def events(today: date, *, by: Person) -> None:
    """The autumns of the past, from which their shape is learnt, and the one that is on."""
    for year in range(today.year - YEARS, today.year + 1):
        announced, letters = seasons.announced(year), seasons.letters(year)
        deadline = seasons.last_day_to_cancel(year)
        Event.objects.bulk_create(
            Event(kind=kind, name=str(Event.Kind(kind).label), first=first, last=last, by=by)
            for kind, first, last in (
                (Event.Kind.ANNOUNCEMENT, *announced),
                (Event.Kind.LETTERS, *letters),
                (Event.Kind.DEADLINE, deadline - timedelta(days=9), deadline),
            )
        )
