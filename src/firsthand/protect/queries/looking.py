"""Who looked at whose file, when, for which contact: read from the journal, which nobody can change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.cache import cache
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.functional import Promise

from firsthand.journal import queries as journal
from firsthand.journal.models import Entry
from firsthand.members.models import Member
from firsthand.members.pure.facts import bare
from firsthand.people.models import Person, Role
from firsthand.protect.models import Grant

KIND = Member._meta.label_lower
A_PAGE = 50
# Walking the chain reads the whole journal; a page shows the verdict of the last quarter of an hour.
CHAIN_SECONDS = 15 * 60


@dataclass(frozen=True)
class Filter:
    """What stands in the address of the page: ids and days, never a name or a member's number."""

    person: int | None = None
    member: int | None = None
    contact: int | None = None
    since: date | None = None
    until: date | None = None
    before: int | None = None  # the entry the page goes on from


@dataclass(frozen=True, repr=False)
class Look:
    entry: int
    at: datetime
    person: Person | None
    member_id: int
    number: str
    contact: int | None

    @property
    def role(self) -> Promise | str:
        """As what somebody looked. In the room nobody has a rank: an executive on the phone is a helper."""
        for role in (Role.SPECIALIST, Role.ADVISOR, Role.HELPER, Role.EXECUTIVE):
            if self.person and self.person.has_role(role):
                return (Role.HELPER if role == Role.EXECUTIVE else role).label
        return ""


@dataclass(frozen=True)
class Looks:
    rows: Sequence[Look]
    further: int | None  # the entry to go on from, if there are more


@dataclass(frozen=True)
class Chain:
    ok: bool
    checked: int
    at: datetime


def looks(chosen: Filter) -> Looks:
    """A page of reads, newest first; a fixed number of questions to the database."""
    found = list(_found(chosen).order_by("-id")[: A_PAGE + 1])
    further = found[A_PAGE - 1].id if len(found) > A_PAGE else None
    return Looks(_looks(found[:A_PAGE]), further)


def looked(member: Member) -> list[Look]:
    """Everybody who looked at this member's file, newest first."""
    return _looks(_found(Filter(member=member.pk)).order_by("-id"))


def _found(chosen: Filter) -> QuerySet[Entry]:
    found = journal.with_verb("looked").filter(kind=KIND)
    if chosen.person:
        found = found.filter(actor_id=chosen.person)
    if chosen.member:
        found = found.filter(object_id=str(chosen.member))
    if chosen.contact:
        found = found.filter(details__contact=chosen.contact)
    if chosen.since:
        found = found.filter(at__gte=_midnight(chosen.since))
    if chosen.until:
        found = found.filter(at__lt=_midnight(chosen.until + timedelta(days=1)))
    return found.filter(id__lt=chosen.before) if chosen.before else found


def _looks(entries: Iterable[Entry]) -> list[Look]:
    entries = list(entries)
    people = Person.objects.in_bulk({entry.actor_id for entry in entries if entry.actor_id})
    members = {int(entry.object_id) for entry in entries}
    numbers = dict(Member.objects.filter(pk__in=members).values_list("pk", "number"))
    return [
        Look(
            entry=entry.id,
            at=entry.at,
            person=people.get(entry.actor_id) if entry.actor_id else None,
            member_id=int(entry.object_id),
            number=numbers.get(int(entry.object_id), ""),
            contact=entry.details.get("contact"),
        )
        for entry in entries
    ]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def last_check() -> Chain | None:
    """Whether nothing was changed or removed, as of the last check; None if that is too long ago."""
    kept: Chain | None = cache.get("protect.chain")
    return kept


def check() -> Chain:
    """Walk the chain, unless somebody just did. Long in an old journal: the page asks for it apart."""
    kept = last_check()
    if kept is None:
        verdict = journal.verify()
        kept = Chain(verdict.ok, verdict.checked, timezone.now())
        cache.set("protect.chain", kept, CHAIN_SECONDS)
    return kept


def staff() -> list[tuple[int, str]]:
    """Everybody who has ever been let into a file, to choose from."""
    return list(
        Person.objects.filter(grants__isnull=False).distinct().order_by("name").values_list("pk", "name")
    )


def member_named(number: str) -> Member | None:
    """By the member's number or AHV number, as the data-protection officer has it in a letter."""
    typed = bare(number)
    return Member.objects.filter(number=typed).first() or Member.objects.filter(ahv=typed).first()


def member_with(person: Person, pk: int) -> Member:
    member = Member.objects.filter(pk=pk).first()
    if member is None or not person.has_role(Role.PROTECTION):
        raise Http404
    return member


def member_of_open_file(person: Person) -> Member:
    """The member whose file is open to this person now; without one there is nothing to see."""
    grant = Grant.objects.open().filter(person=person).select_related("member").first()
    if grant is None:
        raise Http404
    return grant.member
