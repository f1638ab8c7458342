"""Who looked, as a file: readable by a person in a spreadsheet and by a machine."""

import csv
import io
from collections.abc import Iterable

from django.utils.http import content_disposition_header
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from firsthand.protect.queries import Look
from firsthand.protect.queries.chaining import Cut


def as_rows(looks: Iterable[Look]) -> list[dict[str, str | int | None]]:
    """Roles, not names: the member learns that an advisor looked, and for which contact."""
    return [
        {
            "at": localtime(look.at).isoformat(timespec="seconds"),
            "role": look.role,
            "what": look.what,
            "why": look.cause,
            "contact": look.contact,
        }
        for look in looks
    ]


def older(cut: Cut | None) -> dict[str, str] | None:
    """What is not in the list any more: the looks before a day, and when they were deleted."""
    return {"before": cut.since.isoformat(), "deleted": cut.on.isoformat()} if cut else None


def as_csv(looks: Iterable[Look]) -> str:
    text = io.StringIO()
    text.write("\N{BYTE ORDER MARK}")  # a spreadsheet takes the file for Latin-1 otherwise
    writer = csv.writer(text)
    writer.writerow([_("When"), _("Role"), _("What"), _("Why"), _("Contact")])
    writer.writerows(row.values() for row in as_rows(looks))
    return text.getvalue()


def attached(name: str) -> dict[str, str]:
    """Also of a name with letters that a header cannot hold."""
    return {"Content-Disposition": str(content_disposition_header(as_attachment=True, filename=name))}
