from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from firsthand.plan.models import FrontWeek


class Day(forms.DateInput):
    """The browser's own calendar; it wants and gives ISO dates, whatever the reader's language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class WeekForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("As people will speak of it, for example “Autumn 2026”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    starts_on = forms.DateField(label=_("First day"), widget=Day())
    ends_on = forms.DateField(label=_("Last day"), widget=Day())

    @classmethod
    def of(cls, week: FrontWeek, data: Any = None) -> WeekForm:
        initial = {"name": week.name, "starts_on": week.starts_on, "ends_on": week.ends_on}
        return cls(data, initial=initial)

    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = super().clean() or {}
        if kept.get("starts_on") and kept.get("ends_on") and kept["ends_on"] < kept["starts_on"]:
            self.add_error("ends_on", _("The last day lies before the first."))
        return kept
