"""What the compiled engine works on. Records (structured types) hold together what is used together."""

from __future__ import annotations

import hashlib
import math
from pathlib import Path
from typing import Any

import numpy as np

from firsthand.plan.pure.simulation.memory import records_at

# Where a call is.
FREE, WAITING, SERVED_NOW, ASKING, CONFERRING, BETWEEN, CALLBACK = range(7)
# What happens after the last period.
EMPTY, STOP, CLEAR = range(3)
# Which of the groups of one level takes the call.
LONGEST_IDLE, RANDOM, LISTED = range(3)

f8, i8, u8 = np.float64, np.int64, np.uint64


def _record(kind: Any, *names: str) -> np.dtype[Any]:
    return np.dtype([(name, kind) for name in names])


# What is counted for each type of call and period of its arrival; waits and talk are sums of time.
TYPE_COUNTS = _record(
    f8, "arrived", "served", "in_target", "abandoned", "gone_in_target", "blocked", "disconnected",
    "messages", "still", "being_served", "redialled", "callbacks", "wait", "wait_lost", "talk", "line",
)  # fmt: skip
# What is counted for each group and period; one period more holds what comes after the last.
GROUP_COUNTS = _record(
    f8, "staffed", "busy", "overtime", "taken", "asked", "answered", "alone", "consult_wait"
)
KEYS = _record(
    u8, "arrival", "patience", "balk", "service", "after", "consult", "conference", "finish", "transfer",
    "redial", "redial_delay", "offer", "offer_delay", "pick",
)  # fmt: skip
PURPOSES = len(KEYS.names or ())
CALL = np.dtype([
    ("arrived", f8), ("since", f8), ("gives_up", f8), ("patience", f8), ("waited", f8), ("talk", f8),
    ("service", f8), ("drawn", i8),  # as it came: how long it takes, drawn from which distribution
    ("number", i8), ("generation", i8), ("next", i8), ("previous", i8), ("kind", i8), ("origin", i8),
    ("period", i8), ("group", i8), ("helper", i8), ("stage", i8), ("rule", i8), ("where", i8),
    ("line", i8), ("called_back", i8), ("moved", i8),
])  # fmt: skip
GROUP = np.dtype([
    ("present", i8), ("busy", i8), ("last", f8), ("area", f8), ("over", f8), ("idle_first", i8), ("idle", i8),
    ("absent", u8), ("questions_first", i8),
])  # fmt: skip
QUEUE = _record(i8, "first", "last", "length")
MATCH = np.dtype([("time", f8), ("place", i8)])
INCOMING = np.dtype([
    ("time", f8), ("reached", f8), ("gap", f8), ("step", f8), ("service", f8), ("drawn", i8), ("number", i8),
    ("period", i8),
])  # fmt: skip
DISTRIBUTION = np.dtype([("kind", i8), ("a", f8), ("b", f8), ("c", f8)])
KIND = np.dtype([
    ("target", f8), ("most_waiting", i8), ("redial", f8), ("redial_delay", i8), ("remembers", i8),
    ("offer_after", f8), ("offer_accepted", f8), ("offer_becomes", i8), ("offer_delay", i8),
    ("offer_with_retry", i8), ("busy_shape", f8), ("busy_stream", i8), ("idle_rule", i8),
])  # fmt: skip
ROUTE = np.dtype([("one", i8), ("level", i8), ("after", f8)])
RULE = np.dtype([
    ("share", f8), ("time", i8), ("finish", i8), ("waits", i8), ("at_most", f8), ("first", i8), ("last", i8),
])  # fmt: skip
TRANSFER = np.dtype([("below", f8), ("to", i8)])
FLOAT, INT, KEY = _record(f8, "v"), _record(i8, "v"), _record(u8, "v")

