"""One screened line, where a page asks why."""

from __future__ import annotations

from django.utils.translation import get_language

from firsthand.members.models import Member
from firsthand.people.models import Person
from firsthand.protect.actions.screening import screened
from firsthand.protect.models.break_glass import LONGEST_REASON
from firsthand.protect.queries.names import names_around
from firsthand.protect.queries.needs import BOARD


def short(words: str, *, by: Person, member: Member | None, most: int = LONGEST_REASON) -> str:
    """A reason is no place for a confidence: what it gives away goes, and is sealed nowhere. At most `most`
    characters."""
    line = " ".join(words.split())[:most]
    known = names_around(by, member=member)
    safe = screened(line, language=get_language() or "de", concern=BOARD, known=known, by=by).text
    return safe[:most].strip()
