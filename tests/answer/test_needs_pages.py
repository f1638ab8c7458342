"""The matrix: cell by cell, with a reason, by the data-protection officer."""

import pytest

from firsthand.journal.models import Entry
from firsthand.know import actions as know
from firsthand.protect.models import Need, OwnNumber
from tests import world
from tests.answer.pages import HTMX, says
from tests.people.signing import client_of

pytestmark = pytest.mark.django_db
CELL = "/protect/needs/CH28/separation/"
PAGE = "/protect/needs/?topic=umzug&group=confided"


@pytest.fixture
def officer():
    know.load_catalogue()
    return client_of(world.petra())


def change(client, **more):
    typed = {
        "state": "needed",
        "reason": "two households, two policies",
        "topic": "umzug",
        "group": "confided",
    }
    return client.post(CELL, {**typed, **more})


def test_a_topic_and_a_group_of_categories_make_a_table(officer):
    page = says(officer.get(PAGE))
    assert "I am moving." in page
    assert 'aria-label="CH28, separation: take out"' in page
    assert "tax number" not in page
    numbers = says(officer.get("/protect/needs/?topic=umzug&group=numbers"))
    assert "tax number" in numbers


def test_every_topic_and_group_is_a_page(officer):
    from firsthand.know import topics
    from firsthand.protect import words

    for topic, _ in topics.choices():
        for group in words.GROUPS:
            response = officer.get(f"/protect/needs/?topic={topic}&group={group}", headers=HTMX)
            assert response.status_code == 200
            assert "<td" in says(response)


def test_nonsense_in_the_address_shows_the_first_topic(officer):
    assert officer.get("/protect/needs/?topic=x&group=y&cell=z").status_code == 200


def test_a_cell_is_changed_with_a_reason_and_an_entry(officer):
    assert "The programme says: take out." in says(officer.get(f"{PAGE}&cell=CH28-separation"))
    response = change(officer)
    assert response.status_code == 302
    assert response["Location"].endswith("&at=CH28-separation")
    page = says(officer.get(response["Location"]))
    assert 'aria-label="CH28, separation: needed, changed here"' in page
    entry = Entry.objects.get(verb="need_changed")
    assert entry.details == {"about": "ch28", "category": "separation", "before": "", "after": "needed"}
    shown = says(officer.get(f"{PAGE}&cell=CH28-separation"))
    assert "Changed by Petra Vogt" in shown
    assert "two households, two policies" in shown


def test_without_a_reason_nothing_changes(officer):
    assert change(officer, reason="").status_code == 422
    assert not Need.objects.exists()


def test_back_to_what_the_programme_says(officer):
    change(officer)
    change(officer, state="usual", reason="")
    assert not Need.objects.exists()
    assert Entry.objects.filter(verb="need_reset").count() == 1


@pytest.mark.parametrize(
    "path", ["/protect/needs/CH99/separation/", "/protect/needs/CH28/nonsense/", "/protect/needs/board/name/"]
)
def test_what_does_not_exist_is_not_changed(officer, path):
    assert officer.post(path, {"state": "needed", "reason": "because I can"}).status_code == 404


def test_the_organiser_reads_and_does_not_change(officer):
    organiser = client_of(world.otto())
    page = says(organiser.get(f"{PAGE}&cell=CH28-separation"))
    assert "The programme says" in page
    assert 'name="state"' not in page
    assert change(organiser).status_code == 404


def test_the_insurers_own_numbers_are_put_on_a_list_and_taken_off(officer):
    officer.post("/protect/own-numbers/", {"category": "policy", "form": "P-######"})
    row = OwnNumber.objects.get()
    assert "P-######" in says(officer.get("/protect/needs/"))
    officer.post(f"/protect/own-numbers/{row.pk}/forget/")
    assert not OwnNumber.objects.exists()
    assert officer.post("/protect/own-numbers/", {"category": "policy", "form": "(a+)+"}).status_code == 422


def test_it_asks_the_database_a_fixed_number_of_questions(officer, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        officer.get(PAGE)
