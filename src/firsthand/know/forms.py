from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from firsthand.know import topics


class Find(forms.Form):
    """The filter of the page: it stands in the address and never refuses."""

    words = forms.CharField(
        label=_("What does the caller say?"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "autofocus": True}),
    )
    topic = forms.ChoiceField(label=_("Topic"), required=False)

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["topic"].choices = [("", _("All topics")), *topics.choices()]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {"words": self.cleaned_data.get("words", ""), "topic": self.cleaned_data.get("topic", "")}
