"""The need of a day: helpers and specialists together, beside Erlang, and what follows from it."""

from __future__ import annotations

import dataclasses
import math

import pytest

from firsthand.plan.pure import erlang, need
from firsthand.plan.pure.need import days, layers, reasons
from firsthand.plan.pure.need.change import spread
from firsthand.plan.pure.need.grid import Grid, whole
from firsthand.plan.pure.need.steady import Steady

AIM = need.Aim(erlang.Target(service_level=0.8))
ASKING = need.Room(200, 200, consult_share=0.25, consult=90, finish=60, patience=180)
PLAIN = need.Room(300, 300, patience=180)


def calls(*middle: float, spread: float = 0.1, event: float = 0.0) -> tuple[need.Calls, ...]:
    """With the quantiles of a count whose mean varies by `spread`."""
    found = []
    for one in middle:
        sd = math.sqrt(one + (spread * one) ** 2) if spread else 0.0
        found.append(need.Calls(max(0.0, one - 1.2816 * sd), one, one + 1.2816 * sd, event * one))
    return tuple(found)


def stream(room: need.Room, *days_: tuple[need.Calls, ...], name: str = "de") -> need.Stream:
    return need.Stream(name, room, tuple(need.Day(one) for one in days_))


def test_a_room_that_erlang_knows_needs_what_erlang_says():
    found = need.of([stream(PLAIN, calls(0, 100, 342))], AIM)["de"][0]
    assert found[0].staff == (0, 0)
    for one in found[1:]:
        expected = erlang.fewest(AIM.target, one.calls.middle / 1800, 300, 20, 180)
        assert (one.helpers, one.specialists, one.erlang_a) == (expected, 0, expected)
        assert one.reason == ""
        assert one.low.helpers < one.helpers < one.high.helpers


def test_a_half_hour_after_a_busy_one_needs_more():
    """Who finishes the calls of before takes no new ones."""
    falling = need.of([stream(PLAIN, calls(342, 100))], AIM)["de"][0][1]
    alone = erlang.fewest(AIM.target, 100 / 1800, 300, 20, 180)
    assert falling.helpers > alone
    assert dict(falling.steps)["carry_over"] == falling.helpers - alone
    assert falling.reason == "carry_over"


def test_helpers_and_specialists_are_found_together():
    """600 calls an hour, every fourth asks (research, wfm.md §2.3): 43 and 5, or 42 and 6; Erlang A says 42."""
    found = need.of([stream(ASKING, calls(300, 300))], AIM)["de"][0][0]
    assert found.staff in {(43, 5), (42, 6)}
    assert (found.erlang_c, found.erlang_a) == (39, 36)
    assert found.reason == "consults"
    assert sum(step for _, step in found.steps) == found.helpers - found.erlang_c


def test_four_specialists_take_four_helpers_more():
    steady = Steady(ASKING, AIM, seed=1)
    helpers = {n: steady.just_enough(600 / 3600, n, 43) for n in (4, 5)}
    assert 46 < helpers[4] <= 48
    assert 42 < helpers[5] <= 43.2
    assert helpers[4] - helpers[5] > 3.5


def test_what_is_interpolated_is_within_one_of_what_is_simulated():
    room = dataclasses.replace(ASKING, learning=need.Learning(slower=0.2, asks=0.5))
    grid = Grid(room, AIM, seed=1)
    exact = Grid(room, AIM, seed=9, exact=True)
    for number, left in ((21.0, 0.3), (64.0, 0.5)):
        (best, *_), them = grid.options(number, left), exact.options(number, left)
        assert abs(grid.cost(best)[0] - grid.cost(them[0])[0]) <= 1
        assert abs(best.helpers - {one.specialists: one.helpers for one in them}[best.specialists]) < 1


def test_the_first_guess_is_exact_where_nobody_asks():
    plain = layers.room_of(layers.numbers(300, 0, 90, 0, 180), 20, layers.limits(0.8, None, None, None))
    for arrivals in (0.001, 0.02, 0.19, 1.5):
        exact = erlang.fewest(AIM.target, arrivals, 300, 20, 180)
        assert whole(layers.fewest(plain, 1, arrivals)) == exact


