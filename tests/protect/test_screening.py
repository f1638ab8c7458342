"""One door for free text: what goes, what is kept apart, what somebody decided."""

import pytest

from firsthand.protect import actions
from firsthand.protect.models import Need, OwnNumber
from firsthand.protect.pure.categories import Action, Category
from firsthand.protect.pure.screen import Choice, fingerprint
from firsthand.protect.queries.names import names_around
from tests import world

pytestmark = pytest.mark.django_db

APART = "Sie lebt getrennt."
NUMBER = "756.1234.5678.97"
MOVE = {"concern": "CH28", "topic": "umzug"}


def screened(words, **more):
    return actions.screened(words, language="de", by=world.ada(), **{**MOVE, **more})


def decide(result, action, why="", category=Category.SEPARATION):
    (one,) = [found for found in result.found if found.category is category]
    return Choice(one.category, one.print, action, why)


def test_what_nobody_needs_is_not_in_what_may_be_stored():
    result = screened(f"Neue Adresse ab Mai. {APART} AHV {NUMBER}.")
    assert "getrennt" not in result.text
    assert NUMBER not in result.text
    assert "Neue Adresse ab Mai." in result.text
    assert {one.category for one in result.asks} == {Category.SEPARATION, Category.AHV}


def test_ordinary_words_stay_as_they_are():
    words = "Möchte die Franchise senken, Frist Ende November."
    result = screened(words)
    assert (result.text, result.found, result.sealed) == (words, (), ())


def test_screened_again_it_stays_as_it_is():
    result = screened(f"{APART} AHV {NUMBER}.", concern="", topic="")
    assert result.sealed
    again = screened(result.text, concern="", topic="")
    assert (again.text, again.found) == (result.text, ())
    assert again.marks == {"separation": 1}


@pytest.mark.parametrize(
    ("words", "gone", "stays"),
    [
        (
            "Madame est séparée depuis mars et elle boit. Son adresse change le premier mai.",
            ["séparée", "boit"],
            "Son adresse change le premier mai.",
        ),
        (
            "La signora è separata da marzo e ha debiti. Il suo indirizzo cambia a maggio, le scrivo ancora.",
            ["separata", "debiti"],
            "Il suo indirizzo cambia a maggio, le scrivo ancora.",
        ),
        (
            "She is divorced and has debts. Her address changes in May, and she would like a letter.",
            ["divorced", "debts"],
            "Her address changes in May, and she would like a letter.",
        ),
    ],
)
def test_words_in_another_language_than_the_callers_are_read_in_theirs(words, gone, stays):
    """A letter is pasted, a helper writes in their own language. What stands in its place is in the caller's."""
    result = screened(words)
    assert [one for one in gone if one in result.text] == []
    assert stays in result.text
    sealed = screened(words, concern="", topic="")
    assert "[versiegelt: " in sealed.text
    again = screened(sealed.text, concern="", topic="")
    assert (again.text, again.marks, again.found) == (sealed.text, sealed.marks, ())


def test_somebody_seals_it_instead():
    choice = decide(screened(APART), Action.SEAL)
    result = screened(APART, choices=[choice])
    assert [one.category for one in result.sealed] == [Category.SEPARATION]
    assert "getrennt" in result.sealed[0].words
    assert "getrennt" not in result.text
    assert result.asks == []


def test_needed_because_keeps_it_with_its_reason():
    choice = decide(screened(APART), Action.KEEP, "zwei Haushalte, zwei Policen")
    result = screened(APART, choices=[choice])
    assert result.text == APART
    assert result.reasons == [{"category": "separation", "why": "zwei Haushalte, zwei Policen"}]


def test_without_a_reason_nothing_is_needed():
    choice = decide(screened(APART), Action.KEEP)
    assert "getrennt" not in screened(APART, choices=[choice]).text


def test_the_reason_is_screened_too():
    choice = decide(screened(APART), Action.KEEP, f"weil AHV {NUMBER}")
    (kept,) = screened(APART, choices=[choice]).kept
    assert NUMBER not in kept["why"]


def test_a_decision_goes_on_with_a_passage_that_is_typed_further():
    choice = decide(screened("Sie lebt getrennt"), Action.KEEP, "zwei Haushalte")
    further = "Sie lebt getrennt von ihrem Mann"
    assert fingerprint(Category.SEPARATION, further) != choice.print
    result = screened(further, choices=[choice])
    assert result.asks == []
    assert result.text == further


def test_a_decision_about_one_passage_is_none_about_two_others():
    choice = decide(screened("Sie lebt getrennt."), Action.KEEP, "zwei Haushalte")
    two = "Sie lebt getrennt von ihm. Neue Adresse ab Mai. Sie lassen sich scheiden."
    result = screened(two, choices=[choice])
    assert [one.decided for one in result.found] == [False, False]


def test_names_around_the_contact_are_certain():
    keller = world.frau_keller()
    names = names_around(world.ada(), member=keller, said="Rüti Zwiebel")
    assert {"Ada Lindner", "Keller", "Ruth Keller", "Rüti Zwiebel"} <= set(names)
    assert "Lindner" not in screened("Rückruf durch Ada Lindner", known=names).text


def test_no_byte_that_postgresql_cannot_keep():
    assert screened("Franchise\x00 senken").text == "Franchise senken"


def test_the_insurer_says_what_a_concern_needs():
    actions.set_need("CH28", "separation", "needed", reason="zwei Haushalte", by=world.petra())
    assert screened(APART).text == APART
    actions.set_need("CH28", "separation", "seal", reason="lieber versiegelt", by=world.petra())
    assert len(screened(APART).sealed) == 1
    actions.reset_need("CH28", "separation", by=world.petra())
    assert not Need.objects.exists()
    assert "getrennt" not in screened(APART).text


def test_nobody_can_make_the_board_need_a_name():
    Need.objects.create(
        about="board", category="name", state="needed", reason="never", changed_by=world.petra()
    )
    result = actions.screened(
        "Frau Keller versteht es nicht", language="de", concern="board", known=["Keller"], by=None
    )
    assert "Keller" not in result.text


def test_the_insurers_own_numbers_are_found():
    actions.add_own_number("policy", "ZX-##.####", by=world.petra())
    assert "ZX-12.3456" not in screened("Siehe ZX-12.3456 dort").text


@pytest.mark.parametrize("form", ["", "#", "(a+)+###", "abc", "##" * 30], ids=repr)
def test_a_form_that_is_no_number_is_refused(form):
    with pytest.raises(actions.NotANumber):
        actions.add_own_number("policy", form, by=world.petra())
    assert not OwnNumber.objects.exists()


def test_a_name_stays_in_the_field_for_names_and_a_number_does_not():
    assert actions.screened_name("Ruth Krebs", language="de") == "Ruth Krebs"
    assert actions.screened_name("  Ruth   Keller ", language="de") == "Ruth Keller"
    assert NUMBER not in actions.screened_name(f"Ruth {NUMBER}", language="de")
    long = actions.screened_name("Ruth Keller und ich lebe getrennt von meinem Mann", language="de")
    assert "getrennt" not in long
