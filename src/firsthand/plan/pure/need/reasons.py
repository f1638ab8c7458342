"""Why the need is another than Erlang's answer: step by step from the one to the other."""

from __future__ import annotations

from firsthand.plan.pure import erlang
from firsthand.plan.pure.need.question import Aim, Room

# Code → a sentence; pages translate by code.
REASONS = {
    "patience": "Callers give up; Erlang C lets everybody wait for ever and asks for too many.",
    "slow_helpers": "Helpers take longer than advisors.",
    "consults": "Helpers ask specialists, and speak with them and the caller.",
    "waiting_for_specialists": "Helper and caller wait until a specialist is free.",
    "callbacks": "Some leave the queue to be called back.",
    "balking": "Some hang up rather than wait.",
    "variability": "Talks are more or less regular than Erlang assumes.",
    "carry_over": "What waits at the end of the half-hour before comes on top.",
    "somebody": "Somebody must be there, however few call.",
}


def classical(room: Room, aim: Aim, calls: float) -> tuple[int | None, int | None]:
    """Erlang C and Erlang A for advisors who ask nobody; None where no number is enough or nobody gives up."""
    return (
        _fewest(aim, calls, room.advisor_aht, None),
        _fewest(aim, calls, room.advisor_aht, room.patience) if room.patience else None,
    )


def steps(
    room: Room, aim: Aim, calls: float, helpers: int, *, carried: int = 0
) -> tuple[tuple[str, int], ...]:
    """What each reason adds to Erlang C's number, in helpers; they add up to the need. Empty if C has no answer."""
    at, _ = classical(room, aim, calls)
    if at is None:
        return ()
    asking = room.helper_aht + room.consult_share * (room.consult + room.finish)
    found: list[tuple[str, int]] = []
    for code, time, patience in (
        ("patience", room.advisor_aht, room.patience),
        ("slow_helpers", room.helper_aht, room.patience),
        ("consults", asking, room.patience),
    ):
        there = _fewest(aim, calls, time, patience)
        if there is not None:
            found.append((code, there - at))
            at = there
    found.append((_rest(room), helpers - carried - at))
    found.append(("carry_over", carried))
    return tuple((code, number) for code, number in found if number)


def reason(room: Room, given: tuple[tuple[str, int], ...]) -> str:
    """The largest step on the way from Erlang A (from C, if nobody gives up); empty if there is none."""
    after = [step for step in given if room.patience is None or step[0] != "patience"]
    return max(after, key=lambda step: abs(step[1]))[0] if after else ""


def _rest(room: Room) -> str:
    """What the formulas do not know of this room, the weightiest first."""
    if room.consult_share:
        return "waiting_for_specialists"
    if room.callback:
        return "callbacks"
    if room.balk:
        return "balking"
    return "variability" if room.variability != 1.0 else "somebody"


def _fewest(aim: Aim, calls: float, time: float, patience: float | None) -> int | None:
    try:
        return erlang.fewest(aim.target, calls / aim.length, time, aim.within, patience)
    except ValueError:
        return None
