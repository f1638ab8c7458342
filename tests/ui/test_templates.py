"""The strict content policy holds only if no template of any room writes script or style into a page."""

import re
from pathlib import Path

import pytest

import firsthand

HOUSE = Path(firsthand.__file__).parent
TEMPLATES = sorted(HOUSE.rglob("*.html"))
FORBIDDEN = {
    "a style attribute": r"\sstyle\s*=",
    "a style element": r"<style\b",
    "an event attribute": r"<[^>]*\son[a-z]+\s*=",
    "htmx's own event attribute, which needs eval": r"\shx-on\b",
    "a javascript address": r"javascript:",
    "a filter that hx-vals or hx-trigger would evaluate": r"""hx-(vals|headers)\s*=\s*["']js:""",
}


def test_no_template_writes_script_or_style():
    assert TEMPLATES
    for template in TEMPLATES:
        text = template.read_text(encoding="utf-8")
        for what, pattern in FORBIDDEN.items():
            assert not re.search(pattern, text, flags=re.IGNORECASE), f"{template} has {what}"
        for tag in re.findall(r"<script\b[^>]*>", text, flags=re.IGNORECASE):
            assert "src=" in tag or 'type="application/json"' in tag, f"{template}: {tag}"


def test_every_key_is_held_with_alt():
    """A letter alone would be pressed by whoever dictates (WCAG 2.1.4)."""
    keys = {
        key
        for template in TEMPLATES
        for key in re.findall(r'data-key="([^"]+)"', template.read_text("utf-8"))
    }
    assert keys
    assert not {key for key in keys if not re.fullmatch(r"(ctrl\+)?alt\+(shift\+)?[a-z0-9]+", key)}


SCRIPTS = sorted(HOUSE.rglob("*.js"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: str(path.relative_to(HOUSE)))
def test_no_script_evaluates_words_or_writes_style(script: Path):
    text = script.read_text(encoding="utf-8")
    assert not re.search(r"\b(eval|Function)\(|setAttribute\(\s*[\"']style", text)


def test_nothing_but_the_colours_is_another_in_the_dark():
    """So that barriers other than of colour need be looked for in the light only (tests/browser/barriers.py)."""
    two_colours = re.compile(r"^\s*--[\w-]+: light-dark\(#[0-9a-f]{6}, #[0-9a-f]{6}\);$")
    for path in (*HOUSE.rglob("*.css"), *HOUSE.rglob("*.js"), *TEMPLATES):
        for line in path.read_text(encoding="utf-8").splitlines():
            if re.search(r"light-dark|prefers-color-scheme|color-scheme:(?! light( dark)?;)", line):
                assert two_colours.match(line), f"{path.name}: {line}"


@pytest.mark.parametrize(
    "sentence", ['<p style="x">', "<button onclick='x()'>", "<b hx-on:click='x'>", "<style>"]
)
def test_the_patterns_find_what_they_look_for(sentence):
    assert any(re.search(pattern, sentence) for pattern in FORBIDDEN.values())
