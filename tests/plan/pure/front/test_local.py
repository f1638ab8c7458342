"""What one change costs is what two referees' verdicts differ by, however often one asks."""

import dataclasses
import random

from firsthand.plan.pure.front import arrays, local, referee, start
from firsthand.plan.pure.front.problem import Roster, Shift
from tests.plan.pure.front import weeks


def _problem():
    """Few executives, and of buddies fewer than newcomers ask for."""
    problem = weeks.make(30, 2, days=10)
    chance = random.Random(4)
    people = tuple(
        dataclasses.replace(one, executive=chance.random() < 0.1, buddy=chance.random() < 0.3)
        for one in problem.people
    )
    prices = dataclasses.replace(problem.prices, newcomers_each=1)
    return dataclasses.replace(problem, people=people, prices=prices)


def _roster(problem):
    """Somebody is not even trained."""
    found = arrays.roster_of(start.greedy(arrays.build(problem)))
    training = frozenset(pair for pair in found.training if pair[0] % 5)
    return Roster(frozenset(one for one in found.shifts if one.person % 5), training)


def _changes(problem, here):
    """Whatever a rule would say: prices are asked for all of it."""
    for number, person in enumerate(problem.people):
        mine = here.shifts(number)
        for half_day in range(6, problem.half_days, 3):
            room = half_day // 3 % len(problem.rooms)
            if any(shift.half_day == half_day for shift in mine) or not person.levels:
                continue
            after = Shift(number, half_day, room)
            yield None, after
            yield from ((before, after) for before in mine)
        yield from ((before, None) for before in mine)


def test_a_change_costs_what_the_referee_says():
    problem = _problem()
    here, chance = local.Local(problem, _roster(problem)), random.Random(9)
    for _ in range(3):
        asked = list(_changes(problem, here))
        told = [here.delta(*change) for change in asked]  # all of them before the first is tried
        now = referee.judge(problem, here.roster()).cost
        assert len({problem.people[(after or before).person].newcomer for before, after in asked}) == 2
        priced = list(zip(asked, told, strict=True))
        led = [one for one in priced if problem.people[(one[0][0] or one[0][1]).person].executive]
        for (before, after), cost in chance.sample(led, 60) + chance.sample(priced, 60):
            shifts = here.roster().shifts - {before} | ({after} if after else set())
            then = dataclasses.replace(here.roster(), shifts=frozenset(shifts))
            assert cost == referee.judge(problem, then).cost - now, (before, after)
        here.change(*chance.choice([one for one in asked if one[1] is not None]))


def test_open_and_fitting_is_what_breaks_no_rule():
    problem = _problem()
    here = local.Local(problem, _roster(problem))
    asked = [(before, after) for before, after in _changes(problem, here) if after is not None]
    allowed = [here.allowed(before, after) for before, after in asked]
    assert allowed == [not here.codes(before, after) for before, after in asked]
    assert 20 < sum(allowed) < len(allowed)
