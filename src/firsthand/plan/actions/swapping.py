"""Two colleagues exchange half-days between themselves, within the rules. Nobody has to allow it."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from firsthand.journal import actions as journal
from firsthand.kernel.refusal import Refusal
from firsthand.people.models import Person
from firsthand.plan import nudges
from firsthand.plan.actions import moving, telling
from firsthand.plan.models import Assignment, Moved, Roster, Swap
from firsthand.plan.queries import puzzle, swaps


class AgainstTheRules(Refusal):
    says = _(
        "Nothing was changed: with this exchange a rule of the week would be broken (rest, languages, seats, "
        "training, or too few people in a room). Ask somebody else, or the organiser."
    )


class AskedAlready(Refusal):
    says = _("You have asked somebody about this half-day already. Take that back first.")


class NotOpen(Refusal):
    says = _("Nothing was changed: this question is answered or taken back already.")


class Begun(Refusal):
    says = _("Nothing was changed: this half-day has begun already.")


@transaction.atomic
def ask(mine: Assignment, taker: Person, theirs: Assignment | None = None, *, by: Person) -> Swap:
    """Would you take mine (for one of yours)? Checked now and again when they say yes."""
    _possible(mine, theirs, taker)
    try:
        with transaction.atomic():
            made = Swap.objects.create(gives=mine, takes=theirs, asked_by=by, asked=taker)
    except IntegrityError as error:
        if "one_open_swap_a_half_day" not in str(error):
            raise
        raise AskedAlready from error
    journal.record("swap asked", made, by=by)
    telling.asked(made, by=by)
    _tell(made)
    return made


@transaction.atomic
def agree(swap: Swap, *, by: Person) -> None:
    """Both want it: it holds at once, and the roster's page says so."""
    roster = Roster.objects.select_for_update().get(pk=swap.gives.roster_id)
    swap = _open(swap)
    mine, theirs = swap.gives, swap.takes
    _possible(mine, theirs, swap.asked)
    if theirs is not None and theirs.shift_id == mine.shift_id:
        # The same half-day in two rooms: nobody may be in two places, not even for the time between two rows.
        _give(mine, room=theirs.room_id)
        _give(theirs, room=mine.room_id)
    else:
        _give(mine, person=swap.asked_id, duty=puzzle.duty_of(swap.asked))
        if theirs is not None:
            _give(theirs, person=swap.asked_by_id, duty=puzzle.duty_of(swap.asked_by))
    moves = [
        moving.Move(one.shift, gone, came)
        for one, gone, came in ((mine, swap.asked_by, swap.asked), (theirs, swap.asked, swap.asked_by))
        if one is not None and one.shift is not None
    ]
    moving.noted(roster, moves, why=Moved.Why.SWAP, by=by)
    journal.record("swap agreed", roster, by=by)
    _tell(swap)


@transaction.atomic
def decline(swap: Swap, *, by: Person) -> None:
    """No reason is asked."""
    _close(swap, Swap.State.DECLINED, by)


@transaction.atomic
def withdraw(swap: Swap, *, by: Person) -> None:
    _close(swap, Swap.State.WITHDRAWN, by)


def end_of_others(roster: Roster, *, by: Person) -> None:
    """In the caller's transaction: what was asked in a roster of this week that holds no more is answered by that."""
    asked = Swap.objects.filter(gives__roster__week=roster.week_id, state=Swap.State.ASKED)
    asked = asked.exclude(gives__roster=roster)
    for swap in asked.select_for_update(of=["self"]):
        journal.record("swap closed", swap, by=by, state=Swap.State.WITHDRAWN.value)
        _tell(swap)
    asked.update(state=Swap.State.WITHDRAWN, answered_at=Now())


def _close(swap: Swap, state: Swap.State, by: Person) -> None:
    if not Swap.objects.filter(pk=swap.pk, state=Swap.State.ASKED).update(state=state, answered_at=Now()):
        raise NotOpen
    journal.record("swap closed", swap, by=by, state=state.value)
    _tell(swap)


def _give(one: Assignment, **to: Any) -> None:
    Assignment.objects.filter(pk=one.pk).update(**to, buddy=None, locked=True)


def _open(swap: Swap) -> Swap:
    """The UPDATE decides: of two answers at the same moment one is refused."""
    won = Swap.objects.filter(pk=swap.pk, state=Swap.State.ASKED)
    if not won.update(state=Swap.State.AGREED, answered_at=Now()):
        raise NotOpen
    of = ("gives__roster__week", "gives__shift", "takes__shift", "asked", "asked_by")
    return Swap.objects.select_related(*of).get(pk=swap.pk)


def _possible(mine: Assignment, theirs: Assignment | None, taker: Person) -> None:
    if any(one.starts_at <= timezone.now() for one in (mine, theirs) if one is not None):
        raise Begun
    if theirs is not None and (theirs.person_id != taker.pk or theirs.roster_id != mine.roster_id):
        raise AgainstTheRules
    if swaps.broken(mine, theirs, taker):
        raise AgainstTheRules


def _tell(swap: Swap) -> None:
    nudges.shifts([swap.asked_id, swap.asked_by_id])
