"""Thousands of intervals at once give what the exact code gives one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from firsthand.plan.pure import erlang
from firsthand.plan.pure.erlang import Target
from firsthand.plan.pure.erlang_many import NoStaffing, fewest_many

shares = st.floats(0.01, 0.99)
targets = st.one_of(
    st.builds(Target, service_level=shares),
    st.builds(Target, asa=st.floats(0.01, 300)),
    st.builds(Target, abandonment=st.floats(0.001, 0.9)),
    st.builds(Target, occupancy=st.floats(0.05, 0.999)),
    st.builds(Target, shares, st.floats(1, 300), st.floats(0.01, 0.9), st.floats(0.3, 1)),
)
intervals = st.lists(
    st.tuples(st.floats(0, 300), st.floats(10, 900), st.floats(0, 120), st.floats(1, 3600)),
    min_size=1,
    max_size=6,
)


@example(Target(occupancy=0.5), [(1.0, 10.0, 0.0, 1.0)], True)  # nobody there is not a room at rest
@given(targets, intervals, st.booleans())
def test_it_is_the_exact_code_s_answer(target, rows, patient):
    load, aht, within, patience = (np.array(one) for one in zip(*rows, strict=True))
    found = fewest_many(target, load / aht, aht, within, patience if patient else None)
    for at, agents in enumerate(found):
        one = float(load[at] / aht[at]), float(aht[at]), float(within[at]), float(patience[at])
        assert agents == erlang.fewest(target, *(one if patient else one[:3]))


def test_one_agent_less_misses_the_target_in_a_thousand_intervals():
    chance = np.random.default_rng(1)
    load, aht = chance.uniform(3, 400, 1000), chance.uniform(60, 400, 1000)
    target = Target(service_level=0.8, occupancy=0.85)
    found = fewest_many(target, load / aht, aht, 20, 180)
    for agents, one, time in zip(found, load, aht, strict=True):
        assert target.met(erlang.evaluate(int(agents), one / time, time, 20, 180))
        assert not target.met(erlang.evaluate(int(agents) - 1, one / time, time, 20, 180))


def test_some_intervals_may_be_patient_for_ever():
    found = fewest_many(Target(service_level=0.8), 10 / 180, 180, 20, [180, np.inf, np.nan])
    assert found.tolist() == [12, 14, 14]


def test_it_keeps_the_shape_of_the_days():
    arrivals = np.full((2, 3), 57 / 300)
    assert fewest_many(Target(service_level=0.8), arrivals, 300, 20).tolist() == [[64] * 3] * 2
    assert fewest_many(Target(service_level=0.8), [], 300, 20).tolist() == []


def test_nobody_calls_nobody_is_needed():
    for patience in (None, 100):
        assert fewest_many(Target(service_level=0.8, occupancy=0.5), [0.0], 300, 20, patience) == [0]


def test_it_says_which_interval_cannot_be():
    for patience in (None, 100):
        with pytest.raises(NoStaffing) as refused:
            fewest_many(Target(occupancy=0), [0.0, 1.0], 300, 20, patience)
        assert refused.value.at == 1


@pytest.mark.parametrize(
    "wrong",
    [
        (-1, 60, 20, 60),
        (1, 0, 20, 60),
        (1, 60, -1, 60),
        (1, 60, 20, 0),
        (np.nan, 60, 20, 60),
        (1e9, 60, 20, 60),
    ],
    ids=range(6),
)
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError):  # noqa: PT011  the sentence is the command's business
        fewest_many(Target(service_level=0.8), *wrong)
