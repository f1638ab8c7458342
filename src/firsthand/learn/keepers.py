"""Observations are about the house. A member stands in one only if the screen of free text has failed."""

from django.utils.translation import gettext_lazy as _

from firsthand.kernel import keeping
from firsthand.kernel.keeping import (
    CHAIN,
    HOUSE,
    ROW,
    STATE,
    Data,
    Goes,
    Subject,
    Table,
    Whom,
    asked,
    kept,
    none,
    of_caller,
    of_staff,
)
from firsthand.learn import actions
from firsthand.people.models import Person

PURPOSES = (_("Learning from what was heard at the front"),)
BASIS = _("CH: Art. 31 DSG. DE: Art. 6 (1) (f) GDPR")
SOURCE = _("The colleague who heard it")
RECIPIENTS = _("Everybody who works here")
NAMED = "words ILIKE ANY(%(needles)s) OR contact_id = ANY(%(contacts)s)"
AUTHOR = _("What was said stands in a chain; its author is a number that names nobody once they are erased")


def take_out(subject: Subject, *, by: Person | None) -> int:
    return actions.take_out(subject.needles, subject.gathered["contacts"], by=by)


keeping.register(
    Table(
        name="learn_observation",
        room="learn",
        what=_("What was heard at the front"),
        columns={
            "id": ROW,
            "words": of_caller(Data.WORDS, _("words")),
            "about": HOUSE,
            "concern_id": HOUSE,
            "contact_id": of_caller(Data.LINK, _("contact")),
            "seen_by_id": of_staff(Data.LINK, _("author")),
            "seen_at": none(_("the day something was heard"), _("when")),
            "withdrawn_at": STATE,
            "taken_out_at": STATE,
            "number": CHAIN,
            "digest": CHAIN,
            "previous": CHAIN,
            "hash": CHAIN,
        },
        purposes=PURPOSES,
        basis=BASIS,
        source=SOURCE,
        recipients=RECIPIENTS,
        finds={Whom.MEMBER: NAMED, Whom.CALLER: NAMED, Whom.STAFF: "seen_by_id = %(person)s"},
        order="number",
        erased={Whom.MEMBER: asked(take_out), Whom.CALLER: asked(take_out), Whom.STAFF: kept(AUTHOR)},
        goes=(Goes("observation_contact", "seen_at", "contact_id IS NOT NULL", {"contact_id": "NULL"}),),
    ),
    Table(
        name="learn_metoo",
        room="learn",
        what=_("Who heard the same"),
        columns={
            "id": ROW,
            "said_at": of_staff(Data.BEHAVIOUR, _("when")),
            "observation_id": of_staff(Data.LINK, _("observation")),
            "person_id": of_staff(Data.LINK, _("colleague")),
        },
        purposes=PURPOSES,
        basis=BASIS,
        source=SOURCE,
        recipients=RECIPIENTS,
        finds={Whom.STAFF: "person_id = %(person)s"},
        erased={Whom.STAFF: kept(AUTHOR)},
    ),
    Table(
        name="learn_owner",
        room="learn",
        what=_("Who can change what"),
        columns={
            "id": ROW,
            "about": HOUSE,
            "person_id": of_staff(Data.LINK, _("owner")),
        },
        purposes=PURPOSES,
        basis=BASIS,
        source=_("The organiser"),
        recipients=RECIPIENTS,
        finds={Whom.STAFF: "person_id = %(person)s"},
        erased={Whom.STAFF: keeping.deleted()},
    ),
)
