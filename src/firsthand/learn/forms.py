from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from firsthand.kernel.refusal import Refusal
from firsthand.learn import actions, queries
from firsthand.learn.models import About
from firsthand.people.models import Person


class ObservationForm(forms.Form):
    """One field. The action refuses; shown here, at the field, what was typed stays."""

    words = forms.CharField(label=_("What did you hear?"), required=False)
    about = forms.ChoiceField(label=_("About"), choices=[("", ""), *About.choices], required=False)
    contact = forms.UUIDField(required=False)

    def clean_words(self) -> str:
        try:
            return actions.checked(self.cleaned_data["words"])
        except Refusal as no:
            raise ValidationError(str(no)) from no


class OwnersForm(forms.Form):
    """One person for each thing an observation may be about; empty: nobody yet."""

    def __init__(self, data: Any = None, *, initial: dict[str, Person]) -> None:
        super().__init__(data, initial={about: person.pk for about, person in initial.items()})
        for about, label in About.choices:
            self.fields[about] = forms.ModelChoiceField(
                queries.possible_owners(), label=label, required=False, empty_label=_("nobody yet")
            )

    def chosen(self) -> list[tuple[str, Person | None]]:
        return list(self.cleaned_data.items())
