"""What callers confided in the demo and helpers sealed: closed lines on the file, opened with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from firsthand.home.demo.kept import Kept
from firsthand.members.models import Member
from firsthand.protect import actions
from firsthand.protect.models import Field
from firsthand.protect.pure.categories import Category
from firsthand.protect.pure.screen import Sealed
from firsthand.protect.wall import IMPORT

FROM_RUTH = [
    Sealed(Category.ADDICTION, "Ihr Mann trinkt wieder; sie schläft kaum."),
    Sealed(Category.DEBT, "Die Betreibung vom letzten Jahr ist noch offen."),
]
FROM_OTHERS = [
    Sealed(Category.HEALTH, "Wartet auf den Befund aus dem Spital und hat Angst davor."),
    Sealed(Category.PREGNANCY, "Ist im dritten Monat und hat es noch niemandem gesagt."),
]


def confidences(kept: Iterable[Kept], ruth: Member) -> None:
    for one, sealed in _told(list(kept), ruth):
        actions.seal(
            one.contact.pk,
            one.member,
            field=Field.NOTE,
            purpose=one.purpose,
            sealed=sealed,
            through=IMPORT,
            at=one.went.hung_up_at,
            by=one.went.seat.person,
        )


def _told(kept: list[Kept], ruth: Member) -> Iterator[tuple[Kept, list[Sealed]]]:
    yield from ((one, FROM_RUTH) for one in kept if one.member.pk == ruth.pk)
    others = [one for one in kept if one.member.pk != ruth.pk and one.contact.language == "de"]
    yield from ((one, [sealed]) for one, sealed in zip(others, FROM_OTHERS, strict=False))
