"""Who hears whom: the table itself, held against what each mode promises."""

from itertools import permutations

import pytest

from firsthand.voice.pure import modes
from firsthand.voice.pure.modes import CUSTOMER, HEARS, HELPER, SPECIALIST, direction, peers, without

ALL = [CUSTOMER, HELPER, SPECIALIST]
PAIR = {(CUSTOMER, HELPER), (HELPER, CUSTOMER)}


@pytest.mark.parametrize(
    ("mode", "hears"),
    [
        ("talk", PAIR),
        ("hold", set()),
        ("consult", {(HELPER, SPECIALIST), (SPECIALIST, HELPER)}),
        ("listen", PAIR | {(CUSTOMER, SPECIALIST), (HELPER, SPECIALIST)}),
        ("whisper", PAIR | {(CUSTOMER, SPECIALIST), (HELPER, SPECIALIST), (SPECIALIST, HELPER)}),
        ("conference", set(permutations(ALL, 2))),
    ],
)
def test_each_mode_lets_exactly_these_hear(mode, hears):
    assert HEARS[mode] == hears


@pytest.mark.parametrize("mode", ["talk", "hold", "consult", "listen", "whisper"])
def test_the_customer_never_hears_the_specialist_before_all_three_talk(mode):
    assert (SPECIALIST, CUSTOMER) not in HEARS[mode]
    assert "send" not in direction(mode, SPECIALIST, CUSTOMER)


@pytest.mark.parametrize("mode", ["hold", "consult"])
def test_nobody_hears_the_customer_who_waits(mode):
    assert not any(CUSTOMER in edge for edge in HEARS[mode])


@pytest.mark.parametrize("mode", HEARS)
@pytest.mark.parametrize(("me", "other"), [*permutations(ALL, 2)])
def test_both_ends_of_a_line_agree(mode, me, other):
    """What I am told to send is what the other is told to receive."""
    mine = next((peer for peer in peers(mode, me, ALL) if peer.role == other), None)
    theirs = next((peer for peer in peers(mode, other, ALL) if peer.role == me), None)
    assert (mine is None) == (theirs is None)
    if mine and theirs:
        assert (mine.send, mine.recv) == (theirs.recv, theirs.send)
        assert mine.polite != theirs.polite
        assert mine.direction == direction(mode, me, other)


@pytest.mark.parametrize("mode", HEARS)
def test_the_line_between_customer_and_helper_stays_up_in_every_mode(mode):
    assert [peer.role for peer in peers(mode, CUSTOMER, [HELPER])] == [HELPER]


def test_a_specialist_has_no_line_to_anybody_who_only_talks():
    assert peers("talk", SPECIALIST, ALL) == []


@pytest.mark.parametrize(
    ("mode", "role", "left"),
    [
        ("consult", SPECIALIST, "hold"),  # the customer must not suddenly be back in the conversation
        ("whisper", SPECIALIST, "talk"),
        ("conference", SPECIALIST, "talk"),
        ("talk", SPECIALIST, "talk"),
        ("hold", HELPER, "talk"),
        ("conference", HELPER, "talk"),
        ("hold", CUSTOMER, "hold"),
    ],
)
def test_what_stands_when_somebody_has_left(mode, role, left):
    assert without(mode, role) == left


def test_the_modes_are_those_of_the_table():
    from firsthand.voice.models import Mode

    assert set(HEARS) == set(Mode.values)
    assert {CUSTOMER, HELPER} == modes.KEPT
