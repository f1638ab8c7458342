"""A general instance read as a front week, if it says one and nothing else.

The front week is put together from the parts, made an instance again and compared: what was not understood shows.
A room's language is not in an instance (its skill is), so that each room has a language of its own here.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from firsthand.plan.pure.front.instance import EXECUTIVE, instance_of
from firsthand.plan.pure.front.problem import Half, Lock, Need, Person, Prices, Problem, Room, Session
from firsthand.plan.pure.roster import instance as general
from firsthand.plan.pure.roster.instance import Instance

ROOM, CLASS, TRAINING = "room ", "class ", "training "


class NotAFrontWeek(ValueError):
    """The general search is for this one."""


def problem_of(instance: Instance) -> Problem:
    """Raises `NotAFrontWeek`. The seats of a session that stands twice are added up."""
    try:
        found = _Parts(instance).problem()
        same = instance_of(found)
    except (LookupError, ValueError, AttributeError, TypeError):
        raise NotAFrontWeek("Its parts are not those of a front week.") from None
    for part in (
        "days",
        "kinds",
        "people",
        "places",
        "skills",
        "weekday",
        "starts_on",
        "per_day",
        "rest",
        "firsts",
    ):
        if getattr(same, part) != getattr(instance, part):
            raise NotAFrontWeek(f"Its “{part}” say more than a front week knows.")
    for part in ("demands", "togethers", "locks", "fairness"):
        if Counter(getattr(same, part)) != Counter(getattr(instance, part)):
            raise NotAFrontWeek(f"Its “{part}” say more than a front week knows.")
    if instance.previous:
        raise NotAFrontWeek("It has a roster before it.")
    return found


class _Parts:
    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        training = instance.firsts[0].training if instance.firsts else frozenset()
        self.width = len(instance.kinds) - len(training)
        self.halves = tuple(Half(kind.name, kind.start, kind.end) for kind in instance.kinds[: self.width])
        off = frozenset.intersection(*(person.off for person in instance.people))
        self.days = [day for day in range(instance.days) if day not in off]
        self.rooms = [place for place in instance.places if not place.name.startswith(CLASS)]
        self.prices: dict[str, int] = {}

    def problem(self) -> Problem:
        one = self.instance
        first = one.starts_on
        if first is None:
            raise NotAFrontWeek("It has no dates.")
        seats = self._seats()
        people = tuple(self._person(number) for number in range(len(one.people)))
        needs = tuple(self._needs())
        return Problem(
            name=one.name,
            dates=tuple(first + timedelta(days=day) for day in self.days),
            rooms=tuple(
                Room(room.name, ROOM + room.name, seats.get(r, 0)) for r, room in enumerate(self.rooms)
            ),
            people=people,
            needs=needs,
            sessions=tuple(self._sessions()),
            halves=self.halves,
            a_day=one.per_day,
            rest=one.rest,
            prices=self._prices(),
            locks=tuple(self._locks()),
        )

    def _seats(self) -> dict[int, int]:
        found = {}
        for demand in self.instance.demands:
            (place, *more) = demand.places
            if demand.name == "seats" and not more and demand.most is not None:
                found[place] = demand.most
        return found

    def _half_day(self, day: int, kind: int) -> int:
        return self.days.index(day) * self.width + kind

    def _person(self, number: int) -> Person:
        one = self.instance.people[number]
        names = {self.instance.skills[skill] for skill in one.skills}
        rooms = {name for name in names if name.startswith(ROOM)}
        classes = {name.removeprefix(CLASS) for name in names if name.startswith(CLASS)}
        trains = frozenset(name.removeprefix(TRAINING) for name in names if name.startswith(TRAINING))
        levels = {
            name for name in names if not name.startswith((ROOM, CLASS, TRAINING)) and name != EXECUTIVE
        }
        together = self.instance.togethers[0] if self.instance.togethers else None
        limits = self._limits(one)
        return Person(
            name=one.name,
            languages=frozenset(rooms | classes),
            levels=frozenset(levels),
            trains=trains,
            least=limits.get("least", 0),
            most=limits["most"],
            a_week=limits["a_week"],
            blocked=frozenset(self._half_day(day, kind) for day, kind in one.blocked if kind < self.width),
            wishes={self._half_day(wish.day, min(wish.kinds)): wish.weight for wish in one.wishes},
            executive=EXECUTIVE in names,
            buddy=bool(together and number in together.buddies),
            newcomer=bool(together and number in together.newcomers),
        )

    def _limits(self, one: general.Person) -> dict[str, int]:
        found: dict[str, int] = {}
        for at, total in enumerate(one.totals):
            most = total.most if total.most is not None else 0
            if at < 2:
                found["most" if at == 0 else "a_week"] = most
            elif total.weight is not None and total.least:
                found["least"] = total.least
                self.prices["least"] = total.weight
            elif total.weight is not None and len(total.kinds) == self.width > 1:
                self.prices.update(fridays=most, friday=total.weight)
            elif total.weight is not None:
                self.prices.update(each_half=most, half=total.weight)
        return found

    def _needs(self) -> list[Need]:
        found = []
        for one in self.instance.demands:
            if one.name == EXECUTIVE:
                self.prices["executive"] = one.under
            elif one.name != "seats":
                half_day = self._half_day(one.days[0], min(one.kinds))
                found.append(Need(half_day, min(one.places), one.name, one.wanted, one.under, one.over))
        return found

    def _sessions(self) -> list[Session]:
        found = []
        for one in sorted(self.instance.demands, key=lambda demand: min(demand.kinds)):
            kind, place = self.instance.kinds[min(one.kinds)], self.instance.places[min(one.places)]
            if not kind.name.startswith(TRAINING) or not one.most:
                continue
            name = self.instance.skills[min(kind.needs)].removeprefix(TRAINING)
            words = kind.name.removeprefix(TRAINING + name).strip()
            half = [one.name for one in self.halves].index(words) if words else None
            day = self.days.index(one.days[0])
            found.append(Session(name, day, place.name.removeprefix(CLASS), one.most, half))
        return found

    def _prices(self) -> Prices:
        together = self.instance.togethers[0] if self.instance.togethers else None
        said = {"executive": 0, "friday": 0, "half": 0, **self.prices}
        buddy = (together.weight or 0) if together else 0
        each = together.most_each if together else Prices().newcomers_each
        return Prices(buddy=buddy, newcomers_each=each, **said)

    def _locks(self) -> list[Lock]:
        found = []
        for lock in self.instance.locks:
            at = lock.assignment
            half_day = self._half_day(at.day, at.kind)
            if lock.works:
                found.append(Lock(at.person, half_day, at.place))
            elif at.place == 0:
                found.append(Lock(at.person, half_day, None))
        return found
