"""What can be counted or timed without seeing a row. No leak of a word: figures, so that they are known."""

from __future__ import annotations

import statistics
import time

from firsthand.config.attack import place
from firsthand.config.attack.sql.wire import Wire
from firsthand.config.attack.world import World

TIMES = 400


def figures(world: World) -> dict[str, float | str]:
    """As the front, which may ask for notes and sees none without a token; and as sales, which may not ask."""
    with place.connect() as plain:
        row = plain.execute("SELECT min(id) FROM protect_note").fetchone()
    there = row[0] if row else 0
    front = Wire(place.socket(), "firsthand_front", place.current())
    sales = Wire(place.socket(), "firsthand_outreach", place.current())
    try:
        taken = {number: _median(front, number) for number in (there, -1)}
        explained = front.ask(["EXPLAIN (ANALYZE, TIMING off) SELECT FROM protect_note"])[0].raw
        counted = sales.ask(["SELECT reltuples::int FROM pg_class WHERE relname = 'protect_note'"])[0]
    finally:
        front.close()
        sales.close()
    return {
        "front, timing: a note that is there against one that is not, µs": round(taken[there] - taken[-1], 1),
        "front, EXPLAIN ANALYZE tells how many notes there are": "yes"
        if b"Removed by Filter" in explained
        else "no",
        "outreach, pg_class tells about how many notes there are": "yes" if counted.rows else "no",
    }


def _median(wire: Wire, number: int) -> float:
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        wire.ask([f"SELECT FROM protect_note WHERE id = {number}"])
        taken.append(time.perf_counter() - began)
    return statistics.median(taken) * 1e6
