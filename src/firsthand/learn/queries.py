"""What stands on the board, and whether the chain holds. Everybody here reads the same originals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.timezone import now

from firsthand.answer.models import Contact
from firsthand.journal import queries as journal
from firsthand.kernel import sql, zones
from firsthand.know import queries as know
from firsthand.learn.models import About, MeToo, Observation, ObservationQuerySet, Owner
from firsthand.people.models import Person, Role
from firsthand.protect.pure.tongue import tongue

ON_A_PAGE = 25
CHECKED_EVERY = 60  # seconds; the board says when


@dataclass(frozen=True)
class Verdict:
    """Whether every link fits. `broken_at`: the place of the first that does not; `last`: the chain's end."""

    ok: bool
    checked: int
    broken_at: int | None
    last: str
    at: datetime


@dataclass(frozen=True)
class Said:
    """One observation as the board shows it. Withdrawn words are not even handed to the page."""

    observation: Observation
    words: str
    concern: str
    me_too: int
    by_reader: bool  # the reader's own
    joined: bool  # the reader has said "me too"

    @property
    def lang(self) -> str:
        """The language of the words, for whoever has them read aloud; empty where they do not say it clearly."""
        return tongue(self.words)


@dataclass(frozen=True)
class Filter:
    about: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Board:
    said: list[Said]
    page: Page[Observation]
    about: str
    label: str
    owner: Person | None  # who can change what is filtered for
    filters: list[Filter]
    total: int
    verdict: Verdict


@zones.within(zones.LEARN)
def board(person: Person, about: str = "", page: str | int = 1) -> Board:
    if about and about not in About.values:
        raise Http404
    counts = dict(Observation.objects.values_list("about").annotate(n=Count("pk")).order_by())
    filters = [
        Filter(value, str(label), counts.get(value, 0), value == about) for value, label in About.choices
    ]
    paged = Paginator(_newest(person).about(about), ON_A_PAGE).get_page(page)
    return Board(
        said=_said(person, list(paged.object_list)),
        page=paged,
        about=about,
        label=str(About(about).label) if about else "",
        owner=owners().get(about),
        filters=[one for one in filters if one.count or one.chosen],
        total=sum(counts.values()),
        verdict=checked(),
    )


@zones.within(zones.LEARN)
def newest(person: Person, how_many: int = 5, *, about: list[str] | None = None) -> list[Said]:
    """For start pages and the wall: what stands, newest first."""
    rows = _newest(person).standing()
    return _said(person, list((rows.filter(about__in=about) if about else rows)[:how_many]))


@zones.within(zones.LEARN)
def mine(person: Person, how_many: int = 3) -> list[Said]:
    return _said(person, list(_newest(person).filter(seen_by=person)[:how_many]))


@zones.within(zones.LEARN)
def observation_for(person: Person, pk: int) -> Observation:
    """Everybody who works here may read every observation."""
    return get_object_or_404(_all(), pk=pk)


@zones.within(zones.LEARN)
def own_observation_for(person: Person, pk: int) -> Observation:
    return get_object_or_404(_all(), pk=pk, seen_by=person)


@zones.within(zones.LEARN)
def said_for(person: Person, pk: int) -> Said:
    return _said(person, [get_object_or_404(_newest(person), pk=pk)])[0]


@zones.within(zones.LEARN)
def owners() -> dict[str, Person]:
    """Who can change what, as far as somebody has said so."""
    found = Owner.objects.select_related("person").defer("person__password")
    return {owner.about: owner.person for owner in found}


def possible_owners() -> QuerySet[Person]:
    found: QuerySet[Person] = (
        Person.objects.working().with_role(Role.OWNER).order_by("name").defer("password")
    )
    return found


@zones.within(zones.LEARN)
def owned_by(person: Person) -> list[str]:
    return list(Owner.objects.filter(person=person).values_list("about", flat=True))


def contact_of(person: Person, public_id: UUID | None) -> Contact | None:
    """The contact an observation came from: only one's own counts, and none is no obstacle."""
    if not public_id:
        return None
    mine = Contact.objects.filter(seat__person=person).select_related("concern")
    return get_object_or_404(mine, public_id=public_id)


@zones.within(zones.FRONT)
def checked() -> Verdict:
    """The verdict of the last minute; checking again with every page would read the whole board each time."""
    verdict: Verdict | None = cache.get("learn.verdict")
    if verdict is None:
        verdict = verify()
        cache.set("learn.verdict", verdict, CHECKED_EVERY)
    return verdict


def verify() -> Verdict:
    """Spell out every link again, and hold the chain's end against what the journal saw last.

    The journal first, in the zone of the pages, which may read it: what is said in between is on the board only.
    """
    seen = _journalled()
    checked, broken, last, end = _links()
    if broken is None and seen > (last or 0):
        broken = (last or 0) + 1
    return Verdict(broken is None, checked, broken, bytes(end or b"").hex(), now())


@zones.within(zones.FRONT)
def _journalled() -> int:
    """The number of the newest observation that the journal knows."""
    seen = journal.with_verb("observed").filter(kind=Observation._meta.label_lower).first()
    return int(seen.details["number"]) if seen else 0


@zones.within(zones.LEARN)
def _links() -> tuple[int, int | None, int | None, bytes | None]:
    """How many, the place of the first that does not fit, the last number and its hash."""
    with connection.cursor() as cursor:
        cursor.execute(sql.named("firsthand.learn")["verify"])
        checked, broken, last, end = cursor.fetchone()
    return checked, broken, last, end


def _all() -> ObservationQuerySet:
    """Without what the zone of learning may not read: a password, and which contact it came from."""
    rows: ObservationQuerySet = Observation.objects.select_related("seen_by")
    return rows.defer("seen_by__password", "contact_id")


def _newest(person: Person) -> ObservationQuerySet:
    mine = MeToo.objects.filter(observation=OuterRef("pk"), person=person)
    return _all().order_by("-number").with_heard().annotate(joined=Exists(mine))


def _said(person: Person, rows: Sequence[Any]) -> list[Said]:
    questions = know.questions({row.concern_id for row in rows if row.concern_id})
    return [
        Said(
            observation=row,
            words="" if row.withdrawn_at else row.words,
            concern=questions.get(row.concern_id, ""),
            me_too=row.heard,
            by_reader=row.seen_by_id == person.pk,
            joined=row.joined,
        )
        for row in rows
    ]
