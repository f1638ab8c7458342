"""What can be done with contacts and seats. Each verb: check, change, nudge, in one transaction.

A move of a contact needs no journal entry beside it: the event that the database writes is one (who, when,
why).
"""

from firsthand.answer.actions.advertising import no_advertising
from firsthand.answer.actions.arriving import arrive, ask_callback, caller_hung_up, give_up
from firsthand.answer.actions.closing import close
from firsthand.answer.actions.losing import (
    call_over,
    caller_back,
    caller_gone,
    caller_silent,
    helper_back,
    helper_silent,
)
from firsthand.answer.actions.matching import match_contact, match_seat
from firsthand.answer.actions.offers import decline, take
from firsthand.answer.actions.record import (
    draft,
    keep_promise,
    name_concern,
    note,
    promise,
    take_promise,
    write,
)
from firsthand.answer.actions.refusals import (
    BadPhone,
    CallerGone,
    HandedOn,
    NoMoreTries,
    NotAnswering,
    NotReady,
    NotSigned,
    NotVerified,
    NotYours,
    OfferGone,
    StillInContact,
    StillTalking,
    StillWithCaller,
    TooLong,
)
from firsthand.answer.actions.rules import change_rules
from firsthand.answer.actions.seats import beat, beat_synthetic, beats, doubt, say_away, say_ready, signed_out
from firsthand.answer.actions.shielding import decides_now, look_again
from firsthand.answer.actions.sweeping import sweep
from firsthand.answer.actions.talking import audible, hang_up, hold, not_reached, reached, resume
from firsthand.answer.actions.verifying import verify

__all__ = [
    "BadPhone",
    "CallerGone",
    "HandedOn",
    "NoMoreTries",
    "NotAnswering",
    "NotReady",
    "NotSigned",
    "NotVerified",
    "NotYours",
    "OfferGone",
    "StillInContact",
    "StillTalking",
    "StillWithCaller",
    "TooLong",
    "arrive",
    "ask_callback",
    "audible",
    "beat",
    "beat_synthetic",
    "beats",
    "call_over",
    "caller_back",
    "caller_gone",
    "caller_hung_up",
    "caller_silent",
    "change_rules",
    "close",
    "decides_now",
    "decline",
    "doubt",
    "draft",
    "give_up",
    "hang_up",
    "helper_back",
    "helper_silent",
    "hold",
    "keep_promise",
    "take_promise",
    "look_again",
    "match_contact",
    "match_seat",
    "name_concern",
    "no_advertising",
    "not_reached",
    "note",
    "promise",
    "reached",
    "resume",
    "say_away",
    "say_ready",
    "signed_out",
    "sweep",
    "take",
    "verify",
    "write",
]
