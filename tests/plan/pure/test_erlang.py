"""Against published tables, and against the same formulas in exact fractions, written another way."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.plan.pure import erlang
from firsthand.plan.pure.erlang import Target, evaluate, fewest, rostered

HOUR = 3600


def waits_exactly(agents: int, load: Fraction) -> Fraction:
    """Erlang C from its definition: sums of powers over factorials."""
    top = load**agents / math.factorial(agents) * agents / (agents - load)
    return top / (sum(load**k / math.factorial(k) for k in range(agents)) + top)


@pytest.mark.parametrize(
    ("agents", "waits", "level", "asa"),
    # CRAN package ErlangC, README: 100 calls in half an hour of 180 s, 20 s.
    [
        (11, 0.6821182, 0.3896138, 122.781),
        (12, 0.449388, 0.640158, 40.445),
        (13, 0.285270, 0.795595, 17.116),
        (14, 0.1741319335950498, 0.8883500191794669, 7.83593701177724),
        (15, 0.102042, 0.941453, 3.674),
    ],
)
def test_erlang_c_as_published(agents, waits, level, asa):
    found = evaluate(agents, 200 / HOUR, 180, 20)
    assert found.wait_probability == pytest.approx(waits, abs=6e-7)
    assert found.service_level == pytest.approx(level, abs=6e-7)
    assert found.asa == pytest.approx(asa, abs=6e-4)


@given(st.integers(1, 80), st.fractions(Fraction(1, 50), Fraction(99, 100), max_denominator=100))
def test_erlang_c_against_exact_fractions(agents, busy):
    load = agents * busy
    found = evaluate(agents, float(load) / 60, 60, 20)
    assert found.wait_probability == pytest.approx(float(waits_exactly(agents, load)), rel=1e-9)


@pytest.mark.parametrize(
    ("agents", "arrivals", "aht", "patience", "asa", "abandonment"),
    [
        (50, 48 / 60, 60, 120, 3.709, 0.03091),  # Garnett, Mandelbaum, Reiman 2002: 3.7 s, 3.1 %
        (13, 3.5 / 60, 180, 300, 9.913, None),  # A. Herzog, Callcenter-Simulator, ErlangCTest
        (9, 3.5 / 60, 180, 300, 56.618, None),
        (60, 57 / 300, 300, 180, 6.5587, 0.036437),
    ],
)
def test_erlang_a_as_published(agents, arrivals, aht, patience, asa, abandonment):
    found = evaluate(agents, arrivals, aht, 20, patience)
    assert found.asa == pytest.approx(asa, abs=6e-4)
    if abandonment:
        assert found.abandonment == pytest.approx(abandonment, abs=6e-6)


def chain(agents: int, arrivals: float, aht: float, within: float, patience: float) -> erlang.Result:
    """The same room as a birth-and-death chain, the wait of each arrival followed step by step."""
    weights = [1.0]
    while weights[-1] > 1e-25 * max(weights) or len(weights) < agents + 2:
        n = len(weights)
        weights.append(weights[-1] * arrivals / (min(n, agents) / aht + max(0, n - agents) / patience))
    total = math.fsum(weights)
    states = [weight / total for weight in weights]
    queue = math.fsum(max(0, n - agents) * p for n, p in enumerate(states))
    late = math.fsum(
        p * later(n - agents, agents / aht, within, patience) for n, p in enumerate(states) if n >= agents
    )
    return erlang.Result(
        1 - queue / patience / arrivals - late,
        queue / arrivals,
        math.fsum(states[agents:]),
        math.fsum(min(n, agents) * p for n, p in enumerate(states)) / agents,
        queue / patience / arrivals,
    )


def later(ahead: int, capacity: float, within: float, patience: float) -> float:
    """Whether somebody with so many ahead is answered, but after `within`: a death process in small steps."""
    steps = 4000
    step = within / steps
    here = [0.0] * ahead + [1.0]  # how many are still ahead, the caller patient

    def slope(p: list[float]) -> list[float]:
        out = [-(capacity + (k + 1) / patience) * p[k] for k in range(ahead + 1)]
        for k in range(ahead):
            out[k] += (capacity + (k + 1) / patience) * p[k + 1]
        return out

    for _ in range(steps):
        one = slope(here)
        two = slope([p + step / 2 * s for p, s in zip(here, one, strict=True)])
        three = slope([p + step / 2 * s for p, s in zip(here, two, strict=True)])
        four = slope([p + step * s for p, s in zip(here, three, strict=True)])
        here = [
            p + step / 6 * (a + 2 * b + 2 * c + d)
            for p, a, b, c, d in zip(here, one, two, three, four, strict=True)
        ]
    # From each place on, the chance to be answered before giving up.
    answered = 1.0
    found = 0.0
    for k, p in enumerate(here):
        answered *= (capacity + k / patience) / (capacity + (k + 1) / patience)
        found += p * answered
    return found


def test_erlang_a_against_its_markov_chain():
    given = {"agents": 3, "arrivals": 1 / 40, "aht": 100.0, "within": 30.0, "patience": 50.0}
    for one, other in zip(evaluate(**given), chain(**given), strict=True):
        assert one == pytest.approx(other, rel=1e-9)


def test_without_impatience_erlang_a_is_erlang_c():
    patient, never = evaluate(60, 57 / 300, 300, 20, 1e12), evaluate(60, 57 / 300, 300, 20)
    assert patient.service_level == pytest.approx(never.service_level, rel=1e-6)
    assert patient.asa == pytest.approx(never.asa, rel=1e-6)


@given(
    st.floats(0.5, 3000), st.floats(0.1, 0.99), st.floats(0, 300), st.one_of(st.none(), st.floats(5, 3600))
)
def test_one_agent_less_misses_the_target(load, level, within, patience):
    target = Target(service_level=level)
    agents = fewest(target, load / 180, 180, within, patience)
    assert target.met(evaluate(agents, load / 180, 180, within, patience))
    assert agents == 0 or not target.met(evaluate(agents - 1, load / 180, 180, within, patience))


@pytest.mark.parametrize(
    ("load", "aht", "patience", "agents"),
    [(10, 180, None, 14), (10, 180, 180, 12), (57, 300, None, 64), (57, 300, 180, 59), (48, 60, 120, 46)],
)
def test_eighty_in_twenty(load, aht, patience, agents):
    assert fewest(Target(service_level=0.8), load / aht, aht, 20, patience) == agents


@given(st.integers(0, 3000), st.floats(0, 3000), st.floats(0, 120), st.floats(5, 3600))
def test_erlang_a_stays_a_share_however_far_the_room_is_over_its_limits(agents, load, within, patience):
    found = evaluate(agents, load / 60, 60, within, patience)
    for share in (found.service_level, found.wait_probability, found.occupancy, found.abandonment):
        assert -1e-9 <= share <= 1 + 1e-9
    assert math.isfinite(found.asa)


def test_a_queue_that_only_grows_is_said_to():
    assert evaluate(10, 10 / 60, 60, 20) == (0.0, math.inf, 1.0, 1.0, 0.0)


@pytest.mark.parametrize(
    ("agents", "shrinkage", "needed"), [(14, 0.3, 20), (7, 0.3, 10), (10, 0, 10), (0, 0.5, 0)]
)
def test_who_is_away_is_rostered_on_top(agents, shrinkage, needed):
    assert rostered(agents, shrinkage) == needed


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: evaluate(-1, 1, 1, 1),
        lambda: evaluate(5, -1, 60, 20),
        lambda: evaluate(5, math.nan, 60, 20),
        lambda: evaluate(5, 1, 0, 20),
        lambda: evaluate(5, 1, 60, 20, 0),
        lambda: evaluate(5, 1e9, 60, 20),
        lambda: rostered(5, 1),
        lambda: rostered(5, -0.1),
        Target,
        lambda: Target(service_level=1),
        lambda: fewest(Target(occupancy=0), 1, 60, 20),
    ],
    ids=range(11),
)
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError):  # noqa: PT011  the sentence is the command's business
        wrong()
