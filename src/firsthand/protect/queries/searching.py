"""A search in the notes of the one file that is open. Over all members' notes there is none, on purpose."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import transaction
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.translation import get_language

from firsthand.people.models import Person
from firsthand.protect import wall
from firsthand.protect.models import Grant, Note, What
from firsthand.protect.models.purposes import of_branches
from firsthand.protect.queries.reading import reading
from firsthand.protect.queries.requests import restricted

LONGEST = 100
MOST = 50
# Made when a note is written, in all languages at once (sql/wall.sql); no field, so that nobody loads it.
LEXEMES = RawSQL('"protect_note"."lexemes"', [], SearchVectorField())
DICTIONARIES = {"de": "german", "fr": "french", "it": "italian", "en": "english"}


@transaction.atomic
def search_file(person: Person, words: str, *, branches: Collection[str], why: str = "") -> list[Note] | None:
    """Earlier notes with all these words, of the branches that the concern needs; None if no file is open.

    Logged as a read before it is one; what was searched for is written nowhere.
    """
    grant = Grant.objects.open().filter(person=person).first()
    if grant is None:
        return None
    if restricted(grant.member_id):
        return []
    purposes = of_branches(branches)
    reading(
        What.SEARCH,
        grant.member_id,
        by=person,
        contact=grant.contact_id,
        break_glass=grant.break_glass_id,
        why=why,
        purposes=purposes,
    )
    with wall.within(purposes, person=person, contact=grant.contact_id):
        notes = Note.objects.filter(member=grant.member_id, purpose__in=purposes)
        found = notes.alias(sought=LEXEMES).filter(_with(words))
        return list(found.order_by("-written_at")[:MOST])


def _with(words: str) -> Q:
    """All words: as stems, or each somewhere inside a word. German joins words that people seek apart."""
    terms = words.replace("\x00", " ")[:LONGEST].split()
    inside = Q(*(Q(words__icontains=term) for term in terms)) if terms else Q(pk__in=[])
    return inside | Q(sought=SearchQuery(" ".join(terms), config=_dictionary(), search_type="plain"))


def _dictionary() -> str:
    return DICTIONARIES.get((get_language() or "de")[:2], "german")
