"""What a colleague says about their own front week."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from firsthand.plan.models import Part
from firsthand.plan.pure.calendars.reading import MOST_BYTES
from firsthand.ui.forms import DayField


class AbsenceForm(forms.Form):
    first = DayField(label=_("From"))
    last = DayField(label=_("Until"))
    part = forms.ChoiceField(label=_("How long"), required=False, choices=[("", _("all day")), *Part.choices])

    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = super().clean() or {}
        first, last = kept.get("first"), kept.get("last")
        if first and last and last < first:
            self.add_error("last", _("The end lies before the beginning."))
        if first and last and first != last and kept.get("part"):
            self.add_error("part", _("Half a day is for one day: enter the same day twice."))
        return kept


class CalendarForm(forms.Form):
    file = forms.FileField(
        label=_("Calendar file (.ics)"),
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
        help_text=_("Only when you are busy is read. What your appointments are called is not."),
    )

    def data_of(self) -> bytes:
        """At most one byte more than is read at all."""
        data: bytes = self.cleaned_data["file"].read(MOST_BYTES + 1)
        return data
