"""How the people of a week are found, and what is agreed with one of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from firsthand.kernel import typed
from firsthand.people import queries as people
from firsthand.people.models import ANSWERING, Language, Role
from firsthand.plan import queries
from firsthand.plan.models import CallUp

ANY = ("", _("any"))
SEARCH = {"type": "search", "autocomplete": "off", "data-key": "alt+f", "autofocus": False}


class FindCalled(forms.Form):
    words = forms.CharField(label=_("Name or team"), required=False, widget=forms.TextInput(attrs=SEARCH))
    answer = forms.ChoiceField(label=_("Their answer"), required=False, choices=[ANY, *CallUp.Answer.choices])
    kind = forms.ChoiceField(label=_("How"), required=False, choices=[ANY, *CallUp.Kind.choices])
    language = forms.ChoiceField(label=_("Language"), required=False, choices=[ANY, *Language.choices])
    trained = forms.ChoiceField(
        label=_("Trained"),
        required=False,
        choices=[
            ANY,
            ("yes", _("trained")),
            ("no", _("not yet trained")),
            ("seat", _("not yet, but has a training seat")),
        ],
    )

    def chosen(self, page: str | None) -> queries.Filter:
        """Whatever somebody types into the address: what is not a choice is left out."""
        self.is_valid()
        given = {name: self.cleaned_data.get(name, "") for name in self.fields}
        return queries.Filter(**given, page=typed.number(page) or 1)


class FindPeople(forms.Form):
    words = forms.CharField(label=_("Name or team"), required=False, widget=forms.TextInput(attrs=SEARCH))
    team = forms.ModelChoiceField(
        label=_("Division"), required=False, queryset=people.teams(), empty_label=_("any")
    )
    role = forms.ChoiceField(
        label=_("Role"),
        required=False,
        choices=[ANY, *[(role.value, role.label) for role in Role if role in ANSWERING]],
    )
    language = forms.ChoiceField(label=_("Language"), required=False, choices=[ANY, *Language.choices])
    returners = forms.BooleanField(label=_("Were there last time"), required=False)

    def chosen(self) -> queries.Search:
        self.is_valid()
        kept = self.cleaned_data
        team = kept.get("team")
        return queries.Search(
            words=kept.get("words", ""),
            team=team.pk if team else None,
            role=kept.get("role", ""),
            language=kept.get("language", ""),
            returners=kept.get("returners", False),
        )


class AgreeForm(forms.Form):
    part_percent = forms.IntegerField(label=_("Employed (per cent)"), min_value=5, max_value=100)
    least_shifts = forms.IntegerField(
        label=_("Half-days, at least"), min_value=0, max_value=60, required=False
    )
    most_shifts = forms.IntegerField(
        label=_("Half-days, at most"),
        min_value=0,
        max_value=60,
        required=False,
        help_text=_("Empty: as the rules of the week say."),
    )
    returner = forms.BooleanField(label=_("Was there before: a refresher is enough"), required=False)

    @classmethod
    def of(cls, callup: CallUp, data: Any = None) -> AgreeForm:
        return cls(data, initial={name: getattr(callup, name) for name in cls.base_fields})

    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = super().clean() or {}
        least, most = kept.get("least_shifts"), kept.get("most_shifts")
        if least is not None and most is not None and most < least:
            self.add_error("most_shifts", _("That is less than at least."))
        return kept


class LetterForm(forms.Form):
    subject = forms.CharField(label=_("Subject"), max_length=120)
    words = forms.CharField(
        label=_("Text"), max_length=4000, widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "true"})
    )
