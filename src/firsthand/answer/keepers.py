"""What is kept of a contact: what was asked, answered and promised, and the moves that led there."""

from django.utils.translation import gettext_lazy as _

from firsthand.answer.models import Contact
from firsthand.kernel import keeping
from firsthand.kernel.keeping import (
    HOUSE,
    ROW,
    STATE,
    TECHNICAL,
    Data,
    Erased,
    Fate,
    Gathers,
    Goes,
    Table,
    Whom,
    deleted,
    kept,
    none,
    of_caller,
    of_member,
    of_staff,
)
from firsthand.know.queries import question
from firsthand.know.topics import label
from firsthand.people.models import Language

PURPOSES = (_("Solving a concern: what was asked, answered and promised"),)
BASIS = _("CH: Art. 27 ATSG, Art. 84 KVG, Art. 31 DSG. DE: §§ 13 to 15 SGB I, § 284 (1) SGB V")
SOURCE = _("The caller, in the conversation")
RECIPIENTS = _("The helper who had the contact; whoever keeps the promise")

# Of a telephone number alone: contacts in which nobody was verified. A verified contact is a member's.
BY_NUMBER = "member_id IS NULL AND %(phone)s::text <> '' AND %(phone)s IN (caller_phone, callback_phone)"
CALLS = "SELECT call_id FROM answer_contact WHERE {who} AND call_id IS NOT NULL"
OVER = "closed_at IS NOT NULL"
RECORD = {"answered": "''", "needed": "'[]'", "note_words": "''", "note_purpose": "''"}
TYPED = "(caller_name <> '' OR caller_phone <> '' OR callback_phone <> '')"
CALLER = {"caller_name": "''", "caller_phone": "''", "callback_phone": "''"}
OF_THE_CONTACT = "(SELECT c.{column} FROM answer_contact c WHERE c.id = contact_id)"

keeping.gather(
    Gathers(
        "contacts",
        "bigint",
        {
            Whom.MEMBER: "SELECT id FROM answer_contact WHERE member_id = %(member)s",
            Whom.CALLER: f"SELECT id FROM answer_contact WHERE {BY_NUMBER}",  # noqa: S608  our own words
        },
        "SELECT id FROM answer_contact"
        " WHERE member_id = ANY(%(held_members)s::bigint[]) OR case_id = ANY(%(held_cases)s::bigint[])",
    ),
    Gathers(
        "calls",
        "uuid",
        {
            Whom.MEMBER: CALLS.format(who="member_id = %(member)s"),
            Whom.CALLER: CALLS.format(who=BY_NUMBER),
        },
    ),
)

