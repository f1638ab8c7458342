"""At the desk: what is typed is screened while one types, on every save, and before the contact closes."""

import re

import pytest

from firsthand.answer.models import Contact, Promise
from firsthand.know.models import ConcernText
from firsthand.protect import actions as protect
from firsthand.protect.models import Confidence, Note
from tests import world
from tests.answer import room
from tests.answer.pages import HTMX, address, notes, says
from tests.learn import stands
from tests.logins import everything

pytestmark = pytest.mark.django_db(transaction=True)
APART = "Sie lebt getrennt."
NUMBER = "756.1234.5678.97"
MOVING = {"concern": "CH28", "topic": "umzug"}


@pytest.fixture
def contact(desk, settings, tmp_path):
    settings.HOME = tmp_path
    world.frau_keller()
    world.concern("CH28", "umzug")
    contact = room.talking(name="Ruth Keller")
    room.verify(contact)
    from firsthand.answer import actions

    actions.name_concern(contact, world.concern("CH28", "umzug"), by=world.ada())
    return contact


def living() -> list[Confidence]:
    with everything():
        return list(Confidence.objects.living())


def typing(desk, words, **more):
    asked = {"screen-name": "words", "screen-field": "record-words", "screen-language": "de", "words": words}
    return desk.post("/protect/screen/", {**asked, **MOVING, **more}, headers=HTMX)


def hidden(response, name):
    return re.findall(rf'name="{name}" value="([^"]*)"', says(response))


def record(words, **more):
    return {"answered": "", "words": words, "purpose": "kvg_b", "screened-words": "1", **more}


def decided(desk, words, action, **more):
    """What the page's hidden inputs are after somebody pressed a button."""
    (mark,) = hidden(typing(desk, words), "seen-words")
    response = typing(desk, words, decide=f"{mark}|{action}|", **more)
    return hidden(response, "choice-words")


def test_while_typing_it_says_what_it_is_in_plain_words(desk, contact):
    page = says(typing(desk, f"Neue Adresse ab Mai. {APART}"))
    assert "Sounds like: <strong>separation</strong>." in page
    assert "Not needed for this concern." in page
    assert re.search(r"<mark>[^<]*getrennt", page)
    for words in ("Take out", "Seal", "Needed because"):
        assert words in page


def test_ordinary_words_bring_nothing_up(desk, contact):
    page = says(typing(desk, "Neue Adresse ab Mai, neue Police schicken."))
    assert "<mark>" not in page
    assert "Take out" not in page


def test_the_same_text_changes_nothing_on_the_page(desk, contact):
    (state,) = hidden(typing(desk, APART), "state-words")
    assert typing(desk, APART, **{"state-words": state}).status_code == 204


def test_nothing_asked_is_kept_anywhere_it_could_be_read(desk, contact):
    response = typing(desk, APART)
    assert response["Cache-Control"] == "no-store, private"
    assert desk.get("/protect/screen/").status_code == 405


def test_too_fast_for_a_hand_is_answered_with_nothing(desk, contact):
    from firsthand.protect.views import screening

    screening._asked.clear()
    codes = [typing(desk, APART).status_code for _ in range(screening.ALLOWED + 2)]
    assert set(codes[: screening.ALLOWED]) == {200}
    assert codes[-1] == 204
    screening._asked.clear()


def test_what_was_taken_out_is_said_once_of_each_kind(desk, contact):
    typed = record(f"{APART} Ihre Schwester ist geschieden. AHV {NUMBER}", answered="Er ist geschieden.")
    page = says(desk.post(address(contact, "record"), {**typed, "screened-answered": "1"}, headers=HTMX))
    assert page.count("taken out") == 1
    assert page.count("separation") == 1
    assert "AHV number" in page


def test_the_draft_holds_screened_words_only(desk, contact):
    page = says(
        desk.post(address(contact, "record"), record(f"Neue Adresse. {APART} AHV {NUMBER}"), headers=HTMX)
    )
    assert "Saved" in page
    assert "taken out: separation" in page
    contact.refresh_from_db()
    assert contact.note_words.startswith("Neue Adresse.")
    assert "getrennt" not in contact.note_words
    assert NUMBER not in contact.note_words


def test_what_is_sealed_at_the_desk_is_one_row_however_often_it_saves(desk, contact):
    (choice,) = decided(desk, APART, "seal")
    for words in (APART, APART, f"{APART} Neue Adresse ab Mai."):
        desk.post(address(contact, "record"), record(words, **{"choice-words": choice}), headers=HTMX)
    assert len(living()) == 1
    contact.refresh_from_db()
    assert "getrennt" not in contact.note_words
    assert "versiegelt" in contact.note_words
    # Loaded again, the field holds the bracket, and the next save keeps what is sealed.
    desk.post(address(contact, "record"), record(contact.note_words), headers=HTMX)
    assert len(living()) == 1
    desk.post(address(contact, "record"), record("Neue Adresse ab Mai."), headers=HTMX)
    assert living() == []


