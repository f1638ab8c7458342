"""The demo's people, premiums and day look like the real thing and are nobody's."""

from datetime import UTC, date, datetime
from random import Random
from statistics import mean, median

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.ch import ssn

from firsthand.home.demo import tables
from firsthand.home.pure import ahv, covers, day
from firsthand.home.pure.households import Drawer

TODAY = date(2026, 11, 21)
TOPICS = ["praemie", "kuendigung", "franchise"]


@given(st.integers(100_000_000, 999_999_999))
def test_every_number_has_a_right_check_digit(nine):
    assert ssn.is_valid(ahv.number(nine))


def test_a_slip_of_the_finger_shows():
    number = ahv.number(123_456_789)
    assert not ssn.is_valid(number[:-2] + str((int(number[-2]) + 1) % 10) + number[-1])


@pytest.fixture(scope="module")
def homes():
    return list(Drawer(Random(3), tables.towns(), tables.names(), TODAY).homes(2000))


def test_there_are_as_many_people_as_asked_for_each_once(homes):
    people = [one for home in homes for one in home.people]
    assert len(people) == 2000
    assert len({one.number for one in people}) == len({one.ahv for one in people}) == 2000


def test_households_have_one_to_five_people_born_in_the_past(homes):
    assert {len(home.people) for home in homes} == {1, 2, 3, 4, 5}
    assert all(one.born_on.year > 1920 and one.born_on <= TODAY for home in homes for one in home.people)


def test_somebody_in_each_household_is_grown_up_and_can_be_called(homes):
    for home in homes:
        first = home.people[0]
        assert TODAY.year - first.born_on.year >= 21
        assert first.phone.startswith(f"+41{home.town.area}000")


def test_the_same_seed_draws_the_same_people(homes):
    assert list(Drawer(Random(3), tables.towns(), tables.names(), TODAY).homes(2000)) == homes


def test_premiums_lie_near_the_means_of_the_year(homes):
    rng, paid = Random(5), {"adult": [], "young": [], "child": []}
    for home in homes:
        for one in home.people:
            age = TODAY.year - one.born_on.year
            basic = next(
                draft for draft in covers.draw(rng, one.born_on, home.town.canton, TODAY) if draft.basic
            )
            paid["child" if age <= 18 else "young" if age <= 25 else "adult"].append(float(basic.premium))
            assert (basic.franchise == 0) == (age <= 18)
    assert 350 < mean(paid["adult"]) < 480
    assert 230 < mean(paid["young"]) < 340
    assert 95 < mean(paid["child"]) < 135


@pytest.fixture(scope="module")
def past():
    chairs = [
        day.Chair(1, ("de", "en"), frozenset(TOPICS)),
        day.Chair(2, ("de",), frozenset(TOPICS)),
        day.Chair(3, ("fr", "it"), frozenset(TOPICS[:2])),
    ]
    return chairs, day.draw(Random(4), datetime(2026, 11, 20, tzinfo=UTC), 180, chairs, TOPICS)


def test_a_seat_has_one_contact_at_a_time(past):
    chairs, drawn = past
    for chair in chairs:
        own = sorted(
            (one.answered.offered_at, one.ended_at)
            for one in drawn
            if one.answered and one.answered.person == chair.person
        )
        assert all(ended <= offered for (_, ended), (offered, _) in zip(own, own[1:], strict=False))


def test_nobody_answers_what_they_are_not_ready_for(past):
    chairs, drawn = past
    by_person = {chair.person: chair for chair in chairs}
    for one in drawn:
        if one.answered:
            chair = by_person[one.answered.person]
            assert one.language in chair.languages
            assert not one.topic or one.topic in chair.topics


def test_times_go_forward(past):
    for one in past[1]:
        went = one.answered
        times = [
            one.queued_at,
            *([went.offered_at, went.connected_at, went.talk_at, went.hung_up_at] if went else []),
            one.ended_at,
        ]
        assert times == sorted(times)


def test_the_day_looks_like_a_day():
    chairs = [day.Chair(n, ("de", "fr", "it", "en"), frozenset(TOPICS)) for n in range(20)]
    drawn = day.draw(Random(4), datetime(2026, 11, 20, tzinfo=UTC), 700, chairs, TOPICS)
    answered = [one.answered for one in drawn if one.answered]
    assert 0.01 < 1 - len(answered) / len(drawn) < 0.12
    assert 0.7 < mean(one.solved for one in answered) < 0.88
    assert 180 < median((one.hung_up_at - one.talk_at).total_seconds() for one in answered) < 360
    assert {one.queued_at.hour for one in drawn} == set(range(8, 18))
