"""How people of a roster are found, and how long a better one is searched for."""

from __future__ import annotations

from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from firsthand.kernel import typed
from firsthand.people.models import Language
from firsthand.plan.forms.people import ANY, SEARCH
from firsthand.plan.queries import roster as queries


class FindRostered(forms.Form):
    words = forms.CharField(label=_("Name or team"), required=False, widget=forms.TextInput(attrs=SEARCH))
    language = forms.ChoiceField(label=_("Language"), required=False, choices=[ANY, *Language.choices])
    free = forms.BooleanField(label=_("only who works no half-day"), required=False)

    def chosen(self, page: str | None, monday: str | None) -> queries.Filter:
        """Whatever somebody types into the address: what is not a choice is left out."""
        self.is_valid()
        given = {name: self.cleaned_data[name] for name in self.fields if self.cleaned_data.get(name)}
        return queries.Filter(**given, page=typed.number(page) or 1, monday=_day(monday))


class WorkOutForm(forms.Form):
    seconds = forms.TypedChoiceField(
        label=_("Search for"),
        coerce=int,
        initial=60,
        choices=[(10, _("10 seconds")), (60, _("a minute")), (300, _("five minutes"))],
    )


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written or "")
    except ValueError:
        return None


def chosen(posted: QueryDict) -> dict[int, str]:
    """`way-17=…`: the way that was chosen for the gap of half-day 17."""
    found = {}
    for name in posted:
        kind, _of, written = name.partition("-")
        if kind == "way" and (number := typed.number(written)) is not None:
            found[number] = posted.get(name, "")
    return found
