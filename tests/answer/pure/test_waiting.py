import random
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.answer.pure.waiting import LEAST, LONGEST, Pace, estimate

paces = st.builds(
    Pace,
    seats=st.integers(0, 200),
    answers=st.lists(st.floats(0, 1800), max_size=60),
    lengths=st.lists(st.floats(1, 3600), max_size=60),
)


def test_without_anything_to_go_by_it_says_nothing():
    assert estimate(0, Pace(seats=3)) is None
    assert estimate(0, Pace(seats=3, answers=[0.0] * LEAST, lengths=[300.0] * (LEAST - 1))) is None


def test_where_nobody_sits_nobody_can_say():
    assert estimate(0, Pace(seats=0, answers=list(range(0, 600, 10)), lengths=[300.0] * 20)) is None


def test_ten_seats_of_five_minutes_take_one_every_half_minute():
    minutes = estimate(9, Pace(seats=10, lengths=[300.0] * 20))
    assert minutes is not None
    assert minutes.low <= 5 <= minutes.high


def test_further_back_waits_longer():
    pace = Pace(seats=10, lengths=[300.0] * 20)
    found = [estimate(ahead, pace) for ahead in range(0, 100, 5)]
    assert all(one is not None for one in found)
    assert [one.high for one in found] == sorted(one.high for one in found)


def test_hours_are_not_promised():
    assert estimate(500, Pace(seats=1, lengths=[600.0] * 20)) is None


@given(st.integers(0, 300), paces)
def test_a_range_is_in_order_and_within_bounds(ahead, pace):
    minutes = estimate(ahead, pace)
    if minutes is not None:
        assert 0 <= minutes.low <= minutes.high <= LONGEST
        assert minutes.high >= 1


@pytest.mark.parametrize("ahead", [0, 3, 12])
@pytest.mark.parametrize("seats", [3, 10])
def test_four_in_five_simulated_waits_fall_into_the_range(ahead, seats):
    """A busy room, talks of a random length: the estimate from half an hour, against what then happens."""
    chance, hits, said = random.Random(7), 0, 0
    for _ in range(400):
        ends = list(accumulate(chance.expovariate(seats / 240) for _ in range(200)))
        past = [end for end in ends if end < 1800]
        lengths = [chance.expovariate(1 / 240) for _ in past]
        wait = sum(chance.expovariate(seats / 240) for _ in range(ahead + 1))
        minutes = estimate(ahead, Pace(seats, past, lengths))
        if minutes is not None:
            said += 1
            hits += minutes.low * 60 <= wait <= minutes.high * 60
    assert said == 400
    assert hits / said >= 0.8
