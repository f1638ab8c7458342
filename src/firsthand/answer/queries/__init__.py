"""What the pages of this room show. Views have no other way to a contact than `contact_for`."""

from firsthand.answer.queries.caller import caller, callers_contact, callers_leg
from firsthand.answer.queries.desk import contact_for, desk, is_present, seat_of
from firsthand.answer.queries.log import replayed
from firsthand.answer.queries.promises import free_promise_for, owed, promise_for
from firsthand.answer.queries.rows import of_call
from firsthand.answer.queries.rules import rules
from firsthand.answer.queries.told import calls_told, cases_told, promises_told
from firsthand.answer.queries.wall import wall
from firsthand.answer.queries.watch import LanguageNow, Watch, watch

__all__ = [
    "LanguageNow",
    "Watch",
    "caller",
    "calls_told",
    "cases_told",
    "callers_contact",
    "callers_leg",
    "contact_for",
    "desk",
    "of_call",
    "is_present",
    "owed",
    "promise_for",
    "promises_told",
    "free_promise_for",
    "replayed",
    "rules",
    "seat_of",
    "wall",
    "watch",
]
