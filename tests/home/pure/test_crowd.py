"""A busy morning is drawn, not scripted; the same seed draws the same."""

from random import Random
from statistics import mean, variance

from hypothesis import given
from hypothesis import strategies as st

from firsthand.home.pure import crowd


def test_the_same_seed_draws_the_same():
    assert [crowd.pace(Random(7)) for _ in range(3)] == [crowd.pace(Random(7)) for _ in range(3)]


def test_arrivals_are_a_poisson_stream():
    rng = Random(1)
    drawn = [crowd.arrivals(rng, 6, 60) for _ in range(4000)]
    assert abs(mean(drawn) - 6) < 0.15
    assert abs(variance(drawn) - 6) < 0.6


@given(st.floats(0, 1e6))
def test_the_rate_stays_between_quiet_and_full(now):
    assert crowd.QUIET <= crowd.rate(now) <= crowd.FULL


@given(st.randoms(use_true_random=False))
def test_a_conversation_is_held_and_resumed_before_it_ends(rng):
    its = crowd.pace(rng)
    done: list[str] = []
    for second in range(400):
        if verb := crowd.due(its, "connected", second, done):
            done.append(verb)
    assert done[-1] in {"hang_up", "caller_hangs_up"}
    assert done[0] == "name"
    assert "write" in done
    if "hold" in done:
        assert done.index("hold") < done.index("resume")


@given(
    st.randoms(use_true_random=False),
    st.sampled_from(["waiting", "callback", "offered", "connected", "wrap_up"]),
)
def test_nothing_goes_on_for_ever(rng, state):
    its, done = crowd.pace(rng), set()
    while verb := crowd.due(its, state, 1e9, done):
        done.add(verb)
    assert done & {"give_up", "take", "decline", "hang_up", "caller_hangs_up", "close"}


def test_a_finished_contact_has_nothing_due():
    assert crowd.due(crowd.pace(Random(1)), "closed", 1e9, ()) == ""
