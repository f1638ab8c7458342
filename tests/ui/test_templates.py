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


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_it_writes_no_script_and_no_style(template: Path):
    text = template.read_text(encoding="utf-8")
    for what, pattern in FORBIDDEN.items():
        assert not re.search(pattern, text, flags=re.IGNORECASE), f"{template.name} has {what}"
    for tag in re.findall(r"<script\b[^>]*>", text, flags=re.IGNORECASE):
        assert "src=" in tag or 'type="application/json"' in tag, f"{template.name}: {tag}"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_it_can_be_read_at_once(template: Path):
    assert len(template.read_text(encoding="utf-8").splitlines()) <= 150


SCRIPTS = sorted(HOUSE.rglob("*.js"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: str(path.relative_to(HOUSE)))
def test_no_script_evaluates_words_or_writes_style(script: Path):
    text = script.read_text(encoding="utf-8")
    assert not re.search(r"\b(eval|Function)\(|setAttribute\(\s*[\"']style", text)


@pytest.mark.parametrize(
    "sentence", ['<p style="x">', "<button onclick='x()'>", "<b hx-on:click='x'>", "<style>"]
)
def test_the_patterns_find_what_they_look_for(sentence):
    assert any(re.search(pattern, sentence) for pattern in FORBIDDEN.values())