def test_needed_because_stays_with_its_reason_through_a_reload_to_the_note(desk, contact):
    (choice,) = decided(desk, APART, "keep", **{"why-words": "zwei Haushalte, zwei Policen"})
    desk.post(address(contact, "record"), record(APART, **{"choice-words": choice}), headers=HTMX)
    page = says(desk.get("/desk/"))
    assert "stays: zwei Haushalte, zwei Policen." in page
    assert "Sounds like" not in page
    room.actions.hang_up(contact, by=world.ada())
    desk.post(
        address(contact, "close"),
        {**record(APART, **{"choice-words": choice}), "solved": "yes"},
        headers=HTMX,
    )
    with everything():
        note = Note.objects.get()
    assert note.words == APART
    assert note.reasons == [{"category": "separation", "why": "zwei Haushalte, zwei Policen"}]
    contact.refresh_from_db()
    assert contact.needed == []


def test_a_reason_is_asked_for_before_something_stays(desk, contact):
    (mark,) = hidden(typing(desk, APART), "seen-words")
    page = says(typing(desk, APART, decide=f"open|{mark}"))
    assert 'name="why-words"' in page
    page = says(typing(desk, APART, decide=f"{mark}|keep|", **{"why-words": "  "}))
    assert 'name="why-words"' in page
    assert "choice-words" not in page


def test_a_decision_can_be_changed(desk, contact):
    (choice,) = decided(desk, APART, "seal")
    mark = "|".join(choice.split("|")[:2])
    asked = {"choice-words": choice, "screened-words": "1", "decide": f"undo|{mark}"}
    page = says(typing(desk, APART, **asked))
    assert "Take out" in page
    assert "choice-words" not in page


def test_it_does_not_close_over_something_the_page_has_not_shown(desk, contact):
    room.actions.hang_up(contact, by=world.ada())
    typed = {**record(f"Neue Adresse. {APART}"), "solved": "yes"}
    first = desk.post(address(contact, "close"), typed, headers=HTMX)
    assert first.status_code == 422
    assert "Sounds like: <strong>separation</strong>." in says(first)
    assert room.state(contact) == "wrap_up"
    seen = {"seen-words": hidden(first, "seen-words")}
    assert desk.post(address(contact, "close"), {**typed, **seen}, headers=HTMX).status_code == 200
    assert room.state(contact) == "closed"
    assert [words.startswith("Neue Adresse.") and "getrennt" not in words for _, words in notes(contact)] == [
        True
    ]


def test_a_promise_is_screened_and_shown_before_it_is_written(desk, contact):
    typed = {"words": f"Brief an die neue Adresse, {APART}", "due_on": "2099-01-01", "screened-words": "1"}
    first = desk.post(address(contact, "promise"), typed, headers=HTMX)
    assert "Not written down yet" in says(first)
    assert not Promise.objects.exists()
    seen = {"seen-words": hidden(first, "seen-words")}
    second = desk.post(address(contact, "promise"), {**typed, **seen}, headers=HTMX)
    assert second.status_code == 200
    assert "getrennt" not in Promise.objects.get().words
    assert "Not written down yet" not in says(second)  # or somebody writes it down twice
    assert "Sounds like" not in says(second)


def test_an_observation_is_shown_stripped_before_it_is_sent(desk, contact):
    typed = {"words": f"Frau Keller versteht den Brief nicht, AHV {NUMBER}.", "screened-words": "1"}
    first = desk.post("/board/say/", typed, headers=HTMX)
    assert "Not sent yet" in says(first)
    assert not stands.said()
    seen = {"seen-words": hidden(first, "seen-words")}
    assert desk.post("/board/say/", {**typed, **seen}, headers=HTMX).status_code == 200
    said = stands.said()[0].words
    assert "versteht den Brief nicht" in said
    assert "Keller" not in said
    assert NUMBER not in said


def test_an_observation_about_nobody_is_sent_at_once_and_unedited(desk, contact):
    words = "Niemand versteht den Brief, die Frist steht zu klein."
    assert desk.post("/board/say/", {"words": words}, headers=HTMX).status_code == 200
    assert stands.said()[0].words == words


def test_words_that_come_back_are_not_asked_about_again(desk, contact):
    (choice,) = decided(desk, APART, "seal")
    gone = typing(desk, "Neue Police.", **{"screened-words": "1", "choice-words": choice})
    (past,) = hidden(gone, "past-words")
    again = typing(desk, f"Neue Police. {APART}", **{"screened-words": "1", "past-words": past})
    assert hidden(again, "choice-words") == [choice]
    assert not hidden(again, "seen-words")
    undone = typing(
        desk,
        APART,
        **{"screened-words": "1", "choice-words": choice},
        decide=f"undo|{choice.rpartition('|')[0].rpartition('|')[0]}",
    )
    assert hidden(undone, "seen-words")
    assert not hidden(undone, "past-words")


