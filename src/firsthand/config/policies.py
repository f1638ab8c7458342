"""What the policies of the wall ask, said a second time: does each still say it?

PostgreSQL says a policy with casts, brackets and names of its own; both sides are compared without these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from firsthand.config import logins

SHOWN_AS = "purpose || CASE WHEN member_id IS NULL THEN '@' || contact_id ELSE ':' || member_id END"
SHOWN = "shown_as = ANY (SELECT protect_shown())"
WRITTEN = (
    "EXISTS (SELECT FROM protect_token() t WHERE purpose = ANY (t.purposes) AND contact_id = t.contact"
    " AND {author} = t.actor AND (member_id IS NULL OR member_id = t.file))"
)
REQUESTED = (
    "EXISTS (SELECT FROM protect_token() t WHERE 'retention' = ANY (t.purposes)"
    " OR 'request' = ANY (t.purposes) AND member_id = t.member)"
)
IMPORTED = "EXISTS (SELECT FROM protect_token() t WHERE 'import' = ANY (t.purposes))"
AUTHORS = {"protect_note": "written_by_id", "protect_confidence": "sealed_by_id"}
# By name: for which statements, for whom (None: the owner), which rows are seen, which may be written.
POLICIES: dict[str, tuple[str, str | None, str, str]] = {
    "seen": ("r", "firsthand_front", SHOWN, ""),
    "written": ("a", "firsthand_front", "", WRITTEN),
    "changed": ("w", "firsthand_front", SHOWN, SHOWN),
    "requested": ("*", "firsthand_protection", REQUESTED, ""),
    "imported": ("*", None, IMPORTED, ""),
}
ADDED = re.compile(
    r"\bAS protect_shown\b|\bt\([a-z, ]+\)|\b(?:protect_note|protect_confidence)\.|::\w+(?:\[\])?|[\s()]"
)


def wrong(rows: list[tuple[Any, ...]]) -> Iterator[str]:
    """A sentence for each policy that says something else, or that we do not know."""
    for table, name, *actual in rows:
        if name not in POLICIES or table not in AUTHORS:
            yield f"The policy “{name}” of {table} is not ours."
            continue
        command, role, seen, written = POLICIES[name]
        wanted = [seen, written.format(author=AUTHORS[table])]
        serving = actual[1] in logins.SERVING
        if actual[0] != command or (actual[1] != role if role else serving) or not _same(actual[2:], wanted):
            yield f"The policy “{name}” of {table} says something else than ours."


def renamed(rows: list[tuple[Any, ...]]) -> Iterator[str]:
    """A sentence for each table whose rows are shown as something else than their purpose and member or contact."""
    for table, stored, made in rows:
        if not stored or not _same([made], [SHOWN_AS]):
            yield f"What the rows of {table} are shown as (shown_as) is made of something else than ours."


def _same(actual: list[str], wanted: list[str]) -> bool:
    return [_bare(one) for one in actual] == [_bare(one) for one in wanted]


def _bare(words: str) -> str:
    """Without brackets: what is only grouped otherwise is not noticed here. Nothing else escapes."""
    return ADDED.sub("", words.replace(" t WHERE", " t(a) WHERE")).lower()
