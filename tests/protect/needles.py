"""A needle in every column that a room declares to be about a member: so that none can be forgotten."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.utils import timezone
from psycopg import sql

from firsthand.answer import actions as answer
from firsthand.kernel.keeping import Data, Fate, Subject, Table, Whom
from firsthand.learn.models import Observation
from firsthand.members.models import Cover, Household, Member
from firsthand.people.models import Person, Role
from firsthand.protect import actions, queries, registry
from firsthand.protect.models import BreakGlass, Field, Grant, Review, Shield, Suppression
from firsthand.protect.pure.categories import Category
from firsthand.protect.pure.screen import Sealed
from tests import triggers, world
from tests.answer import room

# Categories that hold words and numbers; the others hold codes, moments and links.
WORDS = {Data.NAME, Data.NUMBER, Data.GOVERNMENT, Data.ADDRESS, Data.PHONE, Data.MAIL, Data.WORDS}
# Columns with a form of their own.
FORMS = {
    "members_member.number": "NEEDLE{:04}",
    "members_member.ahv": "756888877{:04}",
    "members_member.phone": "+4199887{:05}",
    "answer_contact.caller_phone": "+4199887{:05}",
    "answer_contact.callback_phone": "+4199887{:05}",
    "members_household.postcode": "NE{:04}",
    "protect_note.reasons": '[{{"category": "health", "why": "needle{:04}x"}}]',
    "answer_contact.needed": '[{{"category": "health", "print": "", "why": "needle{:04}x"}}]',
    "members_member.email": "needle{:04}x@example.org",
    "people_person.email": "needle{:04}x@example.org",
}
# Too short to be told from anything else; and what is sealed is planted before it is sealed.
NOT_PLANTED = {"members_household.canton", "protect_confidence.sealed", "protect_request.phone"}
# About nobody, unless the screen of free text has failed: then it holds the member's name. See `slip`.
NOT_PLANTED |= {"learn_observation.words"}


def member(number: str) -> Member:
    """Somebody whose cover is long over, so that no law keeps them."""
    place = {"street": "Weg 1", "postcode": "8001", "town": "Zürich", "canton": "ZH"}
    home = Household.objects.create(number=f"H{number}", **place)
    made = Member.objects.create(
        number=number,
        given_name="Given",
        family_name=f"Family{number}",
        sort_name=f"family{number} given",
        born_on="1911-11-11",
        household=home,
        language="de",
    )
    long_ago = timezone.localdate() - timedelta(days=5000)
    Cover.objects.create(
        member=made,
        branch="basic",
        product="Basis",
        premium=300,
        starts_on=long_ago - timedelta(days=365),
        ends_on=long_ago,
    )
    return made


def fill(one: Member) -> None:
    """At least one row about this member in every table that may have one."""
    ada, petra, carla = world.ada(), world.petra(), world.person("Nora Berater", Role.ADVISOR)
    contact = room.talking(ada, name="x", phone="044 321 87 65", carrier="browser")
    type(contact).objects.filter(pk=contact.pk).update(member=one)
    contact.refresh_from_db()
    actions.open_file(contact.pk, one, by=ada)
    answer.name_concern(contact, world.concern(), by=ada)
    answer.promise(contact, words="We call.", due_on=timezone.localdate(), by=ada)
    answer.hang_up(contact, by=ada)
    actions.write_note(contact.pk, one, words="x", purpose="kvg_a", by=ada)
    sealed = [Sealed(Category.DEBT, f"needle-sealed-{one.number}")]
    actions.seal(contact.pk, one, field=Field.NOTE, purpose="kvg_a", sealed=sealed, by=ada)
    answer.close(contact, solved=True, then_away=True, by=ada)
    Observation.objects.create(words="The letter is long.", contact_id=contact.pk, seen_by=ada)
    actions.give_consent(
        one,
        scopes=["basic"],
        way="written",
        wording="You may call me.",
        name="x",
        address="x",
        company="x",
        by=ada,
    )
    Suppression.objects.create(member=one, why="complaint", said_by=ada)
    later = timezone.now() + timedelta(minutes=1)
    glass = BreakGlass.objects.create(
        person=carla,
        member=one,
        kind="letter",
        branch="basic",
        reason="A letter of theirs",
        ends_at=timezone.now() + timedelta(minutes=5),
    )
    Grant.objects.create(person=carla, member=one, break_glass=glass, ends_at=later, closed_at=later)
    Shield.objects.create(member=one, person=carla, kind="relative", said_by=petra)
    Review.objects.create(break_glass=glass, says="asked", words="Why?", by=petra)
    asked = actions.take_down("access", way="letter", member=one, by=petra)
    actions.dispute(one, "protect_note", str(contact.pk), words="That is wrong.", request=asked, by=petra)
    actions.restrict(one, norm="Art. 18 GDPR", request=asked, by=petra)
    actions.lift_hold(
        actions.hold(one, reason="Something of court", until=timezone.localdate(), by=petra), by=petra
    )


def open_confidence(one: Member, by: Person) -> None:
    """Somebody opened what was sealed: the reason is a row about the member."""
    from firsthand.protect.models import Confidence, Opening

    sealed = Confidence.objects.get(member=one)
    Opening.objects.create(confidence_id=sealed.pk, opened_by=by, reason="Asked for it on the line")


def columns() -> list[tuple[Table, str]]:
    """Where words about a member may stand."""
    return [
        (table, name)
        for table in registry.personal()
        if Whom.MEMBER in table.finds
        for name, column in table.columns.items()
        if column.data in WORDS and Whom.MEMBER in column.whom and f"{table.name}.{name}" not in NOT_PLANTED
    ]


def plant(subject: Subject, start: int) -> dict[str, str]:
    """One needle of its own for each column; which column has which."""
    planted = {}
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for number, (table, column) in enumerate(columns(), start):
            full = f"{table.name}.{column}"
            needle = FORMS.get(full, "needle{:04}x").format(number)
            with triggers.without(cursor, [table.name]):
                cursor.execute(
                    sql.SQL("UPDATE {} SET {} = %(needle)s WHERE {}").format(
                        sql.Identifier(table.name),
                        sql.Identifier(column),
                        sql.SQL(table.finds[Whom.MEMBER]),
                    ),
                    {**subject.parameters(), **queries.days(), "needle": needle},
                )
                assert cursor.rowcount > 0, f"{full}: nothing of the member to plant a needle in"
            planted[full] = inner(needle)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return planted


def slip(one: Member) -> str:
    """A name that the screen let through, in an observation that leads to no contact any more."""
    one.refresh_from_db()
    Observation.objects.create(words=f"{one.name} finds the letter too long.", seen_by=world.ada())
    return one.name


def inner(needle: str) -> str:
    """What must be found of a needle that stands in JSON."""
    return needle if '"' not in needle else needle.split('"why": "')[1].split('"', maxsplit=1)[0]


def dump() -> dict[str, str]:
    """Every table as text, also those that no model knows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace"
            " AND c.relkind IN ('r', 'p') AND NOT c.relispartition"
        )
        tables = [name for (name,) in cursor.fetchall()]
        found = {}
        for table in tables:
            cursor.execute(sql.SQL("SELECT t::text FROM {} t ORDER BY 1").format(sql.Identifier(table)))
            found[table] = "\n".join(row for (row,) in cursor.fetchall())
    return found


def kept_by_law() -> set[str]:
    """Tables of which something is kept of an erased member, with the law that says so."""
    return {
        table.name
        for table in registry.personal()
        if any(one.fate is Fate.KEEP and one.where == "true" for one in table.erased.get(Whom.MEMBER, ()))
    }
