"""Runs the jobs that actions have deferred, on a connection of its own.

Two kinds: what is quick (the worker, beside the clock of the house) and what reckons for seconds or minutes
(`PLAN`; a process of its own that gives way to all others, so that no forecast ever delays a call).
"""

import asyncio
import contextlib
import logging
import threading

import psycopg
from asgiref.sync import sync_to_async
from procrastinate import App, exceptions
from procrastinate.contrib.django import app
from procrastinate.jobs import Status
from procrastinate.psycopg_connector import PsycopgConnector

from firsthand.kernel import direct

log = logging.getLogger(__name__)

DEFAULT, PLAN = "default", "plan"
AGAIN = 3.0  # seconds after the database was lost
GRACE = 5.0  # seconds for running jobs when we are asked to end
LOOK = 30.0  # seconds between two looks for jobs of a process that is gone


async def run(stop: threading.Event, *, queue: str = DEFAULT, at_once: int = 2) -> None:
    """Until told to stop; a lost database is waited for."""
    while not stop.is_set():
        worker = asyncio.create_task(_work(queue, at_once))
        while not stop.is_set() and not worker.done():
            await asyncio.sleep(0.1)
        worker.cancel()
        (ended,) = await asyncio.gather(worker, return_exceptions=True)
        if not stop.is_set():
            log.warning("the jobs stopped; trying again", extra={"error": type(ended).__name__})
            await asyncio.sleep(AGAIN)


async def _work(queue: str, at_once: int) -> None:
    address = await sync_to_async(direct.address)(
        application_name=f"firsthand jobs {queue}", connect_timeout=5
    )
    jobs: App = app.with_connector(PsycopgConnector(kwargs=address, min_size=1, max_size=4, timeout=10))
    try:
        async with jobs.open_async():
            looking = asyncio.create_task(_look(jobs, queue))
            try:
                await jobs.run_worker_async(
                    name=f"firsthand {queue}",
                    queues=[queue],
                    install_signal_handlers=False,
                    shutdown_graceful_timeout=GRACE,
                    concurrency=at_once,
                )
            finally:
                looking.cancel()
    except (exceptions.ConnectorException, psycopg.Error, TimeoutError) as error:
        log.warning("the jobs' connection broke", extra={"error": type(error).__name__})


async def _look(jobs: App, queue: str) -> None:
    while True:
        try:
            await clear(jobs, queue)
        except (exceptions.ConnectorException, psycopg.Error) as error:
            log.warning("no look for jobs left behind", extra={"error": type(error).__name__})
        await asyncio.sleep(LOOK)


async def clear(jobs: App, queue: str) -> None:
    """A process that was killed leaves its job "doing" for ever, and with it the lock that later ones wait for.

    What is quick is done again: its actions may be repeated. A computation is shown as failed to whoever asked for
    it (`plan.working`), who decides whether it is worth another hour.
    """
    for job in await jobs.job_manager.get_stalled_jobs(queue=queue):
        log.warning("a job was left behind", extra={"job": job.task_name})
        with contextlib.suppress(
            exceptions.UniqueViolation
        ):  # the same waits already: its queueing lock says so
            if queue != PLAN:
                await jobs.job_manager.retry_job(job)
                continue
        await jobs.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)
