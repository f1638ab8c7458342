import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.answer.pure import moves
from firsthand.answer.pure.log import Broken, Event, Stand, replay

LIFE = [
    Event(1, "waiting", None),
    Event(2, "offered", 7),
    Event(3, "connected", 7),
    Event(4, "wrap_up", 7),
    Event(5, "closed", 7),
]


def test_a_life_leads_to_where_it_stands():
    assert replay(LIFE) == Stand("closed", 7, 5)
    assert replay(LIFE[:2]) == Stand("offered", 7, 2)


@given(st.permutations(LIFE))
def test_the_order_in_which_they_are_read_does_not_matter(events):
    assert replay(events) == Stand("closed", 7, 5)


@given(st.integers(0, 3))
def test_a_missing_event_shows(at):
    with pytest.raises(Broken):
        replay(LIFE[:at] + LIFE[at + 1 :])


@pytest.mark.parametrize(
    "events",
    [
        [],
        [Event(1, "connected", 7)],
        [Event(1, "waiting", None), Event(2, "wrap_up", 7)],
        [Event(1, "waiting", None), Event(2, "offered", None)],
        [*LIFE, Event(5, "closed", 7)],
        [*LIFE, Event(6, "waiting", None)],
    ],
)
def test_what_cannot_be_is_broken(events):
    with pytest.raises(Broken):
        replay(events)


@given(st.lists(st.sampled_from(sorted(moves.MOVES)), min_size=1, max_size=8))
def test_it_is_broken_exactly_when_a_move_is_illegal(states):
    events = [Event(n, state, 7 if state in moves.SEATED else None) for n, state in enumerate(states, 1)]
    fine = states[0] in moves.BORN and all(
        moves.legal(a, b) for a, b in zip(states, states[1:], strict=False)
    )
    if fine:
        assert replay(events).state == states[-1]
    else:
        with pytest.raises(Broken):
            replay(events)
