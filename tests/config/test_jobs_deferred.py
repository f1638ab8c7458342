"""A job that an action defers is in the queue: as the login that serves the pages, at any time of the day; and one
that a killed process has left behind keeps nothing waiting."""

import asyncio

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.psycopg_connector import PsycopgConnector

from firsthand.config import jobs
from firsthand.kernel import direct, zones
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


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("queue", "becomes"), [(jobs.DEFAULT, "todo"), (jobs.PLAN, "failed")])
def test_a_job_of_a_killed_process_is_done_again_or_has_failed(queue, becomes):
    left, going = left_behind(queue, worker=False), left_behind(queue, worker=True)
    asyncio.run(look(queue))
    assert (state(left), state(going)) == (becomes, "doing")


@pytest.mark.django_db(transaction=True)
def test_what_waits_again_already_is_not_done_twice():
    left = left_behind(jobs.DEFAULT, worker=False, only="one")
    tasks.nightly.configure(queueing_lock="one").defer()
    asyncio.run(look(jobs.DEFAULT))
    assert state(left) == "failed"


def left_behind(queue: str, *, worker: bool, only: str = "") -> int:
    """A job that is "doing": by a worker that still gives signs of life, or by nobody."""
    name = only or f"{queue} {worker}"
    number = tasks.nightly.configure(queue=queue, queueing_lock=name, lock=name).defer()
    with direct.connect() as plain:
        by = plain.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id").fetchone()[0]
        plain.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s",
            [by if worker else None, number],
        )
    return number


async def look(queue: str) -> None:
    own = app.with_connector(PsycopgConnector(kwargs=direct.address(), min_size=1, max_size=2))
    async with own.open_async():
        await jobs.clear(own, queue)


def state(number: int) -> str:
    with direct.connect() as plain:
        return plain.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [number]).fetchone()[0]
