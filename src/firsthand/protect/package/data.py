"""The package for a machine: every row with every column, and what they mean."""

from __future__ import annotations

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from firsthand.protect import lists
from firsthand.protect.package.contents import Contents, Section, given

FORMAT = "firsthand-subject/1"


class _Plain(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        if isinstance(o, bytes | memoryview):
            return bytes(o).hex()
        return str(o) if hasattr(o, "_proxy____cast") else super().default(o)


def as_json(contents: Contents, *, portable: bool = False) -> bytes:
    """Everything; or only what the person told us, to take along (Art. 20 GDPR, Art. 28 FADP)."""
    head = {"format": FORMAT, "of": contents.of, "made_at": contents.made_at, "language": contents.language}
    body: dict[str, Any] = (
        {"given": given(contents)}
        if portable
        else {
            "kept": [_section(section) for section in contents.sections],
            "who_looked": [
                {
                    "first": visit.first,
                    "last": visit.last,
                    "times": visit.times,
                    "as": visit.role,
                    "why": visit.cause,
                    "what": visit.what,
                }
                for visit in contents.visits
            ],
            "who_looked_older": lists.older(contents.older),
        }
    )
    return json.dumps({**head, **body}, cls=_Plain, ensure_ascii=False, indent=1).encode()


def _section(section: Section) -> dict[str, Any]:
    table = section.table
    columns = table.columns_for(section.whom)
    return {
        "table": table.name,
        "what": table.what,
        "purposes": table.purposes,
        "basis": section.basis,
        "kept_for": section.retention,
        "source": table.source,
        "recipients": table.recipients,
        "columns": {
            name: {"says": column.says, "category": column.data or ""} for name, column in columns.items()
        },
        "rows": section.rows,
    }
