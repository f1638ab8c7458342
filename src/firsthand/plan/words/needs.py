"""Codes of planning in words, as a planner reads them."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Why a half-hour takes another number than Erlang's formulas say: plan.pure.need.reasons.
REASONS: dict[str, Promise] = {
    "patience": _("callers give up; Erlang C lets them wait for ever"),
    "slow_helpers": _("helpers take longer than advisors"),
    "consults": _("helpers ask specialists, and speak with them and the caller"),
    "waiting_for_specialists": _("helper and caller wait until a specialist is free"),
    "callbacks": _("some leave the queue to be called back"),
    "balking": _("some hang up rather than wait"),
    "variability": _("talks are more or less regular than Erlang assumes"),
    "carry_over": _("what waits from the half-hour before comes on top"),
    "somebody": _("somebody must be there, however few call"),
}

# Why a long job has come to nothing: `problem` of Forecast, Need, Roster.
PROBLEMS: dict[str, Promise] = {
    "died": _("It was cut off. Nothing was changed: start it again."),
    "failed": _("It failed by a fault of the software; the log of the house names it. Nothing was changed."),
    "nothing_expected": _("The forecast has no calls on the days of this week. Make a new forecast first."),
}


def reason(code: str) -> Promise | str:
    return REASONS.get(code, "")


def problem(code: str) -> Promise | str:
    return PROBLEMS.get(code, code)
