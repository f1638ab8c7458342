import re
import xml.etree.ElementTree as ElementTree

import pytest
from django.utils import translation

from firsthand.ui import charts

SPEC = {
    "data": {
        "values": [
            {"day": "2026-03-02T00:00:00", "calls": 1000.5},
            {"day": "2026-03-09T00:00:00", "calls": 2400},
        ]
    },
    "mark": {"type": "line", "clip": True},
    "encoding": {
        "x": {"field": "day", "type": "temporal", "scale": {"type": "utc"}, "axis": {"format": "%A %-d. %B"}},
        "y": {"field": "calls", "type": "quantitative", "axis": {"format": ",.1f", "values": [2400]}},
    },
}


@pytest.fixture(scope="module")
def chart():
    return charts.svg(SPEC, label='Calls "a day" < 2500')


def test_it_is_one_image_with_a_name_drawn_for_two_widths(chart):
    whole = ElementTree.fromstring(chart)
    assert whole.get("role") == "img"
    assert whole.get("aria-label") == 'Calls "a day" < 2500'
    assert [drawing.get("class") for drawing in whole] == ["wide", "narrow"]
    assert all(drawing.get("aria-hidden") == "true" for drawing in whole)
    wide, narrow = (float(drawing.get("width", 0)) for drawing in whole)
    assert narrow < wide / 2


def test_the_policy_of_the_page_lets_it_through(chart):
    assert "<script" not in chart
    assert "style=" not in chart
    assert "href=" not in chart.replace("xmlns:xlink", "")


def test_its_colours_are_the_houses_own(chart):
    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', chart)) - {"none", "transparent"}
    assert colours
    assert all(colour.startswith("var(--") for colour in colours)


def test_two_charts_of_a_page_share_no_id(chart):
    other = charts.svg({**SPEC, "title": "Another"}, label="Another")
    ids = re.findall(r'id="([^"]+)"', chart + other)
    assert ids
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]+)\)", chart + other)) == set(ids)


@pytest.mark.parametrize(
    ("language", "number", "day"),
    [
        ("en", "2,400.0", "March"),
        ("de", "2.400,0", "März"),
        ("de-ch", "2’400.0", "März"),
        ("fr", "2’400.0", "mars"),
        ("it", "2’400.0", "marzo"),
    ],
)
def test_numbers_and_days_are_written_as_the_reader_does(language, number, day):
    with translation.override(language):
        chart = charts.svg(SPEC, label="Calls")
    assert number in chart
    assert day.lower() in chart.lower()


def test_a_picture_from_elsewhere_is_refused():
    image = {"data": {"values": [{"url": "https://example.org/a.png"}]}, "mark": "image"}
    with pytest.raises(ValueError, match="policy forbids"):
        charts.svg({**image, "encoding": {"url": {"field": "url"}}}, label="A picture")
