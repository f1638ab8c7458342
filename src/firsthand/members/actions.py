"""Members from the insurer's own system. All of a file or nothing of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import TypeVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from firsthand.journal import actions as journal
from firsthand.kernel.refusal import Refusal
from firsthand.members.models import Cover, Household, Member
from firsthand.members.pure import dates, phones
from firsthand.members.pure.names import sort_name
from firsthand.members.reading import Fault, MemberRow, read
from firsthand.people.models import Language, Person

T = TypeVar("T")

# What a member may have corrected here. Number and cover are the insurer's register's to say.
CORRECTABLE = {
    "given_name": _lazy("given name"),
    "family_name": _lazy("family name"),
    "born_on": _lazy("date of birth"),
    "phone": _lazy("telephone"),
    "email": _lazy("e-mail"),
    "language": _lazy("language"),
    "street": _lazy("street"),
    "postcode": _lazy("postcode"),
    "town": _lazy("town"),
}
AT_ONCE = 2000
SHOWN = 50
PLACE = ["street", "postcode", "town", "canton"]
PERSON = [
    "given_name",
    "family_name",
    "sort_name",
    "born_on",
    "ahv",
    "household",
    "phone",
    "email",
    "language",
]
TERMS = ["franchise", "premium", "currency", "ends_on"]


@dataclass(frozen=True)
class Imported:
    members: int
    new: int
    covers: int


class NotImported(Refusal):
    """Every line that is wrong, so that a file is mended in one go."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = faults
        lines = [_("Line %(line)d: %(says)s") % fault._asdict() for fault in faults[:SHOWN]]
        more = len(faults) - SHOWN
        if more > 0:
            lines.append(ngettext("And %(n)d more.", "And %(n)d more.", more) % {"n": more})
        super().__init__("\n".join([_("Nothing was imported."), *lines]))


@transaction.atomic
def import_members(lines: Iterable[str], *, dry_run: bool = False, by: Person | None) -> Imported:
    """Add the members of a file and bring known ones up to date. What is not in the file stays as it is.

    A dry run does everything and takes it back, so that it says exactly what a real run would.
    """
    rows, faults = read(lines)
    faults += _taken_ahv(rows)
    if faults:
        raise NotImported(sorted(faults))
    before = Member.objects.count()
    _release_ahv(rows)
    for some in _batches(rows):
        _write(some)
    done = Imported(len(rows), Member.objects.count() - before, sum(len(row.covers) for row in rows))
    if rows:
        first = Member.objects.get(number=rows[0].number)
        journal.record("imported", first, by=by, members=done.members, new=done.new, covers=done.covers)
    if dry_run:
        transaction.set_rollback(True)
    return done


class NotThatValue(Refusal):
    says = _lazy("That cannot be right as it stands. Nothing was changed; write it as the register would.")


@transaction.atomic
def correct(member: Member, field: str, value: str, *, by: Person) -> None:
    """What a member says is wrong, put right. Tell the register too: its next import says what it knows.

    An address is the household's: who else lives there moves along.
    """
    member = Member.objects.select_for_update(no_key=True).select_related("household").get(pk=member.pk)
    row: Member | Household = member.household if field in PLACE else member
    setattr(row, field, _read(field, value.strip()))
    if isinstance(row, Member):
        row.sort_name = sort_name(row.given_name, row.family_name)
    try:
        row.clean_fields(exclude={one.name for one in row._meta.fields if one.name != field})
        row.validate_constraints()
    except ValidationError:
        raise NotThatValue from None
    row.save()
    journal.record("corrected", member, by=by, field=field)


def _read(field: str, value: str) -> object:
    """As it is stored; refused if it cannot be."""
    read: object = value
    if field == "phone":
        read = phones.e164(value, settings.COUNTRY)
    elif field == "born_on":
        meant = dates.days(value)
        read = next(iter(meant)) if len(meant) == 1 else None
    elif field == "language" and value not in Language.values:
        read = None
    if field not in CORRECTABLE or not read:
        raise NotThatValue
    return read


def _write(rows: Sequence[MemberRow]) -> None:
    # The last line of a household says where it lives.
    places = {row.household: {name: getattr(row, name) for name in PLACE} for row in rows}
    homes = Household.objects.bulk_create(
        [Household(number=number, **place) for number, place in sorted(places.items())],
        update_conflicts=True,
        unique_fields=["number"],
        update_fields=PLACE,
    )
    by_number = {home.number: home for home in homes}
    members = Member.objects.bulk_create(
        [_member(row, by_number[row.household]) for row in rows],
        update_conflicts=True,
        unique_fields=["number"],
        update_fields=PERSON,
    )
    Cover.objects.bulk_create(
        [
            Cover(member=member, **asdict(cover))
            for member, row in zip(members, rows, strict=True)
            for cover in row.covers
        ],
        update_conflicts=True,
        unique_fields=["member", "branch", "product", "starts_on"],
        update_fields=TERMS,
    )


def _member(row: MemberRow, home: Household) -> Member:
    return Member(
        number=row.number,
        given_name=row.given_name,
        family_name=row.family_name,
        sort_name=sort_name(row.given_name, row.family_name),
        born_on=row.born_on,
        ahv=row.ahv,
        household=home,
        phone=row.phone,
        email=row.email,
        language=row.language,
    )


def _taken_ahv(rows: Sequence[MemberRow]) -> list[Fault]:
    """AHV numbers that another member has in the database, unless this file gives that member another one."""
    here = {row.number for row in rows}
    says = _("Another member has this AHV number already.")
    return [Fault(row.line, says) for row, number in _held_by_another(rows) if number not in here]


def _release_ahv(rows: Sequence[MemberRow]) -> None:
    """Two members of the file may exchange numbers: neither may hold the other's while they are written."""
    held = [number for _row, number in _held_by_another(rows)]
    for some in _batches(held):
        Member.objects.filter(number__in=some).update(ahv=None)


def _held_by_another(rows: Sequence[MemberRow]) -> list[tuple[MemberRow, str]]:
    by_ahv = {row.ahv: row for row in rows if row.ahv}
    held = (
        pair
        for some in _batches(by_ahv)
        for pair in Member.objects.filter(ahv__in=some).values_list("ahv", "number")
    )
    return [(by_ahv[ahv], number) for ahv, number in held if ahv and by_ahv[ahv].number != number]


def _batches(things: Iterable[T]) -> Iterator[list[T]]:
    going = iter(things)
    while some := list(islice(going, AT_ONCE)):
        yield some
