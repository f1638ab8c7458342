from datetime import UTC, datetime

import pytest
from django.core.cache import cache

from firsthand.answer.queries.memo import memo
from firsthand.live import queries as live
from tests import world


@pytest.fixture(autouse=True)
def _web_is_serving(monkeypatch):
    """Some web process has been serving for long: whoever is silent is lost."""
    monkeypatch.setattr(live, "serving_since", lambda: datetime(2020, 1, 1, tzinfo=UTC))


@pytest.fixture(autouse=True)
def _nothing_cached():
    cache.clear()
    memo.clear()


@pytest.fixture
def desk(client):
    """Ada at her desk."""
    client.force_login(world.ada())
    return client
