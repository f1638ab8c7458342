"""What is done with what members confide: opened, closed, noted, handed over."""

from firsthand.protect.actions.breaking import (
    FileOpenAlready,
    NobodyOfThatNumber,
    NoGoodReason,
    NotForYou,
    break_glass,
    close_expired,
    close_opened,
)
from firsthand.protect.actions.confidences import erase, expire, seal, seal_draft, settle
from firsthand.protect.actions.files import close_file, open_file
from firsthand.protect.actions.looks import NobodyWithThatNumber, hand_over_looks
from firsthand.protect.actions.needs import (
    NotANumber,
    add_own_number,
    remove_own_number,
    reset_need,
    set_need,
)
from firsthand.protect.actions.notes import NoFileOpen, NotANote, NoteTooLong, write_note
from firsthand.protect.actions.opening import Erased, NoReason, NotNeeded, Opened, open_confidence
from firsthand.protect.actions.renewing import Renewed, erase_again, renew_keys, rotate_keys
from firsthand.protect.actions.reviewing import (
    NothingAsked,
    NotYourReview,
    ReviewedAlready,
    SayWhy,
    answer_review,
    review,
)
from firsthand.protect.actions.screening import Found, Screening, names_around, screened
from firsthand.protect.queries.reading import reading

__all__ = [
    "Erased",
    "FileOpenAlready",
    "Found",
    "NoFileOpen",
    "NoGoodReason",
    "NoReason",
    "NobodyOfThatNumber",
    "NobodyWithThatNumber",
    "NotANote",
    "NotANumber",
    "NotForYou",
    "NotNeeded",
    "NotYourReview",
    "NoteTooLong",
    "NothingAsked",
    "Opened",
    "Renewed",
    "ReviewedAlready",
    "SayWhy",
    "Screening",
    "add_own_number",
    "answer_review",
    "break_glass",
    "close_expired",
    "close_file",
    "close_opened",
    "erase",
    "erase_again",
    "expire",
    "hand_over_looks",
    "names_around",
    "open_confidence",
    "open_file",
    "reading",
    "remove_own_number",
    "renew_keys",
    "reset_need",
    "review",
    "rotate_keys",
    "screened",
    "seal",
    "seal_draft",
    "set_need",
    "settle",
    "write_note",
]