def test_a_pasted_text_that_is_too_long_is_not_cut_off_by_the_browser(desk, contact):
    assert 'id="record-words"' in (page := says(desk.get("/desk/")))
    assert "maxlength" not in page.partition('<form id="record"')[2].partition("</form>")[0]
    answer = desk.post(address(contact, "record"), record("Wort " * 500), headers=HTMX)
    assert answer.status_code == 422
    assert "stays in the field and is not saved" in says(answer)


def test_the_concern_brings_its_purpose_and_a_line_of_advice(desk, contact):
    page = says(
        desk.post(address(contact, "concern"), {"concern": contact_concern("CH21", "leistung")}, headers=HTMX)
    )
    assert 'value="kvg_c" selected' in page
    assert "What belongs here:" in page
    assert "This concern also needs:" in page
    assert "addiction" in page
    # Not before the page has the new concern: what is typed would be asked about for the old one.
    answer = desk.post(
        address(contact, "concern"), {"concern": contact_concern("CH28", "umzug")}, headers=HTMX
    )
    assert answer.headers["HX-Trigger-After-Settle"] == "screen:again"


def chosen_purpose(desk, contact, code, topic):
    page = says(
        desk.post(address(contact, "concern"), {"concern": contact_concern(code, topic)}, headers=HTMX)
    )
    return re.findall(r'value="(\w+)" selected', page.partition('id="purpose"')[2])


def test_who_cannot_pay_the_premium_is_noted_under_collecting_it(desk, contact):
    assert chosen_purpose(desk, contact, "CH26", "ipv") == ["kvg_b"]
    assert "canton" not in says(desk.get("/desk/")).partition("What belongs here:")[2].partition("</")[0]


def test_a_purpose_that_nobody_chose_goes_with_the_concern_after_the_note_is_begun(desk, contact):
    desk.post(address(contact, "record"), record("Police schicken."), headers=HTMX)
    assert chosen_purpose(desk, contact, "CH21", "leistung") == ["kvg_c"]
    assert 'value="kvg_c" selected' in says(desk.get("/desk/"))


def test_a_purpose_that_somebody_chose_stays_whatever_the_concern_becomes(desk, contact):
    desk.post(address(contact, "record"), record("Police schicken.", purpose="kvg_e"), headers=HTMX)
    assert chosen_purpose(desk, contact, "CH21", "leistung") == ["kvg_e"]


def contact_concern(code, topic):
    concern = world.concern(code, topic)
    concern.branches = ["basic"]
    concern.save()
    ConcernText.objects.get_or_create(concern=concern, language="en", defaults={"question": f"About {topic}"})
    return concern.pk


def test_the_next_contact_shows_a_closed_line_and_opens_it_with_a_reason(desk, contact):
    (choice,) = decided(desk, "Sie trinkt wieder.", "seal")
    desk.post(
        address(contact, "record"), record("Sie trinkt wieder.", **{"choice-words": choice}), headers=HTMX
    )
    room.actions.hang_up(contact, by=world.ada())
    room.actions.close(contact, solved=True, by=world.ada())
    (row,) = living()
    assert row.note_id is not None
    assert row.member_id == world.frau_keller().pk

    again = room.talking(name="Ruth Keller")
    room.verify(again)
    desk.post(address(again, "concern"), {"concern": contact_concern("CH21", "leistung")}, headers=HTMX)
    page = says(desk.get("/desk/"))
    assert "<h3>Sealed</h3>" in page
    assert "Open with a reason" in page
    assert "trinkt" not in page
    line = f"/desk/{again.public_id}/sealed/{row.pk}/"
    assert desk.post(line, {"reason": "kurz"}, headers=HTMX).status_code == 422
    shown = says(desk.post(line, {"reason": "Frage nach der Therapie"}, headers=HTMX))
    assert "trinkt" in shown
    assert "trinkt" not in says(desk.get("/desk/"))


def test_a_draft_whose_contact_was_given_up_is_settled_too(desk, contact):
    (choice,) = decided(desk, APART, "seal")
    desk.post(address(contact, "record"), record(APART, **{"choice-words": choice}), headers=HTMX)
    room.actions.helper_silent(contact)
    contact = Contact.objects.get(pk=contact.pk)
    room.actions.give_up(contact)
    assert [row.settled_at is not None for row in living()] == [True]


def test_of_a_foreign_contact_nothing_is_opened(desk, contact):
    row = protect.seal(
        contact.pk, world.frau_keller(), field="note", purpose="kvg_b", sealed=[], by=world.ada()
    )
    assert row == []
    assert (
        desk.post(
            f"/desk/{contact.public_id}/sealed/{contact.public_id}/", {"reason": "weil ich muss"}
        ).status_code
        == 404
    )


def test_the_key_that_the_label_promises_leads_to_the_first_answer(desk, contact):
    page = says(desk.get("/desk/"))
    assert page.count('data-key="alt+s"') == 1
    assert re.search(r'<input[^>]*data-key="alt\+s"[^>]*id="record-solved_0"', page)
