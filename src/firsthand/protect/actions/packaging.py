"""Everything that is kept about somebody, gathered for them: each read is logged before it happens."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.utils.translation import override

from firsthand.journal import actions as journal
from firsthand.kernel import zones
from firsthand.people.models import Person
from firsthand.protect import boxes, keys, package, queries, wall
from firsthand.protect.actions.erasing import WALL
from firsthand.protect.actions.requests import hand_over, may_hand_over
from firsthand.protect.models import Confidence, Request, RequestKind, What
from firsthand.protect.pure.sealing import DoesNotOpen
from firsthand.protect.queries.reading import reading
from firsthand.protect.queries.sealed import hold_keys
from firsthand.protect.queries.subjects import Kept

FORMATS = ("json", "pdf", "zip")


@zones.within(zones.PROTECTION)
def make_package(
    request: Request,
    *,
    word: str = "",
    form: str = "zip",
    again: str = "",
    keep: Callable[[bytes], None] = lambda made: None,
    by: Person,
) -> bytes:
    """The file that is handed over; that it was stands in the journal and in the log of reads.

    The mark comes last: of a package that could not be made nobody has to say why it is made once more. Whoever
    was read for it stands in the log all the same. `keep` is done before the mark: a disk that is full hands over
    nothing.
    """
    may_hand_over(request, again=again, by=by)
    with transaction.atomic():
        contents = gather(request, by=by)
    made = _made(contents, form, word, portable=request.kind == RequestKind.PORTABILITY)
    keep(made)
    hand_over(request, again=again, by=by)
    return made


def _made(contents: package.Contents, form: str, word: str, *, portable: bool) -> bytes:
    with override(_language(contents.language)):
        if form == "pdf" and not portable:
            return _paper(contents)
        data = package.as_json(contents, portable=portable)
        if form == "json":
            return data
        files = {"data.json": data}
        if not portable:
            files["data.pdf"] = _paper(contents)
        return package.bundle(files, word)


def _paper(contents: package.Contents) -> bytes:
    from firsthand.protect.package.paper import as_pdf  # here: see bundle.py

    return as_pdf(contents)


def gather(request: Request, *, by: Person) -> package.Contents:
    """Within a transaction: who could not be logged as a reader reads nothing."""
    subject = queries.of_request(request)
    member, language = request.member, _of(request)
    with (
        wall.within(WALL, person=by, member=subject.member, seconds=600),
        override(_language(language)),
    ):
        if member:
            reading(What.EXPORT, member.pk, by=by, request=request.pk, why=request.kind)
        kept = [_opened(one, request, by=by) for one in queries.found(subject)]
        looks = queries.visits(queries.looked(member)) if member else []
        terms = queries.all_set()
        older = queries.older_looks() if member else None
        of = _addressed(request)
        whom = subject.whom
        return package.contents(of, kept, terms, looks, whom=whom, language=language, older=older)


def _opened(kept: Kept, request: Request, *, by: Person) -> Kept:
    """Confidences are handed over as words. Each that is opened for it is logged."""
    if kept.table.name != Confidence._meta.db_table or request.person:
        return kept
    hold_keys()
    living = {one.pk: one for one in Confidence.objects.filter(pk__in=[row["id"] for row in kept.rows])}
    ring = keys.ring()
    rows = []
    for row in kept.rows:
        one = living[row["id"]]
        if one.member_id:
            reading(
                What.CONFIDENCE,
                one.member_id,
                by=by,
                request=request.pk,
                why=one.category,
                purposes=[one.purpose],
            )
        else:
            journal.record("opened", one, by=by, request=request.pk, category=one.category)
        rows.append({**row, "sealed": _words(one, ring)})
    return Kept(kept.table, rows)


def _words(one: Confidence, ring: keys.Ring) -> str:
    try:
        return boxes.unsealed(one, ring)
    except (keys.KeyIsGone, DoesNotOpen):
        return ""


def _of(request: Request) -> str:
    if request.member:
        return request.member.language
    return (request.person.language if request.person else "") or "de"


def _addressed(request: Request) -> str:
    if request.member:
        return f"{request.member.name}, {request.member.number}"
    return request.person.name if request.person else request.phone


def _language(code: str) -> str:
    return settings.LANGUAGE_CODE if code == "de" else code