keeping.register(
    Table(
        name="answer_promise",
        room="answer",
        what=_("What was promised"),
        columns={
            "id": ROW,
            "contact_id": of_caller(Data.LINK, _("contact")),
            "words": of_caller(Data.WORDS, _("promise")),
            "due_on": none(_("a day"), _("due on")),
            "made_at": of_staff(Data.BEHAVIOUR, _("made")),
            "made_by_id": of_staff(Data.LINK, _("made by")),
            "taken_at": of_staff(Data.BEHAVIOUR, _("taken over")),
            "taken_by_id": of_staff(Data.LINK, _("taken over by")),
            "kept_at": of_staff(Data.BEHAVIOUR, _("kept")),
            "kept_by_id": of_staff(Data.LINK, _("kept by")),
        },
        purposes=PURPOSES,
        basis=BASIS,
        source=SOURCE,
        recipients=RECIPIENTS,
        finds={
            Whom.MEMBER: "contact_id = ANY(%(contacts)s)",
            Whom.CALLER: "contact_id = ANY(%(contacts)s)",
            Whom.STAFF: "%(person)s IN (made_by_id, taken_by_id, kept_by_id)",
        },
        order="due_on, id",
        member=OF_THE_CONTACT.format(column="member_id"),
        case=OF_THE_CONTACT.format(column="case_id"),
        erased={
            Whom.MEMBER: deleted(),
            Whom.CALLER: deleted(),
            Whom.STAFF: kept(_("The promise is the member's; the colleague is a number that names nobody")),
        },
        goes=(
            Goes("contact_record", "kept_at", "kept_at IS NOT NULL"),
            Goes("promise_forgotten", "due_on", "kept_at IS NULL", day=True),
        ),
    ),
    Table(
        name="answer_contact",
        room="answer",
        what=_("Contacts"),
        columns={
            "id": ROW,
            "public_id": none(_("a number drawn at random")),
            "state": STATE,
            "language": of_caller(Data.LANGUAGE, _("language"), lambda code: Language(code).label),
            "topic": of_caller(Data.HEALTH, _("topic that the caller chose"), label),
            "synthetic": TECHNICAL,
            "caller_name": of_caller(Data.NAME, _("name that the caller typed")),
            "caller_phone": of_caller(Data.PHONE, _("number of the caller")),
            "callback_phone": of_caller(Data.PHONE, _("number to call back")),
            "queued_at": of_caller(Data.BEHAVIOUR, _("arrived")),
            "wake_at": TECHNICAL,
            "paused": STATE,
            "held_until": TECHNICAL,
            "held_for_id": of_staff(Data.LINK, _("kept for the seat")),
            "shielded": none(
                _("keeps a contact from whoever decides about staff; says nothing about who calls")
            ),
            "kept_from": of_staff(Data.LINK, _("colleagues who do not get the contact")),
            "declined_by": of_staff(Data.LINK, _("seats that did not answer")),
            "offered_at": STATE,
            "connected_at": of_caller(Data.BEHAVIOUR, _("connected")),
            "talk_at": of_caller(Data.BEHAVIOUR, _("first word")),
            "hung_up_at": of_caller(Data.BEHAVIOUR, _("hung up")),
            "closed_at": of_caller(Data.BEHAVIOUR, _("closed")),
            "moved_why": STATE,
            "moved_by_id": of_staff(Data.LINK, _("last moved by")),
            "version": TECHNICAL,
            "verify_tries": of_caller(Data.BEHAVIOUR, _("wrong tries to be verified")),
            "answered": of_caller(Data.WORDS, _("what was answered")),
            "note_words": of_caller(Data.WORDS, _("draft of a note")),
            "needed": of_caller(Data.WORDS, _("why something stands in the draft")),
            "note_purpose": none(_("the purpose of the draft")),
            "solved": of_caller(Data.BEHAVIOUR, _("solved")),
            "call_id": of_caller(Data.LINK, _("call")),
            "case_id": of_caller(Data.LINK, _("case")),
            "concern_id": of_caller(Data.HEALTH, _("concern"), question),
            "member_id": of_member(Data.LINK, _("member")),
            "seat_id": of_staff(Data.LINK, _("seat")),
        },
        purposes=PURPOSES,
        basis=BASIS,
        source=SOURCE,
        recipients=RECIPIENTS,
        given=("language", "caller_name", "caller_phone", "callback_phone"),
        finds={
            Whom.MEMBER: "member_id = %(member)s",
            Whom.CALLER: BY_NUMBER,
            Whom.STAFF: "seat_id IN (SELECT id FROM answer_seat WHERE person_id = %(person)s)",
        },
        order="queued_at, id",
        member="member_id",
        case="case_id",
        erased={
            Whom.MEMBER: (
                Erased(Fate.BLANK, OVER, {**RECORD, **CALLER, "member_id": "NULL", "call_id": "NULL"}),
            ),
            Whom.CALLER: (Erased(Fate.BLANK, OVER, {**RECORD, **CALLER, "call_id": "NULL"}),),
            Whom.STAFF: kept(_("The contact is the caller's; the seat is a number that names nobody")),
        },
        goes=(
            Goes("contact_caller", "closed_at", f"{OVER} AND {TYPED}", CALLER),
            Goes(
                "contact_draft",
                "closed_at",
                f"{OVER} AND note_words <> ''",
                {"note_words": "''", "needed": "'[]'"},
            ),
            Goes("contact_record", "closed_at", f"{OVER} AND answered <> ''", {"answered": "''"}),
            # What is left counts: when, about what, solved or not. It no longer says of whom.
            Goes("contact_member", "closed_at", f"{OVER} AND member_id IS NOT NULL", {"member_id": "NULL"}),
        ),
    ),
    Table(
        name="answer_case",
        room="answer",
        what=_("Cases: contacts of one member about one concern"),
        columns={
            "id": ROW,
            "opened_at": of_member(Data.BEHAVIOUR, _("opened")),
            "concern_id": of_member(Data.HEALTH, _("concern"), question),
            "member_id": of_member(Data.LINK, _("member")),
        },
        purposes=PURPOSES,
        basis=BASIS,
        source=SOURCE,
        recipients=RECIPIENTS,
        finds={Whom.MEMBER: "member_id = %(member)s"},
        order="opened_at, id",
        member="member_id",
        case="id",
        erased={Whom.MEMBER: (Erased(Fate.BLANK, blanks={"member_id": "NULL"}),)},
        goes=(
            Goes(
                "contact_member",
                "(SELECT max(c.closed_at) FROM answer_contact c WHERE c.case_id = answer_case.id)",
                "member_id IS NOT NULL",
                {"member_id": "NULL"},
            ),
        ),
    ),
    Table(
        name="answer_contactevent",
        room="answer",
        what=_("The moves of a contact"),
        columns={
            "contact_id": of_caller(Data.LINK, _("contact")),
            "version": TECHNICAL,
            "at": of_caller(Data.BEHAVIOUR, _("when")),
            "state": none(_("where the work stands"), _("state"), lambda code: Contact.State(code).label),
            "seat_id": of_staff(Data.LINK, _("seat")),
            "why": STATE,
            "by_id": of_staff(Data.LINK, _("colleague")),
        },
        purposes=(_("Proving how a contact went; counting waiting times"),),
        basis=BASIS,
        source=_("The house itself"),
        recipients=_("The organiser, as counts"),
        finds={
            Whom.MEMBER: "contact_id = ANY(%(contacts)s)",
            Whom.CALLER: "contact_id = ANY(%(contacts)s)",
            Whom.STAFF: "by_id = %(person)s",
        },
        order="contact_id, version",
        contact="contact_id",
        erased={
            whom: kept(_("Append only; numbers that lead to nobody once contact or colleague is blank"))
            for whom in Whom
        },
        goes=(Goes("contact_moves", "at", months=True),),
    ),
    Table(
        name="answer_seat",
        room="answer",
        what=_("Where a colleague answers"),
        columns={
            "id": ROW,
            "state": of_staff(Data.WORK, _("state")),
            "decides": of_staff(Data.WORK, _("has a say in personnel matters")),
            "away_why": of_staff(Data.WORK, _("why not ready")),
            "languages": of_staff(Data.LANGUAGE, _("languages")),
            "topics": of_staff(Data.WORK, _("topics")),
            "fit_until": of_staff(Data.WORK, _("ready until")),
            "ready_at": of_staff(Data.BEHAVIOUR, _("ready since")),
            "seen_at": of_staff(Data.BEHAVIOUR, _("last seen")),
            "instance": of_staff(Data.DEVICE, _("number of the open page")),
            "synthetic": TECHNICAL,
            "version": TECHNICAL,
            "person_id": of_staff(Data.LINK, _("colleague")),
        },
        purposes=(_("Putting a contact through to somebody who is there and ready"),),
        basis=_("CH: Art. 328b CO. DE: § 26 BDSG"),
        source=_("The colleague's own page"),
        recipients=_("The room"),
        finds={Whom.STAFF: "person_id = %(person)s"},
        erased={
            Whom.STAFF: (
                Erased(
                    Fate.BLANK,
                    blanks={"languages": "'{}'", "topics": "'{}'", "instance": "''", "seen_at": "NULL"},
                ),
            )
        },
    ),
    Table(
        name="answer_rules",
        room="answer",
        what=_("What the insurer set about answering"),
        columns=dict.fromkeys(
            ("id", "offer_seconds", "target_seconds", "target_share", "solved_share"), HOUSE
        ),
    ),
)
