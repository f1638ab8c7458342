"""Planned events as JSON: `{"events": [{"name": …, "dates": […], "before": 0, "after": 10, "factors": […]}]}`."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from firsthand.plan.pure.forecast.events import Event

NAMES = {"name", "dates", "before", "after", "factor", "factors"}


class BadEvents(ValueError):
    """What cannot be, and where."""


def read_events(text: str) -> list[Event]:
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadEvents(f"this is not JSON: {error}.") from None
    listed = given.get("events") if isinstance(given, dict) else given
    if not isinstance(listed, list):
        raise BadEvents("a list “events” is missing.")
    found = [_event(one, f"event {at}") for at, one in enumerate(listed, 1)]
    names = [event.name for event in found]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise BadEvents(f"“{twice}” stands twice; give all its dates in one event.")
    return found


def _event(given: Any, where: str) -> Event:
    if not isinstance(given, dict) or not isinstance(given.get("name"), str) or not given["name"].strip():
        raise BadEvents(f"{where}: a “name” is missing.")
    where = f"“{given['name']}”"
    if unknown := sorted(given.keys() - NAMES):
        raise BadEvents(f"{where}: there is no “{unknown[0]}”; what there is: {', '.join(sorted(NAMES))}.")
    dates = given.get("dates")
    if not isinstance(dates, list) or not dates:
        raise BadEvents(f"{where}: “dates” is a list of days, 2026-10-12.")
    factors = given.get("factors", [given["factor"]] if "factor" in given else [])
    if not isinstance(factors, list) or not all(_is_number(one) for one in factors):
        raise BadEvents(f"{where}: “factors” is a list of numbers; 1.0 changes nothing.")
    before, after = given.get("before", 0), given.get("after", 0)
    if not all(isinstance(one, int) and not isinstance(one, bool) for one in (before, after)):
        raise BadEvents(f"{where}: “before” and “after” are whole days.")
    try:
        days = tuple(sorted({date.fromisoformat(one) for one in dates}))
        return Event(given["name"], days, before, after, tuple(float(one) for one in factors))
    except TypeError:
        raise BadEvents(f"{where}: “dates” is a list of days, 2026-10-12.") from None
    except ValueError as error:
        said = str(error)
        raise BadEvents(f"{where}: {said.removeprefix(given['name'] + ': ')}.") from None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
