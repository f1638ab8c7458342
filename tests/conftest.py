import pytest
from django.core.cache import cache
from django.test import TransactionTestCase
from pytest_django import fixtures

from firsthand.answer.queries.memo import memo
from tests import committed

TransactionTestCase._fixture_teardown = committed.empty
# It looks for the mark `django_db` only: a file in which all tests use `committed`, run alone, had no tables.
fixtures._get_databases_for_setup = lambda items: ({"default"}, set())


@pytest.fixture(autouse=True)
def _no_cached_state(settings):
    """Each test starts in English: sentences are asserted as the source has them."""
    settings.LANGUAGE_CODE = "en"
    cache.clear()
    memo.clear()
