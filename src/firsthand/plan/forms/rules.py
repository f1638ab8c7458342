"""What a front week promises, in groups and in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from firsthand.plan.forms.weeks import Clock
from firsthand.plan.models import WeekRules


@dataclass(frozen=True)
class Group:
    title: Promise
    says: Promise
    fields: list[BoundField]


def number(label: Any, least: int, most: int, says: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, help_text=says)


class RulesForm(forms.Form):
    target_share = number(_("Answered in time (per cent of calls)"), 1, 99)
    target_seconds = number(_("In time means within (seconds)"), 5, 3600)
    least_shifts = number(_("Half-days each, at least"), 0, 60)
    most_shifts = number(_("Half-days each, at most"), 1, 60)
    most_a_week = number(_("Half-days in one calendar week, at most"), 1, 14)
    rest_hours = number(
        _("Hours of rest between two days"), 9, 24, _("The law asks for 11 (Art. 15a ArG, § 5 ArbZG).")
    )
    morning_from = forms.TimeField(label=_("Morning, from"), widget=Clock())
    morning_to = forms.TimeField(label=_("Morning, until"), widget=Clock())
    afternoon_from = forms.TimeField(label=_("Afternoon, from"), widget=Clock())
    afternoon_to = forms.TimeField(label=_("Afternoon, until"), widget=Clock())
    talk_seconds = number(_("An advisor needs for a call (seconds, on average)"), 10, 7200)
    helper_percent = number(
        _("A helper needs, of an advisor’s time (per cent)"), 50, 500, _("130 means: almost a third longer.")
    )
    consult_percent = number(_("Of a helper’s calls, a specialist is asked in (per cent)"), 0, 100)
    consult_seconds = number(_("A question to the specialist takes (seconds, on average)"), 1, 3600)
    patience_seconds = number(_("Callers wait before they hang up (seconds, on average)"), 10, 36000)
    shrinkage_percent = number(
        _("Away from the desk: breaks, questions, illness (per cent of the time)"), 0, 80
    )

    @classmethod
    def of(cls, rules: WeekRules, data: Any = None) -> RulesForm:
        return cls(data, initial={name: getattr(rules, name) for name in cls.base_fields})

    def groups(self) -> Iterator[Group]:
        yield Group(
            _("Towards the callers"),
            _("How fast calls are to be answered. The need is reckoned so that it is met."),
            self._some("target_share", "target_seconds"),
        )
        yield Group(
            _("Towards colleagues"),
            _("How much each gives. What was agreed with somebody goes before it."),
            self._some("least_shifts", "most_shifts", "most_a_week", "rest_hours"),
        )
        yield Group(
            _("The two halves of a day"),
            _("From when to when the phones are answered."),
            self._some("morning_from", "morning_to", "afternoon_from", "afternoon_to"),
        )
        yield Group(
            _("What the need is reckoned with"),
            _(
                "Averages of your own house, if you know them. The guide says where the first figures come from."
            ),
            self._some(
                *("talk_seconds", "helper_percent", "consult_percent", "consult_seconds"),
                *("patience_seconds", "shrinkage_percent"),
            ),
        )

    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = super().clean() or {}
        self._ordered(kept, "least_shifts", "most_shifts", _("That is less than at least."))
        self._ordered(kept, "morning_from", "morning_to", _("That is before it begins."), strictly=True)
        self._ordered(kept, "morning_to", "afternoon_from", _("The morning has not ended by then."))
        self._ordered(kept, "afternoon_from", "afternoon_to", _("That is before it begins."), strictly=True)
        return kept

    def _ordered(
        self, kept: dict[str, Any], low: str, high: str, says: Promise, *, strictly: bool = False
    ) -> None:
        below, above = kept.get(low), kept.get(high)
        if below is not None and above is not None and (above < below or (strictly and above == below)):
            self.add_error(high, str(says))

    def _some(self, *names: str) -> list[BoundField]:
        return [self[name] for name in names]
