"""What the planner does: how many people each half-hour takes, and what callers meet with those rostered."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from firsthand.people.models import Person
from firsthand.plan import working
from firsthand.plan.models import Cover, Need, Outcome, Queue, Requirement, Room, Shift, State, WeekRules
from firsthand.plan.pure import erlang, forecast, hold
from firsthand.plan.pure.need import answer, days, question
from firsthand.plan.pure.need.question import Aim, Calls, Day, Staff, Stream
from firsthand.plan.queries import expected as calls
from firsthand.plan.queries import history
from firsthand.plan.queries import hold as standing
from firsthand.plan.queries.expected import Expected, Interval

PLAYED = 200  # times that a day is played with those rostered
HALF_DONE = 70  # per cent, once the need is known


class NothingExpected(Exception):
    """The forecast has no calls on the days of the week."""


@dataclass(frozen=True)
class _Week:
    """Everything in the engine's form: the same days and minutes in all languages."""

    need: Need
    rules: WeekRules
    streams: Sequence[Stream]
    dates: Sequence[date]
    minutes: Sequence[int]
    at: Mapping[tuple[str, date, int], Interval]
    aim: Aim


def run(pk: int, *, by: Person | None = None) -> None:
    """Does what `needs.reckon` asked for. What goes wrong is said on the row; nothing half done stays."""
    need = Need.objects.select_related("week", "forecast").filter(pk=pk).first()
    if need is None or not working.begin(need):
        return
    try:
        if need.changes:
            _what_if(need)
        else:
            _reckon(need)
    except working.Stopped:
        working.end(need, State.STOPPED)
    except NothingExpected:
        working.end(need, State.FAILED, problem="nothing_expected")
    except Exception:
        working.end(need, State.FAILED, problem="failed")
        raise
    else:
        working.end(need, State.DONE, progress=100)


