"""How a forecast is made and how good it is, in words that need no statistics."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MEMBERS: dict[str, Promise] = {
    "combination": gettext_lazy("All together, as forecast"),
    "weekday_level": gettext_lazy("Level of the weekday, outliers left aside"),
    "recent_days": gettext_lazy("The last days"),
    "recent_week": gettext_lazy("The last week"),
    "mean_of_four": gettext_lazy("Mean of four weeks"),
    "damped_ets": gettext_lazy("Trend that runs out"),
    "last_year": gettext_lazy("Last year, at today's level"),
    "mstl": gettext_lazy("Season of the year and the week"),
    "naive": gettext_lazy("The same day last week"),
}
PROBLEMS: dict[str, Promise] = {
    "died": gettext_lazy("The machine was stopped in the middle of it. Nothing was lost: make it again."),
    "failed": gettext_lazy("It broke off. The forecast before it still holds: make it again."),
}


def member(name: str) -> str:
    return str(MEMBERS.get(name, name.replace("_", " ")))


def reason(code: str, members: Mapping[str, Mapping[str, Any]]) -> str:
    """Why these weights."""
    weighed = {name: one["wape"] for name, one in members.items() if one.get("weight") and one.get("wape")}
    best = min(weighed, key=lambda name: weighed[name]) if weighed else ""
    words = {"member": member(best)}
    if code == "together" and best:
        return _("Together they missed less than the best of them alone (“%(member)s”).") % words
    if code == "as_good" and best:
        return (
            _("Together they are as good as the best of them alone (“%(member)s”), and no bet on one.")
            % words
        )
    if code == "behind" and best:
        return (
            _(
                "The best of them alone (“%(member)s”) missed less; but which one that is shows only afterwards, "
                "so no bet is made on it."
            )
            % words
        )
    if code == "too_short":
        return _("Too little is known of this queue: three weeks of days are the least.")
    return _("Too little is known to try them on the past: they all count alike.")


def measures(members: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Each measure in one sentence; those that are not known are left out."""
    mine, naive = members.get("combination", {}), members.get("naive", {})
    found = []
    if mine.get("wape") is not None:
        found.append(
            _("Tried on past weeks, it missed %(mine)s of 100 calls a day, up to four weeks ahead (WAPE).")
            % {"mine": _percent(mine["wape"])}
        )
    if mine.get("wape") is not None and naive.get("wape") is not None:
        found.append(
            _("Taking the same day of last week instead would have missed %(naive)s of 100.")
            % {"naive": _percent(naive["wape"])}
        )
    if mine.get("mase") is not None:
        found.append(
            _(
                "Its misses are %(mase)s times the usual step from one week to the next (MASE; below 1 is better)."
            )
            % {"mase": _number(mine["mase"], 2)}
        )
    if mine.get("coverage") is not None:
        found.append(
            _("Of 100 days %(inside)s came inside the band; 80 should (coverage).")
            % {"inside": _percent(mine["coverage"], 0)}
        )
    if wider := round(100 * ((mine.get("band") or 1.0) - 1)):
        found.append(
            (
                _("So the bands of the days to come are drawn %(percent)s %% wider.")
                if wider > 0
                else _("So the bands of the days to come are drawn %(percent)s %% narrower.")
            )
            % {"percent": abs(wider)}
        )
    if mine.get("pinball") is not None:
        found.append(
            _(
                "A band too wide or too narrow cost %(loss)s calls a day on average (pinball loss; less is better)."
            )
            % {"loss": _number(mine["pinball"], 1)}
        )
    if mine.get("floor_ratio") is not None:
        found.append(
            _("Chance alone cannot be forecast: the misses are %(ratio)s times what chance makes.")
            % {"ratio": _number(mine["floor_ratio"], 1)}
        )
    return found


def above(share: float) -> str:
    """0.12 → “12 % above”, as a part of a sentence."""
    percent = abs(round(share * 100))
    if not percent:
        return _("as expected")
    words = {"percent": percent}
    return (
        _("%(percent)s %% above what was expected") % words
        if share > 0
        else _("%(percent)s %% below what was expected") % words
    )


def _percent(share: float, places: int = 1) -> str:
    return _number(share * 100, places)


def _number(value: float, places: int) -> str:
    return str(formats.number_format(value, places, use_l10n=True))
