"""Runs the jobs that actions have deferred, and the periodic ones, on a connection of its own."""

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

AGAIN = 3.0  # seconds after the database was lost
GRACE = 5.0  # seconds for running jobs when we are asked to end


async def run(stop: threading.Event) -> None:
    """Until told to stop; a lost database is waited for."""
    while not stop.is_set():
        worker = asyncio.create_task(_work())
        while not stop.is_set() and not worker.done():
            await asyncio.sleep(0.1)
        worker.cancel()
        (ended,) = await asyncio.gather(worker, return_exceptions=True)
        if not stop.is_set():
            log.warning("the jobs stopped; trying again", extra={"error": type(ended).__name__})
            await asyncio.sleep(AGAIN)


async def _work() -> None:
    address = await sync_to_async(direct.address)(application_name="firsthand jobs", connect_timeout=5)
    jobs: App = app.with_connector(PsycopgConnector(kwargs=address, min_size=1, max_size=4, timeout=10))
    try:
        async with jobs.open_async():
            await jobs.run_worker_async(
                name="firsthand",
                install_signal_handlers=False,
                shutdown_graceful_timeout=GRACE,
                concurrency=2,
            )
    except (exceptions.ConnectorException, psycopg.Error, TimeoutError) as error:
        log.warning("the jobs' connection broke", extra={"error": type(error).__name__})
