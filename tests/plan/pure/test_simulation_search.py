"""The smallest staffing that meets a target, and Erlang beside it."""

from __future__ import annotations

import pytest

from firsthand.plan.pure import erlang, simulation
from tests.plan.pure.test_simulation import exponential, one_room

TARGET = erlang.Target(service_level=0.8)


def consults() -> dict:
    """600 calls an hour, every fourth asks: Erlang A says 42 helpers for one level."""
    room = one_room(arrivals_per_hour=600, service=exponential(200), goes_to=["helpers"])
    room["groups"] = {
        "helpers": {
            "agents": 42,
            "asks": [
                {"groups": ["specialists"], "share": 0.25, "time": exponential(90), "then": exponential(60)}
            ],
        },
        "specialists": {"agents": 4, "cost": 1.5},
    }
    return room


def test_one_group_is_what_erlang_says():
    room = one_room(service=exponential(300))
    found = simulation.search(simulation.read(room), TARGET, days=60, seed=1)
    # 58 agents answer 79.1 %, 59 answer 81.8 %: far enough apart for 60 days.
    assert found.agents == (erlang.fewest(TARGET, 684 / 3600, 300, 20, 180),)
    assert found.erlang.erlang_a == found.agents[0]
    assert found.erlang.erlang_c == erlang.fewest(TARGET, 684 / 3600, 300, 20)
    assert found.erlang.reasons == ("patience",)


def test_helpers_and_specialists_are_searched_together():
    """Four specialists need 47 helpers, five need 43 (research: wfm.md §2.3)."""
    read = simulation.read(consults())
    found = simulation.search(read, TARGET, days=40, seed=1)
    many, few = found.agents
    assert few in (5, 6)
    assert 41 <= many <= 43
    assert (found.erlang.erlang_c, found.erlang.erlang_a) == (45, 42)
    assert "consults" in found.erlang.reasons
    helpers = simulation.search(read, TARGET, groups=["helpers"], days=40, seed=1)
    assert 46 <= helpers.agents[0] <= 48
    assert helpers.result.all["service_level"].mean >= 0.8
    one_less = (helpers.agents[0] - 1,)
    assert helpers.tried[one_less] < 0.8


def test_every_type_may_have_to_meet_it():
    room = one_room(arrivals_per_hour=60, goes_to=["de"])
    room["call_types"]["fr"] = room["call_types"]["call"] | {"goes_to": ["fr"], "arrivals_per_hour": 20}
    room["groups"] = {
        "de": {"agents": 6},
        "fr": {"agents": 3},
        "both": {"agents": 1, "takes": [["call", "fr"]]},
    }
    for one in ("call", "fr"):
        room["call_types"][one]["goes_to"].append("both")
    found = simulation.search(simulation.read(room), TARGET, days=20, seed=1, each=True)
    assert min(found.result.types[one]["service_level"].mean for one in ("call", "fr")) >= 0.8
    assert sum(found.agents) < 20
    assert {"several_groups", "several_types"} <= set(found.erlang.reasons)


def test_what_cannot_be_found_is_a_sentence():
    read = simulation.read(consults())
    with pytest.raises(simulation.Unreadable, match="There is no group “nobody” to search for"):
        simulation.search(read, TARGET, groups=["nobody"], days=1, seed=1)
    with pytest.raises(simulation.Unreadable, match="No staffing of up to 9 agents"):
        simulation.search(read, TARGET, days=1, seed=1, most=9)
