"""Who may see which mark. A second opinion: what never crosses stands here in so many words.

config/zones.py says what each login may do, and could say it wrongly. So the attack allows what that file
allows only where it does not contradict the few sentences below, which are the promise itself.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

from firsthand.config import zones
from firsthand.config.attack.marks import Mark

# With a token for this very file and its contact (front) or for a request (protection), else nobody.
WALLED = ("protect_note", "protect_confidence")
NOBODY = ("protect_wall_key", "protect_numbersalt")
PROTECTION_ONLY = ("protect_read", "protect_read_*", "protect_line", "protect_run")
# Zones that have nothing to do with a member's file see these tables, and not one more.
ONLY = {
    "outreach": (
        *("protect_consent", "protect_suppression", "protect_outboundcontact", "protect_outreachrules"),
        *("protect_maybecalled", "people_person", "people_team", "know_*", "plan_frontweek"),
    ),
    "learn": ("learn_*", "know_*", "plan_frontweek", "people_person", "people_team"),
    "casework": (
        *("answer_promise", "answer_contact", "know_*", "plan_frontweek", "people_person", "people_team"),
    ),
}
# What was heard, and whose contact it comes from: those who see callers do not see the board, and the other way round.
BOARD = ("learn_*",)
LEARNING = ("learn", "protection")
# What signs somebody in is the front's alone.
SECRETS = ("people_person.password", "people_invitation.digest", "django_session.*", "mfa_authenticator.*")
# Of whom one may call, the list of those who call shows this (protect_maybecalled).
CALLED = {"number", "given_name", "family_name", "language", "phone"}


def opens(zone: str, table: str, column: str = "") -> bool:
    """Without any token. With `column`, that one too."""
    if table in WALLED or table in NOBODY:
        return False
    if zone != "protection" and _any(table, PROTECTION_ONLY):
        return False
    if zone not in LEARNING and _any(table, BOARD):
        return False
    if zone in ONLY and not _any(table, ONLY[zone]):
        return False
    if zone not in ("front", "protection") and _any(f"{table}.{column}", SECRETS):
        return False
    rights = zones.read(zones.TABLES.get(table, {}).get(zone, ""))
    return any("s" in letters and column not in hidden for letters, hidden in rights)


def may_see(zone: str, mark: Mark, *, own: int | None = None, callable_member: int | None = None) -> bool:
    """`own`: the member whose file the token opens, for a zone whose tokens open files."""
    if mark.table in WALLED:
        return own is not None and mark.member == own
    if zone == "outreach" and mark.table == "members_member":
        return mark.member == callable_member and mark.column in CALLED
    return opens(zone, mark.table, mark.column)


def _any(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)
