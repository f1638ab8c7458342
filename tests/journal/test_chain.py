"""The chain on a database whose owner rewrites history."""

import threading
import time

import pytest
from django.db import connections, transaction

from firsthand.journal import actions, anchors, queries
from firsthand.journal.queries import Verdict, checking, walking
from firsthand.kernel import files
from firsthand.people.models import Person
from tests.journal import tamper

# Nobody needs to exist for an entry to name them.
ADA = Person(pk=7)


@pytest.fixture(autouse=True)
def _empty(committed, settings, tmp_path):
    settings.HOME = tmp_path
    tamper.forget_everything()
    yield
    tamper.forget_everything()


def write(count: int) -> None:
    with transaction.atomic():
        for number in range(count):
            actions.record("looked", ADA, by=ADA, contact=number)


def ids() -> list[int]:
    return [entry.id for entry in queries.with_verb("looked").order_by("id")]


def test_it_chains_what_was_committed_and_finds_it_whole():
    write(3)
    assert actions.seal() == 3
    write(2)
    assert actions.seal() == 2
    assert actions.seal() == 0
    assert queries.verify() == Verdict(True, 5)
    assert queries.waiting_seconds() == 0


def test_it_chains_more_than_fits_one_transaction(monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 4)
    monkeypatch.setattr(walking, "PAGE", 3)
    monkeypatch.setattr(checking, "STRETCH", 3)
    write(4)
    write(5)
    assert actions.seal() == 9
    assert actions.seal() == 0
    assert queries.verify() == Verdict(True, 9)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE journal_entry SET actor_id = 999 WHERE id = %s",
        "UPDATE journal_entry SET details = '{\"contact\": 8}' WHERE id = %s",
        "UPDATE journal_entry SET verb = 'slept' WHERE id = %s",
        "UPDATE journal_link SET hash = sha256('x') WHERE entry_id = %s",
    ],
)
def test_it_finds_a_changed_entry(change):
    write(5)
    actions.seal()
    third = ids()[2]
    assert tamper.rewrite(change, third) == 1
    assert queries.verify() == Verdict(False, 2, third, "changed")


@pytest.mark.parametrize(
    ("table", "why"), [("journal_entry WHERE id", "missing"), ("journal_link WHERE entry_id", "gap")]
)
def test_it_finds_a_deleted_row(table, why):
    write(5)
    actions.seal()
    third, fourth = ids()[2:4]
    tamper.rewrite(f"DELETE FROM {table} = %s", third)
    assert queries.verify() == Verdict(False, 2, third if why == "missing" else fourth, why)


def test_it_finds_a_row_slipped_in_under_an_old_number():
    write(3)
    actions.seal()
    tamper.rewrite(
        "INSERT INTO journal_entry (id, xid, verb, kind, object_id) OVERRIDING SYSTEM VALUE"
        " SELECT 1000000, xid, 'looked', 'people.person', '1' FROM journal_entry LIMIT 1"
    )
    assert actions.seal() == 0
    assert queries.verify() == Verdict(False, 3, 1000000, "unchained")


def test_it_finds_an_entry_that_was_given_a_past():
    write(3)
    actions.seal()
    tamper.run(
        "INSERT INTO journal_entry (at, verb, kind, object_id)"
        " VALUES (now() - interval '2 hours', 'looked', 'people.person', '1')"
    )
    actions.seal()
    assert queries.verify().why == "backdated"


def test_it_finds_that_the_end_was_cut_off():
    write(3)
    actions.seal()
    last = ids()[-1]
    tamper.rewrite("DELETE FROM journal_link WHERE entry_id = %s", last)
    assert actions.seal() == 0
    assert queries.verify() == Verdict(False, 2, last, "unchained")


def test_the_anchor_finds_that_the_whole_chain_was_written_anew():
    write(3)
    actions.seal()
    assert actions.anchor()
    assert not actions.anchor(), "the first of a day stands"
    assert queries.verify() == Verdict(True, 3)
    tamper.rewrite("DELETE FROM journal_entry WHERE id = %s", ids()[0])
    tamper.rewrite("TRUNCATE journal_link")
    tamper.run("UPDATE journal_seal SET seen = '1:1:'")
    write(1)
    assert actions.seal() == 3
    assert queries.verify() == Verdict(False, 3, None, "anchor")


def test_an_anchor_that_somebody_wrote_over_does_not_pass():
    write(1)
    actions.seal()
    actions.anchor()
    (path,) = anchors.folder().iterdir()
    path.chmod(0o600)
    path.write_text("nothing")
    assert queries.verify() == Verdict(False, 1, None, "anchor")


def test_a_worker_killed_while_it_writes_an_anchor_leaves_none_and_the_next_one_writes_it(monkeypatch):
    write(1)
    actions.seal()

    class Killed(BaseException):
        """As by a signal."""

    def killed(_descriptor: int) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(files.os, "fsync", killed)
        with pytest.raises(Killed):
            actions.anchor()
    assert queries.verify() == Verdict(True, 1)
    assert actions.anchor()
    (path,) = anchors.folder().glob("*.txt")
    assert (path.stat().st_mode & 0o777, len(anchors.dropped())) == (0o400, 1)
    assert queries.verify() == Verdict(True, 1)


def test_an_empty_chain_has_no_anchor():
    assert not actions.anchor()
    assert queries.verify() == Verdict(True, 0)


def test_a_late_commit_is_chained_after_what_was_committed_before_it(late):
    """The one who began first commits last: nothing waits for it, and it is not lost."""
    release = late(lambda: actions.record("looked", ADA, by=None, contact=1))
    write(2)
    assert actions.seal() == 2, "a transaction that is still open holds nobody up"
    release()
    assert actions.seal() == 1
    assert queries.verify() == Verdict(True, 3)
    assert queries.with_verb("looked").order_by("id").first().details == {"contact": 1}


def test_two_sealers_make_one_chain():
    write(300)
    counts: list[int] = []

    def work() -> None:
        try:
            for _ in range(10):
                counts.append(actions.seal())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(20):
        write(5)
    for thread in threads:
        thread.join()
    assert sum(counts) + actions.seal() == 400
    assert queries.verify() == Verdict(True, 400)


def test_a_journal_restored_into_a_younger_database_goes_on():
    write(3)
    actions.seal()
    write(1)
    # As after a restore: what is there bears numbers that this database will only reach one day.
    tamper.rewrite("UPDATE journal_entry SET xid = '4000000000'")
    tamper.run("UPDATE journal_seal SET seen = '4000000001:4000000001:'")
    assert actions.seal() == 1
    write(2)
    assert actions.seal() == 2
    assert actions.seal() == 0
    assert queries.verify() == Verdict(True, 6)


def test_it_says_how_long_an_entry_has_waited():
    write(1)
    time.sleep(0.05)
    assert 0.05 <= queries.waiting_seconds() < 30
    actions.seal()
    assert queries.waiting_seconds() == 0
