"""A colleague's call, or a relative's, never comes to somebody with a say in personnel matters; and nobody
opens their own file. Nobody sees from any page who is kept apart.
"""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext

from firsthand.answer import actions, queries
from firsthand.answer.models import Contact, Seat
from firsthand.answer.pure import moves
from firsthand.journal.models import Entry
from firsthand.members.models import Member
from firsthand.people import actions as people
from firsthand.people.models import Person, Role
from firsthand.protect import actions as protect
from firsthand.protect.models import Grant, Shield
from tests import world
from tests.answer import room
from tests.answer.pages import HTMX, TAB, address, says
from tests.people.signing import client_of

pytestmark = pytest.mark.django_db
KELLER_PHONE = "044 321 87 65"


@pytest.fixture
def keller() -> Member:
    """Frau Keller is Beat's mother; Beat works here."""
    member = world.frau_keller()
    shield(world.beat(), kind="relative")
    return member


def shield(person: Person, kind: str = "relative", by: Person | None = None) -> Shield:
    world.frau_keller()
    return protect.shield(person, number="100200300", born_on=date(1958, 3, 4), kind=kind, by=by or person)


def offered_to(*people: Person, **caller) -> Person | None:
    """Who is offered this caller, of those who are ready."""
    room.ready(*people)
    contact = room.arrive(**caller)
    actions.sweep()
    contact.refresh_from_db()
    found = contact.seat.person if contact.seat else None
    actions.give_up(contact)
    return found


CALLERS = {
    "by the number": {"phone": KELLER_PHONE},
    "by the name": {"name": "Keller Ruth"},
    "by a part of the name": {"name": "Frau Keller"},
    "by both": {"phone": KELLER_PHONE, "name": "Somebody Else"},
}


@pytest.mark.parametrize("caller", CALLERS.values(), ids=CALLERS)
def test_somebody_with_a_say_is_not_offered_whoever_may_be_a_colleagues_relative(keller, caller):
    assert offered_to(world.eva(), **caller) is None
    assert offered_to(world.ada(), **caller) == world.ada(), "but somebody without that say is"


@pytest.mark.parametrize("caller", CALLERS.values(), ids=CALLERS)
def test_somebody_with_a_say_is_offered_everybody_else(caller):
    assert offered_to(world.eva(), **caller) == world.eva()


def test_nobody_is_offered_their_own_relative():
    shield(world.ada())
    assert offered_to(world.ada(), phone=KELLER_PHONE) is None
    assert offered_to(world.carla(), phone=KELLER_PHONE) == world.carla()


@pytest.mark.parametrize(
    "name", ["Müller", "mueller", "Muller", "Frau Dr. MÜLLER", "Zoë Müller", "Zoe", "Müller-Aebi", "Aebi"]
)
def test_a_name_is_found_however_it_is_typed(name):
    home = world.frau_keller().household
    member = Member.objects.create(
        number="77", given_name="Zoë", family_name="Müller-Aebi", sort_name="mueller aebi zoe",
        born_on=date(1970, 1, 1), household=home,
    )  # fmt: skip
    protect.shield(world.beat(), number="77", born_on=member.born_on, kind="relative", by=world.beat())
    assert room.arrive(name=name).shielded
    assert not room.arrive(name="Meier").shielded


def test_the_number_to_call_back_counts_too(keller):
    contact = room.arrive(name="Meier")
    assert not contact.shielded
    actions.ask_callback(contact, KELLER_PHONE)
    contact.refresh_from_db()
    assert contact.shielded
    room.ready(world.eva())
    actions.sweep()
    assert room.state(contact) == "callback"


def test_the_executive_board_has_a_say_unless_the_organiser_says_otherwise(keller):
    eva, ada = world.eva(), world.ada()
    assert (eva.has_a_say, ada.has_a_say) == (True, False)
    say(eva, False)
    say(ada, True)
    assert offered_to(ada, phone=KELLER_PHONE) is None
    assert offered_to(eva, phone=KELLER_PHONE) == eva
    assert Entry.objects.filter(verb="say in personnel matters").count() == 2


