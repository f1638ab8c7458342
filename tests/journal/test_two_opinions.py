"""The check in SQL and the walk in Python come to the same verdict on every kind of tampering.

Stretches are two links long here, so that each kind is tried at a beginning, in a middle, at a junction and
at the end.
"""

import pytest
from django.db import connection, transaction

from firsthand.journal import actions, anchors
from firsthand.journal import queries as journal
from firsthand.journal.ledger import JOURNAL
from firsthand.journal.pure import chain
from firsthand.journal.queries import Verdict, checking
from firsthand.kernel import zones
from firsthand.people.models import Person
from firsthand.protect import actions as protect
from firsthand.protect.models import READS
from firsthand.protect.models.reads import What
from tests.journal import tamper

ADA = Person(pk=7)
ROWS = 7


@pytest.fixture(autouse=True)
def _empty(committed, settings, tmp_path, monkeypatch):
    settings.HOME = tmp_path
    monkeypatch.setattr(checking, "STRETCH", 2)
    tamper.forget_everything()
    yield
    tamper.forget_everything()


def write(ledger, count):
    with transaction.atomic():
        for number in range(count):
            if ledger is READS:
                protect.reading(What.CONSENT, number + 1, by=ADA, why="proof", purposes=["kvg_a", "kvg_b"])
            else:
                actions.record("looked", ADA, by=ADA, contact=number, how="phone" if number % 2 else None)


def both(ledger, **more) -> Verdict:
    """Alone, on several connections, and in Python: one verdict."""
    alone, several = journal.verify(ledger, at_once=1), journal.verify(ledger, at_once=4)
    walked = journal.walk(ledger)
    assert alone == several == walked
    return walked


def rewrite(ledger, statement, *given):
    names = {"e": ledger.entries, "l": ledger.links, "s": ledger.seal}
    return tamper.rewrite(statement.format(**names), *given, ledger=ledger)


def ids(ledger):
    with zones.of(zones.PROTECTION):
        return [link[1] for link in journal.chain.rows(ledger, "links", after=0, most=100)]


CHANGES = {
    "an entry's field": "UPDATE {e} SET actor_id = 99 WHERE id = %s",
    "a field to nothing": "UPDATE {e} SET actor_id = NULL WHERE id = %s",
    "an entry's time": "UPDATE {e} SET at = at + interval '1 microsecond' WHERE id = %s",
    "an entry's time, with its link": "WITH e AS (UPDATE {e} SET at = at + interval '1 microsecond'"
    " WHERE id = %s RETURNING id, at) UPDATE {l} l SET entry_at = e.at FROM e WHERE l.entry_id = e.id",
    "an entry's time by hours, with its link": "WITH e AS (UPDATE {e} SET at = at - interval '2 hours'"
    " WHERE id = %s RETURNING id, at) UPDATE {l} l SET entry_at = e.at FROM e WHERE l.entry_id = e.id",
    "a hash": "UPDATE {l} SET hash = sha256('x') WHERE entry_id = %s",
    "a hash to nothing": "UPDATE {l} SET hash = '' WHERE entry_id = %s",
    "what a link points at": "UPDATE {l} SET entry_id = -1 WHERE entry_id = %s",
    "a number far off": "UPDATE {l} SET n = 10000000000000 WHERE entry_id = %s",
    "an entry taken away": "DELETE FROM {e} WHERE id = %s",
    "a link taken away": "DELETE FROM {l} WHERE entry_id = %s",
    "both taken away": "WITH e AS (DELETE FROM {e} WHERE id = %s RETURNING id)"
    " DELETE FROM {l} l USING e WHERE l.entry_id = e.id",
}


@pytest.mark.parametrize("ledger", [JOURNAL, READS], ids=["journal", "reads"])
def test_what_nobody_changed_holds(ledger):
    write(ledger, ROWS)
    assert actions.seal() == ROWS
    assert both(ledger) == Verdict(True, ROWS)


@pytest.mark.parametrize("ledger", [JOURNAL, READS], ids=["journal", "reads"])
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("place", range(ROWS))
def test_changed_or_removed_anywhere(ledger, change, place):
    write(ledger, ROWS)
    actions.seal()
    rewrite(ledger, change, ids(ledger)[place])
    found = both(ledger)
    taken_with_the_end = place == ROWS - 1 and change == CHANGES["both taken away"]
    assert found.ok is taken_with_the_end, "a whole end that is gone shows by the anchor, below"


@pytest.mark.parametrize("ledger", [JOURNAL, READS], ids=["journal", "reads"])
@pytest.mark.parametrize(("one", "other"), [(0, 1), (1, 2), (2, 3), (0, 6), (5, 6)])
@pytest.mark.parametrize("what", ["entries", "links", "hashes"])
def test_two_that_change_places(ledger, one, other, what):
    write(ledger, ROWS)
    actions.seal()
    first, second = ids(ledger)[one], ids(ledger)[other]
    if what == "entries":
        taken = ", ".join(f"{column} = o.{column}" for column in ledger.columns)
        both_rows = "e.id IN (%s, %s) AND o.id IN (%s, %s) AND e.id <> o.id"
        swap = f"UPDATE {{e}} e SET {taken} FROM {{e}} o WHERE {both_rows}"
        rewrite(ledger, swap, first, second, first, second)
    elif what == "links":
        rewrite(ledger, "UPDATE {l} SET n = n + 500 WHERE entry_id IN (%s, %s)", first, second)
        swap = "UPDATE {l} SET n = CASE entry_id WHEN %s THEN %s ELSE %s END WHERE entry_id IN (%s, %s)"
        rewrite(ledger, swap, first, other + 1, one + 1, first, second)
    else:
        swap = (
            "UPDATE {l} l SET hash = o.hash FROM {l} o WHERE l.entry_id IN (%s, %s)"
            " AND o.entry_id IN (%s, %s) AND l.n <> o.n"
        )
        rewrite(ledger, swap, first, second, first, second)
    assert both(ledger).ok is False


