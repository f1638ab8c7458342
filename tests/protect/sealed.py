"""What the tests of confidences do again and again."""

from __future__ import annotations

from firsthand.kernel import zones
from firsthand.protect import actions, wall
from firsthand.protect.models import Confidence, Field, Grant
from firsthand.protect.pure.categories import Category
from firsthand.protect.pure.screen import Sealed
from tests import world
from tests.logins import everything

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
    was_open = Grant.objects.open().filter(contact_id=CONTACT).exists()
    open_file()
    (made,) = actions.seal(CONTACT, world.frau_keller(), sealed=[Sealed(category, words)], **given)
    if not was_open:
        close_file()
    return made


def behind_the_wall(pk=None):
    """As the administrator sees it."""
    with everything():
        rows = list(Confidence.objects.order_by("sealed_at", "pk"))
    return rows if pk is None else next(row for row in rows if row.pk == pk)


def erase(*rows: Confidence, why: str = "request") -> int:
    with zones.of(zones.PROTECTION), wall.within({wall.RETENTION}, person=None):
        return actions.erase(rows, why=why, by=None)


def opened(row: Confidence, reason: str = "Frage nach der Therapie", **more):
    given = {"contact_id": CONTACT, "by": world.ada(), **THERAPY, **more}
    return actions.open_confidence(row.pk, reason=reason, **given)
