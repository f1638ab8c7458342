from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from firsthand.members.models import Cover
from firsthand.protect import queries
from firsthand.protect.forms.looking import RowNumber
from firsthand.protect.models import Kind, Review
from firsthand.protect.models.break_glass import LONGEST_REASON, SHORTEST_REASON

TOO_SHORT = _("At least %(limit_value)d characters: the officer reads this and must understand it.")


class Open(forms.Form):
    """Sent in the body: a member's number and a reason belong into no address."""

    # A promise knows its member; whoever keeps it need not know the number.
    member = RowNumber(required=False, widget=forms.HiddenInput())
    number = forms.CharField(
        label=_("Member number or AHV number"),
        max_length=30,
        error_messages={"required": _("Type the number of the member whose file you need.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    kind = forms.ChoiceField(label=_("What for?"), choices=Kind, widget=forms.RadioSelect)
    branch = forms.ChoiceField(label=_("Which insurance?"), choices=Cover.Branch, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why do you need it now?"),
        help_text=_("One sentence, no names. The data-protection officer reads it."),
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
        error_messages={"min_length": TOO_SHORT},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].required = not self["member"].value()

    def chosen(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "member": queries.member_to_open(given["member"], given["number"]),
            **{name: given[name] for name in ("kind", "branch", "reason")},
        }


def prefilled(asked: QueryDict) -> dict[str, Any]:
    """From the address, which holds ids, codes and days: a promise links here with its own."""
    kind = asked.get("kind", "")
    member = asked.get("member", "")
    return {
        "member": member if member.isdecimal() else "",
        "kind": kind if kind in Kind.values else "",
        "branch": Cover.Branch.BASIC,
        "reason": _reason(kind, _day(asked.get("on", ""))),
    }


def _reason(kind: str, on: date | None) -> str:
    if kind != Kind.PROMISE or on is None:
        return ""
    return _now("promise of {day}").format(day=date_format(on, "DATE_FORMAT"))


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


class Say(forms.Form):
    """What the officer finds, or what the person answers."""

    words = forms.CharField(label=_("A sentence"), required=False, max_length=LONGEST_REASON)
    says = forms.ChoiceField(choices=Review.Says, required=False)