def say(person: Person, decides: bool | None) -> None:
    people.change(
        person,
        name=person.name,
        email=person.email,
        roles=person.roles,
        languages=person.languages,
        decides_on_staff=decides,
        by=world.otto(),
    )


def test_a_ready_seat_knows_at_once_when_its_person_gets_a_say(keller):
    ada = world.ada()
    room.ready(ada)
    say(ada, True)
    assert room.seat(ada).decides
    Seat.objects.update(decides=False)
    assert room.seat(ada).decides, "nobody writes it but the trigger"
    say(ada, None)
    assert not room.seat(ada).decides


def test_an_offer_that_stands_is_taken_back_when_somebody_gets_a_say(keller):
    ada = world.ada()
    contact = room.offered(ada, phone=KELLER_PHONE)
    say(ada, True)
    assert room.state(contact) == "waiting"
    assert room.seat(ada).state == "ready"
    room.check()


def test_an_offer_that_stands_is_taken_back_when_a_relative_is_named():
    world.frau_keller()
    contact = room.offered(world.eva(), phone=KELLER_PHONE)
    shield(world.beat())
    assert room.state(contact) == "waiting"
    actions.sweep()
    assert room.state(contact) == "waiting"
    room.check()


def test_who_waits_is_looked_at_together_however_many_wait():
    """By any of number, number to call back, name and member; what was known before stays known."""
    keller = world.frau_keller()
    ways = {
        "number": room.arrive(phone=KELLER_PHONE),
        "name": room.arrive(name="Keller Ruth"),
        "callback": room.arrive(name="Meier"),
        "known before": room.arrive(name="Ammann"),
        "member": room.arrive(),
        "nobody": room.arrive(phone="044 700 00 01", name="Meier"),
        "synthetic": Contact.objects.create(language="de", caller_phone=KELLER_PHONE, synthetic=True),
    }
    actions.ask_callback(ways["callback"], KELLER_PHONE)
    Contact.objects.filter(pk=ways["known before"].pk).update(shielded=True, kept_from=[world.eva().pk])
    Contact.objects.filter(pk=ways["member"].pk).update(member=keller)
    ada, beat = world.ada().pk, world.beat().pk

    def looked_at() -> int:
        with CaptureQueriesContext(connection) as asked:
            actions.look_again()
        return len(asked)

    Shield.objects.bulk_create(
        Shield(member=keller, person_id=pk, kind="relative", said_by_id=pk) for pk in (beat, ada)
    )
    few = looked_at()
    found = {
        way: Contact.objects.values_list("shielded", "kept_from").get(pk=one.pk) for way, one in ways.items()
    }
    both = (True, sorted([ada, beat]))
    assert found == {
        **dict.fromkeys(("number", "name", "callback", "member"), both),
        "known before": (True, [world.eva().pk]),
        "nobody": (False, []),
        "synthetic": (False, []),
    }
    for _ in range(10):
        room.arrive(phone=KELLER_PHONE, name="Keller Ruth")
    Contact.objects.update(shielded=False, kept_from=[])
    assert looked_at() <= few
    assert Contact.objects.filter(kept_from=both[1]).count() == 14


def test_an_open_file_closes_when_a_relative_is_named():
    contact = room.talking(world.eva())
    room.verify(contact, world.eva())
    shield(world.beat())
    assert not Grant.objects.open().exists()


def unrecognised(person: Person) -> Contact:
    """Somebody on the line whom neither number nor name gives away."""
    return room.talking(person, carrier="browser")


