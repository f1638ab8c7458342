import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _no_cached_state(settings):
    """Each test starts in English: sentences are asserted as the source has them."""
    settings.LANGUAGE_CODE = "en"
    cache.clear()
