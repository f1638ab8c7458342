from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from firsthand.kernel.refusal import Refusal
from firsthand.learn import actions
from firsthand.learn.models import About


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
