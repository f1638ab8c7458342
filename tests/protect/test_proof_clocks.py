"""PostgreSQL and pure/proof.py reckon the same: ten thousand days and moments in one question each."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from firsthand.protect.pure import proof
from firsthand.protect.pure.clocks import plus_months

pytestmark = pytest.mark.django_db
MANY = 10_000


@pytest.mark.parametrize("zone", ["Europe/Zurich", "Europe/Berlin", "America/New_York"])
def test_five_years_from_a_moment(zone):
    rng = Random(7)
    start = datetime(1990, 1, 1, tzinfo=UTC)
    moments = [start + timedelta(seconds=rng.randrange(100 * 365 * 86_400)) for _ in range(MANY)]
    moments += [datetime(2024, 2, 28, 22, 59, 59, tzinfo=UTC) + timedelta(hours=n) for n in range(60)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT protect_years_after(at, 5, %s) FROM unnest(%s::timestamptz[]) WITH ORDINALITY AS t (at, n)"
            " ORDER BY n",
            [zone, moments],
        )
        reckoned = [day for (day,) in cursor.fetchall()]
    assert reckoned == [proof.keep_until([moment], ZoneInfo(zone)) for moment in moments]


def test_thirty_six_months_from_a_day():
    days = [date(1990, 1, 1) + timedelta(days=n) for n in range(MANY)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT protect_months_after(day, 36) FROM unnest(%s::date[]) WITH ORDINALITY AS t (day, n)"
            " ORDER BY n",
            [days],
        )
        assert [day for (day,) in cursor.fetchall()] == [plus_months(day, 36) for day in days]
