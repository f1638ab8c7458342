"""Old months go from a chain, and it says so: whoever takes out another, or says nothing of it, is found."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from psycopg import sql

from firsthand.config import logins, walls
from firsthand.journal import actions, anchors
from firsthand.journal import queries as journal
from firsthand.journal.actions import closing
from firsthand.journal.ledger import JOURNAL
from firsthand.journal.pure import chain
from firsthand.journal.pure.closing import sealed
from firsthand.journal.queries import Verdict, checking
from firsthand.kernel import zones
from firsthand.protect.models import READS
from tests.journal import months, tamper
from tests.logins import become

NOBODY = sql.SQL("false")


@pytest.fixture(autouse=True)
def _empty(committed, settings, tmp_path, monkeypatch):
    settings.HOME = tmp_path
    monkeypatch.setattr(checking, "STRETCH", 2)
    months.forget()
    yield
    months.forget()


def both(ledger) -> Verdict:
    alone, several = journal.verify(ledger, at_once=1), journal.verify(ledger, at_once=4)
    walked = journal.walk(ledger)
    assert alone == several == walked
    return walked


def close(ledger=JOURNAL, until=3, held=NOBODY, given=None) -> int:
    """What is dated before the month so many months after the first goes."""
    given = closing.Months(ledger.entries, months.start(until), "journal", 12, held, given or {})
    with zones.of(zones.PROTECTION):
        closing.check(ledger.entries, by=None)
        return closing.close(given, by=None)


LEDGERS = pytest.mark.parametrize("ledger", [JOURNAL, READS], ids=["journal", "reads"])


@LEDGERS
def test_months_go_and_the_chain_holds_from_there(ledger):
    months.fill(ledger, {0: 3, 1: 2, 2: 4, 3: 2})
    assert both(ledger) == Verdict(True, 11)
    assert close(ledger, 2) == 5
    assert both(ledger) == Verdict(True, 6)
    assert close(ledger, 3) == 4
    assert both(ledger) == Verdict(True, 2 + told(ledger))
    one, two = months.records(ledger)
    assert (one.first, one.last, one.gone, one.until) == (1, 5, 5, months.start(2))
    assert (two.first, two.last, two.gone, two.until) == (6, 9, 4, months.start(3))
    assert months.partitions(ledger) == [months.name(ledger, 3)]


def told(ledger) -> int:
    """That months went is an entry of the journal, chained before the next time they do."""
    return len(months.records(ledger)) - 1 if ledger is JOURNAL else 0


@LEDGERS
def test_where_all_has_gone_the_chain_goes_on_with_its_numbers(ledger):
    months.fill(ledger, {0: 3, 1: 2})
    assert close(ledger, 2) == 5
    months.write(ledger, datetime.now(UTC))
    actions.seal()
    assert both(ledger).ok
    assert heads(ledger)[0] == 6 + (ledger is JOURNAL)


def heads(ledger):
    with zones.of(zones.PROTECTION):
        return journal.head(ledger)


def test_where_nothing_is_that_old_nothing_is_told():
    months.fill(JOURNAL, {3: 2})
    assert close(until=3) == 0
    assert months.records(JOURNAL) == []
    assert both(JOURNAL) == Verdict(True, 2)


@LEDGERS
def test_what_is_held_stays_alone_in_its_month_and_goes_when_the_hold_ends(ledger):
    months.fill(ledger, {0: 3, 1: 2, 2: 1})
    held = ids(ledger)[1]
    assert close(ledger, 2, HELD, {"held": [held]}) == 4
    assert ids(ledger)[0] == held
    assert months.partitions(ledger) == [months.name(ledger, 0), months.name(ledger, 2)]
    assert (months.records(ledger)[0].held, both(ledger)) == (1, Verdict(True, 1))
    assert close(ledger, 2, HELD, {"held": [held]}) == 0, "the same night again"
    assert close(ledger, 2) == 1
    assert held not in ids(ledger)
    assert [record.gone for record in months.records(ledger)] == [4, 1]
    assert both(ledger) == Verdict(True, 1 + told(ledger))
    assert months.partitions(ledger) == [months.name(ledger, 2)]


HELD = sql.SQL("id = ANY(%(held)s)")


def ids(ledger) -> list[int]:
    with zones.of(zones.PROTECTION), connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {ledger.entries} ORDER BY id")
        return [number for (number,) in cursor.fetchall()]


@pytest.mark.parametrize("held", [False, True])
def test_one_that_was_chained_after_its_month_goes_a_month_later(held):
    """Begun before midnight, committed after: between them somebody wrote the new month's first entry."""
    months.make(JOURNAL, 0)
    months.make(JOURNAL, 1)
    midnight = months.start(1)
    months.write(JOURNAL, midnight - timedelta(hours=9))
    actions.seal()
    months.write(JOURNAL, midnight + timedelta(seconds=1))
    actions.seal()
    months.write(JOURNAL, midnight - timedelta(seconds=1))
    actions.seal()
    late = ids(JOURNAL)[-1]
    assert close(until=1, held=HELD, given={"held": [late] if held else []}) == 1
    assert late in ids(JOURNAL)
    assert months.records(JOURNAL)[0].held == 0, "the chain itself proves it"
    assert both(JOURNAL) == Verdict(True, 2)
    assert close(until=2) == 2
    assert late not in ids(JOURNAL)
    assert both(JOURNAL).ok


