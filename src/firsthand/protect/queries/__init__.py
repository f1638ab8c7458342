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
    is_open,
    opened_for,
    opened_lately,
    opened_now,
    reviews,
    reviews_due,
    reviews_open,
)
from firsthand.protect.queries.sealed import Advice, SealedLine, advice, sealed_lines
from firsthand.protect.queries.searching import search_file

__all__ = [
    "REVIEWS",
    "Advice",
    "Call",
    "Chain",
    "Filter",
    "Look",
    "Looks",
    "MemberFile",
    "Opened",
    "Relative",
    "SealedLine",
    "Visit",
    "advice",
    "chains",
    "check",
    "file_for",
    "file_opened",
    "is_open",
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
    "sealed_lines",
    "sealed_reads",
    "search_file",
    "staff",
    "tell_calls",
    "visits",
    "who_looked",
]
