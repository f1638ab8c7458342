"""A room, a day, as a scenario of the simulation."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.plan.pure.need.question import Aim, Room, Staff
from firsthand.plan.pure.simulation import draws, records
from firsthand.plan.pure.simulation.distributions import NEVER, Distribution
from firsthand.plan.pure.simulation.scenario import CallType, Consult, Group, Offer, Route, Scenario

_AGAIN = " (called back)"


def exponential(mean: float) -> Distribution:
    return Distribution(draws.EXPONENTIAL, mean)


def talk(mean: float, variability: float) -> Distribution:
    """Exponential; lognormal with another spread; constant without."""
    if variability == 1.0:
        return exponential(mean)
    if variability == 0.0:
        return Distribution(draws.CONSTANT, mean)
    spread = math.log1p(variability**2)
    return Distribution(draws.LOGNORMAL, math.log(mean) - spread / 2, math.sqrt(spread))


@dataclass(frozen=True)
class Part:
    """One stream in a scenario: calls a second and staff by period."""

    name: str
    room: Room
    rates: Sequence[float]
    staff: Sequence[Staff]
    absent: float = 0.0


def scenario(
    parts: Sequence[Part], lengths: Sequence[float], aim: Aim, *, warm_up: int = 0, then: int = records.STOP,
    busy_shape: float = 0.0,
) -> Scenario:  # fmt: skip
    """All streams of a day side by side; `busy_shape` of the gamma factor that they share, 0 for none."""
    back = sum(part.room.callback is not None for part in parts)
    types: list[CallType] = []
    groups: list[Group] = []
    later: list[CallType] = []
    for at, part in enumerate(parts):
        again = len(parts) + len(later) if part.room.callback else -1
        types.append(_calls(part, 2 * at, again, len(lengths), aim, busy_shape, len(parts) + back))
        if part.room.callback:
            later.append(_called_back(part, 2 * at, len(lengths)))
        groups += _groups(part, at, again, len(parts) + back, len(lengths))
    return Scenario(
        name="",
        unit=1.0,
        lengths=tuple(lengths),
        then=then,
        types=(*types, *later),
        groups=tuple(groups),
        warm_up=warm_up,
    )


def _calls(  # noqa: PLR0917
    part: Part, helpers: int, again: int, periods: int, aim: Aim, shape: float, stream: int
) -> CallType:  # fmt: skip
    room = part.room
    patience = NEVER if room.patience is None else exponential(room.patience)
    offer = None
    if room.callback:
        offer = Offer(room.callback.after, room.callback.accepted, again)
    return CallType(
        name=part.name,
        rates=tuple(part.rates),
        target=aim.within,
        routes=(Route(helpers, 0),),
        service={helpers: (talk(room.helper_aht, room.variability),) * periods},
        patience=(patience,) * periods,
        balk=(room.balk,) * periods,
        busy_shape=shape,
        busy_stream=stream,
        offer=offer,
    )


def _called_back(part: Part, helpers: int, periods: int) -> CallType:
    """Calls the house makes: after whoever waits on a line, and patient."""
    return CallType(
        name=part.name + _AGAIN,
        rates=(0.0,) * periods,
        target=0.0,
        routes=(Route(helpers, 0),),
        service={helpers: (talk(part.room.helper_aht, part.room.variability),) * periods},
        patience=(NEVER,) * periods,
        balk=(0.0,) * periods,
    )


def _groups(part: Part, own: int, again: int, types: int, periods: int) -> list[Group]:
    room = part.room
    takes = (Route(own, 0),) if again < 0 else (Route(own, 0), Route(again, 1))
    asks: tuple[Consult, ...] = ()
    if room.consult_share:
        mine = tuple(route.one for route in takes)
        finish = exponential(room.finish) if room.finish else None
        asks = (Consult((2 * own + 1,), room.consult_share, mine, exponential(room.consult), finish),)
    helpers = tuple(staff.helpers for staff in part.staff)
    specialists = tuple(staff.specialists for staff in part.staff)
    rest = {"shrinkage": (part.absent,) * periods, "factor": (1.0,) * types, "learning": (1.0,)}
    return [
        Group(f"{part.name} helpers", helpers, takes, consults=asks, **rest),  # type: ignore[arg-type]
        Group(f"{part.name} specialists", specialists, (), cost=room.specialist_cost, **rest),  # type: ignore[arg-type]
    ]
