"""Before something of a member is shown, it is written down who sees it and why."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection
from django.db.transaction import TransactionManagementError

from firsthand.journal.pure import words
from firsthand.kernel import sql
from firsthand.people.models import Person, Role

# As what somebody looks. In the room nobody has a rank: an executive on the phone is a helper.
AS = {
    Role.SPECIALIST: Role.SPECIALIST,
    Role.ADVISOR: Role.ADVISOR,
    Role.HELPER: Role.HELPER,
    Role.EXECUTIVE: Role.HELPER,
    Role.PROTECTION: Role.PROTECTION,
    Role.ORGANISER: Role.ORGANISER,
    Role.OWNER: Role.OWNER,
}


def reading(
    what: str,
    member_id: int,
    *,
    by: Person | None,
    contact: int | None = None,
    break_glass: int | None = None,
    request: int | None = None,
    why: str = "",
    purposes: Collection[str] = (),
) -> None:
    """One row of the read log, in the transaction that reads: call it before the read.

    A read that cannot be logged does not happen: what is raised here ends the transaction. `what` is a
    `models.What`, `why` a code; `by=None` is a command of the house.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("a read is logged in the transaction that reads")
    if not words.is_code(why):
        raise ValueError("the reason of a read is a short code")
    given = {
        "actor": by.pk if by else None,
        "role": as_what(by, at_desk=request is None and (contact or break_glass) is not None),
        "member": member_id,
        "contact": contact,
        "break_glass": break_glass,
        "request": request,
        "what": str(what),
        "why": why,
        "purposes": sorted(purposes),
    }
    with connection.cursor() as cursor:
        cursor.execute(sql.named("firsthand.protect", "reading")["log_read"], given)


def as_what(by: Person | None, *, at_desk: bool) -> str:
    """With a file open, as who answers; else the officer is the officer."""
    if by is None:
        return "house"
    if not at_desk and by.has_role(Role.PROTECTION):
        return Role.PROTECTION.value
    return next((shown.value for role, shown in AS.items() if by.has_role(role)), "")
