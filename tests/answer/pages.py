"""What the tests of this room's pages share."""

from datetime import timedelta

from django.utils import timezone

from firsthand.answer import actions
from firsthand.answer.models import Contact, Promise
from firsthand.people.models import Person
from firsthand.protect.models import Note
from tests import world
from tests.answer import room
from tests.logins import everything

TAB = {"X-Firsthand-Tab": room.TAB}
HTMX = {"HX-Request": "true"}
LIVE = {**HTMX, "HX-Live": "true"}


def says(response) -> str:
    """The page as one line."""
    return " ".join(response.content.decode().split())


def address(contact: Contact, verb: str) -> str:
    return f"/desk/{contact.public_id}/{verb}/"


def notes(contact: Contact) -> list[tuple[str, str]]:
    with everything():
        return list(Note.objects.filter(contact_id=contact.pk).values_list("purpose", "words"))


def promise(contact: Contact, words: str, days: int = 3, person: Person | None = None) -> Promise:
    due_on = timezone.localdate() + timedelta(days=days)
    return actions.promise(contact, words=words, due_on=due_on, by=person or world.ada())
