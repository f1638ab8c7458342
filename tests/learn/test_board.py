"""The board as people see it: everybody the same, newest first, never more questions to the database."""

import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from firsthand.kernel import zones
from firsthand.learn import actions, lessons, queries
from firsthand.learn.models import About, Observation
from firsthand.people.models import Role
from tests import world
from tests.learn import stands
from tests.logins import everything

pytestmark = pytest.mark.django_db
BOARD = "/board/"
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def _forget():
    cache.clear()


@pytest.fixture
def ada(client):
    client.force_login(world.ada())
    return client


def heard(words: str = "Niemand versteht den Brief.", by=None, **more) -> Observation:
    return actions.observe(words, by=by or world.carla(), **more)


def text(response) -> str:
    return response.content.decode()


def test_a_stranger_is_sent_to_the_sign_in(client):
    response = client.get(BOARD)
    assert response.status_code == 302
    assert reverse("account_login") in response["Location"]


@pytest.mark.parametrize("who", [world.ada, world.dario, world.eva, world.otto, world.petra])
def test_everybody_who_works_here_reads_the_same_words(client, who):
    heard("«Nicht versichert» & doch versichert <b>?</b>")
    client.force_login(who())
    assert "«Nicht versichert» &amp; doch versichert &lt;b&gt;?&lt;/b&gt;" in text(client.get(BOARD))


def test_the_newest_stands_first(ada):
    for words in ("Zuerst.", "Danach."):
        heard(words)
    page = text(ada.get(BOARD))
    assert page.index("Danach.") < page.index("Zuerst.")


def test_words_carry_their_language_where_they_say_it(ada):
    heard("Elle ne sait toujours pas jusqu'à quand elle peut le changer, et nous non plus.")
    assert '<blockquote lang="fr">Elle' in text(ada.get(BOARD))
    assert '<blockquote lang="fr">Elle' in text(ada.get("/board/newest/"))
    heard("IBAN, BLZ, PIN?")
    assert "<blockquote>IBAN" in text(ada.get(BOARD))


def test_an_empty_board_says_what_will_stand_here(ada):
    page = text(ada.get(BOARD))
    assert "Nothing has been said here yet." in page
    assert "0 observations, chain checked at" in page


def test_it_is_filtered_by_the_address(ada):
    heard("Der Brief.", about="letters")
    heard("Der Knopf.", about="portal")
    page = text(ada.get(BOARD + "?about=portal"))
    assert "Der Knopf." in page
    assert "Der Brief." not in page
    assert ada.get(BOARD + "?about=nothing").status_code == 404


def test_it_says_who_can_change_it(ada):
    dario, otto = world.dario(), world.otto()
    with zones.of(zones.LEARN):
        actions.hand_over("terms", dario, by=otto)
    assert "Dario Favre can change this" in text(ada.get(BOARD + "?about=terms"))


def test_it_pages(ada):
    for n in range(30):
        heard(f"Nummer {n}.")
    assert "Nummer 29." in text(ada.get(BOARD))
    older = text(ada.get(BOARD + "?page=2"))
    assert "Nummer 0." in older
    assert "Nummer 29." not in older
    assert ada.get(BOARD + "?page=nonsense").status_code == 200


def test_the_part_comes_alone(ada):
    heard()
    part = text(ada.get(BOARD, **HTMX, HTTP_HX_LIVE="observations"))
    assert "Niemand versteht" in part
    assert "<html" not in part


def test_it_asks_the_same_number_of_questions_however_much_was_said(ada, django_assert_max_num_queries):
    heard(about="terms")
    ada.get(BOARD)
    with django_assert_max_num_queries(12):
        ada.get(BOARD)
    people = [world.person(f"Person{n} Muster", Role.HELPER) for n in range(20)]
    for n, person in enumerate(people):
        actions.me_too(heard(f"Nummer {n}", by=person, about="portal"), by=world.ada())
    with django_assert_max_num_queries(12):
        ada.get(BOARD)


def test_saying_it_stays_in_place_and_says_where_it_is(ada):
    response = ada.post("/board/say/", {"words": "Er wartet seit März.", "about": "claims"}, **HTMX)
    assert response.status_code == 200
    assert "It is on the board now, under “Reimbursement”." in text(response)
    assert "Er wartet seit März." not in text(response)  # the field is empty again
    assert stands.said()[0].seen_by == world.ada()


def test_without_scripts_it_leads_to_the_board(ada):
    response = ada.post("/board/say/", {"words": "Er wartet."}, follow=True)
    assert response.redirect_chain == [(BOARD, 302)]
    assert "Er wartet." in text(response)


@pytest.mark.parametrize(
    ("words", "no"), [("  ", "There are no words yet"), ("x" * 4003, "3 characters too long")]
)
@pytest.mark.parametrize("how", [{}, HTMX])
def test_a_no_is_said_at_the_field_and_keeps_what_was_typed(ada, words, no, how):
    response = ada.post("/board/say/", {"words": words, "about": "portal"}, **how)
    assert response.status_code == 422
    assert no in text(response)
    assert words.strip() in text(response)
    assert '<option value="portal" selected>' in text(response)
    assert not stands.said()


def test_a_megabyte_and_a_nul_are_refused(ada):
    assert ada.post("/board/say/", {"words": "x" * 1_000_000}).status_code == 422
    assert ada.post("/board/say/", {"words": "a\x00b"}).status_code == 422
    assert ada.post("/board/say/", {"words": "a", "about": "nothing"}).status_code == 422
    assert ada.post("/board/say/", {"words": "a", "contact": "nonsense"}).status_code == 422


