"""What is still owed to callers. Its words are the caller's: only those who do the work are shown them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.utils import timezone

from firsthand.answer.models import Promise, PromiseQuerySet
from firsthand.know import queries as know
from firsthand.people.models import Person, Role

# The back office: it keeps what others have promised, whoever that was.
KEEPERS = (Role.ADVISOR, Role.SPECIALIST)
A_PAGE = 200


@dataclass(frozen=True)
class Owed:
    """One open promise as this reader may see it."""

    pk: int
    due_on: date
    made_at: datetime
    about: str  # the concern's question, in the reader's language
    who: str  # whose word it is now
    words: str  # empty for whom it is not
    may_take: bool
    member_id: int | None  # for those who may open a file with a reason; None for the others

    @property
    def seen(self) -> bool:
        return bool(self.words)


def owed(person: Person, *, until: date | None = None, page: str | int = 1) -> Page[Owed]:
    """A page of them, the most urgent first. One's own, and what may be taken over; the back office and organisers
    see all of them, organisers without the words. Hidden words do not leave the database.
    """
    found = _there_for(person)
    if until:
        found = found.filter(due_on__lte=until)
    rows = (
        found.annotate(
            shown=Case(When(_seen_by(person), then=F("words")), default=Value("")),
            who=Coalesce("taken_by__name", "made_by__name"),
        )
        .order_by("due_on", "pk")
        .values("pk", "due_on", "made_at", "made_by", "taken_by", "shown", "who", "contact__concern")
        .annotate(member=F("contact__member"))
    )
    paged: Page[Any] = Paginator(rows, A_PAGE).get_page(page)
    paged.object_list = _owed(person, list(paged.object_list))
    return paged


def _owed(person: Person, rows: Sequence[dict[str, Any]]) -> list[Owed]:
    about = know.questions({row["contact__concern"] for row in rows if row["contact__concern"]})
    today, opens = timezone.localdate(), person.has_role(*KEEPERS)
    return [
        Owed(
            pk=row["pk"],
            due_on=row["due_on"],
            made_at=row["made_at"],
            about=about.get(row["contact__concern"], ""),
            who=row["who"],
            words=row["shown"],
            may_take=row["taken_by"] is None and row["due_on"] <= today and row["made_by"] != person.pk,
            member_id=row["member"] if opens else None,
        )
        for row in rows
    ]


def owed_to(person: Person, member_id: int) -> list[tuple[str, date]]:
    """Words and days of what one member is still promised, as far as this reader sees the words."""
    theirs = _there_for(person).filter(_seen_by(person), contact__member=member_id)
    return list(theirs.order_by("due_on", "pk").values_list("words", "due_on"))


def promise_for(person: Person, pk: int) -> Promise:
    """To be kept: by whom its words are shown to."""
    return get_object_or_404(_there_for(person).filter(_seen_by(person)), pk=pk)


def free_promise_for(person: Person, pk: int) -> Promise:
    """To be taken over. One that somebody else has just taken is found, so that a sentence can say so."""
    today = timezone.localdate()
    may = _may(person).open().filter(due_on__lte=today).exclude(made_by=person)
    return get_object_or_404(may, pk=pk)


def _there_for(person: Person) -> PromiseQuerySet:
    found = _may(person).open()
    if person.has_role(*KEEPERS, Role.ORGANISER):
        return found
    return found.filter(_own(person)) | found.free(timezone.localdate())


def _may(person: Person) -> PromiseQuerySet:
    may = person.answers or person.has_role(Role.ORGANISER)
    return Promise.objects.all() if may else Promise.objects.none()


def _seen_by(person: Person) -> Q:
    """The back office's work is all of them."""
    return Q(pk__isnull=False) if person.has_role(*KEEPERS) else _own(person)


def _own(person: Person) -> Q:
    """Who gave their word keeps it, until somebody else has taken it over."""
    return Q(made_by=person, taken_by=None) | Q(taken_by=person)
