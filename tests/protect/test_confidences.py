"""What was confided stays sealed: opened with a reason and a right, erased for good."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.utils import timezone

from firsthand.journal.models import Entry
from firsthand.protect import actions, keys, queries
from firsthand.protect.boxes import unsealed
from firsthand.protect.models import Confidence, Field, Opening, Read, Request
from firsthand.protect.pure.categories import Category
from firsthand.protect.pure.screen import Sealed
from firsthand.protect.pure.sealing import DoesNotOpen
from tests import world
from tests.logins import everything
from tests.protect.sealed import (
    CONTACT,
    MOVE,
    THERAPY,
    WORDS,
    behind_the_wall,
    close_file,
    erase,
    open_file,
    opened,
    sealed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _keys_of_this_test(settings, tmp_path):
    settings.HOME = tmp_path


def as_text() -> str:
    """The whole table as text, bytes and all."""
    with everything(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(c::text, ' '), string_agg(encode(sealed, 'escape'), ' ') FROM protect_confidence c"
        )
        return " ".join(str(part) for part in cursor.fetchone())


def request_of(member, **more) -> Request:
    given = {
        "kind": "access", "state": "received", "way": "letter", "received_on": timezone.localdate(), "country": "CH",
        "identity": "papers", "due_on": timezone.localdate() + timedelta(days=30), "taken_by": world.petra(),
        "moved_by": world.petra(),
    }  # fmt: skip
    return Request.objects.create(member=member, **{**given, **more})


def test_the_table_has_no_word_of_it():
    row = sealed()
    assert "trinkt" not in as_text()
    assert row.category == "addiction"
    assert "trinkt" not in repr(row)


def test_it_is_kept_for_a_short_time():
    assert sealed().keep_until == timezone.localdate() + timedelta(days=30)


def test_a_reason_and_a_right_open_it():
    row = sealed()
    open_file()
    assert opened(row).words == WORDS
    assert behind_the_wall(row.pk).opened_at is not None
    assert Opening.objects.get().reason == "Frage nach der Therapie"
    with everything():
        read = Read.objects.get(what="confidence")
    assert (read.actor_id, read.member_id, read.contact_id) == (
        world.ada().pk,
        world.frau_keller().pk,
        CONTACT,
    )
    entry = Entry.objects.get(verb="opened", kind="protect.confidence")
    assert entry.details == {"contact": CONTACT, "request": None, "category": "addiction"}


@pytest.mark.parametrize("reason", ["", "   ", "kurz", "a         b"], ids=repr)
def test_without_a_reason_it_stays_closed(reason):
    row = sealed()
    open_file()
    with pytest.raises(actions.NoReason):
        opened(row, reason)
    assert not Opening.objects.exists()
    with everything():
        assert not Read.objects.filter(what="confidence").exists()


def test_the_reason_is_screened():
    row = sealed()
    open_file()
    opened(row, "Sie fragt, AHV 756.1234.5678.97")
    assert "756" not in Opening.objects.get().reason


def test_without_an_open_file_it_does_not_exist():
    row = sealed()
    with pytest.raises(Http404):
        opened(row)
    open_file()
    with pytest.raises(Http404):
        opened(row, by=world.carla())
    with pytest.raises(Http404):
        opened(row, contact_id=CONTACT + 1)
    close_file()
    with pytest.raises(Http404):
        opened(row)


def test_of_another_member_it_does_not_exist():
    row = sealed()
    other = world.frau_keller()
    other.pk, other.number, other.ahv = None, "100200399", None
    other.save()
    actions.open_file(CONTACT, other, by=world.ada())
    with pytest.raises(Http404):
        opened(row)


def test_a_concern_that_does_not_need_it_does_not_open_it():
    row = sealed()
    open_file()
    with pytest.raises(actions.NotNeeded):
        opened(row, **MOVE)
    assert not Opening.objects.exists()


def test_the_officer_opens_it_for_a_request_of_the_member():
    row = sealed()
    asked = request_of(world.frau_keller())
    found = opened(row, by=world.petra(), contact_id=None, request=asked.pk)
    assert found.words == WORDS
    with everything():
        assert Read.objects.get(what="confidence").request_id == asked.pk


def test_without_a_request_the_officer_does_not():
    row = sealed()
    asked = request_of(world.frau_keller())
    nobody_known = request_of(world.frau_keller(), identity="")
    for request, by in (
        (asked.pk, world.ada()),
        (asked.pk + 99, world.petra()),
        (nobody_known.pk, world.petra()),
    ):
        with pytest.raises(Http404):
            opened(row, by=by, contact_id=None, request=request)


def test_moved_to_another_member_in_the_database_it_does_not_open():
    """The database refuses; whoever gets round it finds noise."""
    row = sealed()
    other = world.frau_keller()
    other.pk, other.number, other.ahv = None, "100200399", None
    other.save()
    with pytest.raises(IntegrityError), transaction.atomic(), everything():
        Confidence.objects.update(member=other)
    row.member = other
    with pytest.raises(DoesNotOpen):
        unsealed(row, keys.ring())


@pytest.mark.parametrize(
    "change",
    [{"category": "debt"}, {"purpose": "kvg_b"}, {"sealed": b"x"}, {"contact_id": 7}, {"settled_at": None}],
    ids=str,
)
def test_what_was_sealed_stands(change):
    sealed()
    with pytest.raises(IntegrityError), transaction.atomic(), everything():
        Confidence.objects.update(**change)


def test_a_row_goes_only_after_it_was_erased():
    row = sealed()
    with pytest.raises(IntegrityError), transaction.atomic(), everything():
        Confidence.objects.all().delete()
    erase(row)
    with everything():
        Confidence.objects.all().delete()


def test_that_it_was_opened_stands():
    row = sealed()
    open_file()
    opened(row)
    for change in (lambda: Opening.objects.update(reason="something else"), Opening.objects.all().delete):
        with pytest.raises(IntegrityError), transaction.atomic(), everything():
            change()


def test_erased_it_opens_for_nobody():
    row = sealed()
    open_file()
    assert erase(row) == 1
    row = behind_the_wall(row.pk)
    assert (row.wrapped_key, bytes(row.sealed)) == (None, b"")
    assert erase(row) == 0
    with pytest.raises(actions.Erased):
        opened(row)
    with pytest.raises(IntegrityError), transaction.atomic(), everything():
        Confidence.objects.update(erased_at=None, wrapped_key=b"x")


def test_the_file_shows_closed_lines_only():
    sealed()
    open_file()

    def lines(branches=("basic",), person=None, **about):
        return queries.sealed_lines(person or world.ada(), CONTACT, branches=branches, **about)

    (line,) = lines(**THERAPY)
    assert (str(line.category), line.may_open) == ("addiction", True)
    assert not {"words", "sealed", "wrapped_key"} & set(vars(line))
    assert lines(**MOVE)[0].may_open is False
    assert lines(("supplementary",), **THERAPY) == ()
    assert lines(person=world.carla(), **THERAPY) == ()
    close_file()
    assert lines(**THERAPY) == ()


def test_of_a_restricted_member_no_line_is_shown_and_nothing_opens_at_the_desk():
    row = sealed()
    placed = actions.restrict(world.frau_keller(), norm="Art. 18 GDPR", request=None, by=world.petra())
    open_file(2)
    about = {"branches": ["basic"], **THERAPY}
    assert queries.sealed_lines(world.ada(), 2, **about) == ()
    with pytest.raises(Http404):
        opened(row, contact_id=2)
    asked = request_of(world.frau_keller())
    assert opened(row, request=asked.pk, contact_id=None, by=world.petra()).words == WORDS, (
        "their own request"
    )
    actions.lift_restriction(placed, by=world.petra())
    assert len(queries.sealed_lines(world.ada(), 2, **about)) == 1


def test_past_its_clock_the_line_is_gone_too():
    sealed()
    open_file()
    with everything():
        Confidence.objects.update(keep_until=timezone.localdate() - timedelta(days=1))
    assert queries.sealed_lines(world.ada(), CONTACT, branches=["basic"], **THERAPY) == ()


def draft(words, marks=None, contact=CONTACT):
    pieces = [Sealed(Category.ADDICTION, one) for one in words]
    marks = {"addiction": len(words)} if marks is None else marks
    actions.seal_draft(contact, field=Field.NOTE, purpose="kvg_c", sealed=pieces, marks=marks, by=world.ada())
    return [row for row in behind_the_wall() if row.erased_at is None]


def test_a_draft_follows_what_is_typed():
    (first,) = draft([WORDS])
    assert draft([WORDS]) == [first]
    (second,) = draft([f"{WORDS} seit Mai"])
    assert second != first
    assert draft([], {"addiction": 1}) == [second]  # the page was loaded again
    assert draft([], {}) == []


def test_a_draft_becomes_the_members_when_the_contact_ends():
    draft([WORDS])
    keller = world.frau_keller()
    open_file()
    actions.settle(CONTACT, keller, note=None, purpose="kvg_b", by=world.ada())
    (row,) = behind_the_wall()
    assert (row.member_id, row.purpose, row.settled_at is not None) == (keller.pk, "kvg_b", True)
    assert opened(row).words == WORDS
    assert Entry.objects.filter(verb="sealed", object_id=str(row.pk)).count() == 1


def test_a_lost_key_is_a_sentence_and_not_an_error():
    row = sealed()
    open_file()
    for path in keys.folder().glob("*.key"):
        path.unlink()
    with pytest.raises(actions.Erased):
        opened(row)
