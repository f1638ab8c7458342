import threading

import pytest
from django.db import connections, transaction

from tests.committed import committed

__all__ = ["committed"]


@pytest.fixture
def late():
    """Runs something in a transaction of another connection, which stays open until it is released."""
    threads = []

    def start(work):
        begun, may_end = threading.Event(), threading.Event()

        def run() -> None:
            try:
                with transaction.atomic():
                    work()
                    begun.set()
                    may_end.wait(10)
            finally:
                connections.close_all()

        thread = threading.Thread(target=run)
        thread.start()
        threads.append((thread, may_end))
        assert begun.wait(10)

        def release() -> None:
            may_end.set()
            thread.join(10)

        return release

    yield start
    for thread, may_end in threads:
        may_end.set()
        thread.join(10)
