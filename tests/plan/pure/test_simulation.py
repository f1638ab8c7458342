"""The engine against exact results: Erlang A and B, the Markov chain of a consult room, published models."""

from __future__ import annotations

import copy
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.plan.pure import erlang, simulation
from firsthand.plan.pure.simulation import estimates, runs
from tests.plan.pure.published import PUBLISHED
from tests.plan.pure.simulated import compared, result, scenario


def exponential(mean: float) -> dict:
    return {"kind": "exponential", "mean": mean}


def one_room(**changes) -> dict:
    """57 Erlang, 60 agents, patience 180 s: ten hours behind an hour that fills the room."""
    room = {
        "periods": {"length": 3600, "count": 11, "warm_up": 1, "after_last": "stop"},
        "call_types": {
            "call": {
                "arrivals_per_hour": 684,
                "patience": exponential(180),
                "goes_to": ["agents"],
                "service": exponential(300),
            }
        },
        "groups": {"agents": {"agents": 60}},
    }
    room["call_types"]["call"] |= changes
    return room


def near(estimate: estimates.Estimate, exact: float, errors: float = 3.0) -> bool:
    return abs(estimate.mean - exact) <= errors * estimate.se


def test_it_meets_erlang_a():
    exact = erlang.evaluate(60, 684 / 3600, 300, 20, 180)
    found = simulation.simulate(simulation.read(one_room()), days=200, seed=4).all
    assert near(found["abandonment"], exact.abandonment)
    assert near(found["mean_wait"], exact.asa)
    assert near(found["service_level"], exact.service_level)


def test_it_meets_erlang_c():
    exact = erlang.evaluate(14, 200 / 3600, 180, 20)
    room = one_room(arrivals_per_hour=200, patience=None, service=exponential(180))
    room["groups"]["agents"]["agents"] = 14
    found = simulation.simulate(simulation.read(room), days=400, seed=5)
    assert near(found.all["service_level"], exact.service_level)
    assert near(found.all["mean_wait"], exact.asa)
    assert near(found.groups["agents"]["occupancy"], exact.occupancy)


@pytest.mark.parametrize(
    "service",
    [
        {"kind": "gamma", "mean": 300, "shape": 0.5},
        {"kind": "gamma", "mean": 300, "shape": 4},
        {"kind": "lognormal", "mean": 300, "sd": 360},
        {"kind": "weibull", "mean": 300, "shape": 1.5},
        {"kind": "uniform", "low": 100, "high": 500},
        {"kind": "triangular", "low": 100, "mode": 200, "high": 600},
        {"kind": "constant", "value": 150, "factor": 2},
    ],
    ids=lambda service: f"{service['kind']} {service.get('shape', '')}",
)
def test_a_loss_room_depends_on_the_mean_alone(service):
    """Erlang B holds for any service time: every way to draw one is measured by what it blocks."""
    room = one_room(service=service, max_waiting=0, patience=None)
    found = simulation.simulate(simulation.read(room), days=150, seed=6)
    blocked = estimates.Estimate(*(np.asarray(one) for one in found.all["blocked"]))
    exact = erlang.blocking(57.0, 60)
    assert (
        abs(blocked.mean / found.all["arrived"].mean - exact) <= 3.5 * blocked.se / found.all["arrived"].mean
    )
    assert found.all["talk"].mean == pytest.approx(300, rel=0.02)


def chain(
    helpers: int, arrivals: float, p: float, talk: float, consult: float, finish: float, patience: float
):
    """The consult room with one specialist as a Markov chain, from its definition.

    A state: how many helpers wait for or confer with the specialist, how many finish, how many callers are in
    the house but for those two; the others talk. Probability to give up, mean wait, wait for the specialist.
    """
    most = helpers + 60
    states = [
        (c, f, n) for c in range(helpers + 1) for f in range(helpers + 1 - c) for n in range(most - c - f + 1)
    ]
    number = {state: at for at, state in enumerate(states)}
    flow = np.zeros((len(states), len(states)))

    def to(state, target, rate):
        if rate > 0 and target in number:
            flow[number[state], number[target]] += rate

    for c, f, n in states:
        talking = min(n, helpers - c - f)
        state = (c, f, n)
        to(state, (c, f, n + 1), arrivals)
        to(state, (c, f, n - 1), talking * (1 - p) / talk + (n - talking) / patience)
        to(state, (c + 1, f, n - 1), talking * p / talk)
        to(state, (c - 1, f + 1, n), min(c, 1) / consult)
        to(state, (c, f - 1, n), f / finish)
    balance = flow.T - np.diag(flow.sum(axis=1))
    balance[0] = 1.0
    shares = np.linalg.solve(balance, np.eye(len(states))[0])
    c, f, n = (np.array(one) for one in zip(*states, strict=True))
    waiting = float(shares @ np.maximum(0, n - (helpers - c - f)))
    asking = float(shares @ np.minimum(c, 1)) / consult
    return waiting / patience / arrivals, waiting / arrivals, float(shares @ np.maximum(0, c - 1)) / asking


