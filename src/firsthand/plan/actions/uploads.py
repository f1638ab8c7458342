"""A file of past volumes: taken, its columns and queues named, checked, read in. Nothing is half read."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from firsthand.journal import actions as journal
from firsthand.kernel import typed
from firsthand.kernel.refusal import Refusal
from firsthand.people.models import Person
from firsthand.plan import working
from firsthand.plan.models import Import, Queue, State, Upload
from firsthand.plan.pure import volumes
from firsthand.plan.pure.volumes import files

MOST_BYTES = 50_000_000
KEPT = timedelta(hours=1)  # after the last step
MOST_NAMES = 200


class TooLarge(Refusal):
    says = _(
        "The file is larger than 50 MB. Nothing was kept: cut it into years and read in one after the other."
    )


class NotText(Refusal):
    says = _(
        "This is not a CSV file, but perhaps a spreadsheet. Nothing was kept: "
        "save it as CSV there and choose that file."
    )


class Empty(Refusal):
    says = _("There is nothing in this file. Choose another one.")


class StillWorking(Refusal):
    says = _("Your file before this one is being worked on. Stop that first, or wait for it.")


class ColumnsMissing(Refusal):
    says = _("A column for the time and one for the calls are needed. Nothing was lost: choose them.")


class TooManyQueues(Refusal):
    says = _(
        "The file names more than 200 queues. Nothing was lost: choose another column for the queue, "
        "or none for all rows together."
    )


class NoQueueChosen(Refusal):
    says = _(
        "Nothing would be read in: every queue of the file is left out. Choose one of ours for at least one."
    )


class TakenByAnother(Refusal):
    says = _("The file has moved on meanwhile. Look at the page again.")


@transaction.atomic
def receive(data: bytes, *, by: Person) -> Upload:
    """Take a file. It replaces the one before, which goes at once."""
    if len(data) > MOST_BYTES:
        raise TooLarge
    try:
        text, encoding = files.decoded(data)
    except UnicodeDecodeError as error:
        raise NotText from error
    if not text.strip():
        raise Empty
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)  # one file after the other
    if Upload.objects.filter(by=by, state__in=working.UNDER_WAY).exists():
        raise StillWorking
    Upload.objects.filter(by=by).delete()
    guessed = volumes.guess(files.head(text))
    before = _like(guessed)
    return Upload.objects.create(
        by=by,
        until=timezone.now() + KEPT,
        packed=zlib.compress(data, 3),
        encoding=encoding,
        digest=hashlib.sha256(data).hexdigest(),
        lines=text.count("\n") + 1,
        mapping={**files.kept(guessed), **before.get("mapping", {}), "samples": guessed.samples},
    )


def _like(guessed: volumes.Mapping) -> dict[str, Any]:
    """How the newest import with the same head was read."""
    for one in Import.objects.order_by("-pk")[:5]:
        if one.mapping.get("mapping", {}).get("head") == list(guessed.head):
            found: dict[str, Any] = one.mapping
            return found
    return {}


@transaction.atomic
def name_columns(upload: Upload, mapping: volumes.Mapping, *, by: Person) -> Upload:
    """Which column holds what; then the queues that the file names are looked up."""
    _free(upload)
    if not mapping.columns.get("queue") and "queue" not in mapping.columns:
        mapping = files.of_one_queue(mapping)
    if mapping.missing:
        raise ColumnsMissing
    names = files.names(text_of(upload), mapping)
    if len(names) > MOST_NAMES:
        raise TooManyQueues
    known = _known(names, _like(mapping).get("names", []))
    _keep(upload, mapping=files.kept(mapping), names=known, step=Upload.Step.QUEUES)
    return upload


def _known(names: Sequence[tuple[str, str]], before: Sequence[Any]) -> list[list[Any]]:
    """Each queue of the file with ours, if that is plain: as last time, by its name, or by its language."""
    queues = list(Queue.objects.all())
    last = {(name, language): queue for name, language, queue in before}
    ours = {queue.pk for queue in queues}
    by_name = {word.casefold(): queue.pk for queue in queues for word in (queue.name, queue.code)}
    by_language = {queue.language: queue.pk for queue in queues if not queue.topic}
    found = []
    for name, language in names:
        guess = last.get((name, language)) or by_name.get(name.casefold())
        guess = guess or by_language.get(language or files.language_in(name))
        found.append([name, language, guess if guess in ours else None])
    return found


@transaction.atomic
def name_queues(upload: Upload, chosen: Sequence[str], *, by: Person) -> Upload:
    """For each queue of the file: the id of ours, `new:de` or `new:de:praemie`, or "" to leave it out.

    Then a job checks the whole file.
    """
    _free(upload)
    if len(chosen) != len(upload.names):
        raise TakenByAnother
    made: dict[str, int] = {}
    names = []
    for (name, language, _guess), choice in zip(upload.names, chosen, strict=True):
        if choice.startswith("new:") and choice not in made:
            made[choice] = _queue(choice, name, by=by).pk
        names.append([name, language, made.get(choice) or typed.number(choice)])
    if not any(queue for _name, _language, queue in names):
        raise NoQueueChosen
    _keep(upload, names=names, step=Upload.Step.CHECKING, state=State.WAITING, progress=0, found={})
    app.configure_task("plan.check_upload", queue="plan").defer(pk=upload.pk)
    return upload


def _queue(choice: str, name: str, *, by: Person) -> Queue:
    """Ours for a language, or for one topic of a language; there is one of each at most."""
    _new, language, *topic = choice.split(":")
    code = "-".join([language, *topic])
    words = name if name and name != files.ALL else code
    found, new = Queue.objects.get_or_create(
        language=language, topic="".join(topic), defaults={"code": code, "name": words[:80]}
    )
    if new:
        journal.record("made", found, by=by, language=language)
    return found


@transaction.atomic
def confirm(upload: Upload, *, by: Person) -> Upload:
    """Yes, read it in: a job does."""
    _take(upload, step=Upload.Step.IMPORTING, state=State.WAITING, progress=0)
    app.configure_task("plan.read_in", queue="plan").defer(pk=upload.pk)
    return upload


@transaction.atomic
def back(upload: Upload, *, by: Person) -> Upload:
    """To the columns, for another try with the same file. What was checked already is forgotten."""
    _free(upload)
    if not upload.packed:
        raise TakenByAnother
    _keep(upload, step=Upload.Step.COLUMNS, state=State.DONE, found={})
    return upload


@transaction.atomic
def stop(upload: Upload, *, by: Person) -> None:
    working.stop(upload)


@transaction.atomic
def drop(upload: Upload, *, by: Person) -> None:
    """Away with the file and all that was read of it."""
    if upload.state in working.UNDER_WAY:
        working.stop(upload)
    Upload.objects.filter(pk=upload.pk).delete()


def tidy(*, by: Person | None = None) -> int:
    """Forget files whose hour is over; how many. One that is being worked on has its hour from its end."""
    gone, _of = Upload.objects.filter(until__lt=timezone.now()).exclude(state__in=working.UNDER_WAY).delete()
    return gone


def _free(upload: Upload) -> None:
    """As it stands now, which may be further than the page that was pressed on."""
    try:
        upload.refresh_from_db(from_queryset=Upload.objects.select_for_update())
    except Upload.DoesNotExist:
        raise TakenByAnother from None
    if upload.state in working.UNDER_WAY or upload.step == Upload.Step.DONE:
        raise TakenByAnother


def _keep(upload: Upload, **fields: Any) -> None:
    fields = {"problem": "", "stop_asked": False, "until": timezone.now() + KEPT, **fields}
    for name, value in fields.items():
        setattr(upload, name, value)
    upload.save(update_fields=list(fields))
    working.touched(upload)


def _take(upload: Upload, **fields: Any) -> None:
    """Of two presses of the same button one wins. What broke off while it was read in may be tried again."""
    ready = Upload.objects.filter(pk=upload.pk, step__in=[Upload.Step.READY, Upload.Step.IMPORTING])
    if not ready.exclude(state__in=working.UNDER_WAY).update(**fields):
        raise TakenByAnother
    _keep(upload, **fields)


def text_of(upload: Upload, *, by: Person | None = None) -> str:
    if not upload.packed:
        raise TakenByAnother
    return files.text(zlib.decompress(upload.packed), upload.encoding)
