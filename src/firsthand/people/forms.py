"""What a person may type about people."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from firsthand.people import queries
from firsthand.people.models import Language, Person, Role


class SignIn(LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class AddPasskey(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey, not just a second factor: the tick that allauth asks for is always set."""

    passwordless = forms.BooleanField(
        required=False,
        label="",
        initial=True,
        widget=forms.CheckboxInput(attrs={"hidden": True, "checked": True}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("A name for this key")
        self.fields["name"].help_text = _("So that you recognise it later, for example “my laptop”.")


class PersonForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    team = forms.CharField(
        label=_("Team"),
        max_length=80,
        required=False,
        help_text=_("A new name makes a new team."),
        widget=forms.TextInput(attrs={"list": "teams", "autocomplete": "off"}),
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=_("Answers in"), choices=Language.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    decides_on_staff = forms.TypedChoiceField(
        label=_("Has a say in personnel matters"),
        required=False,
        choices=[("", _("As the roles say: only the executive board")), ("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda word: word == "yes",
        empty_value=None,
        help_text=_("Whoever has is never put through to somebody who works here, or to their family."),
    )

    @classmethod
    def of(cls, person: Person, data: Any = None) -> "PersonForm":
        team = person.team.name if person.team else ""
        said = person.decides_on_staff
        decides = "" if said is None else "yes" if said else "no"
        initial = {"name": person.name, "email": person.email, "team": team, "decides_on_staff": decides}
        return cls(data, initial={**initial, "roles": person.roles, "languages": person.languages})


class MyLanguages(forms.Form):
    languages = forms.MultipleChoiceField(
        label=_("I answer in"),
        choices=Language.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("You are offered contacts in these languages only."),
    )


class FirstPassword(forms.Form):
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=_("At least 12 characters. A short sentence is easy to remember and hard to guess."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, person: Person, data: Any = None) -> None:
        super().__init__(data)
        self.person = person

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password

    def chosen(self) -> str:
        """Empty when they make a passkey instead."""
        return str(self.cleaned_data["password"]) if self.is_bound else ""


class Secrecy(forms.Form):
    understood = forms.BooleanField(label=_("I have read this and I will keep to it."))
    version = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput())


class Find(forms.Form):
    """The filter of the list: it stands in the address and never refuses."""

    words = forms.CharField(label=_("Name, address or team"), required=False)
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("All roles")), *Role.choices], required=False)
    language = forms.ChoiceField(
        label=_("Answers in"), choices=[("", _("All languages")), *Language.choices], required=False
    )
    unsigned = forms.BooleanField(label=_("Only who has not signed the duty of secrecy"), required=False)
    left = forms.BooleanField(label=_("Only who has left"), required=False)

    def chosen(self) -> queries.Filter:
        self.is_valid()
        return queries.Filter(
            **{**self.cleaned_data, "words": self.cleaned_data.get("words", "").strip()[:80]}
        )
