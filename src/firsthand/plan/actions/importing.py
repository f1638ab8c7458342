"""Check a file of volumes, line by line; then read it in, whole, in one transaction. Jobs do both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.utils import timezone
from django.utils.timezone import get_default_timezone

from firsthand.journal import actions as journal
from firsthand.kernel import direct, sql
from firsthand.people.models import Person
from firsthand.plan import working
from firsthand.plan.actions import uploads
from firsthand.plan.models import Import, Staged, State, Upload
from firsthand.plan.pure import volumes
from firsthand.plan.pure.volumes import files

SHOWN = 200  # faults
LOOK = 20_000  # lines between two looks at whether to stop
READ = 85  # per cent of the check that is reading


def check(pk: int, *, by: Person | None = None) -> None:
    """Every line of the file: either what is wrong, or the rows set aside until somebody says yes."""
    upload = Upload.objects.filter(pk=pk, step=Upload.Step.CHECKING).first()
    if upload is None or not working.begin(upload):
        return
    try:
        read = volumes.read(
            _lines(upload),
            files.restored(upload.mapping),
            zone=get_default_timezone(),
            queues=None,
        )
        if read.faults:
            faults = [[fault.line, fault.code, fault.words] for fault in read.faults[:SHOWN]]
            _end(upload, Upload.Step.FAULTY, found={"faults": faults, "count": read.count})
            return
        _set_aside(upload, read)
    except working.Stopped:
        _end(upload, Upload.Step.QUEUES, state=State.STOPPED)
    except Exception:
        _end(upload, Upload.Step.QUEUES, state=State.FAILED, problem="failed")
        raise


def _lines(upload: Upload) -> Iterator[str]:
    """Its lines, noting how far the reading is."""
    text = uploads.text_of(upload)
    for number, line in enumerate(files.lines(text)):
        if number % LOOK == 0:
            working.reached(upload, min(READ, READ * number // upload.lines))
        yield line


@transaction.atomic
def _set_aside(upload: Upload, read: volumes.Read) -> None:
    """COPY, and from then on the file itself is not needed any more."""
    ours = {(name, language): queue for name, language, queue in upload.names}
    named = sql.named("firsthand.plan", "volumes")
    with connection.cursor() as cursor:
        with cursor.copy(named["stage"]) as copy:
            for row in _rows(upload.pk, read.rows, ours):
                copy.write_row(row)
        cursor.execute(named["hashed"])
        cursor.execute(named["staged"], {"upload": upload.pk})
        rows, first, last, replaces, own = cursor.fetchone()
        cursor.execute(named["as_usual"])
    same = Import.objects.filter(digest=upload.digest).order_by("-pk").values_list("pk", flat=True).first()
    found = {
        "rows": rows,
        "first": first and first.isoformat(),
        "last": last and last.isoformat(),
        "replaces": replaces,
        "own": own,
        "minutes": read.minutes,
        "same": same,
        "notes": [[note.line, note.code, note.words] for note in read.notes[:SHOWN]],
    }
    _end(upload, Upload.Step.READY, found=found, packed=b"")


def _rows(pk: int, rows: volumes.Rows, ours: dict[tuple[str, str], int | None]) -> Iterator[tuple[Any, ...]]:
    """As columns of numbers: a million rows are not made into objects first."""
    queues = [ours.get(series) for series in rows.series]
    told = [np.where(np.isnan(rows.aht), -1, rows.aht).round(2).tolist(), *map(np.ndarray.tolist, (
        rows.of, rows.start, rows.offered, rows.answered, rows.abandoned))]  # fmt: skip
    for aht, of, start, offered, answered, abandoned in zip(*told, strict=True):
        if (queue := queues[of]) is not None:
            at = datetime.fromtimestamp(start, UTC)
            counts = (offered, None if answered < 0 else answered, None if abandoned < 0 else abandoned)
            yield (pk, queue, at, rows.minutes, *counts, None if aht < 0 else aht)


def read_in(pk: int, *, by: Person | None = None) -> None:
    """All of it or nothing: one transaction, month by month, and how far it is goes by another connection."""
    upload = Upload.objects.filter(pk=pk, step=Upload.Step.IMPORTING).first()
    if upload is None or not working.begin(upload):
        return
    try:
        made = _read_in(upload)
        _end(upload, Upload.Step.DONE, made=made)
    except working.Stopped:
        _end(upload, Upload.Step.READY, state=State.STOPPED)
    except Exception:
        _end(upload, Upload.Step.READY, state=State.FAILED, problem="failed")
        raise


@transaction.atomic
def _read_in(upload: Upload) -> Import:
    first, last = (datetime.fromisoformat(upload.found[end]) for end in ("first", "last"))
    made = Import.objects.create(
        by=upload.by,
        mapping={"mapping": {**upload.mapping, "samples": []}, "names": upload.names},
        rows=upload.found["rows"],
        first=first,
        last=last,
        digest=upload.digest,
    )
    named = sql.named("firsthand.plan", "volumes")
    with direct.connect(application_name="firsthand import") as aside, connection.cursor() as cursor:
        cursor.execute(named["hashed"])
        for begin, end in _months(first, last):
            span: dict[str, Any] = {"upload": upload.pk, "source": made.pk, "first": begin, "last": end}
            cursor.execute(named["replace"], span)
            made.replaced += cursor.rowcount
            cursor.execute(named["read_in"], span)
            percent = int(99 * (min(end, last) - first) / (last - first))
            stop = aside.execute(named["aside"], {"upload": upload.pk, "percent": percent}).fetchone()
            if stop and stop[0]:
                raise working.Stopped
        cursor.execute(named["as_usual"])
    made.save(update_fields=["replaced"])
    journal.record("imported", made, by=upload.by, rows=made.rows, replaced=made.replaced)
    Staged.objects.filter(upload=upload).delete()
    return made


# Queue, start, minutes; offered, answered, abandoned; seconds of a call.
Taken = tuple[int, datetime, int, int, int | None, int | None, float | Decimal | None]


@transaction.atomic
def take(rows: Sequence[Taken], digest: str, *, by: Person | None) -> Import | None:
    """Whole queues whose past is empty yet, from somewhere that needs no checking. None: there were no rows."""
    if not rows:
        return None
    made = Import.objects.create(
        by=by,
        rows=len(rows),
        first=min(start for _queue, start, *_rest in rows),
        last=max(start + timedelta(minutes=minutes) for _queue, start, minutes, *_rest in rows),
        digest=digest,
    )
    with (
        connection.cursor() as cursor,
        cursor.copy(sql.named("firsthand.plan", "volumes")["taken"]) as copy,
    ):
        for row in rows:
            copy.write_row((*row, made.pk))
    journal.record("imported", made, by=by, rows=made.rows, replaced=0)
    return made


def _months(first: datetime, last: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Stretches of thirty days: a statement for each."""
    while first < last:
        yield first, first + timedelta(days=30)
        first += timedelta(days=30)


def _end(upload: Upload, step: str, state: State = State.DONE, **more: Any) -> None:
    clock = {"until": timezone.now() + uploads.KEPT, "stop_asked": False, "progress": 100}
    working.end(upload, state, step=step, **clock, **more)
