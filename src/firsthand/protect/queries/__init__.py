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
from firsthand.protect.queries.outreach import Advertising, Outreach, Standing, advertising, standings
from firsthand.protect.queries.shield import (
    Apart,
    apart,
    is_kept_from,
    shield_for,
    shields_for,
    shields_of,
    staff_to_shield,
)

__all__ = [
<<<<<<< HEAD
    "REVIEWS",
    "Call",
=======
    "Advertising",
    "Apart",
>>>>>>> 15f8b95 (protect: Give and withdraw a consent, begin a call only on live proof, say who is kept from whose file.)
    "Chain",
    "Filter",
    "Look",
    "Looks",
    "MemberFile",
<<<<<<< HEAD
    "Opened",
    "Relative",
    "Visit",
    "chains",
    "check",
    "file_for",
    "file_opened",
=======
    "Outreach",
    "Relative",
    "Standing",
    "advertising",
    "apart",
    "check",
    "file_for",
    "is_kept_from",
>>>>>>> 15f8b95 (protect: Give and withdraw a consent, begin a call only on live proof, say who is kept from whose file.)
    "last_check",
    "looked",
    "looks",
    "member_named",
    "member_with",
<<<<<<< HEAD
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
=======
    "shield_for",
    "shields_for",
    "shields_of",
    "staff",
    "staff_to_shield",
    "standings",
>>>>>>> 15f8b95 (protect: Give and withdraw a consent, begin a call only on live proof, say who is kept from whose file.)
]
