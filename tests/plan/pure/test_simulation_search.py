"""The smallest staffing that meets a target, and Erlang beside it."""

from __future__ import annotations

import pytest

from firsthand.plan.pure import erlang, simulation
from firsthand.plan.pure.simulation import measures, periods, runs
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


def a_morning() -> dict:
    """Four half hours, the second twice as busy; helpers ask."""
    room = consults()
    room["periods"] = {"length": 1800, "count": 5, "warm_up": 1, "after_last": "empty"}
    room["call_types"]["call"]["arrivals_per_hour"] = [100, 100, 200, 150, 60]
    room["groups"]["helpers"]["agents"], room["groups"]["specialists"]["agents"] = 11, 2
    return room


def test_a_day_gets_a_number_for_each_group_and_period():
    read = simulation.read(a_morning())
    found = simulation.search_periods(read, TARGET, days=20, seed=1)
    helpers, specialists = found.agents
    levels = found.result.all_periods["service_level"].mean
    assert (levels >= 0.8).all()
    assert helpers[2] > 1.3 * helpers[1]
    assert helpers[4] < helpers[3] < helpers[2]
    assert max(specialists) <= 4
    assert found.cost == pytest.approx(sum(helpers) / 2 + 1.5 * sum(specialists) / 2)
    # No agent of any period can be spared.
    for at, row in enumerate(found.agents):
        for p in range(1, 5):
            less = [list(one) for one in found.agents]
            if row[p] == 1:
                continue
            less[at][p] -= 1
            fewer = periods.staffed(read, (0, 1), tuple(map(tuple, less)))
            short = measures.measure(fewer, runs.run(fewer, 20, 1), 1)
            assert periods.missed(short, TARGET, each=False), (at, p)


def test_a_group_that_goes_home_stays_there():
    room = a_morning()
    room["groups"]["specialists"]["agents"] = [2, 2, 2, 2, 0]
    found = simulation.search_periods(simulation.read(room), TARGET, groups=["helpers"], days=20, seed=1)
    assert found.groups == ("helpers",)
    assert [group.agents for group in found.result.scenario.groups][1] == (2, 2, 2, 2, 0)
    assert (found.result.all_periods["service_level"].mean >= 0.8).all()


def test_what_cannot_be_found_by_period_is_a_sentence():
    read = simulation.read(a_morning())
    with pytest.raises(simulation.Unreadable, match="No staffing of up to 3 agents in each group meets"):
        simulation.search_periods(read, TARGET, days=2, seed=1, most=3)
    season = simulation.read(a_morning() | {"days": 2})
    with pytest.raises(simulation.Unreadable, match="for one day"):
        simulation.search_periods(season, TARGET, days=2, seed=1)


def test_what_cannot_be_found_is_a_sentence():
    read = simulation.read(consults())
    with pytest.raises(simulation.Unreadable, match="There is no group “nobody” to search for"):
        simulation.search(read, TARGET, groups=["nobody"], days=1, seed=1)
    with pytest.raises(simulation.Unreadable, match="No staffing of up to 9 agents"):
        simulation.search(read, TARGET, days=1, seed=1, most=9)