def test_what_came_in_before_its_month_was_made_goes_too():
    months.write(JOURNAL, months.start(0), months.start(1))
    months.write(JOURNAL, months.start(2))
    actions.seal()
    assert close(until=2, held=HELD, given={"held": ids(JOURNAL)[:1]}) == 1
    assert len(ids(JOURNAL)) == 3, "the held one, the young one, and that the others went"
    assert both(JOURNAL).ok


def test_nothing_goes_from_a_chain_that_is_broken():
    months.fill(JOURNAL, {0: 3, 1: 2})
    tamper.rewrite("UPDATE journal_entry SET verb = 'slept' WHERE id = %s", ids(JOURNAL)[4])
    with pytest.raises(closing.ChainIsBroken, match="changed"):
        close(until=1)
    assert len(ids(JOURNAL)) == 5
    assert months.records(JOURNAL) == []


def test_the_journal_names_who_let_which_months_go():
    months.fill(JOURNAL, {0: 3, 1: 2})
    close(until=1)
    (entry,) = journal.with_verb("closed")
    assert entry.details == {
        **{"table": "journal_entry", "clock": "journal", "until": "2019-12"},
        **{"number": 1, "gone": 3, "held": 0},
    }


def test_a_journal_restored_into_a_younger_database_leaves_the_held_ones_where_they_are():
    months.fill(JOURNAL, {0: 2, 1: 2})
    close(until=1, held=HELD, given={"held": ids(JOURNAL)[:1]})
    actions.seal()
    tamper.rewrite("UPDATE journal_entry SET xid = '4000000000'")
    tamper.run("UPDATE journal_seal SET seen = '4000000001:4000000001:'")
    months.write(JOURNAL, datetime.now(UTC))
    assert actions.seal() == 1
    assert both(JOURNAL).ok


@pytest.mark.parametrize("look", [journal.verify, journal.walk])
def test_months_that_go_while_somebody_checks_are_no_break(look, monkeypatch):
    months.fill(JOURNAL, {0: 3, 1: 2})
    real, looks = journal.months.start, []

    def start(ledger):
        looks.append(found := real(ledger))
        if len(looks) == 1:
            monkeypatch.setattr(journal.months, "start", real)
            close(until=1)
            monkeypatch.setattr(journal.months, "start", start)
        return found

    monkeypatch.setattr(journal.months, "start", start)
    assert look(JOURNAL).ok
    assert looks[0] != looks[-1]


# Whoever owns the database can do all this; none of it passes.


