"""From whom a contact is kept, because its caller may be one of us."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from firsthand.answer.models import Contact
from firsthand.protect import queries as shields


class Kept(TypedDict):
    """The two fields of a contact that say from whom it is kept."""

    shielded: bool
    kept_from: list[int]


def kept(
    contact: Contact | None = None, *, phone: str = "", name: str = "", member: int | None = None
) -> Kept:
    """For whom it may be: a number that fits, a name that fits, a member for certain. What was known of the
    contact before stays known: a guess that is taken back is no reason to be less careful.
    """
    (apart,) = shields.apart([shields.Caller([phone], name, member)])
    return _with(apart, contact)


def kept_each(contacts: Sequence[Contact]) -> list[Kept]:
    """For each of these by all that stands in it: also the number to call back."""
    callers = [
        shields.Caller([one.caller_phone, one.callback_phone], one.caller_name, one.member_id)
        for one in contacts
    ]
    return [_with(apart, one) for apart, one in zip(shields.apart(callers), contacts, strict=True)]


def _with(apart: shields.Apart, contact: Contact | None) -> Kept:
    shielded, people = (contact.shielded, contact.kept_from) if contact else (False, [])
    return {"shielded": shielded or apart.shielded, "kept_from": sorted({*people, *apart.people})}


def unkept() -> Kept:
    """A synthetic caller is nobody."""
    return {"shielded": False, "kept_from": []}
