from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from firsthand.members.pure.dates import days
from firsthand.protect import outreach, queries
from firsthand.protect.models import Scope, Shield, Suppression, Way
from firsthand.ui.forms import MomentField


class Consent(forms.Form):
    """What the proof has to say; all of it is required, because half a proof is none."""

    scope = forms.ChoiceField(choices=Scope, widget=forms.HiddenInput())
    way = forms.ChoiceField(label=_("In which form was it given?"), choices=Way)
    given_at = MomentField(
        label=_("When was it given?"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        help_text=_("Empty means now."),
    )
    name = forms.CharField(
        label=_("Name, as the person gave it"),
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    address = forms.CharField(
        label=_("Address, as the person gave it"),
        max_length=240,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    company = forms.CharField(label=_("For which company"), max_length=120)
    wording = forms.CharField(
        label=_("The words that were shown or read out"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    @classmethod
    def about(cls, scope: str) -> Consent:
        scope = scope if scope in Scope.values else Scope.SUPPLEMENTARY.value
        words = str(outreach.WORDING[scope]) % {"company": settings.INSURER or _now("the insurer")}
        return cls(initial={"scope": scope, "company": settings.INSURER, "wording": words})

    @property
    def scope_label(self) -> str:
        said = self["scope"].value()
        return str(Scope(said).label) if said in Scope.values else ""


class OnTheList(forms.Form):
    """Whether a number is kept out of calls. Sent in the body: a number is personal data."""

    number = forms.CharField(
        label=_("Telephone number"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )


class NoCalls(OnTheList):
    """A number that nobody calls to advertise."""

    why = forms.ChoiceField(label=_("Why?"), choices=Suppression.Why)


class Lift(forms.Form):
    """Who asked that a number leaves the list, and in which form."""

    because = forms.ChoiceField(label=_("What has changed?"), widget=forms.RadioSelect)
    way = forms.ChoiceField(label=_("In which form did they say so?"), choices=Way)

    def __init__(self, row: Suppression, data: Any = None) -> None:
        super().__init__(data, auto_id=f"id_{row.pk}_%s")
        because, way = self.fields["because"], self.fields["way"]
        because.choices = [(one.value, one.label) for one in row.ways_out]  # type: ignore[attr-defined]
        # Nothing is chosen beforehand: who is in a hurry would leave it so.
        way.required = Suppression.Lifted.DIRECTORY not in row.ways_out
        nobody = "–" if way.required else _("nobody had to: the directory shows it")
        way.choices = [("", nobody), *Way.choices]  # type: ignore[attr-defined]


class Mine(forms.Form):
    """Whom one is, or is related to: two things that must fit, so that nobody looks members up here."""

    number = forms.CharField(
        label=_("Member number or AHV number"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    born_on = forms.CharField(
        label=_("Date of birth"),
        help_text=_("Please type the day like this: 4.3.1958."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label=_("Who is it?"), choices=Shield.Kind, widget=forms.RadioSelect)

    def clean_born_on(self) -> object:
        """As people write it; a year of two digits may be of either century, and then it is not clear
        enough.
        """
        found = days(self.cleaned_data["born_on"])
        if len(found) != 1:
            raise forms.ValidationError(_("Please type the day like this: 4.3.1958."))
        return next(iter(found))


class Theirs(Mine):
    """The same, entered by the data-protection officer for somebody."""

    person = forms.TypedChoiceField(label=_("Who works here?"), coerce=int)
    field_order = ("person", "number", "born_on", "kind")

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["person"].choices = queries.staff_to_shield()  # type: ignore[attr-defined]
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (Shield.Kind.SELF, _("the person themselves")),
            (Shield.Kind.RELATIVE, Shield.Kind.RELATIVE.label),
        ]
