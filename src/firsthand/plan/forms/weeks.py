from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from firsthand.kernel import typed
from firsthand.kernel.refusal import Refusal
from firsthand.plan import actions, queries
from firsthand.plan.models import FrontWeek
from firsthand.ui.forms import DayField


class Clock(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class WeekForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("As people will speak of it, for example “Autumn 2026”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))

    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = super().clean() or {}
        if kept.get("starts_on") and kept.get("ends_on") and kept["ends_on"] < kept["starts_on"]:
            self.add_error("ends_on", _("The last day lies before the first."))
        return kept


class NewWeekForm(WeekForm):
    after = forms.ModelChoiceField(
        label=_("Begin with the numbers of"),
        queryset=queries.weeks_newest_first(),
        required=False,
        empty_label=_("none: the usual rules, Monday to Friday"),
        help_text=_(
            "Rules, half-days by weekday, rooms, training days and letters are taken over; public holidays are "
            "left out."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("after", queries.weeks_newest_first().first())

    def clean_ends_on(self) -> date:
        """What is over cannot be called off either: a wrong year would stay for good."""
        ends_on: date = self.cleaned_data["ends_on"]
        if ends_on < timezone.localdate():
            raise forms.ValidationError(_("That day is over. Look at the year."))
        return ends_on


class ChangeForm(WeekForm):
    answers_until = DayField(
        label=_("Colleagues answer until"),
        required=False,
        help_text=_(
            "The last day to say yes or no, to volunteer and to wish. Empty: until the roster is published."
        ),
    )
    volunteers_welcome = forms.BooleanField(
        label=_("Whoever was not called up may volunteer"), required=False
    )
    # How many half-days the organiser was told would fall away.
    may_lose = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @classmethod
    def of(cls, week: FrontWeek, data: Any = None) -> ChangeForm:
        names = ("name", "starts_on", "ends_on", "answers_until", "volunteers_welcome")
        return cls(data, initial={name: getattr(week, name) for name in names})

    def clean_may_lose(self) -> int:
        return self.cleaned_data.get("may_lose") or 0

    def refused(self, no: Refusal) -> None:
        """Shown where it can be mended. What would fall away, is told: the same form sent once more may lose it."""
        self.add_error("starts_on", str(no))
        if isinstance(no, actions.WouldFallAway):
            self.data = {**{name: self.data[name] for name in self.data}, "may_lose": no.half_days}

    @property
    def losing(self) -> int:
        """So many half-days fall away with the next press."""
        return (typed.number(str(self.data.get("may_lose"))) or 0) if self.is_bound and self.errors else 0

    def clean(self) -> dict[str, Any]:
        kept = super().clean()
        until, ends = kept.get("answers_until"), kept.get("ends_on")
        if until and ends and until > ends:
            self.add_error("answers_until", _("That is after the front week."))
        return kept
