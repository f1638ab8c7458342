"""What is there of the past: per queue, by day, by interval; what is marked, what was planned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone, translation
from django.utils.timezone import get_default_timezone

from firsthand.kernel import sql
from firsthand.people.models import Person, Role
from firsthand.plan import holidays
from firsthand.plan.models import Event, Import, Mark, Queue, Setup, State, Upload, Volume

DAY = timedelta(days=1)
LOOKED = 400  # days back that are searched for gaps


@dataclass(frozen=True)
class Held:
    """What is there of one queue. `missing`: days without a row on a weekday that usually has some."""

    queue: Queue
    first: date | None
    last: date | None
    minutes: int | None
    missing: Sequence[date]

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1 if self.first and self.last else 0

    @property
    def stale(self) -> int:
        """Days since the last one that is there; 1 is as it should be."""
        return (timezone.localdate() - self.last).days if self.last else 0


@dataclass(frozen=True)
class Counted:
    """One day, or one interval, of one queue or of all together."""

    at: date | datetime
    offered: int
    answered: int | None
    abandoned: int | None
    aht_seconds: float | None
    minutes: int = 0


def held() -> list[Held]:
    """Every queue; three statements, however much there is."""
    today = timezone.localdate()
    since = today - LOOKED * DAY
    with connection.cursor() as cursor:
        cursor.execute(sql.named("firsthand.plan", "volumes")["held"], {"zone": settings.TIME_ZONE})
        ends = {queue: rest for queue, *rest in cursor.fetchall()}
        cursor.execute(
            sql.named("firsthand.plan", "volumes")["some_days"],
            {"zone": settings.TIME_ZONE, "since": midnight(since)},
        )
        days: dict[int, set[date]] = {}
        for queue, day in cursor.fetchall():
            days.setdefault(queue, set()).add(day)
    off = set(holidays.between(since, today))
    found = []
    for queue in Queue.objects.all():
        first, last, minutes = ends.get(queue.pk, (None, None, None))
        found.append(Held(queue, first, last, minutes, _missing(days.get(queue.pk, set()), off)))
    return found


def _missing(days: set[date], off: set[date]) -> list[date]:
    if not days:
        return []
    first, last = min(days), max(days)
    weeks = max(1, ((last - first).days + 1) / 7)
    often = {weekday for weekday in range(7) if sum(d.weekday() == weekday for d in days) >= weeks / 2}
    between = (first + n * DAY for n in range((last - first).days + 1))
    return [day for day in between if day.weekday() in often and day not in days and day not in off]


def by_day(queues: Sequence[Queue], first: date, last: date) -> list[Counted]:
    """Both days included; a day of which nothing is known is left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            sql.named("firsthand.plan", "volumes")["days"],
            {
                "queues": [queue.pk for queue in queues],
                "first": midnight(first),
                "last": midnight(last + DAY),
                "zone": settings.TIME_ZONE,
            },
        )
        return [Counted(*row) for row in cursor.fetchall()]


def by_interval(queues: Sequence[Queue], day: date) -> list[Counted]:
    """One day's intervals, at their local start; on the long day of autumn an hour stands twice."""
    zone = get_default_timezone()
    rows = Volume.objects.filter(
        queue__in=queues, starts_at__gte=midnight(day), starts_at__lt=midnight(day + DAY)
    )
    found: dict[datetime, list[Volume]] = {}
    for row in rows.order_by("starts_at"):
        found.setdefault(row.starts_at, []).append(row)
    return [_summed(at.astimezone(zone), same) for at, same in found.items()]


def _summed(at: datetime, rows: Sequence[Volume]) -> Counted:
    timed = [(float(row.aht_seconds), row.offered) for row in rows if row.aht_seconds is not None]
    calls = sum(weight for _aht, weight in timed)
    return Counted(
        at=at,
        offered=sum(row.offered for row in rows),
        answered=_all_told([row.answered for row in rows]),
        abandoned=_all_told([row.abandoned for row in rows]),
        aht_seconds=sum(aht * weight for aht, weight in timed) / calls if calls else None,
        minutes=max(row.minutes for row in rows),
    )


def _all_told(counts: Sequence[int | None]) -> int | None:
    told = [count for count in counts if count is not None]
    return sum(told) if len(told) == len(counts) else None


def queues() -> QuerySet[Queue]:
    return Queue.objects.all()


def upload_of(person: Person) -> Upload | None:
    """A planner's own file; nobody sees another's. A check that broke off or was stopped is asked for again."""
    upload = Upload.objects.filter(by=person, until__gt=timezone.now()).defer("packed").first()
    if upload and upload.step == Upload.Step.CHECKING and upload.state in (State.FAILED, State.STOPPED):
        upload.step = Upload.Step.QUEUES
    return upload


def upload_for(person: Person, pk: int) -> Upload:
    upload = Upload.objects.filter(pk=pk, by=person).first()
    if upload is None or not person.has_role(Role.ORGANISER):
        raise Http404
    return upload


def imports(most: int = 10) -> list[Import]:
    return list(Import.objects.select_related("by").order_by("-pk")[:most])


def counted_until() -> date | None:
    """The last day whose own calls have flowed in."""
    return Setup.objects.values_list("counted_until", flat=True).first()


def marks(first: date | None = None, last: date | None = None, queue: Queue | None = None) -> list[Mark]:
    """Those that touch these days, newest first; with a queue those of it and of all."""
    found = Mark.objects.select_related("queue", "by")
    if first and last:
        found = found.filter(ends_at__gt=midnight(first), starts_at__lt=midnight(last + DAY))
    if queue is not None:
        found = found.filter(Q(queue=queue) | Q(queue=None))
    return list(found)


def mark_for(person: Person, pk: int) -> Mark:
    mark = Mark.objects.filter(pk=pk).first()
    if mark is None or not person.has_role(Role.ORGANISER):
        raise Http404
    return mark


def events(first: date | None = None, last: date | None = None) -> list[Event]:
    found = Event.objects.select_related("queue", "by")
    if first and last:
        found = found.filter(last__gte=first, first__lte=last)
    return list(found)


def event_for(person: Person, pk: int) -> Event:
    event = Event.objects.filter(pk=pk).first()
    if event is None or not person.has_role(Role.ORGANISER):
        raise Http404
    return event


def named_holidays(first: date, last: date) -> Mapping[date, str]:
    """The public holidays of the insurer's canton or Land, by name, for who reads."""
    language = (translation.get_language() or "").split("-", maxsplit=1)[0]
    return holidays.between(first, last, language)


def day_of(written: str) -> date:
    """A day as it stands in an address; one before and one after it exist, too."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise Http404 from None
    if not date.min + DAY < day < date.max - DAY:
        raise Http404
    return day


def in_turn() -> None:
    """To the end of the transaction nobody else adds to what is known or asks for a forecast: whoever says the same at
    the same moment waits, and then finds it said."""
    Setup.objects.get_or_create(pk=1)
    Setup.objects.select_for_update().get(pk=1)


def midnight(day: date) -> datetime:
    """When a day begins where the insurer is."""
    return datetime(day.year, day.month, day.day, tzinfo=get_default_timezone())