def slip_in(ledger, number):
    columns = ", ".join(ledger.columns)
    rewrite(
        ledger,
        f"INSERT INTO {{e}} (id, xid, {columns}) OVERRIDING SYSTEM VALUE"
        f" SELECT %s, xid, {columns} FROM {{e}} ORDER BY id LIMIT 1",
        number,
    )


@pytest.mark.parametrize("ledger", [JOURNAL, READS], ids=["journal", "reads"])
@pytest.mark.parametrize("number", [-5, 0, 1_000_000, 10**13])
def test_an_entry_slipped_in(ledger, number):
    write(ledger, ROWS)
    actions.seal()
    slip_in(ledger, number)
    assert both(ledger) == Verdict(False, ROWS, number, "unchained")


@pytest.mark.parametrize("ledger", [JOURNAL, READS], ids=["journal", "reads"])
def test_an_entry_slipped_in_with_a_link(ledger):
    write(ledger, ROWS)
    actions.seal()
    slip_in(ledger, 1_000_000)
    rewrite(ledger, "INSERT INTO {l} SELECT n + 1, 1000000, now(), hash FROM {l} ORDER BY n DESC LIMIT 1")
    assert both(ledger).why == "missing", "its time is not that of the entry"


@pytest.mark.parametrize("ledger", [JOURNAL, READS], ids=["journal", "reads"])
@pytest.mark.parametrize("before", range(1, 6))
def test_an_entry_that_was_given_a_past(ledger, before):
    """Chained in all order and dated two hours back: in its stretch, or against an earlier one."""
    write(ledger, before)
    actions.seal()
    columns = ", ".join(ledger.columns)
    tamper.run(
        f"INSERT INTO {ledger.entries} (at, {columns})"
        f" SELECT at - interval '2 hours', {columns} FROM {ledger.entries} ORDER BY id LIMIT 1"
    )
    actions.seal()
    assert both(ledger) == Verdict(False, before, ids(ledger)[-1], "backdated")


def test_with_several_wrongs_it_is_the_first():
    write(JOURNAL, ROWS)
    actions.seal()
    rows = ids(JOURNAL)
    rewrite(JOURNAL, "DELETE FROM {e} WHERE id = %s", rows[5])
    rewrite(JOURNAL, "UPDATE {e} SET verb = 'slept' WHERE id = %s", rows[4])
    assert both(JOURNAL) == Verdict(False, 4, rows[4], "changed")
    rewrite(JOURNAL, "DELETE FROM {l} WHERE entry_id = %s", rows[1])
    assert both(JOURNAL) == Verdict(False, 1, rows[2], "gap")


def forge(ledger, rows, before=chain.START):
    """What somebody does who owns the database and knows this code: a new chain over what they left."""
    rewrite(ledger, "TRUNCATE {l}")
    for n, entry, hash in chain.chained(before, 0, rows):
        tamper.run(f"INSERT INTO {ledger.links} VALUES (%s, %s, %s, %s)", n, entry.id, entry.at, hash)


def entries(ledger):
    columns = ", ".join(f"{column}::text" for column in ledger.columns)
    with zones.of(zones.PROTECTION), connection.cursor() as cursor:
        cursor.execute(f"SELECT id, at, {columns} FROM {ledger.entries} ORDER BY id")
        return [journal.chain.entry(row) for row in cursor.fetchall()]


@pytest.mark.parametrize("ledger", [JOURNAL, READS], ids=["journal", "reads"])
def test_a_rewritten_chain_holds_in_itself_and_not_against_the_anchor(ledger):
    write(ledger, ROWS)
    actions.seal()
    actions.anchor()
    rewrite(ledger, "UPDATE {e} SET actor_id = 99 WHERE id = %s", ids(ledger)[2])
    forge(ledger, entries(ledger))
    assert both(ledger) == Verdict(False, ROWS, None, "anchor")
    for path in anchors.folder(ledger).glob("*.txt"):
        path.chmod(0o600)
        path.unlink()
    assert both(ledger) == Verdict(True, ROWS), "without anchors nobody could tell: keep them elsewhere"


@pytest.mark.parametrize("ledger", [JOURNAL, READS], ids=["journal", "reads"])
def test_an_end_that_was_cut_off_shows_by_the_anchor(ledger):
    write(ledger, ROWS)
    actions.seal()
    actions.anchor()
    for entry in ids(ledger)[-2:]:
        rewrite(ledger, CHANGES["both taken away"], entry)
    assert both(ledger) == Verdict(False, ROWS - 2, None, "anchor")


def test_an_empty_chain_holds_both_ways():
    assert both(JOURNAL) == both(READS) == Verdict(True, 0)


def test_umlauts_quotes_and_nothing_are_hashed_alike():
    write(JOURNAL, 1)
    tamper.run(
        "INSERT INTO journal_entry (actor_id, verb, kind, object_id, details) VALUES"
        " (NULL, 'äöü 𝄞', '', E'\n1:x', '{\"b\": [1.50, null, \"ü\\n\"], \"a\": {}}')"
    )
    actions.seal()
    assert both(JOURNAL) == Verdict(True, 2)


def test_it_checks_while_others_write(late):
    release = late(lambda: actions.record("looked", ADA, by=None, contact=1))
    write(JOURNAL, ROWS)
    actions.seal()
    assert both(JOURNAL) == Verdict(True, ROWS)
    release()
    assert both(JOURNAL) == Verdict(True, ROWS)
