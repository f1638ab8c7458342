"""What is typed during the call: saved as it is typed, refused in place, never lost."""

import re

import pytest

from firsthand.answer.models import Promise
from firsthand.know.models import Concern, ConcernText
from tests import world
from tests.answer import room
from tests.answer.pages import HTMX, address, notes, says

pytestmark = pytest.mark.django_db(transaction=True)
KELLER = {"name": "Ruth Keller", "born_on": "4.3.1958", "postcode": "8005", "number": ""}
WRONG = {"name": "Ruth Keller", "born_on": "5.3.1958", "postcode": "8000", "number": ""}


def named(code, topic, question, **more) -> Concern:
    """A concern with words in English too: these pages are read in English."""
    concern = world.concern(code, topic)
    ConcernText.objects.get_or_create(concern=concern, language="en", defaults={"question": question, **more})
    return concern


@pytest.fixture
def contact(desk):
    world.frau_keller()
    named("CH01", "praemie", "“Why do I pay more next year?”")
    return room.talking(name="Ruth Keller")


def test_two_facts_open_the_file(desk, contact):
    response = desk.post(address(contact, "verify"), KELLER, headers=HTMX)
    assert response.status_code == 200
    part = says(response)
    for words in (
        "Ruth Keller",
        "100200300",
        "Firnlicht Basis Hausarzt",
        "verified",
        "Open for this contact only",
        "Name the concern",
    ):
        assert words in part
    for not_needed in ("Limmatstrasse", "CHF 300", "465.30", "Born"):
        assert not_needed not in part


def test_a_named_concern_shows_what_it_needs(desk, contact):
    desk.post(address(contact, "verify"), KELLER, headers=HTMX)
    Concern.objects.update(branches=["basic"])
    chosen = {"concern": named("CH01", "praemie", "").pk}
    part = says(desk.post(address(contact, "concern"), chosen, headers=HTMX))
    assert "CHF 300" in part
    assert "465.30" in part
    assert "Limmatstrasse" not in part
    moving = {"concern": named("CH50", "umzug", "“We are moving.”").pk}
    assert "Limmatstrasse 12" in says(desk.post(address(contact, "concern"), moving, headers=HTMX))


def test_each_wrong_try_says_how_many_are_left_and_the_typed_words_stay(desk, contact):
    response = desk.post(address(contact, "verify"), WRONG, headers=HTMX)
    assert response.status_code == 422
    assert "2 tries are left" in says(response)
    assert 'value="5.3.1958"' in says(response)
    desk.post(address(contact, "verify"), WRONG, headers=HTMX)
    last = desk.post(address(contact, "verify"), WRONG, headers=HTMX)
    assert last.status_code == 422
    assert "Go on without the file" in says(last)
    assert "<form" not in says(last)
    right = desk.post(address(contact, "verify"), KELLER, headers=HTMX)
    assert "Limmatstrasse" not in says(right)


def test_without_a_name_no_try_is_spent(desk, contact):
    response = desk.post(address(contact, "verify"), KELLER | {"name": ""}, headers=HTMX)
    assert response.status_code == 422
    contact.refresh_from_db()
    assert contact.verify_tries == 0


def test_a_closed_contact_shows_no_file_any_more(desk, contact):
    desk.post(address(contact, "verify"), KELLER)
    assert "100200300" in says(desk.get("/desk/"))
    desk.post(address(contact, "hang-up"))
    desk.post(address(contact, "close"), {"solved": "yes", "purpose": "kvg_b"})
    assert room.state(contact) == "closed"
    assert "100200300" not in says(desk.get("/desk/"))
    assert desk.post(address(contact, "verify"), KELLER).status_code == 404


def test_it_finds_a_concern_by_its_words_and_by_its_topic(desk, contact):
    named("CH19", "umzug", "“I am moving house”")
    find = address(contact, "concerns")
    assert f'value="{world.concern().pk}"' in says(desk.get(find, headers=HTMX))
    assert "Why do I pay" in says(desk.get(find, {"found": "1", "words": "pay"}, headers=HTMX))
    assert "moving house" not in says(desk.get(find, {"found": "1", "words": "pay"}, headers=HTMX))
    by_topic = says(desk.get(find, {"found": "1", "topic": "umzug"}, headers=HTMX))
    assert "moving house" in by_topic
    assert "Why do I pay" not in by_topic
    assert "Nothing found" in says(desk.get(find, {"found": "1", "words": "xyzzy"}, headers=HTMX))


