"""How many helpers and specialists a day or a front week needs, whether the roster holds, and what if not.

    room = need.Room(advisor_aht=240, helper_aht=290, consult_share=0.2, consult=90, finish=45, patience=150)
    day = need.Day(tuple(need.Calls(low, middle, high) for low, middle, high in forecast), shifts=2)
    aim = need.Aim(erlang.Target(service_level=0.8), within=20, length=1800)
    needs = need.of([need.Stream("de", room, (day,))], aim)["de"][0]        # one Need for each interval
    need.will_it_hold(needs, rostered, room.absent)                        # holds, tight, short
    need.what_if(streams, rostered, need.Change(helpers=-20, later=2), aim)

Everything is simulated with chance from `seed`: the same seed, the same answer. docs/guide/need.md says how.
"""

from __future__ import annotations

from firsthand.plan.pure.need.answer import Need, Trade, interval, of
from firsthand.plan.pure.need.change import Change, Compared, what_if
from firsthand.plan.pure.need.days import Outcome
from firsthand.plan.pure.need.hold import HOLDS, SHORT, TIGHT, Hold, will_it_hold
from firsthand.plan.pure.need.question import Aim, Callback, Calls, Day, Learning, Room, Staff, Stream
from firsthand.plan.pure.need.reasons import REASONS

__all__ = [
    "HOLDS", "REASONS", "SHORT", "TIGHT", "Aim", "Callback", "Calls", "Change", "Compared", "Day", "Hold", "Learning",
    "Need", "Outcome", "Room", "Staff", "Stream", "Trade", "interval", "of", "what_if", "will_it_hold",
]  # fmt: skip
