"""`{% screened form.words … %}`: under a field of free text, what it gives away."""

from typing import Any

from django.forms import BoundField
from django.template import Library

from firsthand.protect import parts, words
from firsthand.protect.actions import Screening

register = Library()


@register.inclusion_tag("protect/screened.html")
def screened(
    bound: BoundField,
    *,
    language: str = "de",
    mode: str = "note",
    screening: Screening | None = None,
    again: str = "",
) -> dict[str, Any]:
    """The form has two more hidden inputs around it: `concern` and `topic`; of a request it is its `kind`. `again`: the
    id of a field that, when it changes, changes what is needed.
    """
    part = parts.part(screening, field=bound.id_for_label, name=bound.html_name, mode=mode)
    return {"part": part, "language": language, "again": again}


@register.inclusion_tag("protect/screened.html")
def screened_words(
    field: str, name: str, *, language: str = "de", mode: str = "note", screening: Screening | None = None
) -> dict[str, Any]:
    """The same for a field that a template wrote by hand."""
    part = parts.part(screening, field=field, name=name, mode=mode)
    return {"part": part, "language": language}


@register.filter
def said(what: str) -> str:
    return words.said(what)


@register.filter
def law(ground: object) -> str:
    return words.law(ground)


@register.filter
def category(code: str) -> object:
    return words.of(code)