@pytest.mark.parametrize(
    "target",
    [erlang.Target(asa=15), erlang.Target(abandonment=0.03), erlang.Target(0.7, occupancy=0.75)],
    ids=["asa", "abandonment", "occupancy"],
)
def test_every_target_is_met_by_the_smallest_staff(target):
    aim = dataclasses.replace(AIM, target=target)
    best, *_ = need.interval(ASKING, 120, aim, seed=3)
    judge = Steady(ASKING, aim, seed=77, calls=3)
    helpers = whole(best.helpers)
    assert judge.margin(120 / 1800, need.Staff(helpers + 1, best.specialists)) > 0
    assert judge.margin(120 / 1800, need.Staff(helpers - 2, best.specialists)) < 0


def test_who_learns_needs_fewer():
    room = dataclasses.replace(ASKING, learning=need.Learning(slower=0.3, asks=0.5, half_life=2))
    first, last = (need.Day(calls(150), shifts=shifts) for shifts in (0, 12))
    found = need.of([need.Stream("de", room, (first, last))], AIM)["de"]
    assert found[0][0].helpers > found[1][0].helpers + 5


def test_breaks_and_shrinkage_are_rostered_on_top():
    room = dataclasses.replace(PLAIN, breaks=0.1, shrinkage=0.2)
    one = need.of([stream(room, calls(100))], AIM)["de"][0][0]
    assert one.rostered == (erlang.rostered(one.helpers, 0.28), 0)


def test_callbacks_balking_and_regular_talks_change_the_need():
    many = calls(150)
    plain = need.of([stream(PLAIN, many)], AIM)["de"][0][0].helpers
    for change, code in (
        ({"callback": need.Callback(30, 0.8)}, "callbacks"),
        ({"variability": 0.0, "balk": 0.2}, "balking"),
        ({"balk": 0.5}, "balking"),
    ):
        one = need.of([stream(dataclasses.replace(PLAIN, **change), many)], AIM)["de"][0][0]
        assert {step for step, _ in one.steps} <= {"patience", code, "carry_over"}
        assert one.helpers == plain + dict(one.steps).get(code, 0)
    assert one.helpers < plain  # who hangs up at once leaves the others time


def test_the_same_seed_gives_the_same_need_whatever_the_threads():
    given = [stream(ASKING, calls(60, 90, 30))]
    assert need.of(given, AIM, threads=1) == need.of(given, AIM, threads=2)


# --- will it hold


def needs() -> list[need.Need]:
    return need.of([stream(ASKING, calls(150, 150, 150))], AIM)["de"][0]


def test_it_says_whether_it_holds():
    one, *_ = them = needs()
    rostered = [
        need.Staff(one.high.helpers + 2, one.high.specialists + 1),
        need.Staff(one.helpers, one.specialists),
        need.Staff(one.helpers - 3, one.specialists),
    ]
    found = need.will_it_hold([them[0]] * 3, rostered)
    assert [hold.word for hold in found] == ["holds", "tight", "short"]
    assert (found[1].likely, found[2].likely, found[2].gap) == (0, -3, (-3, 0))
    assert found[0].busy is not None
    assert found[0].busy >= 2


def test_without_specialists_no_helper_is_enough():
    one, *_ = needs()
    hold = need.will_it_hold([one], [need.Staff(200, 0)])[0]
    assert (hold.busy, hold.likely, hold.word) == (None, None, "short")


def test_who_is_absent_does_not_count():
    one, *_ = needs()
    rostered = need.Staff(*(erlang.rostered(n, 0.2) for n in one.staff))
    assert need.will_it_hold([one], [rostered], absent=0.2)[0].likely == 0
    assert need.will_it_hold([one], [rostered], absent=0.4)[0].word == "short"


# --- what if


def planned() -> tuple[list[need.Stream], dict[str, list[list[need.Staff]]]]:
    streams = [
        stream(ASKING, calls(150, 150, event=0.3), calls(120, 120), calls(120, 120), name="de"),
        stream(ASKING, calls(50, 50, event=0.3), calls(40, 40), calls(40, 40), name="fr"),
    ]
    return streams, {
        "de": [[need.Staff(24, 4)] * 2] * 3,
        "fr": [[need.Staff(10, 2)] * 2] * 3,
    }


