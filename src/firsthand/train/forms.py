from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from firsthand.kernel.refusal import Refusal
from firsthand.know.pure import topics
from firsthand.train import queries
from firsthand.ui.forms import DayField


class NoDay(Refusal):
    says = _("Choose the day until which it holds. Nothing was changed.")


class Find(forms.Form):
    """The filter of the page: it stands in the address and never refuses."""

    words = forms.CharField(label=_("Name"), required=False, max_length=80)
    until = DayField(label=_("Ready until"), required=False)
    lacking = forms.BooleanField(label=_("Only who is not ready for everything"), required=False)
    page = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput())

    def chosen(self) -> queries.Filter:
        self.is_valid()
        kept = self.cleaned_data
        return queries.Filter(
            words=kept.get("words", "").strip(),
            lacking=kept.get("lacking", False),
            page=kept.get("page") or 1,
            until=kept.get("until"),
        )


class Give(forms.Form):
    """What a button of the page says: a topic, or nothing for all of them; and until when."""

    topic = forms.CharField(required=False, max_length=20)
    until = DayField()

    @dataclass(frozen=True)
    class Said:
        topics: list[str]
        until: date

    @classmethod
    def said(cls, data: Mapping[str, str]) -> Said:
        form = cls(data)
        if not form.is_valid():
            raise NoDay
        every = topics.groups(settings.COUNTRY)
        return cls.Said(
            [form.cleaned_data["topic"]] if form.cleaned_data["topic"] else every, form.cleaned_data["until"]
        )
