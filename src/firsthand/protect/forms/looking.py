from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import BigIntegerField
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from firsthand.protect import queries
from firsthand.ui.forms import DayField


class RowNumber(forms.IntegerField):
    """One that a table can hold: a longer number is nobody's."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=1, max_value=BigIntegerField.MAX_BIGINT, **options)


class Find(forms.Form):
    """The filter of the page: it stands in the address, so it holds ids and days and no name or number."""

    person = forms.TypedChoiceField(label=_("Who looked"), required=False, coerce=int, empty_value=None)
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("To"), required=False)
    member = RowNumber(required=False, widget=forms.HiddenInput())
    contact = RowNumber(required=False, widget=forms.HiddenInput())
    before = RowNumber(required=False, widget=forms.HiddenInput())

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["person"].choices = [("", _("Everybody")), *queries.staff()]  # type: ignore[attr-defined]

    def chosen(self) -> queries.Filter:
        self.is_valid()
        return queries.Filter(**self.cleaned_data)

    def further(self, before: int | None) -> str:
        """The address of the next page; empty if there is none."""
        kept = {name: value for name, value in self.data.items() if value and name in self.fields}
        return urlencode({**kept, "before": before}) if before else ""


class Number(forms.Form):
    """Sent in the body, not in the address: a member's number is personal data."""

    number = forms.CharField(
        label=_("Member number or AHV number"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
