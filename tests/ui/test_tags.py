"""The house's own tags."""

import pytest
from django import forms
from django.template import engines
from django.test import RequestFactory

from firsthand.people.models import Person
from firsthand.ui.pages import back


def drawn(template: str, **context) -> str:
    return engines["django"].from_string(template).render(context)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0:00"), (65, "1:05"), (3661, "1:01:01"), (59.9, "0:59"), (-3, "0:00"), (None, "–")],
)
def test_minutes(seconds, shown):
    assert drawn("{% minutes seconds %}", seconds=seconds) == shown


def test_a_key_is_shown_as_it_is_printed():
    assert drawn('{% key "Alt+A" %}') == '<span class="keys"><kbd>Alt</kbd>+<kbd>A</kbd></span>'


def test_a_card_has_a_title_and_a_count():
    assert drawn('{% card title="Open" count=0 %}x{% endcard %}') == (
        '<section class="card"><h2>Open <span class="count">0</span></h2>x</section>'
    )


def test_a_figure_says_when_it_needs_a_hand():
    assert 'class="figure now"' in drawn("{% figure value=7 label='waiting' now=True %}")
    assert 'class="figure"' in drawn("{% figure value=7 label='waiting' now=False %}")


def test_what_people_typed_is_never_markup():
    evil = "<script>alert(1)</script>"
    person = Person(name=evil)
    out = drawn(
        "{% card title=evil %}{% endcard %}{% figure value=evil label=evil %}{% face person %}",
        evil=evil,
        person=person,
    )
    assert "<script" not in out


def test_a_synthetic_person_is_marked():
    assert "synthetic" in drawn("{% face person %}", person=Person(name="Robo", synthetic=True))


class Note(forms.Form):
    words = forms.CharField(label="Note", help_text="Short.")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A")], widget=forms.RadioSelect, required=False)


def test_a_field_links_help_and_error_to_the_widget():
    out = drawn("{% field form.words %}", form=Note({"words": ""}))
    described = out.split('aria-describedby="')[1].split('"')[0].split()
    assert described
    for mark in described:
        assert f'id="{mark}"' in out
    assert 'aria-invalid="true"' in out
    assert '<label for="id_words">' in out


def test_a_group_of_choices_has_a_legend():
    out = drawn("{% field form.kind %}", form=Note())
    assert "<fieldset" in out
    assert "<legend>Kind" in out
    assert "optional" in out


@pytest.mark.parametrize(
    ("wanted", "led"),
    [
        ("/people/", "/people/"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
        ("javascript:x", "/"),
        ("", "/"),
    ],
)
def test_the_way_back_stays_in_the_house(wanted, led):
    assert back(RequestFactory().get("/", {"next": wanted})) == led