_SCALARS = (
    # the scenario
    "types", "groups", "rules_count", "periods", "days", "then", "most_lines", "most_waiting", "clears",
    "lazy", "idle_matters", "idle_width",
    # the day
    "room", "event_room", "day", "period", "lines", "waiting", "free_count", "full",
    # its event list: places used, given back, levels, the top, the place of the event that happens now
    "places", "places_free", "levels", "top", "open",
)  # fmt: skip
TABLES = {
    "starts": FLOAT,  # periods + 1
    "cumulative": FLOAT,  # types × (periods + 1): expected arrivals until then
    "gaps": FLOAT,  # types × periods: mean time between arrivals
    "volume": FLOAT,  # days × types: factor on arrivals
    "kinds": KIND,  # types
    "patience": INT,  # types × periods → distribution
    "balk": FLOAT,  # types × periods
    "service": INT,  # types × groups × periods → distribution
    "usual": INT,  # types × periods → distribution of all its groups, or -1 if they differ
    "after": INT,  # types × groups → distribution or -1
    "factors": FLOAT,  # days × types × groups
    "agents": INT,  # groups × periods
    "shrinkage": FLOAT,  # groups × periods
    # `…_from[i]` to `…_from[i + 1]` are the entries of i
    "routes": ROUTE, "routes_from": INT,  # by type
    "pulls": ROUTE, "pulls_from": INT,  # by group
    "retries": FLOAT, "retries_from": INT,  # by type: waits after which somebody else may take the call
    "transfers": TRANSFER, "transfers_from": INT,  # by type × groups + group
    "rule_of": INT,  # types × groups → consult rule or -1
    "rules": RULE, "asks": INT,
    "answers": INT, "answers_from": INT,  # by group: the rules it answers
    "distributions": DISTRIBUTION,
}  # fmt: skip
_STATE = {
    "calls": CALL,
    "free": INT,  # unused calls, a stack
    "events": INT,  # by place
    "free_places": INT,  # a stack
    "matches": MATCH,  # the places, then who won on each level above them
    "queues": QUEUE,  # one by type, then one by consult rule
    "group": GROUP,
    "idle": FLOAT,  # groups × most agents: since when; a ring
    "incoming": INCOMING,  # by type
    "keys": KEYS,  # by type
    "by_type": TYPE_COUNTS,  # types × periods
    "by_group": GROUP_COUNTS,  # groups × (periods + 1)
}
# numba keeps compiled code as long as the file of the outermost function is unchanged, whatever happens to
# the others. The name of a field belongs to the type of the world: any change in these files compiles anew.
_COMPILED = ("agents", "calls", "draws", "engine", "events", "memory", "records", "service")
_CODE = b"".join(Path(__file__).with_name(f"{name}.py").read_bytes() for name in _COMPILED)
STAMP = f"v{hashlib.blake2s(_CODE, digest_size=8).hexdigest()}"
WORLD = _record(i8, *_SCALARS, *TABLES, *_STATE, STAMP)

calls, groups, queues, matches = records_at(CALL), records_at(GROUP), records_at(QUEUE), records_at(MATCH)
incoming, distributions, kinds = records_at(INCOMING), records_at(DISTRIBUTION), records_at(KIND)
routes, rules, transfers, keys = records_at(ROUTE), records_at(RULE), records_at(TRANSFER), records_at(KEYS)
floats, ints, plain_keys = records_at(FLOAT), records_at(INT), records_at(KEY)
type_counts, group_counts = records_at(TYPE_COUNTS), records_at(GROUP_COUNTS)


class World:
    """Tables (shared by all threads) and the state of one simulated day (this thread's own)."""

    def __init__(self, tables: dict[str, Any], scalars: dict[str, int], room: int) -> None:
        """`room` calls at a time. The engine says when that was too little."""
        types, periods, groups = scalars["types"], scalars["periods"], scalars["groups"]
        places = 4 ** math.ceil(math.log(6 * room + 64, 4))  # of events, four to one on each level
        lengths = {
            "calls": room, "free": room, "events": places, "free_places": places, "matches": 2 * places,
            "queues": types + scalars["rules_count"], "group": groups,
            "idle": groups * scalars["idle_width"], "incoming": types, "keys": types,
            "by_type": types * periods, "by_group": groups * (periods + 1),
        }  # fmt: skip
        self.arrays = {
            **tables,
            **{name: np.zeros(max(1, lengths[name]), kind) for name, kind in _STATE.items()},
        }
        self.arrays["matches"]["time"] = math.inf
        self.arrays["group"]["questions_first"] = tables["questions_first"]
        self.record = np.zeros(1, WORLD)
        for name, value in {**scalars, "room": room, "event_room": places}.items():
            self.record[name] = value
        for name in (*TABLES, *_STATE):
            self.record[name] = self.arrays[name].ctypes.data
