"""What is true, in the reader's language."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import get_language

from firsthand.know import catalogue
from firsthand.know import topics as labels
from firsthand.know.models import Concern, ConcernText
from firsthand.know.pure import search as searching
from firsthand.know.pure import topics


@dataclass(frozen=True)
class Card:
    """What a helper needs to answer one concern."""

    code: str
    topic: str  # the caller's topic
    label: Promise | str
    question: str
    facts: tuple[str, ...]
    yearly: tuple[str, ...]
    basis: str
    sources: tuple[str, ...]
    confirmed: bool


@dataclass(frozen=True)
class Group:
    label: Promise | str
    texts: Sequence[ConcernText]


@dataclass(frozen=True)
class Found:
    groups: Sequence[Group]
    total: int


def concerns(language: str, country: str = "", topic: str = "") -> list[ConcernText]:
    """The catalogue of a country in a language, with `.concern`; of one topic or all.

    The topic may be a caller's or one of the catalogue.
    """
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
        label=labels.label(concern.topic, concern.country),
        question=text.question,
        facts=tuple(text.facts.splitlines()),
        yearly=tuple(text.yearly_facts.splitlines()),
        basis=text.basis,
        sources=tuple(catalogue.sources().get(mark, mark) for mark in concern.sources),
        confirmed=concern.confirmed,
    )


def search(words: str, language: str, country: str = "", topic: str = "") -> list[ConcernText]:
    """The concerns that have these words, best first; nothing typed is everything. A small table: 34 rows."""
    found = concerns(language, country, topic)
    if not words.strip():
        return found
    return searching.best(
        words, found, lambda text: (text.question, text.words, f"{text.facts} {text.yearly_facts}")
    )


def found(*, words: str, topic: str, language: str) -> Found:
    """What the page shows: by topic as long as nothing is typed, then the best first."""
    texts = search(words, language, topic=topic)
    if words.strip():
        return Found([Group("", texts)] if texts else [], len(texts))
    groups = [
        Group(label, [text for text in texts if _is_about(text, slug)]) for slug, label in labels.choices()
    ]
    return Found([group for group in groups if group.texts], len(texts))


def concern_named(code: str) -> Concern:
    """A concern of the insurer's own country."""
    concern = Concern.objects.filter(code=code, country=settings.COUNTRY).first()
    if concern is None:
        raise Http404
    return concern


def _is_about(text: ConcernText, group: str) -> bool:
    return topics.group_of(text.concern.topic, text.concern.country) == group


def spoken(language: str) -> str:
    """The catalogue's language for a page's: de-ch is de; one it does not have is German."""
    short = language[:2].lower()
    return short if short in catalogue.LANGUAGES else "de"


def question(pk: int | None) -> str:
    """How a concern is asked, in the reader's language or the first that there is; empty for none."""
    texts = {text.language: text.question for text in ConcernText.objects.filter(concern=pk)} if pk else {}
    return texts.get(get_language() or "", "") or texts.get(_base(), "") or next(iter(texts.values()), "")


def questions(pks: Collection[int]) -> dict[int, str]:
    """How each of these concerns is asked, in the reader's language; in German where there is no other."""
    if not pks:
        return {}
    language = spoken(get_language() or "")
    texts = ConcernText.objects.filter(language__in={language, "de"}, concern__in=pks)
    return {
        text.concern_id: text.question for text in sorted(texts, key=lambda text: text.language == language)
    }


def _base() -> str:
    return (get_language() or "").partition("-")[0]
