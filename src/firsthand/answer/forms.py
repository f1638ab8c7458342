"""What a caller and a helper may type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from firsthand.answer import actions
from firsthand.answer.actions.screening import screened
from firsthand.answer.models import WORDS, Contact
from firsthand.answer.pure.phone import to_call
from firsthand.know import topics
from firsthand.people.models import Language, Person
from firsthand.protect.actions import Screening
from firsthand.protect.forms.screening import Choosing
from firsthand.protect.models import LONGEST_NOTE, OWN_NUMBERS, Field, Need
from firsthand.protect.models.purposes import at_desk
from firsthand.ui.forms import DayField
from firsthand.ui.templatetags.ui import key

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# As callers say it, and as one types while they say it.
BIRTH_DATES = ["%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y", "%d %m %Y", "%d%m%Y", "%Y-%m-%d"]
TOO_LONG = {
    "max_length": _(
        "This text has %(show_value)d characters, at most %(limit_value)d are kept. "
        "It stays in the field and is not saved; please shorten it."
    )
}


def _with_key(label: StrOrPromise, keys: str) -> SafeString:
    return format_html("{} {}", label, key(keys))


# A label that says which key leads to its field.
with_key = lazy(_with_key, SafeString)


class PhoneField(forms.CharField):
    """A number somebody can be called back on, kept as E.164."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"})

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        number = to_call(typed, settings.COUNTRY)
        if typed and not number:
            raise forms.ValidationError(actions.BadPhone.says)
        return number


class OnDesk(Choosing):
    """Several forms stand on the desk at once: each names its fields after itself."""

    called = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["auto_id"] = f"{self.called}-%s"
        super().__init__(*args, **kwargs)
        # A browser cuts off what is pasted and too long, and says nothing; we say it.
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs.pop("maxlength", None)


class ArriveForm(forms.Form):
    language = forms.ChoiceField(choices=Language, widget=forms.HiddenInput)
    topic = forms.ChoiceField(label=_("What is it about?"), required=False, widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Your name"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(label=_("Your phone number"), required=False, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        untold = ("", _("I will tell the person"))
        self.fields["topic"].choices = [*topics.choices(), untold]  # type: ignore[attr-defined]


class CallbackForm(forms.Form):
    phone = PhoneField(label=_("The number we call"), max_length=40)


class VerifyForm(OnDesk):
    """As the caller says it; empty where the caller does not know."""

    called = "verify"
    name = forms.CharField(label=_("Name"), max_length=120)
    born_on = forms.DateField(
        label=_("Date of birth"),
        required=False,
        input_formats=BIRTH_DATES,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"invalid": _("Please type the day like this: 4.3.1958.")},
    )
    postcode = forms.CharField(
        label=_("Postcode"),
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    number = forms.CharField(label=_("Member or AHV number"), required=False, max_length=20)


class KeyedRadios(forms.RadioSelect):
    """The key leads to the first one; the arrows do the rest."""

    def create_option(  # type: ignore[override]  # what it does not look at goes on as it came
        self, name: str, value: Any, label: Any, selected: Any, index: int, **more: Any
    ) -> dict[str, Any]:
        option = super().create_option(name, value, label, selected, index, **more)
        if index:
            option["attrs"] = {
                key: word for key, word in option["attrs"].items() if not key.startswith("data-key")
            }
        return option


class RecordForm(OnDesk):
    """What was answered, and the note with its purpose. Saved while it is typed, and once more at the end."""

    called = "record"
    answered = forms.CharField(
        label=with_key(_("What did you answer?"), "Alt+W"),
        required=False,
        max_length=WORDS,
        error_messages=TOO_LONG,
        widget=forms.Textarea(
            attrs={"rows": 3, "data-key": "alt+w", "data-key-label": _("What did you answer?")}
        ),
    )
    words = forms.CharField(
        label=with_key(_("Note"), "Alt+N"),
        required=False,
        max_length=LONGEST_NOTE,
        error_messages=TOO_LONG,
        widget=forms.Textarea(attrs={"rows": 2, "data-key": "alt+n", "data-key-label": _("Note")}),
    )
    purpose = forms.ChoiceField(
        label=_("Why this note is kept"),
    )
    solved = forms.TypedChoiceField(
        label=with_key(_("Is the concern solved?"), "Alt+S"),
        required=False,
        choices=[("yes", _("Yes, solved")), ("no", _("No, something stays open"))],
        coerce=lambda word: word == "yes",
        empty_value=None,
        widget=KeyedRadios(attrs={"data-key": "alt+s", "data-key-label": _("Is the concern solved?")}),
        error_messages={
            "required": _("Please say whether the concern is solved. Everything you wrote is kept.")
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = [  # type: ignore[attr-defined]
            (one.value, format_lazy("{} ({})", one.label, one.basis)) for one in at_desk(settings.COUNTRY)
        ]


class CloseForm(RecordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["solved"].required = True


class PromiseForm(OnDesk):
    called = "promise"
    words = forms.CharField(label=_("What did you promise?"), max_length=500)
    due_on = DayField(label=_("By when?"))

    def screening(self, contact: Contact, *, by: Person) -> Screening | None:
        """What the words give away; None if the form is not valid."""
        if not self.is_valid():
            return None
        words, choices = self.cleaned_data["words"], self.choices("words") or ()
        return screened(contact, words, field=Field.PROMISE, choices=choices, by=by)


class NeedForm(OnDesk):
    """One cell of the matrix."""

    called = "need"
    USUAL = "usual"
    state = forms.ChoiceField(
        label=_("What becomes of it?"),
        choices=[*Need.State.choices, (USUAL, _("as the programme has it"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Why?"), max_length=200, required=False)


class OwnNumberForm(OnDesk):
    called = "own-number"
    category = forms.ChoiceField(label=_("What is it?"), choices=OWN_NUMBERS)
    form = forms.CharField(
        label=_("How is it written?"),
        max_length=40,
        help_text=_("# for a digit, @ for a letter: P-######"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def typed(self) -> dict[str, str]:
        return {name: str(self.data.get(name, "")) for name in ("category", "form")}
