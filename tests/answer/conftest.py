from datetime import UTC, datetime

import pytest

from firsthand.live import queries as live


@pytest.fixture(autouse=True)
def _web_is_serving(monkeypatch):
    """Some web process has been serving for long: whoever is silent is lost."""
    monkeypatch.setattr(live, "serving_since", lambda: datetime(2020, 1, 1, tzinfo=UTC))
