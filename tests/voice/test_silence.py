"""Lost, gone, returned: what a page's silence means, and when it means nothing."""

from datetime import datetime, timedelta

import pytest
from django.db.models.functions import Now

from firsthand.live import queries as live
from firsthand.voice import actions
from firsthand.voice.models import Call, Leg
from tests import world
from tests.voice.test_calls import announced, joined, start  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _web(monkeypatch):
    """The web has been serving for an hour."""
    serving(monkeypatch, 3600)


def serving(monkeypatch, seconds: int | None) -> None:
    since = None if seconds is None else now() - timedelta(seconds=seconds)
    monkeypatch.setattr(live, "serving_since", lambda: since)


def now() -> datetime:
    Call.objects.get_or_create(carrier="fake")
    return Call.objects.annotate(now=Now()).values_list("now", flat=True)[0]


def silent_for(leg: Leg, seconds: int) -> None:
    Leg.objects.filter(pk=leg.pk).update(seen_at=Now() - timedelta(seconds=seconds))


def test_eleven_seconds_are_nothing(announced):  # noqa: F811
    _, customer, _ = joined()
    silent_for(customer, 11)
    assert actions.sweep() == 0
    assert announced == []


def test_after_twelve_seconds_a_page_is_lost_once(announced):  # noqa: F811
    _, customer, _ = joined()
    silent_for(customer, 13)
    actions.sweep()
    actions.sweep()
    assert announced == [("leg_lost", "customer")]


def test_a_lost_page_that_speaks_is_back(announced):  # noqa: F811
    call, customer, _ = joined()
    actions.beat(customer, instance="before", audible=False)
    silent_for(customer, 13)
    actions.sweep()
    assert actions.beat(customer, instance="after the reload", audible=False) == "here"
    customer.refresh_from_db()
    assert (customer.lost_at, customer.instance) == (None, "after the reload")
    assert announced == [("leg_lost", "customer"), ("leg_returned", "customer")]


def test_after_twenty_seconds_the_customer_is_gone_and_the_call_over(announced):  # noqa: F811
    call, customer, _ = joined()
    silent_for(customer, 21)
    actions.sweep()
    actions.sweep()
    call.refresh_from_db()
    assert call.ended_by == "lost"
    assert announced == [("leg_lost", "customer"), ("leg_gone", "customer"), ("call_ended", "lost")]
    assert actions.beat(customer, instance="late", audible=False) == "over"


def test_a_helper_who_is_gone_leaves_the_customer_in_the_call(announced):  # noqa: F811
    call, customer, helper = joined()
    actions.set_mode(call, "hold", by=world.ada())
    silent_for(helper, 21)
    actions.sweep()
    actions.sweep()
    call.refresh_from_db()
    assert (call.ended_at, call.mode) == (None, "talk")
    assert [leg.role for leg in call.legs.open()] == ["customer"]
    assert announced == [("leg_lost", "helper"), ("leg_gone", "helper")]


def test_a_page_that_never_came_is_lost_too(announced):  # noqa: F811
    _, _, helper = joined()
    silent_for(helper, 13)
    actions.sweep()
    assert announced == [("leg_lost", "helper")]


def test_nobody_is_judged_while_no_web_serves(announced, monkeypatch):  # noqa: F811
    _, customer, _ = joined()
    silent_for(customer, 300)
    serving(monkeypatch, None)
    assert actions.sweep() == 0
    assert announced == []


@pytest.mark.parametrize(("served", "lost"), [(2, 0), (11, 0), (13, 1)])
def test_silence_counts_from_when_the_web_is_back(announced, monkeypatch, served, lost):  # noqa: F811
    """The web was dead for half a minute: every page gets its whole grace again."""
    _, customer, helper = joined()
    for leg in (customer, helper):
        silent_for(leg, 30 + served)
    serving(monkeypatch, served)
    actions.sweep()
    assert len(announced) == 2 * lost


def test_a_page_that_says_farewell_is_away_at_once_but_not_lost(announced):  # noqa: F811
    call, customer, helper = joined()
    actions.beat(customer, instance="c", audible=False)
    call.refresh_from_db()
    before = call.epoch
    actions.page_closes(customer, instance="c")
    call.refresh_from_db()
    assert call.epoch == before + 1
    assert call.ended_at is None
    assert announced == []
    assert actions.beat(customer, instance="reloaded", audible=False) == "here"


def test_the_farewell_of_a_page_that_no_longer_has_the_call_changes_nothing():
    call, customer, _ = joined()
    actions.beat(customer, instance="new", audible=False)
    actions.page_closes(customer, instance="old")
    customer.refresh_from_db()
    assert customer.instance == "new"


def test_a_second_page_has_the_call_only_when_it_asks_for_it():
    _, _, helper = joined()
    actions.beat(helper, instance="first", audible=False)
    assert actions.beat(helper, instance="second", audible=False) == "elsewhere"
    assert actions.beat(helper, instance="second", audible=False, claim=True) == "here"
    assert actions.beat(helper, instance="first", audible=False) == "elsewhere"


def test_a_beat_is_one_statement(django_assert_num_queries):
    _, customer, _ = joined()
    actions.beat(customer, instance="c", audible=False)
    with django_assert_num_queries(1):
        actions.beat(customer, instance="c", audible=False)


def test_synthetic_calls_are_never_lost(announced):  # noqa: F811
    call, customer = start("fake")
    silent_for(customer, 300)
    assert actions.sweep() == 0
    assert announced == []


def test_one_call_that_cannot_be_judged_does_not_keep_the_others_waiting(announced, caplog):  # noqa: F811
    from firsthand.voice import signals

    first, second = joined()[1], joined(person=world.eva())[1]
    silent_for(first, 15)
    silent_for(second, 13)

    def fail(call, **more):
        if call.pk == first.call_id:
            raise RuntimeError

    signals.leg_lost.connect(fail)
    try:
        actions.sweep()
    finally:
        signals.leg_lost.disconnect(fail)
    assert [Leg.objects.get(pk=leg.pk).lost_at is not None for leg in (first, second)] == [False, True]
    assert "could not judge" in caplog.text
