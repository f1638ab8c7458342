"""A planner that died leaves nothing that is "working" for ever."""

from datetime import date

import pytest

from firsthand.plan import working
from firsthand.plan.models import Forecast
from firsthand.plan.models.forecasts import State

pytestmark = pytest.mark.django_db
DAYS = {"first": date(2026, 11, 23), "last": date(2026, 12, 4)}


def test_what_a_dead_planner_left_is_said_to_have_failed():
    dead = Forecast.objects.create(**DAYS, state=State.WORKING)
    waits = Forecast.objects.create(**DAYS)
    assert working.bury() == 1
    dead.refresh_from_db()
    waits.refresh_from_db()
    assert (dead.state, dead.problem, waits.state) == (State.FAILED, "died", State.WAITING)


def test_of_two_that_begin_one_does_it():
    row = Forecast.objects.create(**DAYS)
    assert working.begin(row)
    assert not working.begin(row)


def test_what_has_not_begun_stops_at_once_and_is_not_begun_later():
    row = Forecast.objects.create(**DAYS)
    working.stop(row)
    row.refresh_from_db()
    assert row.state == State.STOPPED
    assert not working.begin(row)


def test_what_is_under_way_stops_at_its_next_step():
    row = Forecast.objects.create(**DAYS)
    working.begin(row)
    working.reached(row, 10)
    working.stop(row)
    with pytest.raises(working.Stopped):
        working.reached(row, 20)
