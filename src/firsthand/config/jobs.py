"""Runs the jobs that actions have deferred, on a connection of its own.

Two kinds: what is quick (the worker, beside the clock of the house) and what reckons for seconds or minutes
(`PLAN`; a process of its own that gives way to all others, so that no forecast ever delays a call).
"""

import asyncio
import logging
import threading

import psycopg
from asgiref.sync import sync_to_async
from procrastinate import App, exceptions
from procrastinate.contrib.django import app
from procrastinate.psycopg_connector import PsycopgConnector

from firsthand.kernel import direct

log = logging.getLogger(__name__)

DEFAULT, PLAN = "default", "plan"
AGAIN = 3.0  # seconds after the database was lost
GRACE = 5.0  # seconds for running jobs when we are asked to end


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
            await jobs.run_worker_async(
                name=f"firsthand {queue}",
                queues=[queue],
                install_signal_handlers=False,
                shutdown_graceful_timeout=GRACE,
                concurrency=at_once,
            )
    except (exceptions.ConnectorException, psycopg.Error, TimeoutError) as error:
        log.warning("the jobs' connection broke", extra={"error": type(error).__name__})
