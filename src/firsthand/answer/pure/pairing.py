"""Many who wait, many who are ready: who is offered to whom, when all are looked at together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Contact:
    id: int
    language: str
    topic: str  # empty: the caller did not say
    synthetic: bool
    declined_by: Sequence[int] = ()
    shielded: bool = False  # perhaps somebody who works here, or a relative
    kept_from: Sequence[int] = ()  # people


@dataclass(frozen=True)
class Seat:
    id: int
    languages: Sequence[str]
    topics: Sequence[str]
    synthetic: bool
    decides: bool = False  # has a say in personnel matters
    person: int = 0


def fits(seat: Seat, contact: Contact) -> bool:
    """What answer_fits says in the database, but for presence and time. The database asks again as it
    writes.
    """
    return _kind_fits(seat, contact) and _person_fits(seat, contact)


def _kind_fits(seat: Seat, contact: Contact) -> bool:
    return (
        seat.synthetic == contact.synthetic
        and contact.language in seat.languages
        and (not contact.topic or contact.topic in seat.topics)
        and not (contact.shielded and seat.decides)
    )


def _person_fits(seat: Seat, contact: Contact) -> bool:
    return seat.id not in contact.declined_by and seat.person not in contact.kept_from


def pair(contacts: Sequence[Contact], seats: Sequence[Seat]) -> list[tuple[int, int]]:
    """Each contact in its turn gets the first seat that fits and is free; both come in their order.

    Seats are sorted once for each kind of contact, so that a thousand and a thousand are not a million.
    """
    by_kind: dict[tuple[str, str, bool, bool], list[Seat]] = {}
    taken: set[int] = set()
    pairs = []
    for contact in contacts:
        kind = (contact.language, contact.topic, contact.synthetic, contact.shielded)
        if kind not in by_kind:
            by_kind[kind] = [seat for seat in seats if _kind_fits(seat, contact)]
        by_kind[kind] = free = _from_first_free(by_kind[kind], taken)
        seat = next((seat for seat in free if seat.id not in taken and _person_fits(seat, contact)), None)
        if seat is not None:
            taken.add(seat.id)
            pairs.append((contact.id, seat.id))
    return pairs


def _from_first_free(seats: list[Seat], taken: set[int]) -> list[Seat]:
    """Without those at the front that are gone; looked at again only while somebody took one."""
    gone = next((at for at, seat in enumerate(seats) if seat.id not in taken), len(seats))
    return seats[gone:] if gone else seats
