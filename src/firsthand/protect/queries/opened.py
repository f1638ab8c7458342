"""Files opened outside a contact: the one that is open now, and what has to be reviewed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now
from django.http import Http404
from django.utils import timezone

from firsthand.kernel import zones
from firsthand.people.models import Person, Role
from firsthand.protect.models import REVIEWED_WITHIN, BreakGlass, Grant, Read, Review

# Who may open a file outside a contact.
BREAKERS = (Role.ADVISOR, Role.SPECIALIST)
REVIEWS = "reviews"
A_PAGE = 100


def opened_topic(person_id: int) -> str:
    """What the page with the opened file listens to."""
    return f"opened:{person_id}"


@dataclass(frozen=True)
class Opened:
    """One opening as the officer and its person see it. Of the member the number only."""

    glass: BreakGlass
    number: str
    reviews: tuple[Review, ...]
    until: datetime  # when it was closed; of one that is open, when it will be
    reads: int = 0

    @property
    def verdict(self) -> Review | None:
        return next((one for one in self.reviews if one.says in Review.FINAL), None)

    @property
    def waits_for_answer(self) -> bool:
        """The officer asked and the person has not answered yet."""
        return bool(self.reviews) and self.reviews[-1].says == Review.Says.ASKED

    @property
    def due(self) -> bool:
        return self.verdict is None and self.glass.opened_at < timezone.now() - REVIEWED_WITHIN


def is_open(person: Person, contact_id: int) -> bool:
    """Whether the file of this contact is open to this person now."""
    return Grant.objects.open().filter(person=person, contact_id=contact_id).exists()


def opened_now(person: Person) -> BreakGlass | None:
    """The file that is open to this person outside a contact."""
    grant = Grant.objects.open().filter(person=person, contact_id=None).select_related("break_glass").first()
    return grant.break_glass if grant else None


def opened_lately(person: Person) -> list[Opened]:
    """This person's own openings, newest first, with what the officer said."""
    return [_opened(glass) for glass in _rows().filter(person=person)[:10]]


def asked_back(person: Person) -> int:
    """How many of this person's openings the officer waits to hear more about."""
    last = Review.objects.filter(break_glass=OuterRef("pk")).order_by("-at", "-pk").values("says")[:1]
    return (
        BreakGlass.objects.filter(person=person)
        .alias(last=Subquery(last))
        .filter(last=Review.Says.ASKED)
        .count()
    )


@zones.within(zones.PROTECTION)
def reviews(*, only_open: bool = True, page: str | int = 1) -> Page[Opened]:
    """A page of what the officer has to look at, the oldest first; or of all, the newest first."""
    found = _unreviewed().order_by("opened_at", "pk") if only_open else _rows()
    paged: Page[Any] = Paginator(found, A_PAGE).get_page(page)
    glasses = list(paged.object_list)
    looks = _looks(glasses)
    paged.object_list = [_opened(glass, looks.get(glass.pk, 0)) for glass in glasses]
    return paged


def reviews_waiting() -> tuple[int, int]:
    """Both at once: how many are open, and how many of them for longer than a week."""
    late = Q(opened_at__lt=Now() - REVIEWED_WITHIN)
    found = _unreviewed().order_by().aggregate(open=Count("pk"), due=Count("pk", filter=late))
    return found["open"], found["due"]


def opened_for(person: Person, pk: int) -> BreakGlass:
    """An opening, for the officer and for whoever made it."""
    found = BreakGlass.objects.filter(pk=pk).first()
    if found is None or not (person.has_role(Role.PROTECTION) or found.person_id == person.pk):
        raise Http404
    return found


def _rows() -> QuerySet[BreakGlass]:
    beside = BreakGlass.objects.select_related("person", "member", "grant").prefetch_related("reviews__by")
    return beside.order_by("-opened_at", "-pk")


def _unreviewed() -> QuerySet[BreakGlass]:
    judged = Review.objects.filter(break_glass=OuterRef("pk"), says__in=Review.FINAL)
    return _rows().exclude(Exists(judged))


def _opened(glass: BreakGlass, reads: int = 0) -> Opened:
    return Opened(
        glass, glass.member.number, tuple(glass.reviews.all()), glass.grant.closed_at or glass.ends_at, reads
    )


def _looks(glasses: Sequence[BreakGlass]) -> dict[int, int]:
    """How often each file was looked at, from the read log: for data protection only."""
    found = Read.objects.filter(break_glass_id__in=[glass.pk for glass in glasses])
    return dict(found.values_list("break_glass_id").annotate(Count("id")))
