import pytest
from django.core.cache import cache
from django.db import connections
from django.test import TestCase, TransactionTestCase
from pytest_django import fixtures

from firsthand.answer.queries.memo import memo
from tests import committed, logins

logins.install()
TransactionTestCase._fixture_teardown = committed.empty
# What commits may enter every zone; what is rolled back does so on the one connection it has.
TransactionTestCase.databases, TestCase.databases = "__all__", {"default"}
# It looks for the mark `django_db` only: a file in which all tests use `committed`, run alone, had no tables.
# The owner makes the database, as in real life.
fixtures._get_databases_for_setup = lambda items: ({"owner"}, set())


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        logins.settle()
    yield
    connections.close_all()


@pytest.fixture(autouse=True)
def _no_cached_state(settings):
    """Each test starts in English: sentences are asserted as the source has them."""
    settings.LANGUAGE_CODE = "en"
    cache.clear()
    memo.clear()
