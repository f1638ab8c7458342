"""Two at the same moment: the second one waits for the first to be done, and then sees what the first one did."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from firsthand.plan import actions
from firsthand.plan.actions import forecasting, knowing, rostering, uploads
from firsthand.plan.models import Assignment, CallUp, Correction, Forecast, Moved, Queue, Upload
from firsthand.plan.pure import volumes
from firsthand.plan.pure.volumes import files
from tests import world
from tests.plan import planned

pytestmark = pytest.mark.django_db(transaction=True)

FILE = b"Datum;Zeit;Anrufe\n02.11.2026;08:00;12\n"


@contextmanager
def meanwhile(job: Callable[[], Any]) -> Iterator[Future[Any]]:
    """While what stands in the block is done and not committed yet, somebody else begins with `job`."""

    def run() -> Any:
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            another: Future[Any] = Future()
            yield another
            begun = pool.submit(run)
            wait([begun], timeout=0.4)  # whoever does not wait for the commit is done by then
        begun.exception(timeout=20)
        another.set_running_or_notify_cancel()
        if error := begun.exception():
            another.set_exception(error)
        else:
            another.set_result(begun.result())


def test_a_correction_sent_twice_counts_once():
    otto, now = world.otto(), timezone.now()

    def correct() -> Correction:
        return knowing.correct(
            None, now, now + timedelta(hours=4), Decimal("1.2"), reason="Letters go out", by=otto
        )

    with meanwhile(correct) as another:
        first = correct()
    assert another.result() == first
    assert Correction.objects.count() == 1


def test_two_who_ask_for_a_forecast_get_one():
    otto = world.otto()
    queue = Queue.objects.create(code="de", name="Deutsch", language="de")
    queue.volumes.create(starts_at=timezone.now(), minutes=30, offered=3)
    with meanwhile(lambda: forecasting.start(by=otto)) as another:
        forecasting.start(by=otto)
    with pytest.raises(forecasting.UnderWay):
        another.result()
    assert Forecast.objects.count() == 1


def test_a_file_sent_twice_is_taken_once():
    otto = world.otto()
    with meanwhile(lambda: uploads.receive(FILE, by=otto)) as another:
        uploads.receive(FILE, by=otto)
    assert another.result() == Upload.objects.get()


def test_a_file_is_checked_once_whatever_old_pages_say():
    otto = world.otto()
    uploads.receive(FILE, by=otto)
    one, other = Upload.objects.get(), Upload.objects.get()
    named = {"mapping": volumes.guess(files.head(FILE.decode())), "by": otto}
    uploads.name_columns(one, **named)
    uploads.name_queues(one, ["new:de"], by=otto)
    for act in (lambda: uploads.name_columns(other, **named), lambda: uploads.back(other, by=otto)):
        with pytest.raises(uploads.TakenByAnother):
            act()
    assert Upload.objects.get().step == Upload.Step.CHECKING


def test_whoever_declines_while_the_roster_is_published_is_missed_in_it():
    week = planned.week(1)
    week.answers_until = week.ends_on
    week.save()
    draft = planned.roster(week, published=False)
    (helper,) = planned.rostered(draft, "de", 1)
    callup = CallUp.objects.select_related("week").get(person=helper)
    with meanwhile(lambda: actions.answer(callup, coming=False, by=helper)) as another:
        rostering.publish(draft, by=world.otto())
    another.result()
    assert not Assignment.objects.exists()
    assert Moved.objects.filter(gone=helper, why=Moved.Why.ABSENT).count() == 2


def test_a_week_whose_roster_is_just_published_is_not_called_off():
    week, otto = planned.week(1), world.otto()
    draft = planned.roster(week, published=False)
    planned.rostered(draft, "de", 1)
    with meanwhile(lambda: actions.call_off(week, by=otto)) as another:
        rostering.publish(draft, by=otto)
    with pytest.raises(actions.IsRostered):
        another.result()


def test_a_call_up_is_not_taken_back_from_a_roster_that_is_just_published():
    week, otto = planned.week(1), world.otto()
    draft = planned.roster(week, published=False)
    (helper,) = planned.rostered(draft, "de", 1)
    callup = CallUp.objects.select_related("week").get(person=helper)
    with meanwhile(lambda: actions.take_back(callup, by=otto)) as another:
        rostering.publish(draft, by=otto)
    with pytest.raises(actions.Works):
        another.result()