def test_the_consult_room_meets_its_markov_chain():
    gone, wait, asked = chain(8, 0.98 * 8 / 237.5, 0.25, 200, 90, 60, 180)
    # The research computed the same with another program (../shared/research/wfm.md §1.4).
    assert (gone, wait, asked) == (
        pytest.approx(0.18697, abs=2e-5),
        pytest.approx(33.655, abs=2e-3),
        pytest.approx(90.208, abs=5e-3),
    )
    found = result("consult_room", 300)
    assert near(found.all["abandonment"], gone)
    assert near(found.all["mean_wait"], wait)
    assert near(found.groups["helpers"]["consult_wait"], asked)
    assert near(found.groups["specialist"]["occupancy"], 0.60387)


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_models(name):
    """Every mean within three standard errors, theirs and ours together."""
    days = 4000 if name == "bank" else 1000  # its rarest calls come a hundred times a week
    away = {row[:2]: compared(name, days, row)[1] for row in PUBLISHED[name]}
    assert not {where: errors for where, errors in away.items() if errors > 3.0}


def test_the_same_seed_gives_the_same_numbers_whatever_the_threads():
    room = simulation.read(scenario("teamwork"))
    one, three, other = (runs.run(room, 7, seed, threads) for seed, threads in ((3, 1), (3, 3), (4, 3)))
    assert (runs.plain(one.by_type) == runs.plain(three.by_type)).all()
    assert (runs.plain(one.by_group) == runs.plain(three.by_group)).all()
    assert (runs.plain(one.by_type) != runs.plain(other.by_type)).any()
    later = runs.run(room, 2, 3, 1, first=5)
    assert (runs.plain(one.by_type)[5:] == runs.plain(later.by_type)).all()


def test_too_little_room_is_made_larger():
    """More calls wait than the first guess has room for; the day is simulated again with the same numbers."""
    room = one_room(arrivals_per_hour=6000, patience=exponential(100_000))
    found = simulation.simulate(simulation.read(room), days=2, seed=1).all
    assert found["still"].mean > 20_000
    assert conserved(found)


def test_one_agent_more_changes_nothing_else():
    """Common random numbers: the same callers arrive, and the difference is far less uncertain than each."""
    room = one_room()
    few = runs.run(simulation.read(room), 60, 8).by_type[:, 0, 1:]
    room["groups"]["agents"]["agents"] = 61
    more = runs.run(simulation.read(room), 60, 8).by_type[:, 0, 1:]
    assert (few["arrived"] == more["arrived"]).all()
    paired = (more["in_target"] - few["in_target"]).sum(axis=1).std()
    assert paired < 0.5 * few["in_target"].sum(axis=1).std()


def test_a_talk_is_as_long_whenever_it_is_drawn():
    """Where all groups take the same time, it is drawn as the call comes; else when somebody answers."""
    room = one_room(goes_to=["agents", {"group": "others", "after": 1_000_000}])
    room["groups"]["others"] = {"agents": 1}
    ahead = runs.run(simulation.read(room), 3, 8).by_type
    room["call_types"]["call"]["service_by_group"] = {"others": 1}
    later = runs.run(simulation.read(room), 3, 8).by_type
    assert (runs.plain(ahead) == runs.plain(later)).all()


def conserved(calls) -> bool:
    out = ("served", "abandoned", "blocked", "disconnected", "messages", "still")
    return math.isclose(calls["arrived"].mean, sum(calls[name].mean for name in out), abs_tol=1e-6)


@pytest.mark.parametrize("name", sorted({*PUBLISHED, "consult_room"}))
def test_nobody_is_lost(name):
    found = result(name, 1000) if name in PUBLISHED else result(name, 300)
    assert all(conserved(calls) for calls in (found.all, *found.types.values()))


