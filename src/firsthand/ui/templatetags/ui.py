"""The house's own tags. They are builtins: no `{% load %}` anywhere."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from babel import Locale, dates
from django.conf import settings
from django.forms import BoundField
from django.template import Context, Library
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from firsthand.ui import charts, languages
from firsthand.ui import navigation as pages

register = Library()


@register.simple_block_tag
def card(
    content: SafeString, *, title: str = "", count: int | None = None, level: int = 2, id: str = ""
) -> str:
    """A part of a page with a title; the count stands beside it when there is one."""
    beside = format_html(' <span class="count">{}</span>', count) if count is not None else ""
    head = format_html("<h{0}>{1}{2}</h{0}>", level, title, beside) if title else ""
    mark = format_html(' id="{}"', id) if id else ""
    return format_html('<section class="card"{}>{}{}</section>', mark, head, content)


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """Label, help, widget, errors, linked for screen readers."""
    return bound.as_field_group()


@register.simple_tag
def figure(*, value: object, label: object, target: object = "", now: object = False) -> str:
    """One big number with its name and its target; `now` when it needs a hand."""
    goal = format_html('<span class="target">{}</span>', target) if target else ""
    return format_html(
        '<div class="figure{}"><span class="value">{}</span><span class="label">{}</span>{}</div>',
        " now" if now else "",
        value,
        label,
        goal,
    )


@register.simple_tag
def chart(spec: Mapping[str, Any], *, label: str, height: int | None = None) -> str:
    """A Vega-Lite chart (ui/charts.py); `label` says it to a screen reader, a table stands beside it."""
    return charts.svg(spec, label=label, height=height)


@register.simple_tag
def face(person: Any) -> str:
    """The initials of somebody; the name is said to a screen reader and shown on hover."""
    made = " synthetic" if getattr(person, "synthetic", False) else ""
    return format_html(
        '<span class="face{}" role="img" aria-label="{}" title="{}">{}</span>',
        made,
        person.name,
        person.name,
        person.initials,
    )


@register.simple_tag
def minutes(seconds: float | None) -> str:
    """65 → 1:05, an hour and more → 1:01:05."""
    if seconds is None:
        return "–"
    whole, rest = divmod(max(0, int(seconds)), 60)
    hours, whole = divmod(whole, 60)
    return f"{hours}:{whole:02}:{rest:02}" if hours else f"{whole}:{rest:02}"


@register.filter
def long_day(when: date | datetime, hour: str = "") -> str:
    """“Monday, 23 November” as the reader's language writes it; with `long_day:"H"` the time of day too."""
    local = timezone.localtime(when) if isinstance(when, datetime) else when
    locale = _locale()
    weekday = dates.format_date(local, "EEEE", locale=locale)
    day = dates.format_skeleton("MMMMd", local, locale=locale)
    # Romance languages write “lundi 23 novembre”, German and English “Montag, 23. November”.
    said = f"{weekday} {day}" if locale.language in {"fr", "it"} else f"{weekday}, {day}"
    return f"{said}, {local:%H:%M}" if hour and isinstance(local, datetime) else said


@register.filter
def short_day(when: date | datetime) -> str:
    """“Mon 23/11”, “Mo 23.11.”: for the head of a table, with the day as every other date of the house has it."""
    local = timezone.localtime(when) if isinstance(when, datetime) else when
    locale = _locale()
    if locale.language == "en":
        return str(dates.format_skeleton("MEd", local, locale=locale))
    weekday = dates.format_date(local, "EEE", locale=locale)
    return f"{weekday.rstrip('.')} {local:%d.%m.}"


def _locale() -> Locale:
    return Locale.parse((get_language() or "en-gb").replace("-", "_"))


@register.filter
def nth(row: Any, number: int) -> Any:
    """What stands at this place of a list; nothing behind its end."""
    return row[number] if number < len(row) else None


@register.filter
def signed(number: float) -> str:
    """3 → +3, -2 → −2 with a true minus, which a screen reader says; 0 → 0."""
    whole = round(number)
    return f"{'+' if whole > 0 else '−' if whole < 0 else ''}{abs(whole)}"


@register.simple_tag
def key(keys: str) -> str:
    """`{% key "Alt+A" %}` as keys are printed on a keyboard."""
    caps = format_html_join("+", "<kbd>{}</kbd>", ((part,) for part in keys.split("+")))
    return format_html('<span class="keys">{}</span>', caps)


@register.simple_tag
def into(target: str = "this", swap: str = "innerHTML") -> str:
    """Where the answer of a request for a part goes; undoes what the page's boosted links inherit."""
    return format_html('hx-target="{}" hx-select="unset" hx-swap="{}"', target, swap)


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> pages.Links | None:
    request = context.get("request")
    return pages.links(request) if request is not None else None


@register.simple_tag
def page_languages() -> list[tuple[str, str, str]]:
    return languages.offered()


@register.simple_tag
def lock_seconds() -> int:
    return int(settings.LOCK_MINUTES * 60)


@register.simple_tag
def link_to(name: str, *args: object) -> str:
    """The address of a page, or nothing when its room is not there."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def optional(context: Context, name: str) -> SafeString:
    """Include a template of a room above this one, if it is there."""
    try:
        template = get_template(name)
    except TemplateDoesNotExist:
        return SafeString("")
    return SafeString(template.template.render(context))  # type: ignore[attr-defined]
