"""What the tests of confidences do again and again."""

from __future__ import annotations

from firsthand.protect import actions
from firsthand.protect.models import Confidence, Field
from firsthand.protect.pure.categories import Category
from firsthand.protect.pure.screen import Sealed
from tests import world

CONTACT = 41
WORDS = "trinkt wieder seit dem Winter"
THERAPY = {"concern": "CH21", "topic": "leistung"}  # needs to know of an addiction
MOVE = {"concern": "CH28", "topic": "umzug"}  # does not


def open_file(contact: int = CONTACT) -> None:
    actions.open_file(contact, world.frau_keller(), by=world.ada())


def close_file(contact: int = CONTACT) -> None:
    actions.close_file(contact, by=world.ada())


def sealed(words: str = WORDS, category: Category = Category.ADDICTION, **more) -> Confidence:
    """One that stands, of Frau Keller."""
    given = {"field": Field.NOTE, "purpose": "kvg_c", "by": world.ada(), **more}
    (made,) = actions.seal(CONTACT, world.frau_keller(), sealed=[Sealed(category, words)], **given)
    return made


def opened(row: Confidence, reason: str = "Frage nach der Therapie", **more):
    given = {"contact_id": CONTACT, "by": world.ada(), **THERAPY, **more}
    return actions.open_confidence(row.pk, reason=reason, **given)