def test_a_chosen_concern_brings_its_knowledge(desk, contact):
    concern = world.concern()
    concern.texts.filter(language="en").update(
        facts="Prämie je Person", yearly_facts="2026: CHF 393.30", basis="KVG 7 II"
    )
    response = says(desk.post(address(contact, "concern"), {"concern": concern.pk}, headers=HTMX))
    for words in ("Why do I pay", "Prämie je Person", "2026: CHF 393.30", "KVG 7 II", "Not confirmed"):
        assert words in response
    contact.refresh_from_db()
    assert contact.concern == concern


def test_the_purpose_of_the_note_follows_the_concern_until_it_is_chosen(desk, contact):
    concern = world.concern()
    concern.branches = ["supplementary"]
    concern.save()
    response = says(desk.post(address(contact, "concern"), {"concern": concern.pk}, headers=HTMX))
    assert 'value="vvg_contract" selected' in response
    desk.post(address(contact, "record"), {"words": "Wants a letter", "purpose": "kvg_b"}, headers=HTMX)
    response = says(desk.post(address(contact, "concern"), {"concern": concern.pk}, headers=HTMX))
    assert 'value="kvg_b" selected' in response  # what was written down goes with it


def test_a_concern_that_is_not_in_the_catalogue_does_not_exist(desk, contact):
    assert desk.post(address(contact, "concern"), {"concern": "999999"}).status_code == 404
    assert desk.post(address(contact, "concern"), {"concern": "x' --"}).status_code == 404


def test_it_saves_as_it_is_typed_and_a_reload_loses_nothing(desk, contact):
    typed = {
        "answered": "Explained the premium",
        "words": "Wants a letter",
        "purpose": "vvg_contract",
        "solved": "no",
    }
    assert "Saved" in says(desk.post(address(contact, "record"), typed, headers=HTMX))
    page = says(desk.get("/desk/"))
    assert "Explained the premium" in page
    assert "Wants a letter" in page
    assert 'value="vvg_contract" selected' in page
    assert re.search(r'value="no"[^>]* checked', page)
    assert notes(contact) == []  # still a draft


def test_the_note_never_stands_in_the_field_for_the_board(desk, contact):
    """Both stand on the desk: what is needed for the member is for nobody else."""
    typed = {"answered": "", "words": "Only for the member", "purpose": "kvg_b"}
    assert desk.post(address(contact, "record"), typed, headers=HTMX).status_code == 200
    page = says(desk.get("/desk/"))
    assert page.count("Only for the member") == 1
    assert re.search(r'<textarea id="observe-words"[^>]*></textarea>', page)


def test_a_megabyte_is_refused_and_what_was_saved_stays(desk, contact):
    record = address(contact, "record")
    desk.post(record, {"answered": "Short.", "purpose": "kvg_b"}, headers=HTMX)
    response = desk.post(record, {"answered": "ä" * 500_000, "purpose": "kvg_b"}, headers=HTMX)
    assert response.status_code == 422
    assert "at most 4000 are kept" in says(response)
    assert "<textarea" not in says(response)
    contact.refresh_from_db()
    assert contact.answered == "Short."


def test_a_promise_has_a_day_that_is_not_over(desk, contact):
    late = desk.post(
        address(contact, "promise"), {"words": "Send a letter", "due_on": "2020-01-01"}, headers=HTMX
    )
    assert late.status_code == 422
    assert "not over" in says(late)
    assert late.headers["HX-Retarget"] == "#notices"  # what was typed stays in its field
    good = desk.post(
        address(contact, "promise"), {"words": "Send a letter", "due_on": "2099-01-01"}, headers=HTMX
    )
    assert good.status_code == 200
    assert "Send a letter" in says(good)
    assert "Not written down yet" not in says(good)
    assert Promise.objects.get().contact == contact
    assert (
        desk.post(address(contact, "promise"), {"words": "", "due_on": ""}, headers=HTMX).status_code == 422
    )