def test_a_season_is_its_days():
    """Volume by day, a shared busyness, learning: the first day is slow, the second large."""
    room = one_room(busyness="weather", by_day=[1, 2, 1])
    room |= {"days": 3, "busyness": {"weather": 50}}
    room["groups"]["agents"] |= {"learning": [1.5, 1.0], "agents": 200}
    found = simulation.simulate(simulation.read(room), days=80, seed=2)
    days = found.days["call"]
    assert days["arrived"].mean / days["arrived"].mean[0] == pytest.approx([1, 2, 1], rel=0.05)
    assert days["talk"].mean == pytest.approx([450, 300, 300], rel=0.02)
    assert found.all["arrived"].mean == pytest.approx(684 * 10 * 4, rel=0.03)


def test_shrinkage_takes_its_share_away():
    room = one_room()
    room["groups"]["agents"] |= {"agents": 80, "shrinkage": 0.25}
    found = simulation.simulate(simulation.read(room), days=100, seed=2).groups["agents"]
    assert near(found["agents"], 60, 4)
    assert found["agents"].se > 0


def test_the_longest_idle_of_equal_groups_takes_the_call():
    """Two groups on one level are as good as one large group, and share the work by their size."""
    room = one_room(goes_to=[["a", "b"]])
    room["groups"] = {"a": {"agents": 20}, "b": {"agents": 40}}
    found = simulation.simulate(simulation.read(room), days=200, seed=4)
    assert near(found.all["abandonment"], erlang.evaluate(60, 684 / 3600, 300, 20, 180).abandonment)
    assert found.groups["b"]["taken"].mean / found.groups["a"]["taken"].mean == pytest.approx(2, rel=0.02)


def test_a_call_back_waits_without_a_line():
    room = one_room(offer={"after": 30, "accepted": 1.0, "becomes": "back", "delay": 60}, patience=None)
    room["lines"] = 62
    room["call_types"]["back"] = {"goes_to": ["agents"], "service": exponential(200)}
    room["groups"]["agents"]["takes"] = ["call", "back"]
    room["groups"]["agents"]["agents"] = 55
    found = simulation.simulate(simulation.read(room), days=20, seed=1)
    assert found.all["callbacks"].mean > 100
    assert conserved(found.all)


def test_help_that_comes_with_the_offer_comes_first():
    room = one_room(offer={"after": 30, "accepted": 1.0}, goes_to=["agents", {"group": "b", "after": 30}])
    room["groups"] = {"agents": {"agents": 50}, "b": {"agents": 100}}
    found = simulation.simulate(simulation.read(room), days=5, seed=1)
    assert found.groups["b"]["taken"].mean > 100
    assert found.all["messages"].mean == 0


def test_help_that_comes_when_patience_ends_comes_too_late():
    room = one_room(patience=30, goes_to=["agents", {"group": "b", "after": 30}])
    room["groups"] = {"agents": {"agents": 50}, "b": {"agents": 100}}
    for lines in (None, 10_000):  # who gave up is found when it is their turn, or at once
        found = simulation.simulate(simulation.read({**room, "lines": lines}), days=5, seed=1)
        assert found.groups["b"]["taken"].mean == 0
        assert found.all["abandoned"].mean > 100


def test_nobody_waits_for_specialists_who_went_home():
    room = scenario("consult_room")
    room["periods"] = {"length": 3600, "count": 2, "after_last": "empty"}
    room["groups"]["specialist"]["agents"] = [1, 0]
    found = simulation.simulate(simulation.read(room), days=50, seed=1)
    assert found.all["still"].mean == 0
    assert found.groups_periods["helpers"]["alone"].mean[1] > 0
    room["groups"]["helpers"]["asks"][0] |= {"at_most": 0}
    room["groups"]["specialist"]["agents"] = 1
    hasty = simulation.simulate(simulation.read(room), days=50, seed=1).groups["helpers"]
    assert hasty["consult_wait"].mean == 0


def test_more_of_anything_is_in_more_than_one_interval():
    with pytest.raises(simulation.Unreadable, match="The number of days to simulate is 1 to"):
        simulation.simulate(simulation.read(one_room()), days=0, seed=1)
    with pytest.raises(simulation.Unreadable, match="A seed is a whole number"):
        simulation.simulate(simulation.read(one_room()), days=1, seed=-1)
    with pytest.raises(simulation.Unreadable, match="do not fit into memory"):
        simulation.simulate(simulation.read(scenario("bank")), days=200_000, seed=1)


@pytest.mark.parametrize(
    ("confidence", "freedom", "quantile"),
    [(0.95, 1, 12.7062047), (0.95, 2, 4.3026527), (0.9, 7, 1.8945786), (0.99, 30, 2.7499957),
     (0.95, 200, 1.9718962), (0.95, 201, 1.9718365), (0.95, 999, 1.9623415)],
)  # fmt: skip
def test_students_quantiles(confidence, freedom, quantile):
    assert estimates.student(confidence, freedom) == pytest.approx(quantile, abs=2e-7)


