"""Work out who answers when, by the planner; publish it to everybody."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from firsthand.journal import actions as journal
from firsthand.kernel.refusal import Refusal
from firsthand.people.models import Person
from firsthand.plan import nudges, queries, working
from firsthand.plan.actions import swapping, telling
from firsthand.plan.models import Assignment, CallUp, FrontWeek, Roster
from firsthand.plan.models.forecasts import State
from firsthand.plan.pure.front.problem import Roster as Found
from firsthand.plan.queries import buddies, drafts, places, puzzle
from firsthand.plan.queries import hold as standing
from firsthand.plan.queries.puzzle import Puzzle

if TYPE_CHECKING:
    from firsthand.plan.pure.front import solve

JOB = "plan.solve"
LONGEST = 600  # seconds
TELL = 1.0  # seconds between two words about how far it is
WORKERS = 8  # CP-SAT needs eight kinds of search, also on fewer cores


class NoNeed(Refusal):
    says = _("No roster was begun: it is not known yet how many it takes. Let that be reckoned first.")


class NobodyComes(Refusal):
    says = _("No roster was begun: nobody is called up for this week yet.")


class NoHalfDays(Refusal):
    says = _("No roster was begun: this week has no half-days or no rooms yet.")


class UnderWay(Refusal):
    says = _(
        "A roster of this week is being worked out already. Wait for it, or stop it: the best so far is kept."
    )


class NotDone(Refusal):
    says = _("This roster is not worked out yet. Nothing was published.")


class Overtaken(Refusal):
    says = _(
        "Nothing was published: since this roster was worked out another one was published, or the one that holds "
        "was changed. Work out a new one: what was decided by hand stays in it."
    )


class TooFewSeats(Refusal):
    says = _(
        "Nothing was published: a room has fewer seats now than this roster puts people there. Work out a new one, "
        "or give the room its seats back."
    )


@transaction.atomic
def work_out(week: FrontWeek, *, seconds: int, by: Person | None, seed: int = 1) -> Roster:
    """Have a roster worked out. Half-days locked in the one before stay as they are."""
    queries.locked(week)
    if Roster.objects.filter(week=week, state__in=working.UNDER_WAY).exists():
        raise UnderWay
    need = puzzle.newest_need(week)
    if need is None:
        raise NoNeed
    if not week.callups.coming().exists():
        raise NobodyComes
    if not week.shifts.exists() or not week.rooms.exists():
        raise NoHalfDays
    roster = Roster.objects.create(
        week=week, need=need, seconds=max(1, min(LONGEST, seconds)), seed=seed, by=by
    )
    journal.record("asked", roster, by=by, seconds=roster.seconds)
    app.configure_task(JOB, queue="plan").defer(pk=roster.pk)
    working.touched(roster)
    return roster


@transaction.atomic
def stop(roster: Roster, *, by: Person) -> None:
    """The best that was found so far is kept."""
    journal.record("stopped", roster, by=by)
    working.stop(roster)


def run(pk: int, *, by: Person | None = None) -> None:
    """What the planner does."""
    roster = Roster.objects.select_related("week", "need").filter(pk=pk).first()
    if roster is None or not working.begin(roster):
        return
    try:
        _solve(roster)
    except Exception:
        working.end(roster, State.FAILED, problem="failed")
        raise


@dataclass
class _Told:
    """Words about the progress, to the page: at most one a second, however often the engine speaks."""

    roster: Roster
    at: float = float("-inf")
    stopped: bool = False
    last: dict[str, Any] = field(default_factory=dict)

    def hear(self, heard: solve.Progress) -> None:
        self.last = {
            "phase": heard.phase,
            "cost": heard.cost,
            "bound": heard.bound,
            "seconds": round(heard.seconds, 1),
        }

    def asked(self) -> bool:
        """Whether it is to end. Called from the engine's own threads too: only this one asks the database."""
        return self.stopped

    def look(self) -> None:
        Roster.objects.filter(pk=self.roster.pk).update(progress=self.last)
        working.touched(self.roster)
        self.stopped = working.stop_asked(self.roster)