def test_it_names_the_concern_of_ones_own_contact(ada):
    contact = contact_of(world.ada())
    ada.post("/board/say/", {"words": "Aus dem Gespräch.", "about": "", "contact": str(contact.public_id)})
    with everything():
        said = Observation.objects.get()
    assert (said.contact_id, said.about) == (contact.pk, "premium")
    assert str(contact.public_id) not in text(ada.get(BOARD))


def test_somebody_elses_contact_does_not_exist(ada):
    contact = contact_of(world.carla())
    posted = {"words": "Aus dem Gespräch.", "contact": str(contact.public_id)}
    assert ada.post("/board/say/", posted).status_code == 404
    assert not stands.said()


def contact_of(person):
    from firsthand.answer.models import Contact, Seat

    seat, _ = Seat.objects.get_or_create(person=person)
    times = {"closed_at": world.SIGNED, "connected_at": world.SIGNED}
    return Contact.objects.create(language="de", seat=seat, concern=world.concern(), state="closed", **times)


def test_me_too_and_withdraw_draw_the_one_observation_anew(ada):
    other, own = heard(), heard("Meine Worte.", by=world.ada())
    assert "you too" in text(ada.post(f"/board/{other.pk}/me-too/", **HTMX))
    assert "Withdrawn by its author" in text(ada.post(f"/board/{own.pk}/withdraw/", **HTMX))
    page = text(ada.get(BOARD))
    assert "1 other heard the same" in page
    assert "Meine Worte." not in page
    assert "2 observations, chain checked at" in page


def test_a_stranger_cannot_withdraw(ada):
    said = heard()
    assert ada.post(f"/board/{said.pk}/withdraw/").status_code == 404
    assert ada.get(f"/board/{said.pk}/me-too/").status_code == 405
    assert ada.post("/board/999999/me-too/").status_code == 404
    assert len(stands.said(withdrawn_at=None)) == 1


def test_a_broken_chain_is_said_on_the_board(ada):
    from tests.learn.test_chain import tamper

    heard()
    heard()
    tamper("DELETE FROM learn_observation WHERE number = 1")
    assert "The chain does not fit at observation 1" in text(ada.get(BOARD))


def test_the_concern_is_named_in_the_readers_language(ada, settings):
    contact = contact_of(world.ada())
    actions.observe("So war es.", contact=contact, by=world.ada())
    (said,) = queries.board(world.ada()).said
    assert said.concern == "«Warum zahle ich nächstes Jahr mehr?»"  # German stands in for what is missing


def test_the_organiser_names_who_can_change_what(client):
    client.force_login(world.otto())
    dario = world.dario()
    form = {"terms": dario.pk}
    assert client.post("/board/owners/", form, follow=True).status_code == 200
    assert [one.person for one in stands.owners()] == [dario]
    client.post("/board/owners/", {})
    assert not stands.owners()
    assert client.post("/board/owners/", {"terms": world.ada().pk}).status_code == 422


def test_the_owners_who_can_be_chosen_are_asked_for_once(client):
    client.force_login(world.otto())
    world.dario()
    with CaptureQueriesContext(connection) as asked:
        page = text(client.get("/board/owners/"))
    of_people = [one["sql"] for one in asked if "ORDER BY" in one["sql"] and '"people_person"' in one["sql"]]
    assert len(of_people) == 1
    assert page.count(f'<option value="{world.dario().pk}">') == len(About.choices) > 1


def test_nobody_else_names_owners(ada):
    assert ada.get("/board/owners/").status_code == 404


def test_the_wall_shows_the_newest(ada):
    heard("Zuletzt gehört.")
    part = text(ada.get("/board/newest/", **HTMX, HTTP_HX_LIVE="newest"))
    assert "Zuletzt gehört." in part
    assert "<html" not in part


def test_what_is_shown_is_counted_and_not_the_whole_board():
    """However long the board is: the start pages and the wall ask for its newest all day."""
    words = [Observation(words=f"Heard {n}", seen_by=world.ada()) for n in range(60)]
    with everything():
        actions.import_history([(timezone.now(), one) for one in words], by=world.otto())
        for one in Observation.objects.order_by("-number")[:3]:
            actions.me_too(one, by=world.carla())
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        plan = json.loads(queries._newest(world.ada())[:5].explain(analyze=True, format="json"))
    assert max(rows_of(plan[0]["Plan"], "learn_observation")) <= 5
    assert [one.me_too for one in queries.newest(world.ada())] == [1, 1, 1, 0, 0]


def rows_of(node: dict, table: str) -> list[float]:
    own = [node["Actual Rows"] * node["Actual Loops"]] if node.get("Relation Name") == table else []
    return own + [rows for part in node.get("Plans", ()) for rows in rows_of(part, table)]


def test_a_planner_reads_what_most_have_heard_and_how_many_more_there_are():
    first = heard("Quiet.")
    for words in ("Loud.", "Louder."):
        heard(words)
    with everything():
        for one in Observation.objects.exclude(pk=first.pk):
            for person in (world.ada(), world.dario())[: 2 if one.words == "Louder." else 1]:
                actions.me_too(one, by=person)
    today = timezone.localdate()
    shown, of = lessons.lessons(today, today, 2)
    assert ([one.title for one in shown], of) == (["Louder.", "Loud."], 3)
    assert lessons.lessons(today - timedelta(days=9), today - timedelta(days=1), 2) == ([], 0)
