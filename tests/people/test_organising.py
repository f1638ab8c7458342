"""The organiser's list of people, and who may not be removed."""

import pytest

from firsthand.journal.models import Entry
from firsthand.people import actions
from firsthand.people.models import Person, Role
from tests import world
from tests.people.signing import client_of

pytestmark = pytest.mark.django_db
NEW = {
    "name": "Greta Huber",
    "email": "Greta@firnlicht.example",
    "team": "Law",
    "roles": ["helper"],
    "languages": ["de"],
}


@pytest.fixture
def everybody():
    return [
        somebody() for somebody in (world.ada, world.beat, world.carla, world.dario, world.eva, world.petra)
    ]


@pytest.fixture
def otto(everybody):
    return client_of(world.otto())


def names(answer) -> list[str]:
    return [person.name for person in answer.context["list"].people]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 7),
        ("?words=lind", 1),
        ("?words=ADA@", 1),
        ("?role=helper", 3),
        ("?language=it", 1),
        ("?role=helper&language=en", 1),
        ("?words=nobody", 0),
        ("?role=emperor", 7),
        ("?left=on", 0),
        ("?words=%25", 0),
    ],
)
def test_the_address_filters(otto, query, found):
    answer = otto.get(f"/people/{query}")
    assert answer.status_code == 200
    assert len(names(answer)) == found


def test_htmx_gets_the_found_ones_only(otto):
    part = otto.get("/people/?words=lind", headers={"HX-Request": "true"}).content.decode()
    assert "Ada Lindner" in part
    assert "<h1" not in part


def test_the_list_asks_the_database_the_same_for_many(otto, django_assert_max_num_queries):
    for number in range(60):
        world.person(f"Helper{number} Test", Role.HELPER)
    with django_assert_max_num_queries(7):
        otto.get("/people/")


def test_somebody_is_added(otto):
    answer = otto.post("/people/add/", NEW)
    greta = Person.objects.get(email="greta@firnlicht.example")
    assert answer["Location"] == f"/people/{greta.pk}/"
    assert greta.team is not None
    assert greta.team.name == "Law"
    assert not greta.has_usable_password()
    assert Entry.objects.filter(verb="added", object_id=str(greta.pk)).exists()


def test_one_address_is_one_person(otto):
    otto.post("/people/add/", NEW)
    answer = otto.post("/people/add/", {**NEW, "name": "Another Greta"})
    assert answer.status_code == 422
    assert "is already here" in answer.content.decode()
    assert Person.objects.filter(email="greta@firnlicht.example").count() == 1


def test_somebody_is_changed(otto, everybody):
    ada = everybody[0]
    otto.post(
        f"/people/{ada.pk}/", {**NEW, "roles": ["helper", "organiser"], "email": "ada.neu@firnlicht.example"}
    )
    ada.refresh_from_db()
    assert (ada.name, ada.email) == ("Greta Huber", "ada.neu@firnlicht.example")
    assert ada.has_role(Role.ORGANISER)
    assert Entry.objects.get(verb="role given", object_id=str(ada.pk)).details == {"role": "organiser"}
    assert not Entry.objects.filter(verb="role taken").exists()


def test_the_last_organiser_cannot_be_removed(otto):
    own = world.otto()
    answer = otto.post(f"/people/{own.pk}/leave/")
    assert answer.status_code == 422
    assert "This is the last organiser." in answer.content.decode()
    otto.post(f"/people/{own.pk}/", {**NEW, "roles": ["helper"]})
    own.refresh_from_db()
    assert own.is_active
    assert own.has_role(Role.ORGANISER)


def test_one_of_two_organisers_can(otto):
    actions.add(**{**NEW, "roles": ["organiser"]}, by=None)
    assert otto.post(f"/people/{world.otto().pk}/leave/").status_code == 302


def test_who_left_can_come_back(otto, everybody):
    ada = everybody[0]
    otto.post(f"/people/{ada.pk}/leave/")
    assert names(otto.get("/people/?left=on")) == ["Ada Lindner"]
    otto.post(f"/people/{ada.pk}/come-back/")
    ada.refresh_from_db()
    assert ada.is_active


def test_what_somebody_did_themselves_while_the_organiser_saved_stays():
    """The organiser's request has read the person before; the signature comes in between."""
    ada = world.ada()
    Person.objects.filter(pk=ada.pk).update(secrecy_signed_at=None)
    read_before = Person.objects.get(pk=ada.pk)
    actions.sign_secrecy(ada, by=ada)
    actions.set_language(ada, "fr", by=ada)
    roles = {"roles": [Role.ADVISOR], "languages": ["de"]}
    actions.change(read_before, name="Ada Meier", email=ada.email, **roles, by=world.otto())
    now = Person.objects.get(pk=ada.pk)
    assert (now.name, now.roles, now.language) == ("Ada Meier", ["advisor"], "fr")
    assert now.secrecy_signed_at is not None
