"""What one can do with an observation: make it, say that one heard the same, withdraw one's own."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from firsthand.answer.models import Contact
from firsthand.journal import actions as journal
from firsthand.kernel import zones
from firsthand.kernel.refusal import Refusal
from firsthand.learn.models import About, MeToo, Observation, Owner
from firsthand.learn.pure import about as topics
from firsthand.live import bus
from firsthand.people.models import Person
from firsthand.protect import actions as protect
from firsthand.protect.actions import Screening
from firsthand.protect.pure.screen import Choice
from firsthand.protect.queries.names import names_around
from firsthand.protect.queries.needs import BOARD

GONE = "[…]"
LIMIT = 4000  # characters; the table holds it too


class Unsayable(Refusal):
    """The words cannot stand as they are; shown at the field, where they still are."""


class NothingSaid(Unsayable):
    says = _("There are no words yet. Write what you heard, then say it.")


class TooLong(Unsayable):
    def __init__(self, length: int) -> None:
        over = length - LIMIT
        super().__init__(
            ngettext(
                "That is %(over)s character too long. Nothing was sent; shorten it and say it again.",
                "That is %(over)s characters too long. Nothing was sent; shorten it and say it again.",
                over,
            )
            % {"over": over}
        )


class OnesOwn(Refusal):
    says = _("These are your own words. “Me too” is for the others.")


class Withdrawn(Refusal):
    says = _("This observation has been withdrawn by its author.")


class NotTheAuthor(Refusal):
    says = _("Only its author can withdraw an observation.")


def observe(
    words: str,
    *,
    about: str = "",
    contact: Contact | None = None,
    choices: Sequence[Choice] = (),
    by: Person,
) -> Observation:
    """Put it on the board at once, without what gives a person away and otherwise as it was said.

    Without `about` the concern's topic decides whom it goes to. Two zones, one after the other: the names around
    the contact are read in the zone of the pages, which changes nothing; what is left of the words is one
    transaction of the zone of learning, which sees no contact.
    """
    _checked(words)
    concern = contact.concern if contact else None
    said = Observation(
        words=_checked(stripped(words, contact=contact, choices=choices, by=by).text),
        about=About(about or topics.guess(concern.topic if concern else "")),
        concern=concern,
        contact_id=contact.pk if contact else None,
        seen_by=by,
    )
    return _stand(said, by=by)


@zones.within(zones.LEARN)
@transaction.atomic
def _stand(made: Observation, *, by: Person) -> Observation:
    made.save(force_insert=True)
    made.refresh_from_db(fields=["number", "seen_at", "hash"])
    # The journal's own chain holds our newest hash: cutting off the end of the board shows there.
    journal.record("observed", made, by=by, number=made.number, hash=bytes(made.hash).hex())
    bus.touch("board", "wall")
    return made


@zones.within(zones.LEARN)
@transaction.atomic
def me_too(observation: Observation, *, by: Person) -> None:
    """Once each: pressing again changes nothing."""
    if observation.seen_by_id == by.pk:
        raise OnesOwn
    if observation.withdrawn_at:
        raise Withdrawn
    _, new = MeToo.objects.get_or_create(observation=observation, person=by)
    if new:
        journal.record("said_me_too", observation, by=by)
        bus.touch("board")


@zones.within(zones.LEARN)
@transaction.atomic
def withdraw(observation: Observation, *, by: Person) -> None:
    """The words go from view, the place stays. Nobody else can, of whatever rank."""
    if observation.seen_by_id != by.pk:
        raise NotTheAuthor
    if Observation.objects.standing().filter(pk=observation.pk).update(withdrawn_at=Now()):
        journal.record("withdrew", observation, by=by)
        bus.touch("board", "wall")


@transaction.atomic
def take_out(needles: Iterable[str], contacts: Iterable[int], *, by: Person | None) -> int:
    """A person asked to be erased: their name or number goes out of the words, and nothing else does.

    The screen of free text lets neither in; this is for the day on which it failed. Each is an entry, and the
    observation says that something was taken out of it.
    """
    sought = [needle for needle in needles if needle]
    Observation.objects.filter(contact_id__in=list(contacts)).update(contact_id=None)
    if not sought:
        return 0
    pattern = re.compile(
        "|".join(re.escape(one) for one in sorted(sought, key=len, reverse=True)), re.IGNORECASE
    )
    named = Observation.objects.filter(words__iregex=pattern.pattern)
    for one in named:
        Observation.objects.filter(pk=one.pk).update(words=pattern.sub(GONE, one.words), taken_out_at=Now())
        journal.record("took_out", one, by=by)
    if named:
        bus.touch("board")
    return len(named)


@transaction.atomic
def hand_over(about: str, person: Person | None, *, by: Person | None) -> None:
    """From now on this person can change it and is shown it first; None: nobody yet."""
    about = About(about)
    before = Owner.objects.filter(about=about).first()
    if before and person and before.person_id == person.pk:
        return
    if person:
        owner, _ = Owner.objects.update_or_create(about=about, defaults={"person": person})
        journal.record("handed_over", owner, by=by, about=about.value, person=person.pk)
    elif before:
        journal.record("handed_over", before, by=by, about=about.value, person=None)
        before.delete()
    bus.touch("board")


@transaction.atomic
def import_history(said: Iterable[tuple[datetime, Observation]], *, by: Person | None) -> list[Observation]:
    """Take over what was said before this house stood, oldest first; each is a link of the same chain."""
    earlier = sorted(said, key=lambda row: row[0])
    for at, observation in earlier:
        observation.seen_at = at
        observation.words = _checked(stripped(observation.words, by=None).text)
    made = Observation.objects.bulk_create([observation for _, observation in earlier])
    for observation in Observation.objects.in_bulk([one.pk for one in made]).values():
        number, end = observation.number, bytes(observation.hash).hex()
        journal.record("observed", observation, by=by, number=number, hash=end, imported=True)
    bus.touch("board", "wall")
    return made


def stripped(
    words: str, *, contact: Contact | None = None, choices: Sequence[Choice] = (), by: Person | None
) -> Screening:
    """Everybody reads the board: no names, numbers, addresses, and nothing that somebody confided. It is
    shown to its author before it is sent.
    """
    language = contact.language if contact else get_language() or "de"
    known = names_around(
        by, member=contact.member if contact else None, said=contact.caller_name if contact else ""
    )
    return protect.screened(words, language=language, concern=BOARD, known=known, choices=choices, by=by)


def _checked(words: str) -> str:
    """The words as they may stand: own words, unedited but for the white space around them."""
    words = words.strip()
    if not words:
        raise NothingSaid
    if len(words) > LIMIT:
        raise TooLong(len(words))
    return words
