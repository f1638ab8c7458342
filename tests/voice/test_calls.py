"""Start, join, change, leave, end: and that what has ended stays as it ended."""

import pytest

from firsthand.journal.models import Entry
from firsthand.voice import actions, queries, signals
from firsthand.voice.models import Call, Leg
from tests import world

pytestmark = pytest.mark.django_db


def start(carrier: str = "browser") -> tuple[Call, Leg]:
    return actions.start(carrier=carrier)


def joined(role: str = "helper", person=None) -> tuple[Call, Leg, Leg]:
    call, customer = start()
    return call, customer, actions.join(call, role, person or world.ada(), by=world.ada())


@pytest.fixture
def announced():
    """What voice announces upwards, in order."""
    said: list[tuple] = []
    hears = {
        name: lambda name=name, **more: said.append((name, more.get("role") or more.get("ended_by") or ""))
        for name in ("leg_lost", "leg_gone", "leg_returned", "call_audible", "call_ended")
    }
    for name, hear in hears.items():
        getattr(signals, name).connect(hear)
    yield said
    for name, hear in hears.items():
        getattr(signals, name).disconnect(hear)


def test_a_call_begins_with_the_customer_alone():
    call, leg = start()
    assert (leg.role, leg.person, call.mode, call.audible_at) == ("customer", None, "talk", None)
    assert len(leg.key) >= 32


def test_an_unknown_carrier_is_a_bug():
    with pytest.raises(KeyError):
        start("pigeon")


def test_who_joins_in_a_place_sends_the_former_one_away():
    call, _, first = joined()
    second = actions.join(call, "helper", world.eva(), by=world.eva())
    first.refresh_from_db()
    assert first.left_at is not None
    assert [leg.person for leg in call.legs.open().filter(role="helper")] == [second.person]


def test_each_change_is_one_step_of_the_epoch_in_the_row():
    call, _, _ = joined()
    call.refresh_from_db()
    before = call.epoch
    actions.set_mode(call, "hold", by=world.ada())
    actions.set_mode(call, "hold", by=world.ada())  # already so
    call.refresh_from_db()
    assert (call.mode, call.epoch) == ("hold", before + 1)
    assert Entry.objects.filter(verb="call_mode", object_id=str(call.pk)).count() == 1


def test_nobody_but_the_helper_in_the_call_lets_somebody_listen():
    call, *legs = joined()
    legs.append(actions.join(call, "specialist", world.carla(), by=world.ada()))
    for leg in legs:
        actions.beat(leg, instance=leg.role, audible=False)
    for somebody in (world.carla(), world.otto(), world.eva()):
        with pytest.raises(actions.NotYourCall):
            actions.set_mode(call, "listen", by=somebody)
    actions.set_mode(call, "listen", by=world.ada())


def test_a_new_helper_begins_with_talking():
    call, _, _ = joined()
    actions.set_mode(call, "hold", by=world.ada())
    actions.join(call, "helper", world.eva(), by=world.eva())
    call.refresh_from_db()
    assert call.mode == "talk"


def test_when_the_specialist_leaves_a_consult_the_caller_still_waits():
    call, _, _ = joined()
    actions.join(call, "specialist", world.carla(), by=world.ada())
    actions.set_mode(call, "consult", by=world.ada())
    actions.leave(call, "specialist", by=world.carla())
    call.refresh_from_db()
    assert call.mode == "hold"
    actions.leave(call, "specialist", by=world.carla())  # twice is no mistake


def test_who_ended_it_first_is_kept(announced):
    call, customer, helper = joined()
    actions.end(call, "customer", by=None)
    actions.end(call, "helper", by=world.ada())
    call.refresh_from_db()
    assert call.ended_by == "customer"
    assert announced == [("call_ended", "customer")]
    assert not call.legs.open().exists()


def test_what_has_ended_stays_as_it_was():
    call, customer, helper = joined()
    actions.end(call, "helper", by=world.ada())
    call.refresh_from_db()
    for again in (
        lambda: actions.join(call, "helper", world.eva(), by=world.eva()),
        lambda: actions.set_mode(call, "hold", by=world.ada()),
    ):
        with pytest.raises(actions.CallOver):
            again()
    assert actions.beat(customer, instance="x", audible=True) == "over"
    before = Call.objects.values().get(pk=call.pk)
    actions.leave(call, "helper", by=world.ada())
    actions.page_closes(customer, instance="x")
    assert Call.objects.values().get(pk=call.pk) == before


def test_a_receiver_that_fails_undoes_the_end():
    call, *_ = joined()

    def fail(**more):
        raise RuntimeError

    signals.call_ended.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            actions.end(call, "helper", by=world.ada())
    finally:
        signals.call_ended.disconnect(fail)
    call.refresh_from_db()
    assert call.ended_at is None


def test_rooms_above_are_asked_to_lock_their_row_before_the_call_is_locked():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    call, *_ = joined()
    asked_after = []

    def note(call, **more):
        asked_after.append(any("FOR UPDATE" in query["sql"] for query in asked.captured_queries))

    signals.call_about_to_change.connect(note)
    try:
        with CaptureQueriesContext(connection) as asked:
            actions.set_mode(call, "hold", by=world.ada())
    finally:
        signals.call_about_to_change.disconnect(note)
    assert asked_after == [False]


def test_the_talk_clock_starts_when_both_hear_and_keeps_its_first_time(announced):
    call, customer, helper = joined()
    actions.beat(customer, instance="c", audible=True)
    call.refresh_from_db()
    assert call.audible_at is None
    assert queries.topology(Leg.objects.get(pk=customer.pk)).talked_for is None
    actions.beat(helper, instance="h", audible=True)
    actions.beat(helper, instance="h", audible=True)
    call.refresh_from_db()
    assert announced == [("call_audible", "")]
    first = call.audible_at
    assert first is not None
    assert queries.topology(Leg.objects.get(pk=customer.pk)).talked_for is not None

    eva = actions.join(call, "helper", world.eva(), by=world.eva())
    assert queries.topology(Leg.objects.get(pk=eva.pk)).talked_for is None  # a new pair, a new clock
    actions.beat(eva, instance="e", audible=True)
    actions.beat(customer, instance="c", audible=True)
    call.refresh_from_db()
    assert call.audible_at == first
    assert announced == [("call_audible", "")] * 2


def test_a_synthetic_call_is_audible_at_once(announced):
    call, _ = start("fake")
    actions.join(call, "helper", world.ada(), by=None)
    call.refresh_from_db()
    assert call.audible_at is not None
    assert announced == [("call_audible", "")]