def test_twenty_people_fewer():
    streams, rostered = planned()
    found = need.what_if(streams, rostered, need.Change(helpers=-8), AIM, day=0, runs=100)
    assert [one.stream for one in found] == ["de", "fr"]
    for one in found:
        assert one.difference.high < -0.05
        assert one.difference.mean == pytest.approx(
            one.after.day["service_level"].mean - one.before.day["service_level"].mean
        )
        assert (one.after.asa.mean > one.before.asa.mean).all()
        assert (one.after.abandonment.mean > one.before.abandonment.mean).all()
    # They meet the same callers: the difference is surer than either of the two.
    assert found[0].difference.se < found[0].before.day["service_level"].se


def test_letters_two_days_later():
    streams, rostered = planned()
    found = {
        (one.stream, one.day): one.difference
        for one in need.what_if(streams, rostered, need.Change(later=2), AIM, runs=100)
    }
    assert found["de", 0].low > 0.05
    assert (found["de", 1].mean, found["fr", 1].mean) == (0, 0)
    assert found["de", 2].high < -0.05


def test_nothing_changed_changes_nothing():
    streams, rostered = planned()
    for one in need.what_if(streams, rostered, need.Change(), AIM, day=1, runs=20):
        assert (one.difference.mean, one.difference.se) == (0, 0)


@pytest.mark.parametrize(
    ("more", "there", "after"),
    [(-20, [60, 30, 10], [48, 24, 8]), (-1, [3, 3], [3, 2]), (5, [0, 0], [0, 0]), (-9, [4, 2], [0, 0]),
     (3, [1, 1, 1], [2, 2, 2])],
)  # fmt: skip
def test_a_change_is_spread_by_size(more, there, after):
    assert spread(more, there) == after


def test_the_spread_of_days_follows_from_the_quantiles():
    assert days.busyness(calls(400, 500, spread=0.2)) == pytest.approx(25, rel=1e-3)
    assert days.busyness(calls(400, spread=0.0)) == 0


# --- what cannot be


def test_a_room_without_anybody_is_refused():
    for wrong in (
        {"helper_aht": 0},
        {"consult_share": 1.2},
        {"shrinkage": 1},
        {"patience": 0},
        {"variability": math.nan},
    ):
        with pytest.raises(ValueError, match="share|number|shrinkage"):
            dataclasses.replace(ASKING, **wrong)


@pytest.mark.parametrize(
    "wrong",
    [need.Calls(1, -1, 2), need.Calls(5, 4, 6), need.Calls(1, 2, math.nan), need.Calls(1, 2, 3, 4)],
    ids=range(4),
)
def test_calls_that_cannot_be_are_said_by_day_and_interval(wrong):
    with pytest.raises(ValueError, match="de, day 2, interval 1: calls must be 0 or more"):
        need.Stream("de", PLAIN, (need.Day(calls(1)), need.Day((wrong,))))


def test_streams_must_agree():
    with pytest.raises(ValueError, match="same name"):
        need.of([stream(PLAIN, calls(1)), stream(PLAIN, calls(1))], AIM)
    with pytest.raises(ValueError, match="same intervals"):
        need.of([stream(PLAIN, calls(1)), stream(PLAIN, calls(1, 2), name="fr")], AIM)


def test_a_target_nobody_can_meet_is_said():
    aim = dataclasses.replace(AIM, target=erlang.Target(service_level=0.95))
    room = dataclasses.replace(ASKING, balk=1.0, consult_share=0.2)
    with pytest.raises(ValueError, match="no number"):
        need.of([stream(room, calls(100))], dataclasses.replace(aim, target=erlang.Target(occupancy=0.0)))


def test_every_reason_has_a_sentence():
    codes = {code for code, _ in reasons.steps(ASKING, AIM, 100, 99, carried=2)}
    assert codes <= set(need.REASONS)