def test_a_ratio_has_the_delta_method_s_error():
    rng = np.random.default_rng(1)
    below = rng.normal(100, 10, 4000)
    above = 0.3 * below + rng.normal(0, 2, 4000)
    found = estimates.of_ratio(above, below, 0.95)
    assert found.mean == pytest.approx(0.3, abs=0.002)
    assert found.se == pytest.approx(2 / 100 / math.sqrt(4000), rel=0.05)


times = st.one_of(
    st.builds(exponential, st.floats(1, 400)),
    st.builds(
        lambda mean, shape: {"kind": "gamma", "mean": mean, "shape": shape},
        st.floats(1, 400),
        st.floats(0.2, 9),
    ),
    st.floats(0, 300),
)
shares = st.floats(0, 1)


@st.composite
def scenarios(draw):
    """Small rooms with everything at once."""
    groups = [f"g{at}" for at in range(draw(st.integers(1, 3)))]
    types = [f"t{at}" for at in range(draw(st.integers(1, 3)))]
    count = draw(st.integers(1, 3))

    def some(of):
        return draw(st.lists(st.sampled_from(of), min_size=1, max_size=len(of), unique=True))

    def maybe(made):
        return made if draw(st.booleans()) else None

    room = {
        "periods": {
            "length": 600,
            "count": count,
            "after_last": draw(st.sampled_from(["empty", "stop", "clear"])),
        },
        "clear_queue": draw(st.booleans()),
        "lines": maybe(draw(st.integers(1, 8))),
        "max_waiting": maybe(draw(st.integers(0, 5))),
        "call_types": {},
        "groups": {},
    }
    for at, name in enumerate(types):
        goes = some(groups)
        if draw(st.booleans()):
            goes = [goes] if draw(st.booleans()) else [*goes[:-1], {"group": goes[-1], "after": 20}]
        room["call_types"][name] = {
            "arrivals_per_hour": draw(st.floats(1, 200)),
            "patience": maybe(draw(times)),
            "balk": draw(st.sampled_from([0, 0.3, 1])),
            "busyness": maybe(3),
            "max_waiting": maybe(draw(st.integers(0, 3))),
            "goes_to": goes,
            "among_equals": draw(st.sampled_from(["random", "longest_idle"])),
            "service": draw(times),
            "after_call": maybe(draw(times)),
            "redial": maybe(
                {"probability": draw(shares), "delay": exponential(60), "remembers": draw(st.booleans())}
            ),
            "offer": maybe({"after": 30, "accepted": draw(shares), "delay": 5}) if at else None,
            "transfers": maybe([{"to": types[0], "share": 0.5}]),
        }
    if len(types) > 1 and draw(st.booleans()):
        room["call_types"][types[-1]]["offer"] = {"after": 15, "becomes": types[0]}
        room["call_types"][types[0]]["offer"] = None
    for at, name in enumerate(groups):
        room["groups"][name] = {
            "agents": draw(st.lists(st.integers(0, 4), min_size=count, max_size=count).filter(any)),
            "shrinkage": draw(st.sampled_from([0, 0.4])),
            "questions_first": draw(st.booleans()),
        }
        if at:
            room["groups"][name]["asks"] = [
                {
                    "groups": [groups[0]],
                    "share": draw(shares),
                    "time": draw(times),
                    "then": maybe(draw(times)),
                    "if_busy": draw(st.sampled_from(["wait", "skip"])),
                }
            ]
    return room


@settings(max_examples=150, deadline=None)
@given(scenarios(), st.integers(0, 2**63 - 1))
def test_nobody_is_lost_in_any_room(room, seed):
    read = simulation.read(copy.deepcopy(room))
    counts = runs.run(read, 2, seed, 1)
    n = {name: counts.by_type[name].sum() for name in counts.by_type.dtype.names}
    assert n["arrived"] == sum(
        n[name] for name in ("served", "abandoned", "blocked", "disconnected", "messages", "still")
    )
    assert n["redialled"] <= n["abandoned"]
    assert n["in_target"] <= n["served"] + n["being_served"]
    assert n["wait"] >= 0
    groups = counts.by_group
    assert (groups["busy"] - groups["overtime"] <= groups["staffed"] * (1 + 1e-9) + 1e-6).all()
    if read.then == 0 and not (groups["staffed"][:, :, -2] == 0).any():
        assert n["still"] == 0
    again = runs.run(read, 2, seed, 2)
    assert (runs.plain(again.by_type) == runs.plain(counts.by_type)).all()
