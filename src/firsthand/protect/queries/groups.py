"""The one way to a figure by person, team or group: through the rule of five. A house test looks for any
other.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Aggregate, Count, QuerySet

from firsthand.protect.pure import groups


@dataclass(frozen=True)
class Group:
    key: Hashable
    people: int
    figures: Mapping[str, Any]


@dataclass(frozen=True)
class Groups:
    shown: tuple[Group, ...]
    hidden: int  # how many groups are too small, or would give a small one away
    total: Group | None  # None: too few people even together


def by_group(rows: QuerySet[Any], group: str, *, person: str, **figures: Aggregate) -> Groups:
    """Figures for each value of `group`. `person` is the column that says whose row it is; how many
    different people stand behind a figure decides whether it is shown.
    """
    people = {"people": Count(person, distinct=True)}
    found = list(rows.order_by().values(group).annotate(**people, **figures))
    whole = rows.aggregate(**people, **figures)
    may = groups.shown({row[group]: row["people"] for row in found})
    kept = tuple(_group(row[group], row, figures) for row in found if row[group] in may.groups)
    total = _group(None, whole, figures) if whole["people"] >= groups.LEAST else None
    return Groups(kept, len(found) - len(kept), total)


def _group(key: Hashable, row: Mapping[str, Any], figures: Mapping[str, Aggregate]) -> Group:
    return Group(key, row["people"], {name: row[name] for name in figures})
