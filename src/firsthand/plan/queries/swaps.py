"""Half-days that colleagues exchange: with whom it is possible, what is asked of me."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.utils import timezone

from firsthand.kernel import typed
from firsthand.people.models import Person
from firsthand.plan.models import Assignment, Swap
from firsthand.plan.pure.front import swaps as pure
from firsthand.plan.pure.front.problem import Roster, Shift
from firsthand.plan.queries import roster as rosters
from firsthand.plan.queries.puzzle import Puzzle, now_half_day, puzzle


@dataclass(frozen=True)
class Offer:
    """A colleague, and the half-day of theirs that I would get; None: they just take mine."""

    person: Person
    theirs: Assignment | None

    @property
    def key(self) -> str:
        return f"{self.person.pk}-{self.theirs.pk}" if self.theirs else str(self.person.pk)


def mine_for(person: Person, pk: int) -> Assignment:
    """One of my own half-days still to come, of the roster that holds."""
    found = next((one for one in rosters.mine(person) if one.pk == pk and one.shift_id), None)
    if found is None or found.starts_at <= timezone.now():
        raise Http404
    return found


def offers(mine: Assignment) -> list[Offer]:
    """Whom I can ask: those with whom no rule would be broken. By name; nobody is ranked."""
    made = puzzle(mine.roster.week, mine.roster.need)
    rostered = Assignment.objects.filter(roster=mine.roster)
    there, own = made.read(rostered), _shift(made, mine)
    if own is None:
        return []
    rows = {(one.person_id, one.shift_id): one for one in rostered if one.shift_id}
    found = []
    for partner in pure.partners(made.problem, there, own, now=now_half_day(made)):
        person = made.person_at(partner.person)
        shift = made.shift_at(partner.shift.half_day) if partner.shift else None
        theirs = rows.get((person.pk, shift.pk)) if shift else None
        if theirs is not None and partner.shift is not None:
            theirs.room = made.rooms[partner.shift.room]  # a join for each of thousands took longer
        if shift is None or theirs is not None:
            found.append(Offer(person, theirs))
    return sorted(
        found, key=lambda one: (one.person.name, one.theirs.starts_at if one.theirs else mine.starts_at)
    )


def open_for(mine: Assignment) -> Swap | None:
    """Whom I have asked to take this half-day and who has not answered yet: one at a time."""
    rows = Swap.objects.filter(gives=mine, state=Swap.State.ASKED)
    return rows.select_related("gives__shift", "takes__shift", "asked").first()


def broken(mine: Assignment, theirs: Assignment | None, taker: Person) -> list[str]:
    """The rules an exchange would break, as codes; empty: it is allowed."""
    made, there = _read(mine)
    own, other = _shift(made, mine), _shift(made, theirs) if theirs else None
    number = made.people.get(taker.pk)
    if own is None or number is None or (theirs is not None and other is None):
        return ["gone"]
    return pure.broken(made.problem, there, own, other, number)


def asked(person: Person) -> list[Swap]:
    """What others ask of me, and what I have asked: open ones of half-days still to come."""
    rows = Swap.objects.filter(state=Swap.State.ASKED, gives__starts_at__gt=timezone.now())
    mine = rows.filter(asked=person) | rows.filter(asked_by=person)
    of = ("gives__shift", "gives__room", "takes__shift", "takes__room", "asked_by", "asked")
    return list(mine.select_related(*of).order_by("gives__starts_at"))


def swap_for(person: Person, pk: int) -> Swap:
    found = (
        Swap.objects.select_related("gives__roster__week", "takes", "asked", "asked_by").filter(pk=pk).first()
    )
    if found is None or person.pk not in (found.asked_id, found.asked_by_id):
        raise Http404
    return found


def _read(mine: Assignment) -> tuple[Puzzle, Roster]:
    made = puzzle(mine.roster.week, mine.roster.need)
    return made, made.read(Assignment.objects.filter(roster=mine.roster))


def _shift(made: Puzzle, one: Assignment) -> Shift | None:
    person = made.people.get(one.person_id)
    if person is None or one.shift_id not in made.half_days or one.room_id not in made.room_numbers:
        return None
    return Shift(person, made.half_days[one.shift_id], made.room_numbers[one.room_id])


def chosen(mine: Assignment, offer: str) -> tuple[Person, Assignment | None]:
    """What was picked on the page: `person` or `person-half-day`. Whether it may be, the action decides."""
    person, _of, half_day = offer.partition("-")
    theirs = None
    if half_day:
        rows = Assignment.objects.select_related("person", "shift", "room")
        theirs = rows.filter(roster=mine.roster, shift__isnull=False, pk=typed.key(half_day)).first()
    taker = Person.objects.filter(
        pk=typed.key(person), callups__week=mine.roster.week_id, is_active=True
    ).first()
    if taker is None or (half_day and (theirs is None or theirs.person_id != taker.pk)):
        raise Http404
    return taker, theirs