def test_who_turns_out_to_be_a_relative_is_handed_on_and_no_file_opens(keller):
    eva, ada = world.eva(), world.ada()
    contact = unrecognised(eva)
    place = contact.queued_at
    with pytest.raises(actions.HandedOn) as no:
        room.verify(contact, eva)
    assert not any(word in str(no.value) for word in ("Keller", "Ruth", "Beat", "colleague", "relative"))
    assert not Grant.objects.exists()
    contact.refresh_from_db()
    assert (contact.state, contact.queued_at, contact.shielded) == ("waiting", place, True)
    assert contact.call.ended_at is None, "the caller is still there"
    assert not contact.call.legs.open().filter(role="helper").exists()
    assert room.seat(eva).state == "ready"
    assert queries.desk(eva).contact is None
    actions.sweep()
    assert room.state(contact) == "waiting", "not to her again"
    room.ready(ada)
    actions.sweep()
    actions.take(contact, by=ada)
    assert Grant.objects.open().get().person == ada, "who was verified is not asked again"
    room.check()


def test_it_goes_on_before_those_who_came_later(keller):
    eva, ada = world.eva(), world.ada()
    contact = unrecognised(eva)
    actions.say_away(eva, by=eva) if room.seat(eva).state == "ready" else None
    later = room.arrive("de")
    with pytest.raises(actions.HandedOn):
        room.verify(contact, eva)
    room.ready(ada)
    actions.sweep()
    contact.refresh_from_db()
    later.refresh_from_db()
    assert contact.seat.person == ada
    assert later.seat is None or later.seat.person == eva


def test_the_caller_hears_it_said(keller, client):
    from firsthand.voice import queries as calls
    from firsthand.voice.models import Leg

    eve = world.person("Eve Stone", Role.EXECUTIVE, languages=("en",), ready=True)
    contact = room.talking(eve, carrier="browser", language="en")
    client.cookies[calls.CALLER_COOKIE] = Leg.objects.get(call=contact.call_id, role="customer").key
    with pytest.raises(actions.HandedOn):
        room.verify(contact, eve)
    page = says(client.get("/call/"))
    assert "data-announce> A colleague goes on with your call." in page
    assert "connection to the person broke" not in page


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_the_helpers_page_shows_a_sentence_without_a_name(keller, headers):
    eva = world.eva()
    contact = unrecognised(eva)
    client = client_of(eva)
    facts = {"name": "Ruth Keller", "born_on": "04.03.1958", "postcode": "8005", "number": ""}
    answer = client.post(address(contact, "verify"), facts, headers={**TAB, **headers})
    assert answer.get("HX-Redirect", answer.get("Location")) == "/desk/"
    page = says(client.get("/desk/"))
    assert "Somebody else goes on with this call" in page
    assert "You are ready." in page
    assert not any(word in page for word in ("Keller", "Ruth", "100200300"))


@pytest.mark.parametrize("role", [Role.HELPER, Role.ADVISOR, Role.SPECIALIST, Role.EXECUTIVE])
@pytest.mark.parametrize("kind", ["self", "relative"])
def test_nobody_opens_their_own_file_or_a_relatives(role, kind):
    nina = world.person("Nina Muster", role, ready=True)
    contact = unrecognised(nina)
    shield(nina, kind)
    with pytest.raises(actions.HandedOn):
        room.verify(contact, nina)
    with pytest.raises(DatabaseError), transaction.atomic():
        protect.open_file(contact.pk, world.frau_keller(), by=nina)
    assert not Grant.objects.exists()


def test_a_callback_that_turns_out_so_is_called_back_by_somebody_else(keller):
    eva = world.eva()
    contact = room.arrive()
    actions.ask_callback(contact, "044 700 00 00")
    room.ready(eva)
    actions.sweep()
    actions.take(contact, by=eva)
    with pytest.raises(actions.HandedOn):
        room.verify(contact, eva)
    contact.refresh_from_db()
    assert (contact.state, contact.member, contact.shielded) == ("callback", None, True)
    actions.sweep()
    assert room.state(contact) == "callback"


def test_a_lost_page_gets_nothing_back_that_is_kept_from_it_now():
    ada = world.ada()
    contact = room.talking(ada, phone=KELLER_PHONE)
    actions.helper_silent(contact)
    shield(world.beat())
    say(ada, True)
    room.ready(ada)
    assert not actions.losing.give_back(contact.pk)
    assert room.state(contact) == "waiting"


