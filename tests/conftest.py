import pytest
from django.core.cache import cache

from firsthand.answer.queries.memo import memo


@pytest.fixture(autouse=True)
def _no_cached_state(settings):
    """Each test starts in English: sentences are asserted as the source has them."""
    settings.LANGUAGE_CODE = "en"
    cache.clear()
    memo.clear()
