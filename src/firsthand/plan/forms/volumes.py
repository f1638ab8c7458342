"""What may be typed and chosen about the past: a file, its columns, its queues, marks and events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from firsthand.know import topics
from firsthand.people.models import Language
from firsthand.plan.models import Event, Mark, Queue, Upload
from firsthand.plan.pure.volumes import files
from firsthand.plan.queries import volumes as queries
from firsthand.plan.words.volumes import COLUMNS
from firsthand.ui.forms import DayField, MomentField

DAY = timedelta(days=1)
Choices = list[tuple[str, str | Promise]]


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, up to 50 MB: a line for each interval of 15, 30 or 60 minutes."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
        max_length=255,
    )


class Numbers(forms.Form):
    """How the file writes, and what is not there."""

    order = forms.ChoiceField(
        label=_("Days are written"),
        choices=[
            ("dmy", _("day, month, year")),
            ("mdy", _("month, day, year")),
            ("ymd", _("year, month, day")),
        ],
    )
    decimal = forms.ChoiceField(label=_("Numbers are written"), choices=[(".", "1234.5"), (",", "1234,5")])
    aht_unit = forms.TypedChoiceField(
        label=_("Talk and wrap-up is in"),
        choices=[("1.0", _("seconds")), ("60.0", _("minutes"))],
        coerce=float,
    )
    missing_is_zero = forms.TypedChoiceField(
        label=_("An interval that is missing"),
        choices=[("False", _("is a mistake: tell me")), ("True", _("had no calls"))],
        coerce=lambda said: said == "True",
    )


class ColumnsForm(Numbers):
    """For each column of the file what it holds."""

    def __init__(self, data: Any = None, *, upload: Upload) -> None:
        self.mapping = files.restored(upload.mapping)
        held = {place: of for of, place in self.mapping.columns.items()}
        initial = {
            "order": self.mapping.order,
            "decimal": self.mapping.decimal,
            "aht_unit": str(self.mapping.aht_unit),
            "missing_is_zero": str(self.mapping.missing_is_zero),
        }
        super().__init__(data, initial=initial)
        choices: Choices = [("", _("not needed")), *COLUMNS.items()]
        for place, name in enumerate(self.mapping.head):
            self.fields[f"column{place}"] = forms.ChoiceField(
                label=name or str(place + 1), choices=choices, required=False, initial=held.get(place, "")
            )

    def columns(self) -> Iterator[tuple[BoundField, list[str]]]:
        """Each column with its first values."""
        for place in range(len(self.mapping.head)):
            values = [row[place] for row in self.mapping.samples if place < len(row)]
            yield self[f"column{place}"], values[:3]

    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = super().clean() or {}
        places: dict[str, int] = {}
        for place in range(len(self.mapping.head)):
            of = kept.get(f"column{place}")
            if of and of in places:
                self.add_error(f"column{place}", _("Another column is chosen for this already."))
            elif of:
                places[of] = place
        if "start" not in places and not {"date", "time"} <= places.keys():
            self.add_error(None, _("Which column tells day and time? Choose one, or one for each."))
        if "offered" not in places and not {"answered", "abandoned"} <= places.keys():
            self.add_error(None, _("Which column counts the calls? Choose it."))
        rest = {name: kept[name] for name in Numbers.base_fields if name in kept}
        return {"mapping": files.changed(self.mapping, {**places, **rest})}


class QueuesForm(forms.Form):
    """For each queue that the file names one of ours, a new one, or none."""

    def __init__(self, data: Any = None, *, upload: Upload) -> None:
        super().__init__(data)
        choices = _queue_choices()
        for number, (name, language, queue) in enumerate(upload.names):
            label = _("All rows") if name == files.ALL else name
            self.fields[f"queue{number}"] = forms.ChoiceField(
                label=f"{label} ({language})" if language else label,
                choices=choices,
                required=False,
                initial=str(queue) if queue else _new(language or files.language_in(name), choices),
            )

    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = super().clean() or {}
        return {"chosen": [kept.get(name, "") for name in self.fields]}


def _queue_choices() -> list[tuple[str | Promise, Any]]:
    queues = list(queries.queues())
    there = {(queue.language, queue.topic) for queue in queues}
    new = [
        (f"new:{language}" + (f":{topic}" if topic else ""), f"{name}, {label}" if topic else name)
        for language, name in Language.choices
        for topic, label in [("", ""), *topics.choices()]
        if (language, topic) not in there
    ]
    ours = [(str(queue.pk), queue.name) for queue in queues]
    found: list[tuple[str | Promise, Any]] = [("", _("leave out"))]
    if ours:
        found.append((_("Our queues"), ours))
    return [*found, (_("A new queue"), new)] if new else found


def _new(language: str, choices: list[tuple[str | Promise, Any]]) -> str:
    wanted = f"new:{language}"
    offered = {value for _group, some in choices if isinstance(some, list) for value, _label in some}
    return wanted if wanted in offered else ""


def any_queue() -> forms.ModelChoiceField[Queue]:
    """One queue, or all of them."""
    return forms.ModelChoiceField(
        queries.queues(), label=_("Queue"), required=False, empty_label=_("all queues")
    )


class StretchForm(forms.Form):
    queue = any_queue()
    starts_at = MomentField(label=_("From"))
    ends_at = MomentField(label=_("Until"))

    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = super().clean() or {}
        begin, end = kept.get("starts_at"), kept.get("ends_at")
        if isinstance(begin, datetime) and isinstance(end, datetime) and end <= begin:
            self.add_error("ends_at", _("The end lies before the start."))
        return kept


class MarkForm(StretchForm):
    kind = forms.ChoiceField(label=_("What was it?"), choices=Mark.Kind.choices)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("So that next year's planner understands it. No names."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class EventForm(forms.Form):
    kind = forms.ChoiceField(label=_("What happens?"), choices=Event.Kind.choices)
    name = forms.CharField(
        label=_("Name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    queue = any_queue()
    first = DayField(label=_("First day"))
    last = DayField(label=_("Last day"))
    factor = forms.DecimalField(
        label=_("Times a usual day, on the fullest day"),
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(20),
        decimal_places=2,
        help_text=_("Empty: as learnt from the same kind in past years."),
    )

    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = super().clean() or {}
        first, last = kept.get("first"), kept.get("last")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("last", _("The last day lies before the first."))
        return kept


class CorrectionForm(StretchForm):
    factor = forms.DecimalField(
        label=_("Times what is forecast"),
        min_value=Decimal(0),
        max_value=Decimal(20),
        decimal_places=2,
        help_text=_("1.2 is a fifth more, 0.5 is half."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("It is measured afterwards whether you were right."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
