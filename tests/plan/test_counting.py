"""What the house answered itself becomes past calls: by queue and interval, right on the days the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from firsthand.answer.models import Contact
from firsthand.plan import registry
from firsthand.plan.actions import counting
from firsthand.plan.models import Forecast, Import, Queue, Setup, Volume
from tests import world
from tests.answer import room

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
MONDAY = date(2026, 11, 2)
AT = datetime(2026, 11, 2, 8, tzinfo=UTC)  # nine o'clock


def called(at: datetime, talk: int = 0, language: str = "de", **more) -> Contact:
    """A contact that is over: answered for so many seconds, or given up."""
    state = (
        {"state": "closed", "connected_at": at + MINUTE, "talk_at": at + MINUTE}
        if talk
        else {"state": "abandoned"}
    )
    closed = at + MINUTE + timedelta(seconds=talk)
    fields = {"language": language, "queued_at": at, "closed_at": closed, "wake_at": None, **state, **more}
    return Contact.objects.create(**fields)


def counted(queue: str = "de") -> list[tuple[datetime, int, int, int]]:
    rows = Volume.objects.filter(queue__code=queue).order_by("starts_at")
    return list(rows.values_list("starts_at", "offered", "answered", "abandoned"))


def test_a_day_is_counted_by_interval():
    for minute, talk in ((0, 120), (10, 240), (29, 0), (95, 60)):
        called(AT + minute * MINUTE, talk)
    assert counting.flow_in(MONDAY) == 4
    assert counted() == [
        (AT, 3, 2, 1),
        (AT + 30 * MINUTE, 0, 0, 0),  # nobody called: that is a count
        (AT + 60 * MINUTE, 0, 0, 0),
        (AT + 90 * MINUTE, 1, 1, 0),
    ]
    first = Volume.objects.earliest("starts_at")
    assert float(first.aht_seconds) == 180
    assert (first.source, first.minutes) == (None, 30)


def test_counted_twice_is_counted_once():
    called(AT, 60)
    counting.flow_in(MONDAY)
    called(AT + 5 * MINUTE, 60)
    counting.flow_in(MONDAY)
    counting.flow_in(MONDAY)
    assert counted() == [(AT, 2, 2, 0)]


def test_robots_and_what_is_still_open_are_left_out():
    called(AT, 60)
    called(AT, 60, synthetic=True)
    room.arrive("de")
    counting.flow_in(MONDAY)
    counting.flow_in(timezone.localdate())
    assert counted() == [(AT, 1, 1, 0)]


def test_who_is_called_back_days_later_counts_where_they_called():
    called(
        AT,
        60,
        closed_at=AT + timedelta(days=2),
        connected_at=AT + timedelta(days=2, minutes=-1),
        talk_at=None,
    )
    counting.flow_in(MONDAY)
    assert counted() == [(AT, 1, 1, 0)]
    assert float(Volume.objects.get().aht_seconds) == 60


def test_a_topic_with_a_queue_of_its_own_goes_there_and_the_rest_to_its_language():
    Queue.objects.create(code="de-praemie", name="Prämie", language="de", topic="praemie")
    called(AT, 60, topic="praemie")
    called(AT, 60, topic="umzug")
    called(AT, 60, language="fr", topic="praemie")
    counting.flow_in(MONDAY)
    assert [counted(code) for code in ("de-praemie", "de", "fr")] == [[(AT, 1, 1, 0)]] * 3


def test_what_a_file_tells_of_the_same_time_stays():
    queue = Queue.objects.create(code="de", name="Deutsch", language="de")
    source = Import.objects.create(rows=1, first=AT, last=AT, digest="x")
    Volume.objects.create(queue=queue, starts_at=AT, minutes=60, offered=77, source=source)
    called(AT + 40 * MINUTE, 60)
    called(AT + 70 * MINUTE, 60)
    counting.flow_in(MONDAY)
    assert [(at, calls) for at, calls, *_ in counted()] == [(AT, 77), (AT + 60 * MINUTE, 1)]


def test_intervals_are_as_long_as_the_queues_own():
    queue = Queue.objects.create(code="de", name="Deutsch", language="de")
    Volume.objects.create(queue=queue, starts_at=AT - timedelta(days=7), minutes=15, offered=1)
    for minute in (0, 14, 15):
        called(AT + minute * MINUTE, 60)
    counting.flow_in(MONDAY)
    assert [row[:2] for row in counted()[1:]] == [(AT, 2), (AT + 15 * MINUTE, 1)]


def test_the_day_of_25_hours_has_all_of_them():
    long_day, midnight = date(2026, 10, 25), datetime(2026, 10, 24, 22, tzinfo=UTC)
    for hour in range(-1, 27):
        called(midnight + timedelta(hours=hour), 60)
    counting.flow_in(long_day)
    assert sum(calls for _at, calls, *_ in counted()) == 25
    assert counted()[0][0] == midnight
    assert counted()[-1][0] == midnight + timedelta(hours=24)


def test_every_night_takes_the_days_that_are_missing_and_forecasts_anew():
    yesterday = timezone.localdate() - timedelta(days=1)
    at = timezone.make_aware(datetime.combine(yesterday, datetime.min.time())) + timedelta(hours=9)
    called(at, 60)
    assert counting.nightly() == counting.FIRST
    assert Setup.objects.get().counted_until == yesterday
    assert counted() == [(at, 1, 1, 0)]
    assert Forecast.objects.get().by is None
    assert not counting.is_due()
    Setup.objects.update(counted_until=yesterday - timedelta(days=4))
    assert counting.nightly() == 4 + counting.LATE


def test_a_house_that_does_not_answer_itself_counts_nothing(monkeypatch):
    monkeypatch.setattr(registry._says, "volumes_of", None)
    assert counting.flow_in(MONDAY) == 0
    assert world.otto()
    assert not Volume.objects.exists()
