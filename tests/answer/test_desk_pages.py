"""The desk, through HTTP: each state of a seat and its contact is one scene of one page."""

import time
import uuid

import pytest

from firsthand.answer import actions
from firsthand.know import actions as know
from firsthand.people import access
from firsthand.people.models import Person
from tests import world
from tests.answer import room
from tests.answer.pages import HTMX, LIVE, TAB, address, notes, says

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_stranger_is_sent_to_the_sign_in_and_a_wrong_role_finds_nothing(client):
    assert client.get("/desk/").status_code == 302
    client.force_login(world.dario())
    assert client.get("/desk/").status_code == 404
    assert client.post("/desk/ready/", headers=TAB).status_code == 404


def test_before_somebody_is_ready_the_page_says_what_ready_means(desk):
    page = says(desk.get("/desk/"))
    assert "What do I do now?" in page
    assert "You are not ready" in page
    assert 'data-key="alt+r"' in page


def test_it_says_ready_and_the_page_is_calm(desk):
    assert desk.post("/desk/ready/", headers=TAB).status_code == 302
    assert room.seat().state == "ready"
    assert room.seat().instance == room.TAB
    assert "You are ready" in says(desk.get("/desk/"))


def test_it_counts_those_who_wait_for_somebody_else(desk):
    desk.post("/desk/ready/", headers=TAB)
    room.arrive("fr")
    assert "1 caller waits" in says(desk.get("/desk/"))


def test_it_takes_a_break_and_is_locked_out_of_no_page_before(desk):
    desk.post("/desk/ready/", headers=TAB)
    assert access.is_busy(world.ada())
    desk.post("/desk/away/", headers=TAB)
    assert room.seat().state == "away"
    assert not access.is_busy(world.ada())


def test_a_file_that_no_hand_touches_after_the_call_is_locked_away(desk):
    ada = world.ada()
    contact = room.talking(ada)
    room.forward(60 * 60, beating=[ada])
    assert access.is_busy(ada), "a long conversation needs no hand on the keyboard"
    actions.hang_up(contact, by=ada)
    room.forward(14 * 60, beating=[ada])
    assert access.is_busy(ada)
    room.forward(2 * 60, beating=[ada])
    assert not access.is_busy(ada)
    session = desk.session
    session["people_seen"] = time.time() - 16 * 60
    session.save()
    assert desk.get("/desk/")["Location"].startswith("/people/locked/")


def test_whoever_has_not_signed_is_told_where(client):
    ada = world.ada()
    Person.objects.filter(pk=ada.pk).update(secrecy_signed_at=None)
    client.force_login(ada)
    response = client.post("/desk/ready/", headers=TAB)
    assert response.status_code == 422
    assert "secrecy" in says(response)
    assert 'href="/people/secrecy/' in says(response)


def test_whoever_is_not_trained_is_told_who_can_help(client):
    client.force_login(world.beat())
    response = client.post("/desk/ready/", headers=TAB | HTMX)
    assert response.status_code == 422
    assert "not trained" in says(response)


def test_it_shows_the_offer_with_a_guess_that_is_not_a_fact(desk):
    contact = room.offered(name="Ruth Keller", topic="praemie")
    page = says(desk.get("/desk/"))
    assert "A caller for you" in page
    assert "Ruth Keller" in page
    assert "not verified" in page
    assert "Premium and payment" in page
    assert f"/desk/{contact.public_id}/take/" in page
    assert "<time-until" in page


def test_a_double_click_is_one_answer(desk):
    contact = room.offered()
    assert desk.post(address(contact, "take")).status_code == 302
    assert desk.post(address(contact, "take")).status_code == 302
    assert room.moves(contact).count("taken") == 1
    assert room.state(contact) == "connected"


def test_an_offer_that_has_gone_is_a_sentence(desk):
    contact = room.offered()
    room.forward(21, beating=[world.ada()])
    actions.sweep()
    response = desk.post(address(contact, "take"), headers=HTMX)
    assert response.status_code == 422
    assert "no longer offered to you" in says(response)
    assert room.state(contact) == "waiting"


def test_it_declines(desk):
    contact = room.offered()
    desk.post(address(contact, "decline"))
    assert room.state(contact) == "waiting"
    assert room.seat().state == "ready"


def test_nobody_gets_at_somebody_elses_contact(client):
    contact = room.talking()
    client.force_login(world.carla())
    for verb in ("hold", "resume", "hang-up", "verify", "record", "promise", "concern", "close"):
        assert client.post(address(contact, verb)).status_code == 404, verb
    assert client.get(address(contact, "concerns")).status_code == 404
    assert client.post(address(contact, "take")).status_code == 422
    assert client.post(f"/desk/{uuid.uuid4()}/hold/").status_code == 404


def test_the_contact_stands_on_one_page_before_anybody_is_verified(desk):
    world.concern()
    room.talking(name="Ruth Keller")
    page = says(desk.get("/desk/"))
    for words in (
        "Hang up",
        "Who am I speaking with?",
        "What is the concern?",
        "What did you answer?",
        "What belongs here:",
    ):
        assert words in page
    assert "3 tries left" in page
    assert "Limmatstrasse" not in page


