"""Nobody's own figure can be read, nor reckoned from what is shown."""

from collections import defaultdict
from functools import cache
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.protect.pure.groups import LEAST, shown

sizes = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(0, 40), max_size=12)


@pytest.mark.parametrize(
    ("people", "stay"),
    [
        ({"a": 5, "b": 6}, "ab"),
        ({"a": 4, "b": 6, "c": 7}, "c"),  # 4 alone would be the total minus the rest
        ({"a": 1, "b": 5, "c": 9}, ""),  # 6 hidden people can only be 1 and 5: the 9 goes as well
        ({"a": 2, "b": 2, "c": 30}, ""),  # four people are hidden together: still fewer than ten
        ({"a": 4, "b": 4, "c": 4, "d": 30}, ""),  # twelve in three hidden groups can only be 4, 4 and 4
        ({"a": 4, "b": 4, "c": 3, "d": 30}, "d"),
        ({"a": 4, "b": 20, "c": 20, "d": 21}, "d"),
        ({"a": 3}, ""),
        ({}, ""),
    ],
)
def test_which_groups_stay(people, stay):
    assert shown(people).groups == frozenset(stay)


@given(people=sizes)
def test_no_small_group_is_ever_shown(people):
    assert all(people[key] >= LEAST for key in shown(people).groups)


@given(people=sizes)
def test_the_rest_is_never_one_group_nor_fewer_than_ten_while_something_else_is_shown(people):
    stay = shown(people).groups
    hidden = people.keys() - stay
    if hidden and stay:
        assert len(hidden) >= 2
        assert sum(people[key] for key in hidden) >= 2 * LEAST


@given(people=sizes)
def test_a_total_of_a_few_is_hidden(people):
    assert shown(people).total == (sum(people.values()) >= LEAST)


@given(people=sizes)
def test_without_a_small_group_nothing_is_hidden(people):
    large = {key: count + LEAST for key, count in people.items()}
    assert shown(large).groups == large.keys()


def published(people: tuple[int, ...]) -> tuple[object, ...]:
    """All that a reader sees: each shown figure, which groups are hidden, the total."""
    result = shown(dict(enumerate(people)))
    total = sum(people) if result.total else None
    return tuple(count if key in result.groups else None for key, count in enumerate(people)), total


@cache
def worlds(groups: int, most: int) -> dict[tuple[object, ...], list[tuple[int, ...]]]:
    found = defaultdict(list)
    for people in product(range(most + 1), repeat=groups):
        found[published(people)].append(people)
    return found


@pytest.mark.parametrize(("groups", "most"), [(2, 30), (3, 18), (4, 11)])
def test_who_knows_the_rule_and_sees_everything_cannot_tell_the_size_of_a_small_group(groups, most):
    """Every world is built; whoever reads what is published is always left with two sizes at least."""
    for said, possible in worlds(groups, most).items():
        for key in range(groups):
            seen = {people[key] for people in possible}
            if any(0 < size < LEAST for size in seen) and said[0][key] is None:
                at_the_edge = any(max(people) == most for people in possible)
                assert len(seen) > 1 or at_the_edge, (said, possible)