def closed_with_one_held(ledger) -> int:
    months.fill(ledger, {0: 3, 1: 2, 2: 3})
    held = ids(ledger)[1]
    assert close(ledger, 2, HELD, {"held": [held]}) == 4
    assert both(ledger) == Verdict(True, 3)
    return held


@contextmanager
def undone():
    """Whatever is done in the block, and what the check says of it, is as if it had not been."""
    with zones.of(zones.PROTECTION), transaction.atomic():
        yield
        transaction.set_rollback(True)


@LEDGERS
def test_a_month_dropped_and_not_told(ledger):
    months.fill(ledger, {0: 2, 1: 2, 2: 2, 3: 1})
    for month in (0, 1, 2):
        for links in (False, True):
            with undone():
                drop(ledger, month, links=links)
                assert both(ledger).why == ("gap" if links else "missing"), (month, links)
    assert both(ledger).ok


def drop(ledger, month, *, links):
    tamper.run(f"DROP TABLE {months.name(ledger, month)}")
    if links:
        ends = months.start(month), months.start(month + 1)
        gone = f"DELETE FROM {ledger.links} WHERE entry_at >= %s AND entry_at < %s"
        tamper.rewrite(gone, *ends, ledger=ledger)


@LEDGERS
def test_another_month_than_was_told(ledger):
    closed_with_one_held(ledger)
    with undone():
        drop(ledger, 2, links=False)
        assert both(ledger).why == "missing"
    with undone():
        drop(ledger, 2, links=True)
        assert both(ledger).why == "anchor"


@LEDGERS
def test_one_under_a_hold_changed_taken_away_or_joined(ledger):
    held = closed_with_one_held(ledger)
    rest = ", ".join(column for column in ledger.columns if column != "actor_id")
    for change in (
        "UPDATE {e} SET actor_id = 99 WHERE id = %s",
        "UPDATE {e} SET at = at + interval '1 second' WHERE id = %s",
        "DELETE FROM {e} WHERE id = %s",
        "INSERT INTO {e} (xid, at, actor_id, {rest}) SELECT xid, at, 9, {rest} FROM {e} WHERE id = %s",
    ):
        with undone():
            assert tamper.rewrite(change.format(e=ledger.entries, rest=rest), held, ledger=ledger) == 1
            assert both(ledger) == Verdict(False, 3, None, "held"), change


CHANGES = {
    "until": "'2019-12-01 00:00+00'",
    "at": "at - interval '1 day'",
    "clock": "'other'",
    "months": "120",
    "gone": "1",
    "held": "0",
    "held_hash": "sha256('x')",
    "hash": "sha256('x')",
    "seal": "sha256('x')",
    "first": "2",
    "last": "4",
    "number": "2",
}


@LEDGERS
def test_a_record_that_somebody_changed(ledger):
    closed_with_one_held(ledger)
    for field, value in CHANGES.items():
        with undone():
            change_records(f"UPDATE journal_closing SET {field} = {value}")
            assert not both(ledger).ok, field


def change_records(statement):
    with tamper.triggers_off("journal_closing"):
        assert tamper.run(statement) == 1


@LEDGERS
def test_a_record_that_somebody_took_away(ledger):
    closed_with_one_held(ledger)
    change_records("DELETE FROM journal_closing")
    assert both(ledger).why == "gap"


@LEDGERS
@pytest.mark.parametrize("later", [False, True])
def test_a_record_forged_and_sealed_anew_does_not_fit_the_anchor(ledger, later):
    """Somebody who knows this code: the month, its links and a record that follows, dated where it was not."""
    months.fill(ledger, {0: 2, 1: 2, 2: 2})
    with zones.of(zones.PROTECTION):
        actions.anchor()
    if later:  # the anchor of today knows nothing of it; one of yesterday's date it ought to know
        close(ledger, 1)
        change_records("UPDATE journal_closing SET at = at - interval '2 days'")
    else:
        close(ledger, 1)
        change_records("UPDATE journal_closing SET gone = 1")
    (record,) = months.records(ledger)
    change_records(f"UPDATE journal_closing SET seal = '\\x{sealed(chain.START, record).hex()}'")
    assert both(ledger).why == "anchor"
    for path in anchors.folder(ledger).glob("*-cut-*.txt"):
        path.unlink()
    assert both(ledger).why == ("anchor" if later else ""), "gone from everywhere: keep the files elsewhere"