def _solve(roster: Roster) -> None:
    # The solver: pages that ask for a roster need not wait for it to be loaded.
    from firsthand.plan.queries.explained import explained

    before = standing.roster_of(roster.week)
    made = puzzle.puzzle(roster.week, roster.need, locked=before)
    told = _Told(roster)
    found = _searched(made, roster, told)
    words = explained(made, found.roster)
    with transaction.atomic():
        queries.locked(roster.week)  # whoever declines now is seen below, or finds the roster there
        _keep(roster, made, found.roster)
        _without_who_declined(roster)
        working.end(
            roster,
            State.STOPPED if told.stopped else State.DONE,
            progress={**told.last, "phase": "done", "cost": found.cost, "bound": found.bound},
            explained=words,
        )
        journal.record("worked out", roster, by=roster.by, seconds=round(found.seconds))


def _searched(made: Puzzle, roster: Roster, told: _Told) -> solve.Solution:
    """In a thread of its own, so that this one can look after "Stop" and tell how far it is."""
    from concurrent.futures import ThreadPoolExecutor, wait

    from firsthand.plan.pure.front import solve

    with ThreadPoolExecutor(max_workers=1) as pool:
        searching = pool.submit(
            solve.solve,
            made.problem,
            seconds=roster.seconds,
            seed=roster.seed,
            clock=time.monotonic,
            workers=WORKERS,
            progress=told.hear,
            stop=told.asked,
        )
        while not searching.done():
            told.look()
            wait([searching], timeout=TELL)
        return searching.result()


def _keep(roster: Roster, made: Puzzle, found: Found) -> None:
    locked = [(one.person, one.half_day) for one in made.problem.locks]
    rows = made.rows(roster, found, locked)
    for row, buddy in buddies.beside(made, rows):
        row.buddy = buddy
    Assignment.objects.bulk_create(rows, batch_size=2000)


def _without_who_declined(roster: Roster) -> None:
    """Whoever said no while it was worked out."""
    coming = CallUp.objects.filter(week=roster.week_id).coming()
    roster.assignments.exclude(person__in=coming.values("person")).delete()


@transaction.atomic
def publish(roster: Roster, *, by: Person) -> None:
    """From now on it holds: everybody in it sees it. The one before is history, and so is what was asked in it."""
    queries.locked(roster.week)
    _not_overtaken(roster)
    if places.crowded(roster):
        raise TooFewSeats
    won = Roster.objects.filter(
        pk=roster.pk, state__in=[State.DONE, State.STOPPED], published_at=None
    ).update(published_at=Now())
    if not won:
        raise NotDone
    journal.record("published", roster, by=by, people=roster.assignments.values("person").distinct().count())
    swapping.end_of_others(roster, by=by)
    telling.published(roster, by=by)
    mine = CallUp.objects.filter(week=roster.week_id).values_list("person", flat=True)
    nudges.roster(roster.week_id, mine)
    nudges.week(roster.week_id)


def _not_overtaken(roster: Roster) -> None:
    """Two organisers, or one with an old page: a draft knows nothing of what was agreed after it was begun."""
    holds = queries.published(roster.week)
    if holds is None or holds == roster:
        return
    Roster.objects.select_for_update().get(pk=holds.pk)  # whoever moves somebody in it holds this lock
    settled = drafts.settled_at(roster.week)
    if settled is not None and settled > roster.at:
        raise Overtaken


@transaction.atomic
def drop(roster: Roster, *, by: Person) -> None:
    """A draft nobody has seen. What was published stays: people have planned by it."""
    draft = Roster.objects.filter(pk=roster.pk, published_at=None).exclude(state__in=working.UNDER_WAY)
    if draft.select_for_update().exists():
        journal.record("dropped", roster, by=by)
        draft.delete()
        nudges.roster(roster.week_id)
