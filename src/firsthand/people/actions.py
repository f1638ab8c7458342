"""What can be done with persons: invite, change, leave, sign."""

from django.db import transaction

from firsthand.journal import actions as journal
from firsthand.people.models import Person


@transaction.atomic
def set_language(person: Person, language: str, *, by: Person) -> None:
    """The language in which the house shows its pages to this person."""
    if person.language == language:
        return
    Person.objects.filter(pk=person.pk).update(language=language)
    person.language = language
    journal.record("language set", person, by=by, language=language)
