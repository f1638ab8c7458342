"""Rooms and training days."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from firsthand.people.models import Language
from firsthand.plan.models import Part, Room, Training
from firsthand.ui.forms import DayField

MOST_SEATS = 2000


class HalfDayForm(forms.Form):
    """What a button of the grid says: the day, the half, and whether it is to be worked."""

    day = DayField()
    part = forms.ChoiceField(choices=Part.choices)
    on = forms.BooleanField(required=False)

    @classmethod
    def of(cls, pressed: str) -> HalfDayForm:
        day, _dot, rest = pressed.partition(".")
        part, _dot, on = rest.partition(".")
        return cls({"day": day, "part": part, "on": on})


class RoomForm(forms.Form):
    name = forms.CharField(
        label=_("Room"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=MOST_SEATS)

    @classmethod
    def of(cls, room: Room | None, data: Any = None) -> RoomForm:
        return cls(data, initial={name: getattr(room, name) for name in cls.base_fields} if room else None)


class TrainingForm(forms.Form):
    day = DayField(label=_("Day"))
    part = forms.ChoiceField(
        label=_("How long"), required=False, choices=[("", _("the whole day")), *Part.choices]
    )
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=MOST_SEATS)
    place = forms.CharField(
        label=_("Place"), max_length=80, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    refresher = forms.BooleanField(label=_("Refresher, for who was there before"), required=False)

    @classmethod
    def of(cls, training: Training | None, data: Any = None) -> TrainingForm:
        return cls(
            data, initial={name: getattr(training, name) for name in cls.base_fields} if training else None
        )

    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = super().clean() or {}
        if not kept.get("refresher") and kept.get("part"):
            self.add_error(
                "part", _("Whoever is new is trained for a whole day. A half-day is for a refresher.")
            )
        return kept
