"""Grounds name the law of both countries in one sentence ("…: CH Art. 6 (4) FADP; DE Art. 5 (1) (e) GDPR"). A document
of one insurer says that of its own country only."""

from __future__ import annotations

import re

# A part begins at its country's mark, or at the words that lead to one: "; only for checking: DE § 67c". After a comma
# only at the mark: "At least a year, kept apart: CH" is one part.
_NEXT = re.compile(r",\s+(?=(?:CH|DE)\b)|(?:;|(?<=[^.])\.|\s;)\s+(?=(?:[^:;.]*:\s+)?(?:CH|DE)\b)")
_PART = re.compile(r"(?P<lead>[^:;.]*:\s+)?(?P<country>CH|DE)\b\s*:?\s*(?P<law>.*)", re.DOTALL)
_BRACKETS = re.compile(r"(?P<before>.*?)\s*\((?P<inside>(?:CH|DE)\b.*)\)", re.DOTALL)


def of(country: str, ground: str) -> str:
    """The ground as it holds in this country; of no country, or without marks, as it stands."""
    if not country or not re.search(r"\b(?:CH|DE)\b", ground):
        return ground
    if brackets := _BRACKETS.fullmatch(ground):
        inside = of(country, brackets["inside"])
        return f"{brackets['before']} ({inside})" if inside else brackets["before"]
    said, lead, told = [], "", None
    for part in _NEXT.split(ground):
        found = _PART.match(part)
        if found is None:
            said.append(part)
            continue
        lead = found["lead"] or lead
        if found["country"] == country:
            said.append(("" if lead == told else lead) + found["law"])
            told = lead
    return "; ".join(said)
