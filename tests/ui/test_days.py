"""A day as its reader writes it."""

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from firsthand.ui.templatetags import ui

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("language", "said", "short"),
    [
        ("de", "Montag, 23. November", "Mo 23.11."),
        ("de-ch", "Montag, 23. November", "Mo 23.11."),
        ("fr", "lundi 23 novembre", "lun 23.11."),
        ("it", "lunedì 23 novembre", "lun 23.11."),
        ("en-gb", "Monday, 23 November", "Mon 23/11"),
    ],
)
def test_a_day_is_written_as_its_reader_writes_it(language, said, short):
    with override(language):
        assert ui.long_day(MONDAY) == said
        assert ui.short_day(MONDAY).replace(",", "") == short.replace(",", "")


def test_an_hour_is_the_insurers():
    with override("de"):
        assert ui.long_day(datetime(2026, 11, 23, 7, 30, tzinfo=UTC), "H") == "Montag, 23. November, 08:30"
