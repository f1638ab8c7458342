"""A job that an action defers is in the queue: as the login that serves the pages, at any time of the day."""

import pytest
from django.db import connection

from firsthand.kernel import zones
from firsthand.protect import tasks

pytestmark = pytest.mark.django_db


def waiting(name: str) -> int:
    with zones.of(zones.FRONT), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s", [name])
        (many,) = cursor.fetchone()
    return many


def test_the_front_defers_a_job():
    tasks.nightly.defer()
    assert waiting("protect.nightly") == 1