def test_it_holds_and_talks_again(desk):
    contact = room.talking()
    scene = {"scene": f"contact-{contact.public_id}"}
    assert "On hold" in says(desk.post(address(contact, "hold"), scene, headers=HTMX))
    assert "Talk again" in says(desk.get("/desk/"))
    assert "Talk again" not in says(desk.post(address(contact, "resume"), scene, headers=HTMX))


def test_a_refresh_of_the_same_scene_is_its_live_part_and_holds_no_field(desk):
    contact = room.talking()
    part = says(desk.get("/desk/", {"scene": f"contact-{contact.public_id}"}, headers=LIVE))
    assert "Hang up" in part
    assert "<textarea" not in part
    assert "<input" not in part
    assert "<html" not in part


def test_the_calm_and_the_offer_refresh_themselves_too(desk):
    desk.post("/desk/ready/", headers=TAB)
    part = desk.get("/desk/", {"scene": "ready"}, headers=LIVE)
    assert "You are ready" in says(part)
    assert "<html" not in says(part)
    contact = room.offered()
    part = desk.get("/desk/", {"scene": f"offered-{contact.public_id}"}, headers=LIVE)
    assert "seconds left" in says(part)
    assert "<html" not in says(part)


def test_a_refresh_of_a_scene_that_is_over_brings_the_next(desk):
    room.talking()
    answer = desk.get("/desk/", {"scene": "ready"}, headers=LIVE)
    assert answer["HX-Retarget"] == "main"
    assert "Who am I speaking with?" in says(answer)


def test_the_call_ends_and_the_record_stays(desk):
    contact = room.talking()
    scene = {"scene": f"contact-{contact.public_id}"}
    assert "The call has ended" in says(desk.post(address(contact, "hang-up"), scene, headers=HTMX))
    assert "What did you answer?" in says(desk.get("/desk/"))


def test_it_is_done_only_when_the_helper_says_whether_it_is_solved(desk):
    contact = room.wrapping()
    response = desk.post(address(contact, "close"), {"purpose": "kvg_b"}, headers=HTMX)
    assert response.status_code == 422
    assert "say whether the concern is solved" in says(response)
    assert room.state(contact) == "wrap_up"


def test_done_takes_what_was_typed_last_with_it(desk):
    contact = room.wrapping()
    typed = {
        "answered": "Explained the premium.",
        "words": "Wants a letter.",
        "purpose": "kvg_b",
        "solved": "yes",
    }
    scene = {"scene": f"contact-{contact.public_id}"}
    response = desk.post(address(contact, "close"), typed | scene, headers=HTMX)
    assert response.headers["HX-Retarget"] == "main"
    assert "You are ready" in says(response)
    contact.refresh_from_db()
    assert (contact.state, contact.solved, contact.answered) == ("closed", True, "Explained the premium.")
    assert notes(contact) == [("kvg_b", "Wants a letter.")]
    assert contact.note_words == ""


def test_done_and_a_break(desk):
    contact = room.wrapping()
    desk.post(address(contact, "close"), {"solved": "no", "purpose": "kvg_b", "then": "away"}, headers=HTMX)
    assert room.seat().state == "away"


def test_done_while_still_talking_is_refused(desk):
    contact = room.talking()
    response = desk.post(address(contact, "close"), {"solved": "yes", "purpose": "kvg_b"}, headers=HTMX)
    assert response.status_code == 422
    assert "Hang up first" in says(response)


def test_a_callback_shows_the_number_and_goes_on_by_word(desk):
    contact = room.arrive("de", phone="044 321 87 65")
    actions.ask_callback(contact, "044 321 87 65")
    room.ready()
    actions.sweep()
    desk.post(address(contact, "take"))
    page = says(desk.get("/desk/"))
    assert 'href="tel:+41443218765"' in page
    assert "Nobody answered" in page
    scene = {"scene": f"contact-{contact.public_id}"}
    assert "Hang up" in says(desk.post(address(contact, "reached"), scene, headers=HTMX))


def test_nobody_answered_the_callback(desk):
    contact = room.arrive("de")
    actions.ask_callback(contact, "044 321 87 65")
    room.ready()
    actions.sweep()
    desk.post(address(contact, "take"))
    desk.post(address(contact, "not-reached"))
    assert room.state(contact) == "callback"


def test_the_desk_asks_the_database_a_bounded_number_of_times(desk, django_assert_max_num_queries):
    contact = room.talking()
    room.verify(contact)
    with django_assert_max_num_queries(45):
        desk.get("/desk/")


def test_a_topic_chosen_wrongly_hides_nothing_that_was_typed(desk):
    know.load_catalogue()
    contact = room.talking(topic="umzug")
    found = says(
        desk.get(address(contact, "concerns"), {"topic": "umzug", "words": "physiotherapy", "found": "1"})
    )
    assert "physiotherapy" in found.lower()
    assert "Nothing found" in says(
        desk.get(address(contact, "concerns"), {"topic": "umzug", "words": "qqq", "found": "1"})
    )


def test_simulated_callers_are_no_reason_for_a_real_helper_to_worry(desk):
    room.ready()
    room.arrive("fr", synthetic=True)
    assert "waits for somebody" not in says(desk.get("/desk/"))
    room.arrive("fr")
    assert "1 caller waits for somebody" in says(desk.get("/desk/"))
