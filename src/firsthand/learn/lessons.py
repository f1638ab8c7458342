"""What a front week has taught, for whoever plans the next one: the board's own words."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from firsthand.kernel import zones
from firsthand.learn.models import About, Observation
from firsthand.plan.registry import Lesson


@zones.within(zones.LEARN)
def lessons(since: date, until: date, most: int) -> tuple[list[Lesson], int]:
    """What was heard on these days and stands: what most have heard first, then the newest; and how many there are."""
    rows = Observation.objects.standing().filter(seen_at__date__range=(since, until))
    heard: Any = rows.with_heard()
    shown = [
        Lesson(words, f"{reverse('learn:board')}?about={about}", _state(about, more))
        for words, about, more in heard.order_by("-heard", "-number").values_list("words", "about", "heard")[
            :most
        ]
    ]
    return shown, rows.count()


def _state(about: str, more: int) -> str:
    also = ngettext("%(n)d more heard it", "%(n)d more heard it", more) % {"n": more}
    return " · ".join([str(About(about).label), *([also] if more else []), gettext("open")])