def test_no_writer_can_do_it(keller):
    eva = world.eva()
    room.ready(eva)
    contact = room.arrive(phone=KELLER_PHONE)
    seat = room.seat(eva)
    row = Contact.objects.filter(pk=contact.pk)
    ways = [
        lambda: row.update(state="offered", seat=seat),
        lambda: sql("SELECT answer_offer(%s, %s, answer_now())", contact.pk, seat.pk),
    ]
    for way in ways:
        with pytest.raises(DatabaseError, match="is kept from seat"), transaction.atomic():
            way()
    sql("SELECT answer_match_pairs(ARRAY[%s]::bigint[], ARRAY[%s]::bigint[])", contact.pk, seat.pk)
    sql("SELECT answer_match_contact(%s)", contact.pk)
    sql("SELECT answer_match_seat(%s)", seat.pk)
    assert room.state(contact) == "waiting"


def sql(statement: str, *params) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def test_the_pages_of_the_room_do_not_show_who_is_kept_apart(keller):
    room.ready(world.ada(), world.eva())
    room.arrive(phone=KELLER_PHONE)
    for person, pages in ((world.otto(), ("/room/watch/", "/people/", "/")), (world.ada(), ("/room/", "/"))):
        for page in pages:
            text = says(client_of(person).get(page))
            assert not any(word in text for word in ("shield", "relative", "Keller"))


def test_a_thousand_contacts_through_the_database_and_not_one_wrong():
    """Arrivals, batches, declines and verifications, half of the helpers with a say, a fifth of the callers
    shielded.
    """
    rng = Random(11)
    home = world.frau_keller().household
    members = Member.objects.bulk_create(
        Member(
            number=f"S{n}", given_name=f"G{n}", family_name=f"F{n}", sort_name=f"f{n} g{n}",
            born_on=date(1970, 1, 1), household=home, phone=f"+4144{n:07}",
        )
        for n in range(60)
    )  # fmt: skip
    staff = [
        world.person(f"P{n} Muster", Role.EXECUTIVE if n % 2 else Role.HELPER, ready=True) for n in range(24)
    ]
    Shield.objects.bulk_create(
        Shield(member=member, person=rng.choice(staff), kind="relative", said_by=staff[0])
        for member in members[:20]
    )
    room.ready(*staff)
    came = 0
    while came < 1_000:
        for _ in range(40):
            member = rng.choice(members)
            Contact.objects.create(
                language="de",
                caller_phone=member.phone,
                **actions.shielding.kept(phone=member.phone),
            )
            came += 1
        Seat.objects.update(seen_at=Now())  # their pages are open, however long a busy machine takes for this
        actions.sweep()
        wrong = Contact.objects.filter(
            Q(shielded=True, seat__decides=True) | Q(kept_from__contains=[F("seat__person_id")])
        )
        assert not wrong.filter(state__in=moves.SEATED).exists()
        for contact in Contact.objects.seated().select_related("seat__person")[:4]:
            actions.decline(contact, by=contact.seat.person)
        finish()
    offered = Contact.objects.filter(shielded=True, answered="offered")
    assert offered.count() > 30, "they are answered, by others"


def shielded_from(contact: Contact) -> bool:
    """By the rows themselves, not by what the contact says of itself."""
    behind = Shield.objects.filter(member__phone=contact.caller_phone)
    person = contact.seat.person
    return behind.filter(person=person).exists() or (person.has_a_say and behind.exists())


def finish() -> None:
    """All who were offered are done, and the seats are ready again; in two statements, because there are
    many.
    """
    for contact in Contact.objects.seated().select_related("seat__person"):
        assert not shielded_from(contact)
    with transaction.atomic():
        sql("UPDATE answer_seat SET state = 'ready', ready_at = answer_now() WHERE state = 'offered'")
        sql(
            "UPDATE answer_contact SET state = 'abandoned', seat_id = NULL, wake_at = NULL,"
            " closed_at = answer_now(), answered = 'offered' WHERE state = 'offered'"
        )