def _reckon(need: Need) -> None:
    week = _week(need, calls.expected(need.forecast, *_days(need)))

    def told(done: int, of: int) -> None:
        working.reached(need, HALF_DONE * done // of)

    found = answer.of(week.streams, week.aim, seed=need.seed, told=told)
    needed = _requirements(week, found)
    outcomes = _outcomes(week, _staff(week, needed), HALF_DONE)
    with transaction.atomic():
        Requirement.objects.bulk_create(needed, batch_size=2000)
        Cover.objects.bulk_create(_covers(week, found))
        Outcome.objects.bulk_create(outcomes, batch_size=2000)


def _what_if(need: Need) -> None:
    """With the same seed as the plain reckoning: the same callers, so that what differs is the change."""
    changes = need.changes
    said = calls.expected(need.forecast, *_days(need))
    if changes.get("letters"):
        said = _moved(need, said, int(changes["letters"]))
    for rows in said.values():
        for one in rows:
            one.times(float(changes.get("calls", 1.0)))
    week = _week(need, said)
    needed = Requirement.objects.filter(need=standing.basis(need.week).need)
    outcomes = _outcomes(week, _staff(week, needed, changes.get("people", {})), 0)
    with transaction.atomic():
        Outcome.objects.bulk_create(outcomes, batch_size=2000)


def _days(need: Need) -> tuple[date, date]:
    return max(need.week.starts_on, need.forecast.first), need.week.ends_on


def _week(need: Need, said: Expected) -> _Week:
    rules = WeekRules.objects.filter(week=need.week).first() or WeekRules(week=need.week)
    at = {(language, *calls.local(one.starts_at)): one for language, rows in said.items() for one in rows}
    if not at:
        raise NothingExpected
    dates, minutes = sorted({day for _l, day, _m in at}), sorted({minute for _l, _d, minute in at})
    length = next(iter(at.values())).minutes * 60
    target = erlang.Target(service_level=rules.target_share / 100)
    return _Week(
        need=need,
        rules=rules,
        streams=[
            Stream(one, _room(rows, rules), _grid(one, dates, minutes, at)) for one, rows in said.items()
        ],
        dates=dates,
        minutes=minutes,
        at=at,
        aim=Aim(target, within=rules.target_seconds, length=length),
    )


def _grid(
    language: str,
    dates: Sequence[date],
    minutes: Sequence[int],
    at: Mapping[tuple[str, date, int], Interval],
) -> tuple[Day, ...]:
    none = Interval(datetime.min, 0)  # noqa: DTZ901  a place without calls
    found = [[at.get((language, day, minute), none) for minute in minutes] for day in dates]
    return tuple(Day(tuple(Calls(one.low, one.mid, one.high) for one in day)) for day in found)


def _room(rows: Sequence[Interval], rules: WeekRules) -> question.Room:
    """How long a talk takes is measured where it can be; the rules of the week say the rest."""
    many = math.fsum(one.mid for one in rows)
    talk = math.fsum(one.seconds for one in rows) / many if many else float(rules.talk_seconds)
    return question.Room(
        advisor_aht=talk,
        helper_aht=talk * rules.helper_percent / 100,
        consult_share=rules.consult_percent / 100,
        consult=rules.consult_seconds,
        patience=rules.patience_seconds,
        shrinkage=rules.shrinkage_percent / 100,
    )


def _requirements(week: _Week, found: Mapping[str, Sequence[Sequence[answer.Need]]]) -> list[Requirement]:
    made = []
    for language, number, slot, one in _each(week, found):
        interval = week.at.get((language, week.dates[number], week.minutes[slot]))
        if interval is None:
            continue
        low, high = sorted((one.low.helpers, one.high.helpers))
        made.append(
            Requirement(
                need=week.need,
                language=language,
                starts_at=interval.starts_at,
                minutes=interval.minutes,
                calls=one.calls.middle,
                helpers=one.helpers,
                helpers_low=min(low, one.helpers),
                helpers_high=max(high, one.helpers),
                specialists=one.specialists,
                erlang_c=one.erlang_c,
                erlang_a=one.erlang_a,
                service_level=_share(one.service_level.mean),
                reason=one.reason,
            )
        )
    return made


def _each(week: _Week, found: Mapping[str, Sequence[Sequence[answer.Need]]]) -> Any:
    for language, by_day in found.items():
        for number, row in enumerate(by_day):
            for slot, one in enumerate(row):
                yield language, number, slot, one


def _covers(week: _Week, found: Mapping[str, Sequence[Sequence[answer.Need]]]) -> list[Cover]:
    """Half-day by half-day what a roster has to bring, spread over the rooms of a language."""
    rooms: dict[str, list[Room]] = {}
    for room in Room.objects.filter(week=week.need.week):
        rooms.setdefault(room.language, []).append(room)
    numbers = {day: number for number, day in enumerate(week.dates)}
    made = []
    for shift in Shift.objects.filter(week=week.need.week):
        slots = _slots(shift, week)
        for language, there in rooms.items():
            rows = found.get(language, ()) if shift.day in numbers else ()
            within = [rows[numbers[shift.day]][slot] for slot in slots] if rows else []
            people = hold.people_for([one.helpers for one in within], week.rules.shrinkage_percent / 100)
            specialists = max((one.rostered.specialists for one in within), default=0)
            seats = [room.seats for room in there]
            for room, helpers, experts in zip(
                there, hold.seats_split(people, seats), hold.seats_split(specialists, seats), strict=True
            ):
                made.append(
                    Cover(need=week.need, shift=shift, room=room, helpers=helpers, specialists=experts)
                )
    return made


def _slots(shift: Shift, week: _Week) -> list[int]:
    """The intervals of a day that this half-day works, as places in `week.minutes`."""
    begins, ends = timezone.localtime(shift.starts_at), timezone.localtime(shift.ends_at)
    first, behind = begins.hour * 60 + begins.minute, ends.hour * 60 + ends.minute
    return [slot for slot, minute in enumerate(week.minutes) if first <= minute < behind]


Staffed = dict[tuple[str, date, int], Staff]


def _staff(week: _Week, needed: Iterable[Requirement], people: Mapping[str, int] | None = None) -> Staffed:
    """Who is on the roster in each interval; without a roster, who is `needed`. `people`: more or fewer in each
    language, as a what-if says.
    """
    basis, more = standing.basis(week.need.week), people or {}
    if basis.roster is None:
        there = {
            (one.language, *calls.local(one.starts_at)): Staff(
                erlang.rostered(one.helpers, basis.shrinkage),
                erlang.rostered(one.specialists, basis.shrinkage),
            )
            for one in needed
        }
    else:
        counted = standing.rostered(basis)
        there = {
            key: Staff(
                counted[key[0], "answers", one.starts_at], counted[key[0], "specialist", one.starts_at]
            )
            for key, one in week.at.items()
        }
    return {
        key: one._replace(helpers=max(0, one.helpers + more.get(key[0], 0)))
        for key, one in there.items()
        if one.helpers
    }


def _outcomes(week: _Week, there: Staffed, done: int) -> list[Outcome]:
    """Where nobody is rostered nobody is asked to be: those half-hours are left out."""
    made = []
    for number, day in enumerate(week.dates):
        staff = [
            [there.get((one.name, day, minute), Staff(0, 0)) for minute in week.minutes]
            for one in week.streams
        ]
        played = days.play(week.streams, number, staff, week.aim, days=PLAYED, seed=week.need.seed)
        for at, stream in enumerate(week.streams):
            met = played.outcome(at)
            for slot, minute in enumerate(week.minutes):
                key = stream.name, day, minute
                if key in there and key in week.at:
                    made.append(_outcome(week, key, there[key], met, slot))
        working.reached(week.need, done + (100 - done) * (number + 1) // len(week.dates))
    return made


def _outcome(week: _Week, key: tuple[str, date, int], staff: Staff, met: days.Outcome, slot: int) -> Outcome:
    interval = week.at[key]
    level = met.service_level
    return Outcome(
        need=week.need,
        language=key[0],
        starts_at=interval.starts_at,
        minutes=interval.minutes,
        calls=interval.mid,
        helpers=staff.helpers,
        specialists=staff.specialists,
        service_level=_share(level.mean[slot]),
        service_low=_share(level.low[slot]),
        service_high=_share(level.high[slot]),
        abandoned=_share(met.abandonment.mean[slot], none=0.0),
        asa_seconds=_number(met.asa.mean[slot]),
    )


def _share(value: float, none: float = 1.0) -> float:
    """Of an interval in which nobody called everybody was answered."""
    return min(1.0, max(0.0, float(value))) if math.isfinite(value) else none


def _number(value: float) -> float:
    return max(0.0, float(value)) if math.isfinite(value) else 0.0


def _moved(need: Need, said: Expected, later: int) -> Expected:
    """What would be expected if the letters came so many days later: forecast twice, and the ratio taken."""
    ratio: dict[tuple[str, date], float] = {}
    for queue in Queue.objects.all():
        as_is, moved = (_day_means(need, queue, by) for by in (0, later))
        for day, mean in as_is.items():
            if mean > 0:
                ratio.setdefault((queue.language, day), moved.get(day, mean) / mean)
    for language, rows in said.items():
        for one in rows:
            one.times(ratio.get((language, calls.local(one.starts_at)[0]), 1.0))
    return said


def _day_means(need: Need, queue: Queue, later: int) -> dict[date, float]:
    first, last = need.forecast.first, need.week.ends_on
    try:
        past = history.of(queue, until=first)
    except forecast.TooShort:
        return {}
    found = forecast.forecast(
        past,
        days=(last - past.last).days,
        holidays=history.holidays_around(past.first, last),
        events=history.events_of(queue, letters_later=later),
    )
    working.reached(need, 1)
    return {day: float(found.day_mean[at]) for at, day in enumerate(found.dates) if day >= first}
