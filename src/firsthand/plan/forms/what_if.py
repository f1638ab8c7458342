from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

PEOPLE = "people_"


class WhatIfForm(forms.Form):
    """One field for each language of the week: how many more or fewer are at the desks."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("As you will speak of it, for example “20 fewer”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    calls = forms.IntegerField(
        label=_("Calls, per cent more or fewer"), required=False, min_value=-90, max_value=300
    )
    letters = forms.IntegerField(
        label=_("Premium letters, days later"),
        required=False,
        min_value=-30,
        max_value=30,
        help_text=_("Below 0: earlier. With the letters moves what they make people call."),
    )

    def __init__(self, languages: Sequence[tuple[str, str]], data: Any = None) -> None:
        super().__init__(data)
        for code, label in languages:
            self.fields[f"{PEOPLE}{code}"] = forms.IntegerField(
                label=_("People in %(language)s, more or fewer") % {"language": label},
                required=False,
                min_value=-2000,
                max_value=2000,
            )
        self.order_fields(["name", *(f"{PEOPLE}{code}" for code, _label in languages), "calls", "letters"])

    @property
    def changes(self) -> dict[str, Any]:
        """As `plan.actions.needs.reckon` takes them; what was left empty or 0 is no change."""
        given = self.cleaned_data
        people = {
            name.removeprefix(PEOPLE): given[name]
            for name in given
            if name.startswith(PEOPLE) and given[name]
        }
        found: dict[str, Any] = {"people": people} if people else {}
        if given.get("calls"):
            found["calls"] = 1 + given["calls"] / 100
        if given.get("letters"):
            found["letters"] = given["letters"]
        return found

    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = super().clean() or {}
        if not self.errors and not self.changes:
            raise forms.ValidationError(
                _("Nothing would be different yet: fill in at least one of the numbers.")
            )
        return kept