@LEDGERS
def test_anchors_from_before_the_cut_still_fit(ledger):
    months.fill(ledger, {0: 2})
    actions.anchor()
    months.fill(ledger, {1: 2, 2: 2})
    close(ledger, 2)
    assert [(one.n, one.closing) for one in anchors.dropped(ledger)] == [(6, 1), (2, 0)]
    assert both(ledger).ok
    ((_, cut),) = enumerate(months.records(ledger))
    (anchors.folder(ledger) / "2024-01-01.txt").write_text(f"{cut.last} {cut.hash.hex()}\n")
    assert both(ledger).ok, "what the chain was at the cut is known"
    (anchors.folder(ledger) / "2024-01-02.txt").write_text(f"{cut.last} {bytes(32).hex()}\n")
    assert both(ledger).why == "anchor"


# What the database itself refuses.


def asks(role, statement, *given):
    with become(role), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, given)


CALL = (
    "SELECT journal_drop_months('journal_entry', 'journal_link', %s, 'journal', %s, '{}', '{}', 0, ''::bytea)"
)


def test_only_whole_months_that_are_a_year_old_go():
    months.fill(JOURNAL, {0: 2, 1: 1})
    for before, amount in (
        ("2020-02-01 00:00+00", 6),  # a clock below a year
        ("2020-02-02 00:00+00", 12),  # not whole months
        ("2020-01-31 23:00+00", 12),
        (f"{datetime.now(UTC):%Y-%m}-01 00:00+00", 12),  # not over
        ("2020-02-01 00:00+00", 1200),
        (None, 12),
        ("2020-02-01 00:00+00", None),
    ):
        with pytest.raises(DatabaseError):
            asks(logins.ZONES["protection"], CALL, before, amount)
        assert len(ids(JOURNAL)) == 3


def test_no_other_zone_lets_months_go():
    for zone in ("default", "casework", "outreach", "learn"):
        with pytest.raises(DatabaseError, match="permission denied"):
            asks(logins.ZONES[zone], CALL, months.start(1), 12)


def test_who_may_let_months_go_may_not_touch_one():
    months.fill(JOURNAL, {0: 2, 1: 1})
    for statement in (
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry",
        "DROP TABLE {month}",
        "ALTER TABLE journal_entry DETACH PARTITION {month}",
        "DELETE FROM journal_link",
        "DELETE FROM journal_closing",
        "UPDATE journal_closing SET gone = 0",
        "INSERT INTO journal_closing (entries) SELECT entries FROM journal_closing",
    ):
        with pytest.raises(DatabaseError, match="permission denied|must be owner"):
            asks(logins.ZONES["protection"], statement.format(month=months.name(JOURNAL, 0)))


def test_the_owner_is_refused_a_change_to_a_record():
    closed_with_one_held(JOURNAL)
    for statement in ("DELETE FROM journal_closing", "UPDATE journal_closing SET gone = 0"):
        with pytest.raises(DatabaseError, match="append only"):
            asks(logins.OWNER, statement)


def test_the_guards_stand_again_when_months_have_gone():
    closed_with_one_held(JOURNAL)
    months.write(JOURNAL, months.start(0) - timedelta(days=40))
    with pytest.raises(DatabaseError, match="append only"):
        asks(logins.OWNER, "DELETE FROM journal_link")
    with pytest.raises(DatabaseError, match="append only"):
        asks(logins.OWNER, f"DELETE FROM {months.name(JOURNAL, 0)}")
    assert [fault.says for fault in walls.faults() if "append_only" in fault.says] == []
