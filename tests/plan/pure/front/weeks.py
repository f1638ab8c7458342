"""Front weeks to test and to measure with: any size, from a seed.

As in the research: 30 working days of two half-days, rooms for German, French and Italian (66/25/9 %, some speak
two), one training day with few seats before the first shift (half a day for those who return), a week of holidays
for some, part-time, a tenth of the half-days blocked, at most 4 to 6 shifts and 3 a week, half-days that one would
like (0), can (1) or would rather not (3). The need follows from a random roster that nobody wished for, so that it
is tight and can nearly be met.
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

from firsthand.plan.pure.front.problem import Need, Person, Problem, Room, Session

LANGUAGES, SHARES = ("de", "fr", "it"), (0.66, 0.25, 0.09)
TOPICS = ("benefits", "premiums")
HALVES = 2
PEAK = 2.5


def make(helpers: int, seed: int, days: int = 30) -> Problem:
    """`helpers` people for the calls, and as many specialists on top as the rooms need."""
    chance = random.Random(seed)
    dates = _dates(days)
    crowd = [_helper(chance, number, days) for number in range(helpers)]
    sessions = _sessions(chance, crowd, days)
    planted = _planted(chance, crowd, sessions, days)
    needs = [
        Need(half_day, room, "calls", wanted)
        for half_day in range(days * HALVES)
        for room in range(3)
        if (wanted := planted[half_day, room])
    ]
    for need in list(needs):
        wanted = 1 + need.wanted // 24
        needs.extend(Need(need.half_day, need.room, topic, wanted, under=80, over=0) for topic in TOPICS)
    crowd.extend(_specialists(chance, needs, days))
    busiest = Counter[int]()
    for need in needs:
        busiest[need.room] = max(busiest[need.room], need.wanted)
    rooms = tuple(Room(language, language, 4 * busiest[n] + 4) for n, language in enumerate(LANGUAGES))
    return Problem(f"{helpers} helpers, seed {seed}", dates, rooms, tuple(crowd), tuple(needs), sessions)


def _dates(days: int) -> tuple[date, ...]:
    found, day = [], date(2026, 10, 5)
    while len(found) < days:
        if day.weekday() < 5:
            found.append(day)
        day += timedelta(days=1)
    return tuple(found)


def _languages(chance: random.Random, number: int, of: int) -> frozenset[str]:
    own = 0 if number < SHARES[0] * of else 1 if number < (SHARES[0] + SHARES[1]) * of else 2
    second = {chance.choice(LANGUAGES)} if chance.random() < 0.15 else set()
    return frozenset({LANGUAGES[own]} | second)


def _absent(chance: random.Random, days: int) -> frozenset[int]:
    blocked = {h for h in range(days * HALVES) if chance.random() < 0.10}
    if chance.random() < 0.3:
        week = chance.randrange(max(1, days // 5))
        blocked |= set(range(week * 5 * HALVES, (week + 1) * 5 * HALVES))
    if chance.random() < 0.3:
        weekday = chance.randrange(5)
        blocked |= {h for h in range(days * HALVES) if h // HALVES % 5 == weekday}
    return frozenset(blocked)


def _wishes(chance: random.Random, days: int) -> dict[int, int]:
    costs = chance.choices((0, 1, 3), (0.125, 0.625, 0.25), k=days * HALVES)
    return {half_day: cost for half_day, cost in enumerate(costs) if cost}


def _helper(chance: random.Random, number: int, days: int) -> Person:
    back = chance.random() < 0.35
    return Person(
        name=f"helper {number}",
        languages=_languages(chance, chance.randrange(1000), 1000),
        trains=frozenset({"refresher", "full"} if back else {"full"}),
        least=2 if chance.random() < 0.7 else 0,
        most=chance.choice((4, 5, 6)),
        blocked=_absent(chance, days),
        wishes=_wishes(chance, days),
        executive=chance.random() < 0.06,
        buddy=back,
        newcomer=not back,
    )


def _sessions(chance: random.Random, crowd: list[Person], days: int) -> tuple[Session, ...]:
    """Every day of the first two weeks and twice a week then; a tenth more seats than people, for each language."""
    on = [day for day in range(days - 4) if day < 10 or day % 5 in (0, 3)]
    found = []
    for language in LANGUAGES:
        able = [one for one in crowd if language in one.languages]
        first = sum(one.newcomer for one in able)
        for day in on:
            found.append(Session("full", day, language, max(1, round(first * 1.1 / len(on)))))
            if day % 2 == 0:
                again = max(1, round((len(able) - first) * 2.6 / len(on)))
                found.append(Session("refresher", day, language, again, half=chance.randrange(HALVES)))
    return tuple(found)


def _planted(
    chance: random.Random, crowd: list[Person], sessions: tuple[Session, ...], days: int
) -> Counter[tuple[int, int]]:
    """How many there are in each half-day and room if everybody works at random within the rules."""
    seats = [session.seats for session in sessions]
    there: Counter[tuple[int, int]] = Counter()
    busy = [_busy(day, days) for day in range(days)]
    for person in crowd:
        able = [n for n, at in enumerate(sessions) if seats[n] and _fits(person, at)]
        if not able:
            continue
        chosen = min(able, key=lambda n: (sessions[n].day // 3, chance.random()))
        seats[chosen] -= 1
        shifts, weeks = min(person.most, chance.choices((2, 3, 4, 5, 6), (1, 3, 5, 5, 4))[0]), Counter[int]()
        free = list(range(sessions[chosen].day + 1, days))
        while shifts and free:
            day = chance.choices(free, [busy[d] for d in free])[0]
            free.remove(day)
            half_day = day * HALVES + chance.randrange(HALVES)
            if half_day in person.blocked or weeks[day // 5] == person.a_week:
                continue
            weeks[day // 5] += 1
            shifts -= 1
            there[half_day, LANGUAGES.index(chance.choice(sorted(person.languages)))] += 1
    return there


def _busy(day: int, days: int) -> float:
    """Letters arrive on day 3; the last days are those of the cancellations."""
    return 0.5 if day < 3 else PEAK if day < 8 else 1.5 if day < 13 or day >= days - 3 else 0.7


def _fits(person: Person, session: Session) -> bool:
    halves = range(HALVES) if session.half is None else (session.half,)
    absent = any(session.day * HALVES + half in person.blocked for half in halves)
    return session.kind in person.trains and session.language in person.languages and not absent


def _specialists(chance: random.Random, needs: list[Need], days: int) -> list[Person]:
    found = []
    for room, language in enumerate(LANGUAGES):
        work = sum(need.wanted for need in needs if need.room == room and need.level in TOPICS)
        for number in range(4 + round(work * 1.25 / 9 / 1.4)):
            both = chance.random() < 0.4
            found.append(
                Person(
                    name=f"specialist {language} {number}",
                    languages=frozenset({language}),
                    levels=frozenset(TOPICS if both else {TOPICS[number % 2]}),
                    most=10,
                    blocked=_absent(chance, days),
                    wishes=_wishes(chance, days),
                    buddy=True,
                )
            )
    return found
