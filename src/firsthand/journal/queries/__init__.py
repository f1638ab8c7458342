"""Who did or looked at what; and whether the chains still hold."""

from firsthand.journal.pure.chain import Verdict
from firsthand.journal.queries.chain import unsealed, waiting_seconds, went_back
from firsthand.journal.queries.checking import verify
from firsthand.journal.queries.entries import looked_at, with_verb
from firsthand.journal.queries.months import closings, head, held, last_closing
from firsthand.journal.queries.walking import walk

__all__ = [
    "Verdict",
    "closings",
    "head",
    "held",
    "last_closing",
    "looked_at",
    "unsealed",
    "verify",
    "waiting_seconds",
    "walk",
    "went_back",
    "with_verb",
]
