import pytest
from django.core.cache import cache
from django.test import TransactionTestCase

from firsthand.answer.queries.memo import memo
from tests import committed

TransactionTestCase._fixture_teardown = committed.empty


@pytest.fixture(autouse=True)
def _no_cached_state(settings):
    """Each test starts in English: sentences are asserted as the source has them."""
    settings.LANGUAGE_CODE = "en"
    cache.clear()
    memo.clear()
