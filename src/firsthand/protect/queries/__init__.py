"""The member's file, for the one person whose contact it is; and who looked."""

from firsthand.protect.queries.causes import Call, tell_calls
from firsthand.protect.queries.chains import Chain, chains, check, last_check
from firsthand.protect.queries.file import MemberFile, Relative, file_for, file_opened
from firsthand.protect.queries.looking import (
    Filter,
    Look,
    Looks,
    Visit,
    looked,
    looks,
    member_named,
    member_with,
    sealed_reads,
    staff,
    visits,
    who_looked,
)
from firsthand.protect.queries.opened import (
    REVIEWS,
    Opened,
    opened_for,
    opened_lately,
    opened_now,
    reviews,
    reviews_due,
    reviews_open,
)

__all__ = [
    "REVIEWS",
    "Call",
    "Chain",
    "Filter",
    "Look",
    "Looks",
    "MemberFile",
    "Opened",
    "Relative",
    "Visit",
    "chains",
    "check",
    "file_for",
    "file_opened",
    "last_check",
    "looked",
    "looks",
    "member_named",
    "member_with",
    "opened_for",
    "opened_lately",
    "opened_now",
    "reviews",
    "reviews_due",
    "reviews_open",
    "sealed_reads",
    "staff",
    "tell_calls",
    "visits",
    "who_looked",
]
