import pytest
from django.db import IntegrityError, transaction

from firsthand.journal.models import Entry
from firsthand.protect import actions
from firsthand.protect.models import LONGEST_NOTE, Note, Purpose
from tests import world
from tests.logins import everything

pytestmark = pytest.mark.django_db

CONTACT = 41


def write(words="Möchte die Franchise senken.", purpose=Purpose.KVG_B, *, by=None, known=True):
    keller = world.frau_keller() if known else None
    return actions.write_note(CONTACT, keller, words=words, purpose=purpose, by=by or world.ada())


def open_file() -> None:
    actions.open_file(CONTACT, world.frau_keller(), by=world.ada())


def test_a_note_has_a_purpose_and_its_legal_basis():
    open_file()
    note = write("  Möchte die Franchise senken.  ")
    assert note.words == "Möchte die Franchise senken."
    assert Purpose(note.purpose).label == "Premiums: working them out and collecting them"
    assert all(str(purpose.basis) for purpose in Purpose)


def test_the_journal_has_no_word_of_it():
    open_file()
    note = write()
    entry = Entry.objects.get(verb="wrote", object_id=str(note.pk))
    assert entry.details == {"contact": CONTACT, "purpose": "kvg_b"}


@pytest.mark.parametrize(
    ("words", "purpose"),
    [("", "kvg_b"), (" \n", "kvg_b"), ("x", ""), ("x", "marketing"), ("x", "other"), ("x", "sgb_3")],
)
def test_a_note_without_words_or_purpose_is_refused(words, purpose):
    open_file()
    with pytest.raises(actions.NotANote):
        write(words, purpose)
    with everything():
        assert not Note.objects.exists()


def test_a_note_of_a_megabyte_is_refused():
    open_file()
    with pytest.raises(actions.NoteTooLong):
        write("x" * 1_000_000)
    write("x" * LONGEST_NOTE)


@pytest.mark.parametrize(
    "change", [{"purpose": "marketing"}, {"words": "x" * (LONGEST_NOTE + 1)}, {"words": ""}]
)
def test_the_database_refuses_it_too(change):
    open_file()
    write()
    with pytest.raises(IntegrityError), transaction.atomic(), everything():
        Note.objects.update(**change)


def test_of_a_member_only_while_the_file_is_open():
    with pytest.raises(actions.NoFileOpen):
        write()
    open_file()
    with pytest.raises(actions.NoFileOpen):
        write(by=world.carla())
    actions.close_file(CONTACT, by=world.ada())
    with pytest.raises(actions.NoFileOpen):
        write()


def test_a_caller_who_was_not_verified_can_have_a_note_too():
    assert write(known=False).member is None
