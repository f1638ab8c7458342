"""What is true, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet

from firsthand.know import catalogue
from firsthand.know.models import Concern, ConcernText
from firsthand.know.pure import search as searching
from firsthand.know.pure import topics


@dataclass(frozen=True)
class Card:
    """What a helper needs to answer one concern."""

    code: str
    topic: str  # the caller's topic, for know.topics.label
    question: str
    facts: tuple[str, ...]
    yearly: tuple[str, ...]
    basis: str
    sources: tuple[str, ...]
    confirmed: bool


def concerns(language: str, country: str = "", topic: str = "") -> list[ConcernText]:
    """The catalogue of a country in a language, with `.concern`; of one topic (a caller's or the catalogue's) or all."""
    country = country or settings.COUNTRY
    found = ConcernText.objects.filter(language=spoken(language), concern__country=country)
    if topic:
        found = found.filter(concern__topic__in=topics.members_of(topic, country) or (topic,))
    return list(found.select_related("concern").order_by("concern__code"))


def card(concern: Concern, language: str) -> Card:
    """One concern in a language; in German if it has no words in that one."""
    texts: QuerySet[ConcernText] = concern.texts.filter(language__in=[spoken(language), "de"])
    by_language = {text.language: text for text in texts}
    text = by_language.get(spoken(language)) or by_language.get("de") or ConcernText(question=concern.code)
    return Card(
        code=concern.code,
        topic=topics.group_of(concern.topic, concern.country),
        question=text.question,
        facts=tuple(text.facts.splitlines()),
        yearly=tuple(text.yearly_facts.splitlines()),
        basis=text.basis,
        sources=tuple(catalogue.sources().get(mark, mark) for mark in concern.sources),
        confirmed=concern.confirmed,
    )


def search(words: str, language: str, country: str = "") -> list[ConcernText]:
    """The concerns that have these words, best first; nothing typed is everything. The table is small: 34 rows."""
    found = concerns(language, country)
    if not words.strip():
        return found
    return searching.best(
        words, found, lambda text: (text.question, text.words, f"{text.facts} {text.yearly_facts}")
    )


def spoken(language: str) -> str:
    """The catalogue's language for a page's: de-ch is de; one it does not have is German."""
    short = language[:2].lower()
    return short if short in catalogue.LANGUAGES else "de"
