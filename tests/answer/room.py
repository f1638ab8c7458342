"""What the tests of this room do again and again. Time is moved, never waited for."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from firsthand.answer import actions, queries
from firsthand.answer.models import Contact, ContactEvent, Seat
from firsthand.people.models import Person, Role
from firsthand.protect.models import Note
from tests import world
from tests.logins import everything

TAB = "tab-1"


def ready(*people: Person) -> None:
    for person in people or (world.ada(),):
        actions.say_ready(person, instance=TAB, by=person)


def arrive(language: str = "de", **more) -> Contact:
    return actions.arrive(language=language, carrier=more.pop("carrier", "fake"), **more)


def offered(person: Person | None = None, **more) -> Contact:
    """A contact that is being offered to this person (Ada), who was not ready before."""
    ready(person or world.ada())
    contact = arrive(**more)
    actions.sweep()
    contact.refresh_from_db()
    assert contact.state == "offered", contact.state
    return contact


def talking(person: Person | None = None, **more) -> Contact:
    person = person or world.ada()
    return actions.take(offered(person, **more), by=person)


def wrapping(person: Person | None = None, **more) -> Contact:
    person = person or world.ada()
    contact = talking(person, **more)
    actions.hang_up(contact, by=person)
    contact.refresh_from_db()
    return contact


def closed(person: Person | None = None, solved: bool = True, **more) -> Contact:
    person = person or world.ada()
    contact = wrapping(person, **more)
    actions.close(contact, solved=solved, by=person)
    contact.refresh_from_db()
    return contact


def closed_by_many(solved: int, of: int) -> None:
    """By six people, so that it is nobody's own figure."""
    for n in range(of):
        somebody = world.person(f"M{n % 6} Muster", Role.HELPER, ready=True)
        closed(somebody, solved=n < solved)
        actions.say_away(somebody, by=somebody)


def verify(contact: Contact, person: Person | None = None):
    world.frau_keller()
    facts = {"born_on": "04.03.1958", "postcode": "8005", "number": ""}
    return actions.verify(contact, name="Ruth Keller", by=person or world.ada(), **facts)


def forward(seconds: float, beating: Iterable[Person] = ()) -> None:
    """The database's clock goes on; these people's pages have been there all the time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(nullif(current_setting('firsthand.clock_offset', true), ''), '0')::interval"
        )
        (offset,) = cursor.fetchone()
        cursor.execute(
            "SELECT set_config('firsthand.clock_offset', %s, false)",
            [f"{(offset + timedelta(seconds=seconds)).total_seconds()} seconds"],
        )
    for person in beating:
        assert actions.beat(person, instance=TAB, by=person)


def seat(person: Person | None = None) -> Seat:
    return Seat.objects.get(person=person or world.ada())


def state(contact: Contact) -> str:
    return Contact.objects.values_list("state", flat=True).get(pk=contact.pk)


def moves(contact: Contact) -> list[str]:
    return list(
        ContactEvent.objects.filter(contact_id=contact.pk).order_by("version").values_list("why", flat=True)
    )


def check() -> None:
    """What must hold at any commit: the deferred checks now, and the log of every contact."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    assert queries.replayed(list(Contact.objects.all())) == []


def notes(contact: Contact) -> list[tuple[str, str]]:
    with everything():
        return list(Note.objects.filter(contact_id=contact.pk).values_list("purpose", "words"))


def today():
    return timezone.localdate()
