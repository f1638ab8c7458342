"""What volumes and forecasts look like: Vega-Lite, drawn by `ui.charts`. Times are local, without an offset."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

INK, SOFT, STRONG, MARKED, NOW = (
    "var(--ink)", "var(--ink-soft)", "var(--line-strong)", "var(--marked)", "var(--now)"
)  # fmt: skip
Spec = dict[str, Any]
UTC = {"type": "utc"}
BREAK = "break-paths-show-domains"  # where nothing is known
MOST_DOTS = 120


class Point(NamedTuple):
    at: datetime | date
    calls: float | None


class Expected(NamedTuple):
    """`low` to `high`: four of five times it lies between. None: closed, and nothing is drawn across."""

    at: datetime | date
    low: float | None
    mid: float | None
    high: float | None


class Stretch(NamedTuple):
    first: datetime | date
    last: datetime | date  # its end; a day is drawn to the next one
    name: str


def past(points: Sequence[Point], marks: Sequence[Stretch] = (), events: Sequence[Stretch] = ()) -> Spec:
    """Calls as they came, with what is not learnt from shaded and events named above."""
    return _layers(
        [*_stretches(marks, MARKED), _line(points), *_named(events)],  # the names last: read over a line
        [point.at for point in points],
    )


def fan(
    expected: Sequence[Expected],
    points: Sequence[Point] = (),
    *,
    corrections: Sequence[Stretch] = (),
    events: Sequence[Stretch] = (),
    plain: Sequence[Point] = (),
) -> Spec:
    """What is expected, with the band of four in five, beside what came. `plain`: without the corrections."""
    rows = [{"at": _iso(one.at), "low": one.low, "mid": one.mid, "high": one.high} for one in expected]
    band: Spec = {
        "data": {"values": rows},
        "mark": {"type": "area", "color": INK, "opacity": 0.16, "invalid": BREAK},
        "encoding": {"x": _x(), "y": _y("low"), "y2": {"field": "high"}},
    }
    middle: Spec = {
        "data": {"values": rows},
        "mark": {"type": "line", "color": INK, "strokeWidth": 2, "strokeDash": [5, 4], "invalid": BREAK},
        "encoding": {"x": _x(), "y": _y("mid")},
    }
    layers = [*_stretches(corrections, MARKED), band]
    if plain:
        layers.append(_line(plain, color=STRONG, width=1))
    layers.append(middle)
    if points:
        layers.append(_line(points))
    return _layers([*layers, *_named(events)], [one.at for one in expected])


def _layers(layers: list[Spec], times: Sequence[datetime | date]) -> Spec:
    clock = bool(times) and isinstance(times[0], datetime)
    for layer in layers:
        if "x" in layer["encoding"]:
            layer["encoding"]["x"]["axis"] = {
                "format": "%H:%M" if clock else "%-d. %b",
                "title": None,
                **({} if clock else {"tickMinStep": 86_400_000}),
            }
    return {"layer": layers}


def _line(points: Sequence[Point], color: str = INK, width: float = 2) -> Spec:
    rows = [{"at": _iso(point.at), "calls": point.calls} for point in points]
    # A day between two closed ones is a line to nowhere: it is seen by its dot.
    dots = {"point": {"color": color, "filled": True, "size": 14}} if len(points) <= MOST_DOTS else {}
    return {
        "data": {"values": rows},
        "mark": {"type": "line", "color": color, "strokeWidth": width, "invalid": BREAK, **dots},
        "encoding": {"x": _x(), "y": _y("calls")},
    }


def _stretches(stretches: Sequence[Stretch], color: str) -> list[Spec]:
    if not stretches:
        return []
    rows = [{"at": _iso(one.first), "end": _iso(one.last)} for one in stretches]
    return [
        {
            "data": {"values": rows},
            "mark": {"type": "rect", "color": color, "opacity": 1},
            "encoding": {"x": _x(), "x2": {"field": "end"}},
        }
    ]


def _named(events: Sequence[Stretch]) -> list[Spec]:
    """A thin line where it begins, its name along it."""
    if not events:
        return []
    rows = [{"at": _iso(one.first), "end": _iso(one.last), "name": one.name} for one in events]
    bar: Spec = {
        "data": {"values": rows},
        "mark": {"type": "rule", "color": SOFT, "strokeWidth": 4, "y": 0},
        "encoding": {"x": _x(), "x2": {"field": "end"}, "y": {"value": 2}},
    }
    start: Spec = {
        "data": {"values": rows},
        "mark": {"type": "rule", "color": STRONG, "strokeDash": [2, 3]},
        "encoding": {"x": _x()},
    }
    words: Spec = {
        "data": {"values": rows},
        "mark": {"type": "text", "color": SOFT, "align": "right", "baseline": "bottom", "angle": 270,
                 "dx": -8, "dy": -3, "fontSize": 12, "limit": 200},
        "encoding": {"x": _x(), "y": {"value": 0}, "text": {"field": "name"}},
    }  # fmt: skip
    return [bar, start, words]


def _x() -> Spec:
    return {"field": "at", "type": "temporal", "scale": dict(UTC), "axis": {}}


def _y(field: str) -> Spec:
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"zero": True, "nice": True},
        "axis": {"title": None, "format": ",.0f"},
    }


def _iso(at: datetime | date) -> str:
    """As UTC, so that no machine's own zone moves it."""
    if isinstance(at, datetime):
        return at.replace(tzinfo=None).isoformat() + "Z"
    return at.isoformat() + "T00:00:00Z"
