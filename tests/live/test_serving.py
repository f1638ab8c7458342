from datetime import timedelta

import pytest
from django.utils import timezone

from firsthand.live import actions, queries
from tests.live import serving

pytestmark = pytest.mark.django_db


def test_nobody_serves_before_the_first_beat():
    serving.was_last_seen(3600)
    assert queries.serving_since() is None


def test_beats_without_a_gap_keep_the_beginning():
    serving.has_served(60)
    actions.beat()
    since = queries.serving_since()
    assert timedelta(seconds=59) < timezone.now() - since < timedelta(seconds=90)


def test_after_a_gap_it_begins_anew():
    serving.was_last_seen(7)
    assert queries.serving_since() is None
    actions.beat()
    assert timezone.now() - queries.serving_since() < timedelta(seconds=10)
