"""The port's contract: the same cases for every carrier.

Who really hears whom between browsers is told by ear, in tests/browser/test_voice.py.
"""

import inspect

import pytest

from firsthand.live.models import Outbox
from firsthand.voice import actions, carriers
from firsthand.voice.models import Call
from firsthand.voice.pure.modes import HEARS
from tests import world

pytestmark = pytest.mark.django_db
CARRIERS = ["browser", "fake"]


def call_of_three(carrier: str) -> Call:
    call, customer = actions.start(carrier=carrier)
    legs = [
        customer,
        actions.join(call, "helper", world.ada(), by=world.ada()),
        actions.join(call, "specialist", world.carla(), by=world.ada()),
    ]
    for leg in legs:
        actions.beat(leg, instance=leg.role, audible=False)
    return call


@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize("before", HEARS)
def test_from_any_mode_to_any_other_exactly_those_hear_who_may(carrier, before):
    call = call_of_three(carrier)
    for mode in HEARS:
        if mode != before:
            for each in (before, mode):
                actions.set_mode(call, each, by=world.ada())
            call.refresh_from_db()
            assert carriers.get(carrier).heard(call) == HEARS[mode], mode


@pytest.mark.parametrize("carrier", CARRIERS)
def test_who_has_left_neither_speaks_nor_hears(carrier):
    call = call_of_three(carrier)
    actions.set_mode(call, "conference", by=world.ada())
    actions.leave(call, "specialist", by=world.carla())
    call.refresh_from_db()
    assert carriers.get(carrier).heard(call) == HEARS["talk"]
    actions.end(call, "helper", by=world.ada())
    assert carriers.get(carrier).heard(call) == frozenset()


@pytest.mark.parametrize("carrier", CARRIERS)
def test_a_carrier_offers_only_modes_of_the_table(carrier):
    assert carriers.get(carrier).name == carrier
    assert carriers.get(carrier).modes <= set(HEARS)


def test_a_mode_that_a_carrier_cannot_bring_about_is_refused(monkeypatch):
    monkeypatch.setattr(carriers.get("fake").__class__, "modes", frozenset({"talk", "hold"}))
    call = call_of_three("fake")
    with pytest.raises(actions.NotWithThisCarrier):
        actions.set_mode(call, "whisper", by=world.ada())


def test_the_port_has_no_verb_to_keep_what_was_said():
    for thing in (carriers.Carrier, *(carriers.get(name).__class__ for name in CARRIERS), actions):
        words = " ".join(name.lower() for name, _ in inspect.getmembers(thing))
        assert not any(word in words for word in ("record", "store", "save", "transcri", "tape"))


def test_watched_carriers_are_those_that_say_so():
    assert [name for name in CARRIERS if carriers.get(name).watched] == list(carriers.WATCHED)


def test_every_page_of_the_call_is_nudged_and_nobody_else():
    call = call_of_three("browser")
    Outbox.objects.all().delete()
    actions.set_mode(call, "hold", by=world.ada())
    legs = {f"leg:{leg.pk}" for leg in call.legs.all()}
    desks = {f"desk:{person.pk}" for person in (world.ada(), world.carla())}
    assert set(Outbox.objects.values_list("topic", flat=True)) == legs | desks
