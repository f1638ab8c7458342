"""A search inside the one file that is open; what is looked for is written nowhere."""

import pytest

from firsthand.answer import actions as answer
from firsthand.journal.models import Entry
from firsthand.protect import actions, queries
from firsthand.protect.models import Purpose
from tests import world
from tests.answer import room
from tests.protect.reads import reads

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact():
    ada = world.ada()
    found = room.talking(ada)
    keller = room.verify(found)
    for words, purpose in (
        ("Möchte die Franchise ab Januar senken.", Purpose.KVG_B),
        ("Rechnungskopie ist unterwegs.", Purpose.KVG_C),
        ("Franchise der Zusatzversicherung erklärt.", Purpose.VVG_CONTRACT),
    ):
        actions.write_note(found.pk, keller, words=words, purpose=purpose, by=ada)
    concern = world.concern()
    concern.branches = ["basic"]
    concern.save()
    answer.name_concern(found, concern, by=ada)
    return found


def search(client, contact, words):
    return client.post(f"/desk/{contact.public_id}/search/", {"words": words}, headers={"HX-Request": "true"})


def test_it_finds_stems_and_parts_of_words_of_what_the_concern_may_see(client, contact):
    client.force_login(world.ada())
    assert "ab Januar" in search(client, contact, "franchise").text
    assert "Zusatzversicherung" not in search(client, contact, "franchise").text
    assert "Rechnungskopie" in search(client, contact, "kopie").text
    assert "No earlier note" in search(client, contact, "Zahnarzt").text
    assert "No earlier note" in search(client, contact, " ").text


def test_it_is_a_read_and_says_nothing_of_what_was_sought(client, contact):
    client.force_login(world.ada())
    search(client, contact, "Franchise")
    (read,) = reads(what="search")
    assert (read.contact_id, read.why) == (contact.pk, "praemie")
    assert not Entry.objects.filter(details__icontains="franchise").exists()


def test_it_is_not_asked_by_an_address(client, contact):
    client.force_login(world.ada())
    assert client.get(f"/desk/{contact.public_id}/search/?words=Franchise").status_code == 405


def test_others_and_closed_files_find_nothing(client, contact):
    client.force_login(world.carla())
    assert search(client, contact, "Franchise").status_code == 404
    answer.hang_up(contact, by=world.ada())
    answer.close(contact, solved=True, by=world.ada())
    client.force_login(world.ada())
    assert search(client, contact, "Franchise").status_code == 404
    assert queries.search_file(world.ada(), "Franchise", branches=["basic"]) is None


def test_behind_broken_glass_it_searches_the_branch_that_was_asked_for(client, contact):
    keller = world.frau_keller()
    actions.break_glass(
        keller, kind="letter", branch="supplementary", reason="A letter of Monday", by=world.carla()
    )
    client.force_login(world.carla())
    page = client.post("/protect/open/search/", {"words": "Franchise"}).text
    assert "Zusatzversicherung" in page
    assert "ab Januar" not in page
    assert len(reads(what="search", break_glass_id__isnull=False)) == 1
