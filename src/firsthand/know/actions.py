"""Bring the catalogue that comes with the programme into the database."""

from __future__ import annotations

from django.db import transaction

from firsthand.journal import actions as journal
from firsthand.know import catalogue
from firsthand.know.models import Concern, ConcernText
from firsthand.people.models import Person

LOCK = 0x6B6E6F77  # "know": two processes that start together load one after the other


@transaction.atomic
def load_catalogue(*, by: Person | None = None) -> int:
    """Make every concern as the catalogue has it; how many rows changed. A second run changes none."""
    _one_at_a_time()
    changed = _concerns() + _texts()
    if changed:
        journal.record("loaded", Concern.objects.earliest("code"), by=by, rows=changed)
    return changed


def _concerns() -> int:
    have = {concern.code: concern for concern in Concern.objects.all()}
    wrong = [
        row for row in catalogue.rows() if row.code not in have or _differs(have[row.code], row.fields())
    ]
    Concern.objects.bulk_create(
        [Concern(code=row.code, **row.fields()) for row in wrong],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["country", "topic", "level", "branches", "sources", "confirmed"],
    )
    return len(wrong)


def _texts() -> int:
    pks = dict(Concern.objects.values_list("code", "pk"))
    have = {(text.concern_id, text.language): text for text in ConcernText.objects.all()}
    wrong = [
        ConcernText(concern_id=pks[text.code], language=text.language, **text.fields())
        for text in catalogue.texts()
        if (old := have.get((pks[text.code], text.language))) is None or _differs(old, text.fields())
    ]
    ConcernText.objects.bulk_create(
        wrong,
        update_conflicts=True,
        unique_fields=["concern", "language"],
        update_fields=["question", "facts", "yearly_facts", "basis", "words"],
    )
    return len(wrong)


def _differs(row: Concern | ConcernText, fields: dict[str, object]) -> bool:
    return any(getattr(row, name) != value for name, value in fields.items())


def _one_at_a_time() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
