"""How `{{ form }}` looks everywhere, allauth's pages included; and the days that are typed into forms."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting

YEARS = range(1800, 3000)


class House(TemplatesSetting):
    field_template_name = "ui/field.html"


class Day(forms.DateInput):
    """The browser's own calendar; it wants and gives ISO dates, whatever the reader's language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Moment(forms.DateTimeInput):
    """The browser's own; it wants and gives local time."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class DayField(forms.DateField):
    """A day that somebody can mean. The first and the last of Python's calendar are days, too; but the day before or
    after them, or midnight in another zone, is an error, and perhaps on a page on which nobody can mend it."""

    widget = Day

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        _check(day, self)
        return day


class MomentField(forms.DateTimeField):
    """The same with a time of day, where the insurer is."""

    widget = Moment

    def to_python(self, value: Any) -> datetime | None:
        moment = super().to_python(value)
        _check(moment, self)
        return moment


def _check(day: date | None, field: forms.Field) -> None:
    if day is not None and day.year not in YEARS:
        raise forms.ValidationError(field.error_messages["invalid"], code="invalid")
