"""What the officer types about a request, a clock or a hold; and what a helper chooses at the desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from firsthand.members.actions import CORRECTABLE
from firsthand.members.models import Member
from firsthand.people.models import Person
from firsthand.protect import queries, words
from firsthand.protect.actions import Screening, screened_request
from firsthand.protect.forms.looking import RowNumber
from firsthand.protect.forms.screening import Choosing
from firsthand.protect.models import Decision, Identity, RequestKind, RequestWay
from firsthand.protect.package import passphrase
from firsthand.ui.forms import DayField

PLAIN = {"autocomplete": "off", "spellcheck": "false"}
NOT_CHOSEN = [("", "–")]  # what is proved or decided is said by a hand, never by what stood there first
_here = lazy(words.law, str)


class Ask(Choosing):
    """At the desk, for the member on the line: one choice, and in a few words what a correction is about."""

    screening: Screening | None = None

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="ask-%s")

    def asks_first(self, member: Member | None, *, by: Person) -> bool:
        """Whether something would go that the page has not shown yet."""
        self.screening = screened_request(**self.said(), member=member, by=by)
        return bool(self.unseen("words", self.screening))

    def said(self) -> dict[str, Any]:
        return {**self.cleaned_data, "choices": self.choices("words") or ()}

    kind = forms.ChoiceField(label=_("What does the member want?"), choices=RequestKind.choices)
    words = forms.CharField(
        label=_("What exactly, if not everything"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class Take(forms.Form):
    """For the officer, from a letter. Sent in the body: a number is personal data."""

    kind = forms.ChoiceField(label=_("What is asked for?"), choices=RequestKind.choices)
    way = forms.ChoiceField(
        label=_("How did it come?"), choices=RequestWay.choices, initial=RequestWay.LETTER
    )
    received_on = DayField(label=_("Received on"))
    number = forms.CharField(
        label=_("Member number or AHV number, or the telephone number of somebody we do not know"),
        max_length=30,
        widget=forms.TextInput(attrs=PLAIN),
    )
    words = forms.CharField(
        label=_("What exactly, if not everything"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"received_on": timezone.localdate()})

    def chosen(self) -> dict[str, Any]:
        """A member if the number is one; otherwise a telephone number."""
        given = dict(self.cleaned_data)
        number = given.pop("number")
        return {**given, "member": queries.member_named(number), "phone": number}


class HowKnown(forms.Form):
    how = forms.ChoiceField(
        label=_("How do we know that it is the person?"), choices=[*NOT_CHOSEN, *Identity.choices]
    )


class Prolong(forms.Form):
    until = DayField(label=_("New last day"))
    why = forms.CharField(label=_("Why, as we tell the person"), max_length=300)


class Decide(forms.Form):
    decision = forms.ChoiceField(label=_("Decision"), choices=[*NOT_CHOSEN, *Decision.choices])
    norm = forms.CharField(
        label=_("Norm on which all or a part is refused"),
        max_length=120,
        required=False,
        help_text=_here(_("For example: CH Art. 26 (1) (b) FADP; DE Art. 17 (3) (b) GDPR")),
    )


class Package(forms.Form):
    """The password is made for this page, told to the person by another way, and kept nowhere."""

    word = forms.CharField(
        label=_("Password of the file"),
        min_length=12,
        max_length=60,
        help_text=_("Write it down now and tell it by another way than the file. It is kept nowhere."),
        widget=forms.TextInput(attrs=PLAIN),
    )
    again = forms.CharField(label=_("Why once more?"), max_length=200, required=False)

    def __init__(self, data: Any = None, *, once_more: bool) -> None:
        super().__init__(data, initial={"word": passphrase()})
        self.fields["again"].required = once_more


class Correct(forms.Form):
    field = forms.ChoiceField(
        label=_("What is wrong?"), choices=[(name, says) for name, says in CORRECTABLE.items()]
    )
    value = forms.CharField(label=_("What is right?"), max_length=120, widget=forms.TextInput(attrs=PLAIN))


class Say(forms.Form):
    """What the member says of one note."""

    row = RowNumber(widget=forms.HiddenInput())
    words = forms.CharField(label=_("What the member says to it"), max_length=500)


class Settle(forms.Form):
    """Of one note it is clear who was right, or the member takes it back."""

    row = RowNumber(widget=forms.HiddenInput())


class Restrict(forms.Form):
    norm = forms.CharField(
        label=_("Norm"), max_length=80, initial=_here(_("CH Art. 32 (2) FADP; DE Art. 18 (1) GDPR"))
    )


class Hold(forms.Form):
    number = forms.CharField(
        label=_("Member number or AHV number"), max_length=30, widget=forms.TextInput(attrs=PLAIN)
    )
    case = RowNumber(label=_("What is held?"), required=False, widget=forms.Select())
    until = DayField(label=_("Last day"))
    reason = forms.CharField(label=_("Which proceeding?"), max_length=300)
    cases: Sequence[queries.CaseOf] | None = None  # None: nobody has asked for them

    def offer(self, cases: Sequence[queries.CaseOf]) -> Hold:
        self.cases = cases
        named = [(one.number, _case(one)) for one in cases]
        self.fields["case"].widget.choices = [("", _("everything of this member")), *named]
        return self


def _case(one: queries.CaseOf) -> str:
    day = date_format(one.opened_on, "SHORT_DATE_FORMAT")
    return f"{one.number} · {day} · {one.question or _now('no concern named')}"


class ClockAmount(forms.Form):
    amount = forms.IntegerField(label=_("Kept for"), min_value=1, max_value=10_000)


class OneNothing(forms.Form):
    """A button."""
