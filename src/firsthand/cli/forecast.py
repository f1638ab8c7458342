"""`firsthand forecast`: how many will call, from anybody's past intervals, without a database."""

import argparse
import json
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from firsthand.cli import volume_words
from firsthand.cli.halt import Halt

MOST_DAYS = 400


def add(command: argparse.ArgumentParser) -> None:
    command.add_argument("volumes", metavar="VOLUMES.csv", help="past intervals: docs/guide/forecast.md")
    command.add_argument("--horizon-days", type=int, required=True, metavar="N", help="days to forecast")
    command.add_argument("--backtest", action="store_true", help="say how far off it would have been")
    command.add_argument(
        "--events", metavar="EVENTS.json", help="letters, deadlines, invoices and their days"
    )
    command.add_argument("--holidays", metavar="PLACE", help="public holidays: CH-ZH, DE-BY, AT, …")
    command.add_argument(
        "--closed", action="append", default=[], metavar="DAY", help="nobody works, 2026-12-24"
    )
    command.add_argument("--zone", default="Europe/Zurich", help="of the times in the file (Europe/Zurich)")
    command.add_argument("--queue", metavar="NAME", help="only this one (each on its own)")
    command.add_argument("--together", action="store_true", help="all queues and languages as one")
    command.add_argument(
        "--missing-is-zero", action="store_true", help="an interval that is not in the file had no calls"
    )
    command.add_argument("--json", action="store_true", help="for a machine to read, with every interval")


def run(given: argparse.Namespace) -> int:
    if not 1 <= given.horizon_days <= MOST_DAYS:
        raise Halt(f"--horizon-days: 1 to {MOST_DAYS}, not {given.horizon_days}.", code=2)
    zone, closed, events = _zone(given.zone), [_day(one) for one in given.closed], _events(given.events)
    rows = _rows(given, zone)
    known = {"events": events, "closed": closed}
    found = [_forecast(given, _past(rows, one, zone), one, known) for one in _series(given, rows)]
    if given.json:
        json.dump({"queues": [one for one, _ in found]}, sys.stdout, indent=1)
        print()
    else:
        print("\n\n".join("\n".join(lines) for _, lines in found))
    return 0


def _past(rows: Any, of: tuple[str, str] | None, zone: ZoneInfo) -> Any:
    from firsthand.plan.pure import forecast

    queue, language = of or (None, None)
    return forecast.from_rows(rows, zone, queue=queue, language=language)


def _forecast(
    given: argparse.Namespace, past: Any, of: tuple[str, str] | None, known: dict[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    from firsthand.plan.pure import forecast
    from firsthand.plan.pure.forecast import report

    queue, language = of or (None, None)
    named = " ".join(of).strip() if of else "all queues"
    ends = past.last + timedelta(days=given.horizon_days)
    more = {"holidays": _holidays(given.holidays, past.first, ends), **known}
    try:
        coming = forecast.forecast(past, days=given.horizon_days, **more)
        tested = forecast.backtest(past, days=given.horizon_days, **more) if given.backtest else None
    except forecast.TooShort as short:
        raise Halt(
            f"{given.volumes}: “{named}”: {short.days} days are known, {short.needed} are needed.", code=2
        ) from None
    value = {"queue": queue, "language": language, "first_day": past.first.isoformat(),
             "last_day": past.last.isoformat(), **report.as_json(coming)}  # fmt: skip
    lines = [f"{named}: after {past.days} days, {past.first} to {past.last}", "", *report.as_lines(coming)]
    if tested:
        value["backtest"] = report.backtest_as_json(tested)
        lines += report.backtest_as_lines(tested)
    return value, lines


def _rows(given: argparse.Namespace, zone: ZoneInfo) -> Any:
    from dataclasses import replace

    from firsthand.plan.pure import volumes
    from firsthand.plan.pure.volumes import files

    try:
        text, _encoding = files.decoded(Path(given.volumes).read_bytes())
    except OSError as error:
        raise Halt(f"{given.volumes}: {error.strerror}.", code=2) from None
    except UnicodeDecodeError as error:
        what = error.reason if error.reason in files.NO_TEXT else "not a text in UTF-8"
        raise Halt(f"{given.volumes}: this is {what}. Save it as CSV.", code=2) from None
    mapping = replace(volumes.guess(files.head(text)), missing_is_zero=given.missing_is_zero)
    if "queue" in mapping.missing:
        mapping = replace(mapping, queue="all")
    read = volumes.read(files.lines(text), mapping, zone=zone, queues=None)
    if read.faults:
        raise Halt(volume_words.all_of(given.volumes, read.faults, read.count), code=2)
    return read.rows


def _series(given: argparse.Namespace, rows: Any) -> list[tuple[str, str] | None]:
    if given.together:
        return [None]
    found = [one for one in rows.series if given.queue in (None, one[0])]
    if not found:
        names = ", ".join(sorted({queue for queue, _ in rows.series}))
        raise Halt(f"There is no queue “{given.queue}” in {given.volumes}. What there is: {names}.", code=2)
    return sorted(found)


def _holidays(place: str | None, first: date, ends: date) -> dict[date, str]:
    from firsthand.plan.pure import public_holidays

    if not place:
        return {}
    try:
        return public_holidays.of(place, range(first.year, ends.year + 1))
    except public_holidays.UnknownPlace:
        raise Halt(
            f"--holidays: “{place}” is no country, canton or Land that is known. CH-ZH, DE-BY.", code=2
        ) from None


def _events(path: str | None) -> Any:
    from firsthand.plan.pure.forecast import events_file

    if not path:
        return []
    try:
        return events_file.read_events(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Halt(f"{path}: {error.strerror}.", code=2) from None
    except UnicodeDecodeError:
        raise Halt(f"{path}: this is not a text in UTF-8.", code=2) from None
    except events_file.BadEvents as error:
        raise Halt(f"{path}: {error}", code=2) from None


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise Halt(f"--zone: “{name}” is no time zone; Europe/Zurich is one.", code=2) from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Halt(f"--closed: “{text}” is no day; 2026-12-24 is one.", code=2) from None
