import gc

import pytest
from django.core.cache import cache
from django.db import connections
from django.test import TestCase, TransactionTestCase
from whitenoise.middleware import WhiteNoiseMiddleware

from firsthand.answer.queries.memo import memo
from tests import committed, logins, prepared, static_files

logins.install()
TransactionTestCase._fixture_teardown = committed.empty
# What commits may enter every zone; what is rolled back does so on the one connection it has.
TransactionTestCase.databases, TestCase.databases = "__all__", {"default"}
WhiteNoiseMiddleware.add_files_from_finders = static_files.found_once


def pytest_collection_finish():
    """What is there now stays until the end: not looked through again and again for what could go, which took a tenth
    of the time of the whole suite.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_modify_db_settings, django_db_blocker):
    """The owner makes the database, as in real life; then each login gets what it may do."""
    with django_db_blocker.unblock():
        prepared.make()
        logins.settle()
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        committed.leave()
        prepared.drop()


@pytest.fixture(autouse=True)
def _no_cached_state(settings):
    """Each test starts in English: sentences are asserted as the source has them."""
    settings.LANGUAGE_CODE = "en"
    cache.clear()
    memo.clear()
