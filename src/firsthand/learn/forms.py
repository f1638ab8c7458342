from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from firsthand.answer.models import Contact
from firsthand.learn import actions, queries
from firsthand.learn.models import About, Observation
from firsthand.people.models import Person
from firsthand.protect.actions import Screening
from firsthand.protect.forms.screening import Choosing


class ObservationForm(Choosing):
    """One field. The action refuses; shown at the field, what was typed stays."""

    screening: Screening | None = None

    words = forms.CharField(label=_("What did you hear?"), required=False)
    about = forms.ChoiceField(label=_("About"), choices=[("", ""), *About.choices], required=False)
    contact = forms.UUIDField(required=False)

    def contact_of(self, person: Person) -> Contact | None:
        """The contact it was heard in; 404 for somebody else's."""
        return queries.contact_of(person, self.cleaned_data.get("contact")) if self.is_bound else None

    def say(self, *, by: Person) -> Observation | None:
        """None: refused, or something would go that its author has not seen."""
        if not self.is_valid():
            return None
        words, about = self.cleaned_data["words"], self.cleaned_data["about"]
        contact, choices = self.contact_of(by), self.choices("words") or ()
        try:
            self.screening = actions.stripped(words, contact=contact, choices=choices, by=by)
            if self.unseen("words", self.screening):
                return None
            return actions.observe(words, about=about, contact=contact, choices=choices, by=by)
        except actions.Unsayable as no:
            self.add_error("words", str(no))
        return None


class OwnersForm(forms.Form):
    """One person for each thing an observation may be about; empty: nobody yet."""

    def __init__(self, data: Any = None, *, initial: dict[str, Person]) -> None:
        super().__init__(data, initial={about: person.pk for about, person in initial.items()})
        people = queries.possible_owners()
        named = [("", _("nobody yet")), *((one.pk, str(one)) for one in people)]
        for about, label in About.choices:
            field = forms.ModelChoiceField(people, label=label, required=False)
            field.choices = named  # the same for all: left to themselves, each field would ask again
            self.fields[about] = field

    def chosen(self) -> list[tuple[str, Person | None]]:
        return list(self.cleaned_data.items())
