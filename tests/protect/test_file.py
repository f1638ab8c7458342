"""The file opens with the contact and closes with it; each read is an entry."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from firsthand.config.logins import OWNER
from firsthand.journal.models import Entry
from firsthand.members.models import Cover, Member
from firsthand.protect import actions, queries, wall
from firsthand.protect.models import Grant, Purpose
from tests import world
from tests.logins import become
from tests.protect.reads import reads

pytestmark = pytest.mark.django_db

CONTACT = 41


def entries(verb: str) -> list[tuple[int | None, str, dict[str, object]]]:
    found = Entry.objects.filter(verb=verb, kind="members.member").order_by("id")
    return [(entry.actor_id, entry.object_id, entry.details) for entry in found]


def opened(contact: int = CONTACT) -> Member:
    keller = world.frau_keller()
    actions.open_file(contact, keller, by=world.ada())
    return keller


def other_member() -> Member:
    keller = world.frau_keller()
    return Member.objects.create(
        number="100200305",
        given_name="Werner",
        family_name="Keller",
        sort_name="keller werner",
        born_on=date(1955, 11, 17),
        household=keller.household,
    )


def test_nothing_is_shown_before_the_file_is_open():
    world.frau_keller()
    assert queries.file_for(world.ada(), CONTACT) is None
    assert not reads()


def test_it_shows_what_a_helper_needs_and_no_more():
    other_member()
    opened()
    file = queries.file_for(world.ada(), CONTACT, branches=["basic"], topic="umzug")
    assert (file.name, file.number, file.place, file.canton) == (
        "Ruth Keller",
        "100200300",
        "8005 Zürich",
        "ZH",
    )
    assert file.household == (queries.Relative("Werner Keller", 1955),)
    assert not {"ahv", "email", "member", "pk"} & set(vars(file))
    with pytest.raises(AttributeError):
        file.name = "Somebody else"


def test_before_the_concern_is_named_there_are_name_number_and_products():
    other_member()
    opened()
    ada = world.ada()
    with CaptureQueriesContext(connection) as asked:
        file = queries.file_for(ada, CONTACT)
    assert (file.name, file.number) == ("Ruth Keller", "100200300")
    assert [(one.product, one.premium, one.franchise) for one in file.covers] == [
        ("Firnlicht Basis Hausarzt", None, None)
    ]
    assert (file.born_on, file.street, file.place, file.canton, file.phone) == (None, "", "", "", "")
    assert (file.household, file.notes, file.branches) == ((), (), None)
    read = " ".join(query["sql"] for query in asked)
    for column in ("born_on", "household", "phone", "email", "ahv", "premium", "franchise", "protect_note"):
        assert column not in read, "what is not needed is not even read"


@pytest.mark.parametrize(
    ("topic", "needed", "not_needed"),
    [
        ("praemie", {"premium", "franchise"}, {"street", "household", "born_on", "phone"}),
        ("umzug", {"premium", "street", "household"}, {"franchise", "born_on", "phone"}),
        ("admin", {"street", "born_on"}, {"premium", "franchise", "household", "phone"}),
    ],
)
def test_each_concern_shows_what_it_needs_and_reads_nothing_else(topic, needed, not_needed):
    other_member()
    opened()
    file = queries.file_for(world.ada(), CONTACT, branches=["basic"], topic=topic)
    (cover,) = file.covers
    shown = {name for name in ("street", "household", "born_on", "phone") if getattr(file, name)}
    shown |= {name for name in ("premium", "franchise") if getattr(cover, name) is not None}
    assert needed <= shown
    assert not not_needed & shown


def test_a_number_to_call_is_shown_for_a_callback_only():
    opened()
    assert queries.file_for(world.ada(), CONTACT, topic="praemie", branches=[]).phone == ""
    assert queries.file_for(world.ada(), CONTACT, callback=True).phone == "+41443218765"


def test_each_read_is_a_row_of_the_read_log():
    keller = opened()
    queries.file_for(world.ada(), CONTACT)
    queries.file_for(world.ada(), CONTACT, branches=["supplementary"], topic="zusatz")
    rows = [
        (read.actor_id, read.role, read.member_id, read.contact_id, read.what, read.why, read.purposes)
        for read in reads()
    ]
    ada = world.ada().pk
    assert rows == [
        (ada, "helper", keller.pk, CONTACT, "file", "", []),
        (ada, "helper", keller.pk, CONTACT, "file", "zusatz", ["vvg_benefit", "vvg_contract"]),
    ]


def test_a_colleague_does_not_see_it():
    opened()
    with pytest.raises(Http404):
        queries.file_for(world.carla(), CONTACT)
    assert not reads()


def test_it_closes_with_the_contact():
    keller = opened()
    actions.close_file(CONTACT, by=world.ada())
    assert queries.file_for(world.ada(), CONTACT) is None
    assert entries("closed") == [
        (world.ada().pk, str(keller.pk), {"contact": CONTACT, "person": world.ada().pk})
    ]
    actions.close_file(CONTACT, by=None)
    assert len(entries("closed")) == 1


def test_opening_twice_is_opening_once():
    opened()
    opened()
    assert Grant.objects.count() == 1
    assert len(entries("opened")) == 1


def test_a_person_has_one_file_open():
    opened()
    other = other_member()
    actions.open_file(CONTACT + 1, other, by=world.ada())
    assert queries.file_for(world.ada(), CONTACT) is None
    assert queries.file_for(world.ada(), CONTACT + 1).name == "Werner Keller"


def test_a_contact_that_goes_to_another_helper_leaves_the_first():
    keller = opened()
    actions.open_file(CONTACT, keller, by=world.carla())
    assert queries.file_for(world.carla(), CONTACT).name == "Ruth Keller"
    with pytest.raises(Http404):
        queries.file_for(world.ada(), CONTACT)


def test_the_database_refuses_a_second_open_grant():
    keller = opened()
    for person, contact in ((world.carla(), CONTACT), (world.ada(), CONTACT + 1)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Grant.objects.create(person=person, member=keller, contact_id=contact)


def test_a_file_opens_for_whom_it_was_signed_for():
    """Whoever can send SQL with the token of one contact gets no other file with it."""
    keller, ada = opened(), world.ada()
    actions.close_file(CONTACT, by=ada)
    wrong = (
        {"purposes": {"kvg_a"}, "person": ada, "contact": CONTACT, "member": keller.pk},
        {"purposes": {wall.OPEN}, "person": world.carla(), "contact": CONTACT, "member": keller.pk},
        {"purposes": {wall.OPEN}, "person": ada, "contact": CONTACT + 1, "member": keller.pk},
        {"purposes": {wall.OPEN}, "person": ada, "contact": CONTACT, "member": keller.pk + 1},
    )
    for token in wrong:
        with (
            pytest.raises(ProgrammingError, match="says for whom"),
            transaction.atomic(),
            wall.within(**token),
        ):
            Grant.objects.create(person=ada, member=keller, contact_id=CONTACT)
    assert not Grant.objects.open().exists()


def test_a_grant_is_closed_once_and_for_ever():
    keller = opened()
    grants = Grant.objects.all()
    with pytest.raises(IntegrityError), transaction.atomic():
        grants.update(person=world.carla())
    actions.close_file(CONTACT, by=world.ada())
    for change in (lambda: grants.update(closed_at=None), grants.delete):
        with pytest.raises(IntegrityError), transaction.atomic(), become(OWNER):
            change()
    assert Grant.objects.get().member == keller


def test_what_the_concern_does_not_need_stays_closed():
    keller = opened()
    Cover.objects.create(
        member=keller,
        branch="supplementary",
        product="Spital",
        premium=Decimal(80),
        starts_on=date(2020, 1, 1),
    )
    actions.write_note(
        CONTACT, keller, words="Franchise 2500 ab 1. Januar", purpose=Purpose.KVG_B, by=world.ada()
    )
    actions.write_note(
        CONTACT, keller, words="Fragt nach Spital", purpose=Purpose.VVG_CONTRACT, by=world.ada()
    )

    def shown(branches):
        file = queries.file_for(world.ada(), CONTACT, branches=branches)
        return [cover.product for cover in file.covers], [note.words for note in file.notes]

    assert shown(["basic"]) == (["Firnlicht Basis Hausarzt"], ["Franchise 2500 ab 1. Januar"])
    assert shown(["supplementary"]) == (["Spital"], ["Fragt nach Spital"])
    assert len(shown(["basic", "supplementary"])[1]) == 2
    assert shown(None) == (["Firnlicht Basis Hausarzt", "Spital"], [])


def test_it_asks_the_database_a_fixed_number_of_questions():
    keller = opened()
    for at in range(5):
        actions.write_note(CONTACT, keller, words=f"Note {at}", purpose=Purpose.KVG_B, by=world.ada())
    ada = world.ada()
    with CaptureQueriesContext(connection) as asked:
        file = queries.file_for(ada, CONTACT, branches=["basic"])
        assert [note.written_by.name for note in file.notes] == ["Ada Lindner"] * 5
    assert len(asked) <= 11
