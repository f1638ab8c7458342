"""Who was shown what of which member, when and why: read from the read log, which nobody can change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.db import connection, transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from firsthand.kernel import sql, zones
from firsthand.members.models import Member
from firsthand.members.pure.facts import bare
from firsthand.people.models import Person, Role
from firsthand.protect import wall, words
from firsthand.protect.models import Grant, Read, What
from firsthand.protect.queries.causes import causes, role
from firsthand.protect.queries.reading import reading
from firsthand.protect.queries.reasons import reasons

A_PAGE = 50
# A member's own list: more rows than a page, fewer than would stop one.
ALL = 20_000


@dataclass(frozen=True)
class Filter:
    """What stands in the address of the page: ids and days, never a name or a member's number."""

    person: int | None = None
    member: int | None = None
    contact: int | None = None
    since: date | None = None
    until: date | None = None
    before: int | None = None  # the read the page goes on from


@dataclass(frozen=True, repr=False)
class Look:
    """One read."""

    entry: int
    at: datetime
    person: Person | None
    role: str
    member_id: int
    number: str
    contact: int | None
    what: str
    cause: str
    category: str = ""  # of what was sealed
    reason: str = ""  # what somebody wrote who opened it; on the officer's page only


@dataclass(frozen=True)
class Looks:
    rows: Sequence[Look]
    further: int | None  # the read to go on from, if there are more


@dataclass(frozen=True, repr=False)
class Visit:
    """Reads of one person for one cause, one after the other: an open file is read again and again."""

    first: datetime
    last: datetime
    times: int
    role: str
    cause: str
    what: tuple[str, ...]
    mine: bool  # of the reader of this page


@zones.within(zones.PROTECTION)
@transaction.atomic
def looks(chosen: Filter, *, by: Person | None = None) -> Looks:
    """A page of reads, newest first; a fixed number of questions to the database. For data protection.

    Who looks at one member's list has looked at something of this member.
    """
    if chosen.member and by and Member.objects.filter(pk=chosen.member).exists():
        reading(What.WHO_LOOKED, chosen.member, by=by, why="list")
    found = list(_found(chosen).order_by("-id")[: A_PAGE + 1])
    further = found[A_PAGE - 1].id if len(found) > A_PAGE else None
    why = reasons(found[:A_PAGE])
    rows = [replace(look, reason=why.get(look.entry, "")) for look in _looks(found[:A_PAGE])]
    return Looks(rows, further)


@zones.within(zones.PROTECTION)
def looked(member: Member) -> list[Look]:
    """Everybody who looked at this member's file, newest first. For data protection."""
    return _looks(list(_found(Filter(member=member.pk)).order_by("-id")[:ALL]))


@transaction.atomic
def who_looked(person: Person) -> list[Visit]:
    """For the member on the line, from whoever has the file open: 404 without one.

    The login of the pages cannot read the log. It asks a function that answers for an open file only.
    """
    grant = _open_grant(person)
    reading(
        What.WHO_LOOKED,
        grant.member_id,
        by=person,
        contact=grant.contact_id,
        break_glass=grant.break_glass_id,
    )
    with wall.within((), person=person, contact=grant.contact_id):
        rows = _of_open_file(person, grant.member_id)
    return visits(_looks(rows), reader=person)


def _of_open_file(person: Person, member_id: int) -> list[Read]:
    fields = [field.attname for field in Read._meta.concrete_fields]
    with connection.cursor() as cursor:
        cursor.execute(sql.named("firsthand.protect", "reading")["who_looked"], [person.pk, member_id, ALL])
        return [Read(**dict(zip(fields, row, strict=True))) for row in cursor.fetchall()]


def visits(looks: Sequence[Look], *, reader: Person | None = None) -> list[Visit]:
    """What a member wants to know: when, as what, why. Newest first."""
    return [_visit(list(same), reader) for _, same in groupby(looks, key=_same)]


@zones.within(zones.PROTECTION)
def sealed_reads(since: datetime) -> int:
    """How often something sealed was opened. For data protection."""
    return Read.objects.filter(what=What.CONFIDENCE, at__gte=since).count()


def _same(look: Look) -> tuple[object, ...]:
    return look.person.pk if look.person else None, look.role, look.cause, timezone.localdate(look.at)


def _visit(looks: list[Look], reader: Person | None) -> Visit:
    newest, oldest = looks[0], looks[-1]
    return Visit(
        first=oldest.at,
        last=newest.at,
        times=len(looks),
        role=newest.role,
        cause=newest.cause,
        what=tuple(dict.fromkeys(look.what for look in reversed(looks))),
        mine=newest.person is not None and newest.person == reader,
    )


def _found(chosen: Filter) -> QuerySet[Read]:
    found = Read.objects.all()
    if chosen.person:
        found = found.filter(actor_id=chosen.person)
    if chosen.member:
        found = found.filter(member_id=chosen.member)
    if chosen.contact:
        found = found.filter(contact_id=chosen.contact)
    if chosen.since:
        found = found.filter(at__gte=_midnight(chosen.since))
    if chosen.until:
        found = found.filter(at__lt=_midnight(chosen.until + timedelta(days=1)))
    return found.filter(id__lt=chosen.before) if chosen.before else found


def _looks(reads: Sequence[Read]) -> list[Look]:
    people = Person.objects.in_bulk({read.actor_id for read in reads if read.actor_id})
    numbers = dict(
        Member.objects.filter(pk__in={read.member_id for read in reads}).values_list("pk", "number")
    )
    why = causes(reads)
    return [
        Look(
            entry=read.id,
            at=read.at,
            person=people.get(read.actor_id) if read.actor_id else None,
            role=role(read.role),
            member_id=read.member_id,
            number=numbers.get(read.member_id, ""),
            contact=read.contact_id,
            what=str(What(read.what).label),
            cause=why.of(read),
            category=str(words.of(read.why)) if read.what == What.CONFIDENCE else "",
        )
        for read in reads
    ]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def staff() -> list[tuple[int, str]]:
    """Everybody who has ever been let into a file, to choose from."""
    return list(
        Person.objects.filter(grants__isnull=False).distinct().order_by("name").values_list("pk", "name")
    )


def member_named(number: str) -> Member | None:
    """By the member's number or AHV number, as the data-protection officer has it in a letter."""
    typed = bare(number)
    return Member.objects.filter(number=typed).first() or Member.objects.filter(ahv=typed).first()


def member_to_open(pk: int | None, number: str) -> Member | None:
    """Of a promise by its id, of a letter by the number that stands in it."""
    return Member.objects.filter(pk=pk).first() if pk else member_named(number)


def member_with(person: Person, pk: int) -> Member:
    member = Member.objects.filter(pk=pk).first()
    if member is None or not person.has_role(Role.PROTECTION):
        raise Http404
    return member


def _open_grant(person: Person) -> Grant:
    """What lets this person see a file now; without one there is nothing to see."""
    grant = Grant.objects.open().filter(person=person).first()
    if grant is None:
        raise Http404
    return grant
