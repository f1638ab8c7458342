"""What is said stands at once, as it was said; nobody changes it, its author may withdraw it."""

import pytest
from django.db import DatabaseError, transaction

from firsthand.answer.models import Contact
from firsthand.config.logins import OWNER
from firsthand.journal.models import Entry
from firsthand.kernel import zones
from firsthand.learn import actions, queries
from firsthand.learn.models import Observation
from tests import world
from tests.learn import stands
from tests.logins import become

pytestmark = pytest.mark.django_db

WORDS = "  Der Brief sagt «Leistungsaufschub».\nNiemand weiss, was das ist; ich auch nicht.  "


def test_it_stands_as_it_was_said():
    said = actions.observe(WORDS, by=world.ada())
    (shown,) = queries.board(world.eva()).said
    assert shown.words == said.words == WORDS.strip()
    assert shown.observation.seen_by == world.ada()


def test_it_is_journalled_without_its_words():
    said = actions.observe(WORDS, by=world.ada())
    entry = Entry.objects.get(verb="observed")
    assert entry.object_id == str(said.pk)
    assert entry.details == {"number": 1, "hash": bytes(said.hash).hex()}


def test_the_concern_decides_what_it_is_about():
    contact = Contact.objects.create(
        language="de", concern=world.concern("CH15", "rueck"), state="closed", closed_at=world.SIGNED
    )
    said = actions.observe("Drei Wochen gewartet.", contact=contact, by=world.ada())
    assert (said.about, said.concern) == ("claims", contact.concern)


def test_the_helper_may_choose_what_it_is_about():
    assert actions.observe("Der Knopf ist grau.", about="portal", by=world.ada()).about == "portal"


def test_without_a_concern_it_is_about_something_else():
    assert actions.observe("Es war schön.", by=world.ada()).about == "other"


def test_all_of_it_stands_or_nothing(monkeypatch):
    """The names are read in one zone, the words stand in another: nothing is written in the first."""

    def fails(*_args, **_more):
        raise DatabaseError

    ada = world.ada()
    monkeypatch.setattr("firsthand.learn.actions.journal.record", fails)
    before = Entry.objects.count()
    with pytest.raises(DatabaseError):
        actions.observe(WORDS, by=ada)
    assert (stands.said(), Entry.objects.count()) == ([], before)


@pytest.mark.parametrize("words", ["", "   \n\t "])
def test_nothing_is_refused_in_a_sentence(words):
    with pytest.raises(actions.NothingSaid, match="no words yet"):
        actions.observe(words, by=world.ada())


def test_too_long_is_refused_and_says_by_how_much():
    actions.observe("a" * 4000, by=world.ada())
    with pytest.raises(actions.TooLong, match="2 characters too long"):
        actions.observe("a" * 4002, by=world.ada())
    assert len(stands.said()) == 1


def test_me_too_counts_once():
    said = actions.observe(WORDS, by=world.ada())
    for _ in range(2):
        actions.me_too(said, by=world.eva())
    actions.me_too(said, by=world.carla())
    (shown,) = queries.board(world.eva()).said
    assert (shown.me_too, shown.joined) == (2, True)
    assert Entry.objects.filter(verb="said_me_too").count() == 2


def test_me_too_is_not_for_ones_own_words():
    said = actions.observe(WORDS, by=world.ada())
    with pytest.raises(actions.OnesOwn):
        actions.me_too(said, by=world.ada())
    assert not stands.joined()


def test_withdrawn_words_are_gone_and_the_place_stays():
    said = actions.observe(WORDS, by=world.ada())
    actions.withdraw(said, by=world.ada())
    (shown,) = queries.board(world.ada()).said
    assert shown.words == ""
    assert shown.observation.withdrawn_at
    assert queries.verify().ok
    assert queries.newest(world.eva()) == []
    with pytest.raises(actions.Withdrawn):
        actions.me_too(queries.observation_for(world.eva(), said.pk), by=world.eva())


def test_only_the_author_withdraws():
    said = actions.observe(WORDS, by=world.ada())
    with pytest.raises(actions.NotTheAuthor):
        actions.withdraw(said, by=world.eva())
    assert len(stands.said(withdrawn_at=None)) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"words": "Alles bestens."},
        {"about": "other"},
        {"seen_by_id": 0},
        {"number": 9},
        {"withdrawn_at": None},
    ],
)
def test_the_table_refuses_every_other_change(change):
    actions.observe(WORDS, about="terms", by=world.ada())
    with (
        pytest.raises(DatabaseError, match="stands as it was said"),
        zones.of(zones.LEARN),
        transaction.atomic(),
    ):
        Observation.objects.update(**change)


def test_the_table_refuses_withdrawing_twice_and_deleting():
    said = actions.observe(WORDS, by=world.ada())
    actions.withdraw(said, by=world.ada())
    with (
        pytest.raises(DatabaseError, match="stands as it was said"),
        zones.of(zones.LEARN),
        transaction.atomic(),
    ):
        Observation.objects.update(withdrawn_at=world.SIGNED)
    with pytest.raises(DatabaseError, match="stands as it was said"), transaction.atomic(), become(OWNER):
        Observation.objects.all()._raw_delete("default")


def test_the_table_refuses_empty_and_endless_words():
    ada = world.ada()
    for words in ("  ", "a" * 4001):
        with (
            pytest.raises(DatabaseError, match="observation_has_words"),
            zones.of(zones.LEARN),
            transaction.atomic(),
        ):
            Observation.objects.create(words=words, seen_by=ada)
