"""What the heat strip says, from numbers alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.plan.pure.hold import (
    Gap,
    Holds,
    Stretch,
    Together,
    at_the_desk,
    people_for,
    seats_split,
    stretches,
    worst,
)

needs = st.tuples(*[st.integers(0, 60)] * 3).map(lambda three: tuple(sorted(three)))
gaps = st.builds(Gap, needs, st.integers(0, 80), st.booleans())


@pytest.mark.parametrize(
    ("there", "word"), [(7, "short"), (8, "tight"), (10, "tight"), (11, "holds")], ids=str
)
def test_a_half_hour_holds_when_a_busy_day_does(there, word):
    assert Gap((6, 8, 11), there).holds == word


def test_where_nobody_is_asked_to_work_nothing_is_short():
    assert Gap((6, 8, 11), 0, worked=False).holds is Holds.UNKNOWN


def test_what_is_spare_has_a_busy_and_a_quiet_day():
    gap = Gap((6, 8, 11), 9)
    assert (gap.spare, gap.spare_between) == (1, (-2, 3))


def test_a_surplus_in_one_language_answers_no_call_in_another():
    german, french, closed = Gap((6, 8, 10), 14), Gap((2, 3, 4), 1), Gap((1, 1, 1), 0, worked=False)
    both = Together((german, french, closed))
    assert (both.holds, both.spare, both.spare_between) == (Holds.SHORT, -2, (-3, -1))
    spare = Together((german, Gap((2, 3, 4), 4), closed))
    assert (spare.holds, spare.spare, spare.spare_between) == (Holds.HOLDS, 1, (0, 2))
    assert Together(()).holds is Together((closed,)).holds is Holds.UNKNOWN


def test_a_day_is_as_good_as_its_worst_half_hour():
    assert worst([Gap((1, 2, 3), 9), Gap((1, 2, 3), 2)]) is Holds.TIGHT
    assert worst([]) is Holds.UNKNOWN


def test_half_hours_in_a_row_are_one_stretch():
    day = [Gap((1, 2, 3), there) for there in (5, 1, 0, 5, 1)]
    assert stretches(day) == [Stretch(1, 2, 2), Stretch(4, 4, 1)]


@given(st.lists(gaps, max_size=20))
def test_the_stretches_are_exactly_the_half_hours_that_are_short(day):
    within = {at for one in stretches(day) for at in range(one.first, one.last + 1)}
    assert within == {at for at, gap in enumerate(day) if gap.holds is Holds.SHORT}


@given(st.integers(0, 200), st.floats(0, 0.8))
def test_never_more_are_at_the_desk_than_come(rostered, shrinkage):
    assert 0 <= at_the_desk(rostered, shrinkage) <= rostered


@given(st.lists(st.integers(0, 60), min_size=1, max_size=20), st.floats(0, 0.6))
def test_those_rostered_cover_four_half_hours_of_five_and_one_less_would_not(needed, shrinkage):
    people = people_for(needed, shrinkage)

    def covered(count: int) -> int:
        return sum(at_the_desk(count, shrinkage) >= each for each in needed)

    assert covered(people) >= 0.8 * len(needed)
    assert (
        people == 0
        or covered(people - 1) < 0.8 * len(needed)
        or at_the_desk(people - 1, shrinkage) < max(needed)
    )


@given(st.integers(0, 90), st.lists(st.integers(0, 30), max_size=5))
def test_rooms_are_filled_by_their_seats_and_never_over(people, seats):
    split = seats_split(people, seats)
    assert sum(split) == min(people, sum(seats))
    assert all(0 <= got <= room for got, room in zip(split, seats, strict=True))


def test_a_share_that_is_none_is_refused():
    with pytest.raises(ValueError, match="shrinkage"):
        at_the_desk(3, 1.0)
