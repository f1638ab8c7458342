"""Four languages, complete: nothing missing, nothing left over, the same placeholders, Swiss spelling."""

from __future__ import annotations

import re

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from scripts import messages

WHOLE = ["de", "fr", "it"]


def read(language: str) -> Catalog:
    with messages.catalogue(language).open("rb") as file:
        return read_po(file, locale=language)


def keys(catalog: Catalog) -> set[tuple[object, str | None]]:
    return {(message.id, message.context) for message in catalog if message.id}


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or [])


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|\{\w+\}|%[sd]", text))


def test_every_sentence_is_there_and_no_other():
    wanted = keys(messages.extract())
    for language in WHOLE:
        assert keys(read(language)) == wanted, f"{language}: run `make messages`"


@pytest.mark.parametrize("language", WHOLE)
def test_every_sentence_is_translated(language):
    missing = [message.id for message in read(language) if message.id and not all(forms(message))]
    assert not missing


@pytest.mark.parametrize("language", [*WHOLE, "de_CH"])
def test_no_sentence_is_doubtful(language):
    assert not [message.id for message in read(language) if message.fuzzy and message.id]


@pytest.mark.parametrize("language", [*WHOLE, "de_CH"])
def test_placeholders_are_kept(language):
    for message in read(language):
        if not message.id or not any(forms(message)):
            continue
        source = message.id if isinstance(message.id, str) else message.id[-1]
        for form in forms(message)[-1:]:
            assert placeholders(form) == placeholders(source), message.id


def test_swiss_pages_have_no_sharp_s():
    """de_CH overrides every German sentence that Switzerland spells otherwise, and says the same."""
    swiss = {(m.id, m.context): m for m in read("de_CH") if m.id}
    for message in read("de"):
        spelt = [messages.swiss(form) for form in forms(message)]
        if message.id and spelt != forms(message):
            override = swiss.get((message.id, message.context))
            assert override, f"de_CH lacks {message.id!r}"
            assert forms(override) == spelt, "run `make messages`"
    assert not [m.id for m in swiss.values() if any("ß" in form for form in forms(m))]
