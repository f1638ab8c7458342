"""Charts as SVG in the page: Vega-Lite, drawn on the server. No script, prints, follows light and dark.

    charts.svg({"data": …, "mark": …, "encoding": …}, label=_("Calls a day in November: 120 to 480."))

`spec` is Vega-Lite without a size: it is drawn twice, for a wide page and for a phone, and house.css shows the one
that fits. Colours are the house's own properties (`INK`, `SOFT`, …), so the browser decides what they are. `label` is
what a screen reader says instead of the drawing; a table of the numbers stands beside it in a <details>.
Dates are local times, written without an offset and with `scale: {"type": "utc"}`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.utils import dates, formats, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

INK, SOFT, LINE, STRONG = "var(--ink)", "var(--ink-soft)", "var(--line)", "var(--line-strong)"
PAPER, SUNK, MARKED, NOW = "var(--paper)", "var(--sunk)", "var(--marked)", "var(--now)"
WIDE, NARROW = (1060, 300), (330, 240)  # of the drawing; the axes come on top
CONFIG: dict[str, Any] = {
    "background": "transparent",
    "font": "system-ui",
    "aria": False,  # the label says it once
    "padding": {"left": 2, "top": 6, "right": 14, "bottom": 2},
    "view": {"stroke": None},
    "axis": {
        "labelColor": SOFT, "labelFontSize": 14, "labelPadding": 6, "titleColor": SOFT, "titleFontSize": 14,
        "titleFontWeight": "normal", "gridColor": LINE, "domainColor": STRONG, "tickColor": STRONG,
    },
    "axisY": {"domain": False, "ticks": False, "tickCount": 5},
    "axisX": {"grid": False, "labelFlush": True, "labelOverlap": True},
    "text": {"color": INK, "fontSize": 14},
    "header": {"labelColor": INK, "labelFontSize": 14},
    "legend": {"labelColor": INK, "titleColor": SOFT, "labelFontSize": 14, "orient": "top", "title": None},
    "line": {"color": INK, "strokeWidth": 2},
    "area": {"color": INK, "opacity": 0.14},
    "bar": {"color": INK},
    "rule": {"color": STRONG},
    "point": {"color": INK, "filled": True},
}  # fmt: skip


def svg(spec: Mapping[str, Any], *, label: str, height: int | None = None) -> SafeString:
    """The drawing, wide and narrow, as one image with a name. `height` in pixels, of the wide one."""
    written = json.dumps(spec, default=str, sort_keys=True)
    language = translation.get_language() or "en"
    drawings = [
        _drawn(written, width, round(tall * (height or WIDE[1]) / WIDE[1]), language, kind)
        for kind, (width, tall) in (("wide", WIDE), ("narrow", NARROW))
    ]
    return format_html(
        '<div class="chart" role="img" aria-label="{}">{}{}</div>', label, *map(mark_safe, drawings)
    )


@lru_cache(maxsize=256)
def _drawn(written: str, width: int, height: int, language: str, kind: str) -> str:
    """Kept in this process only: what is drawn may be about people, and the cache is a table."""
    import vl_convert  # thirty megabytes that most processes never need

    spec = {**json.loads(written), "width": width, "height": height, "config": CONFIG}
    with translation.override(language):
        drawn = vl_convert.vegalite_to_svg(
            spec, format_locale=number_words(), time_format_locale=date_words(), allowed_base_urls=[]
        )
    if 'style="' in drawn or "<script" in drawn or "<image" in drawn:
        raise ValueError(
            "a chart may hold neither styles nor scripts nor pictures: the page's policy forbids them"
        )
    mark = hashlib.sha256(f"{written}{width}{language}".encode()).hexdigest()[:8]
    drawn = re.sub(r'(id="|url\(#)', rf"\g<1>{mark}-", drawn)  # two charts of a page each have a clip0
    return drawn.replace('class="marks"', f'class="{kind}" aria-hidden="true" focusable="false"', 1)


def number_words() -> dict[str, Any]:
    """How d3 writes numbers, from the formats of the reader's language."""
    return {
        "decimal": formats.get_format("DECIMAL_SEPARATOR"),
        "thousands": formats.get_format("THOUSAND_SEPARATOR"),
        "grouping": [3],
        "currency": ["", ""],
        "minus": "\N{MINUS SIGN}",
    }


def date_words() -> dict[str, Any]:
    """The same for days; `%x` is the short date. d3's week begins on Sunday."""
    sunday_first = [6, 0, 1, 2, 3, 4, 5]
    return {
        "dateTime": "%d.%m.%Y %H:%M",
        "date": "%d.%m.%Y",
        "time": "%H:%M",
        "periods": ["", ""],
        "days": [str(dates.WEEKDAYS[day]) for day in sunday_first],
        "shortDays": [str(dates.WEEKDAYS_ABBR[day]) for day in sunday_first],
        "months": [str(dates.MONTHS[month]) for month in range(1, 13)],
        "shortMonths": [str(dates.MONTHS_3[month]) for month in range(1, 13)],
    }
