"""The journal, who looked, the moves of contacts: their old months go at night, and what is held stays."""

import argparse
import json
from contextlib import nullcontext
from datetime import date, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from firsthand.answer.models import Case, Contact, ContactEvent
from firsthand.cli import check_chain
from firsthand.config.health import journal as health
from firsthand.journal import queries as journal
from firsthand.journal.ledger import JOURNAL, ledgers
from firsthand.journal.models import Entry
from firsthand.journal.queries import Verdict
from firsthand.kernel import zones
from firsthand.protect import actions, package
from firsthand.protect.models import READS, Clock, Grant, Read, Run
from firsthand.protect.pure import clocks
from tests import world
from tests.journal import months, tamper

pytestmark = pytest.mark.django_db(transaction=True)
MOVES = SimpleNamespace(entries="answer_contactevent", links="answer_contactevent_rest")
TABLES = {"journal": (JOURNAL, 60), "read_log": (READS, 60), "contact_moves": (MOVES, 24)}


@pytest.fixture(autouse=True)
def _empty(settings, tmp_path, monkeypatch):
    settings.HOME = tmp_path
    monkeypatch.setattr("firsthand.kernel.direct.alone", lambda name: nullcontext())
    forget()
    yield
    forget()


def forget():
    months.forget()
    with tamper.triggers_off(MOVES.entries, MOVES.links):
        tamper.run(f"DELETE FROM {MOVES.entries}")
    for table in months.partitions(MOVES):
        tamper.run(f"DROP TABLE {table}")


def today():
    return timezone.localdate()


def ago(count: int) -> int:
    """The month so many before this one, as tests.journal.months numbers them."""
    now = timezone.now()
    return (now.year - months.FIRST[0]) * 12 + now.month - months.FIRST[1] - count


def fill(count: int = 2) -> None:
    """In each log the last month past its clock, and the first that is not."""
    for log, keeps in TABLES.values():
        for month in (ago(keeps + 1), ago(keeps)):
            months.fill(log, {month: count})


def night(day=None):
    actions.dry_run(day or today(), by=None)
    return actions.carry_out(day or today(), by=None)


def counts(run, *clocks: str) -> dict[str, tuple[int, int, int]]:
    """What was planned, held and gone, by clock."""
    lines = inside(lambda: list(run.lines.filter(clock__in=clocks or TABLES)))
    return {line.clock: (line.planned, line.held, line.went) for line in lines}


def inside(ask):
    with zones.of(zones.PROTECTION):
        return ask()


def rows(table: str) -> int:
    return tamper.run(f"SELECT FROM {table}")


def test_the_night_lets_each_go_by_its_own_clock_and_says_so():
    fill()
    done = night()
    assert done.ended_at
    assert counts(done) == dict.fromkeys(TABLES, (2, 0, 2))
    for clock, (log, keeps) in TABLES.items():
        (record,) = months.records(log)
        assert (record.clock, record.months, record.gone) == (clock, keeps, 2)
        assert record.until == months.start(ago(keeps))
        assert not rows(f"(SELECT FROM {log.entries} WHERE at < '{record.until}') AS old")
    assert [journal.verify(log).ok for log in ledgers()] == [True, True]
    assert journal.verify(READS) == Verdict(True, 2)


def test_the_dry_run_touches_no_month():
    fill()
    planned = actions.dry_run(today(), by=None)
    assert counts(planned) == dict.fromkeys(TABLES, (2, 0, 0))
    assert [rows(log.entries) for log in (READS, MOVES)] == [4, 4]


def test_the_same_night_again_finds_nothing_and_writes_no_record():
    fill()
    night()
    again = actions.dry_run(today() + timedelta(days=1), by=None)
    assert counts(again) == dict.fromkeys(TABLES, (0, 0, 0))
    assert len(months.records(READS)) == 1


def test_a_clock_that_was_set_holds_and_none_goes_below_a_year():
    petra = world.petra()
    fill()
    for clock in TABLES:
        with pytest.raises(actions.OutOfBounds):
            actions.set_clock(clock, 11, by=petra)
        actions.set_clock(clock, 120, by=petra)
    assert counts(night()) == dict.fromkeys(TABLES, (0, 0, 0))


def test_a_clock_made_longer_after_the_dry_run_holds_at_once():
    petra = world.petra()
    fill()
    actions.dry_run(today(), by=None)
    inside(lambda: Clock.objects.create(code="read_log", amount=61, changed_by=petra))
    done = actions.carry_out(today(), by=None)
    assert counts(done)["read_log"] == (2, 0, 0)
    assert counts(done)["contact_moves"] == (2, 0, 2)


def write_about(member, contact) -> None:
    """In the oldest month of each log, one entry about them beside two of others."""
    at = {clock: months.start(ago(keeps + 1)) for clock, (_, keeps) in TABLES.items()}
    tamper.run(
        "INSERT INTO journal_entry (at, verb, kind, object_id, details) VALUES"
        " (%s, 'looked', 'members.member', %s, '{}'),"
        " (%s, 'moved', 'answer.seat', '5', jsonb_build_object('contact', %s))",
        *(at["journal"], str(member), at["journal"], contact),
    )
    tamper.run(
        "INSERT INTO protect_read (at, actor_id, role, member_id, contact_id, what, why, purposes) VALUES"
        " (%s, 7, 'helper', %s, NULL, 'consent', '', '{}'), (%s, 7, 'helper', 41, %s, 'file', '', '{}')",
        *(at["read_log"], member, at["read_log"], contact),
    )
    tamper.run(
        "INSERT INTO answer_contactevent (contact_id, version, at, state, why) VALUES (%s, 1, %s, 'closed', '')",
        *(contact, at["contact_moves"]),
    )


@pytest.mark.parametrize("of_case", [False, True])
def test_a_legal_hold_keeps_its_rows_and_lets_the_others_go(of_case):
    keller, petra = world.frau_keller(), world.petra()
    contact = Contact.objects.create(language="de", state="closed", member=keller)
    case = case_of(contact) if of_case else None
    for log, keeps in TABLES.values():
        months.make(log, ago(keeps + 1))
    write_about(keller.pk, contact.pk)
    for log, keeps in TABLES.values():
        months.write(log, *[months.start(ago(keeps + 1)) + timedelta(days=1)] * 2)
        months.fill(log, {ago(keeps): 1})
    why = "Court case about the bill of 2023"
    placed = actions.hold(keller, reason=why, until=today(), case=case, by=petra)
    both = 1 if of_case else 2
    expected = {"journal": (4 - both, both, 4 - both), "read_log": (4 - both, both, 4 - both)}
    assert counts(night()) == {**expected, "contact_moves": (2, 1, 2)}
    assert journal.verify(READS).ok
    assert journal.verify(JOURNAL).ok
    assert inside(lambda: Read.objects.filter(contact_id=contact.pk).count()) == 1
    assert ContactEvent.objects.filter(contact_id=contact.pk, why="").count() == 1
    assert Entry.objects.filter(details__contact=contact.pk).count() == 1
    assert [months.records(log)[0].held for log, _ in TABLES.values()] == [both, both, 1]

    actions.lift_hold(placed, by=petra)
    inside(lambda: Run.objects.all().delete())
    assert counts(night()) == {
        "journal": (both, 0, both), "read_log": (both, 0, both), "contact_moves": (1, 0, 1),
    }  # fmt: skip
    assert journal.verify(READS) == Verdict(True, 1)
    assert [months.records(log)[1].held for log, _ in TABLES.values()] == [0, 0, 0]


def test_a_grant_goes_in_the_night_after_the_looks_in_it_as_the_dry_run_has_counted():
    ada, keller = world.ada(), world.frau_keller()
    months.make(READS, ago(61))
    at = months.start(ago(61)) + timedelta(days=3)
    given = {"person": ada, "member": keller, "contact_id": 7, "opened_at": at}
    Grant.objects.create(**given, closed_at=at + timedelta(minutes=9))
    tamper.run(
        "INSERT INTO protect_read (at, actor_id, role, member_id, contact_id, what, why, purposes)"
        " VALUES (%s, %s, 'helper', %s, 7, 'file', '', '{}')",
        *(at + timedelta(minutes=1), ada.pk, keller.pk),
    )
    assert counts(night(), "read_log", "grant") == {"read_log": (1, 0, 1), "grant": (0, 0, 0)}
    assert Grant.objects.exists()
    inside(lambda: Run.objects.all().delete())
    assert counts(night(), "grant") == {"grant": (1, 0, 1)}
    assert not Grant.objects.exists()


def case_of(contact) -> int:
    case = Case.objects.create(member=contact.member)
    Contact.objects.filter(pk=contact.pk).update(case=case)
    return case.pk


def test_from_a_chain_that_is_broken_nothing_goes_and_the_night_is_not_over(caplog):
    fill()
    tamper.rewrite(
        "UPDATE protect_read SET member_id = 9 WHERE id = (SELECT max(id) FROM protect_read)", ledger=READS
    )
    done = night()
    assert not done.ended_at
    assert counts(done)["read_log"] == (2, 0, 0)
    assert counts(done)["contact_moves"] == (2, 0, 2), "the others go all the same"
    assert months.records(READS) == []
    assert [record.message for record in caplog.records] == ["retention stopped"]


def test_a_month_like_the_one_before_needs_no_yes(monkeypatch):
    monkeypatch.setattr(clocks, "FLOOR", 1)
    for log, keeps in TABLES.values():
        months.fill(log, {ago(keeps + 1): 2})
    first = actions.dry_run(today(), by=None)
    assert first.needs_yes, "the first month ever: somebody looks at the numbers"
    actions.say_yes(first, by=world.petra())
    actions.carry_out(today(), by=None)
    for log, keeps in TABLES.values():
        months.fill(log, {ago(keeps): 3})
    assert not actions.dry_run(today() + timedelta(days=31), by=None).needs_yes


def test_a_month_ends_when_it_has_ended_where_the_insurer_is():

    zurich, lima = ZoneInfo("Europe/Zurich"), ZoneInfo("America/Lima")
    assert clocks.whole_months(date(2021, 11, 22), zurich) == date(2021, 11, 1)
    assert clocks.whole_months(date(2021, 11, 1), zurich) == date(2021, 10, 1), (
        "an hour of UTC's October is left"
    )
    assert clocks.whole_months(date(2021, 11, 2), zurich) == date(2021, 11, 1)
    assert clocks.whole_months(date(2021, 11, 1), lima) == date(2021, 11, 1)


def test_the_officer_reads_from_when_on_each_log_is_whole(client):
    fill()
    night()
    client.force_login(world.petra())
    page = client.get("/protect/looked/check/", headers={"HX-Request": "true"}).text
    since = date_format(months.start(ago(60)).date(), "DATE_FORMAT")
    said = f"whole from {since} on. 2 older entries went by their clock"
    assert f"The journal: {said}" in page
    assert f"Who looked: {said}" in page
    assert "complete and unchanged" in page


def test_a_member_is_told_that_older_looks_were_deleted_and_when(client):
    fill()
    night()
    ada = world.ada()
    keller = world.frau_keller()
    actions.open_file(41, keller, by=ada)
    since, on = (date_format(day, "DATE_FORMAT") for day in (months.start(ago(60)).date(), today()))
    client.force_login(ada)
    assert f"Looks from before {since} are not kept any more" in client.get("/protect/who-looked/").text
    client.force_login(world.petra())
    sheet = client.post(reverse("protect:sheet", args=[keller.pk])).text
    assert since.split()[-1] in sheet
    assert client.post(reverse("protect:looks_json", args=[keller.pk])).json()["older"] == {
        "before": f"{months.start(ago(60)):%Y-%m-%d}",
        "deleted": today().isoformat(),
    }
    page = client.get(f"/protect/looked/?member={keller.pk}").text
    assert f"the last of them on {on}" in page


def test_the_package_says_it_too():
    fill()
    night()
    keller = world.frau_keller()
    asked = actions.take_down("access", way="letter", member=keller, by=world.petra())
    with zones.of(zones.PROTECTION), transaction.atomic():
        found = actions.packaging.gather(asked, by=world.petra())
        assert found.older.since == months.start(ago(60)).date()
        assert json.loads(package.as_json(found))["who_looked_older"]["deleted"] == today().isoformat()


def test_check_chain_and_the_doctor_say_which_months_went(capsys):
    fill()
    night()
    assert check_chain.run(argparse.Namespace(json=False)) == 0
    said = f"whole from {months.start(ago(60)):%Y-%m} on; 2 older ones went, the last on {today()}"
    assert capsys.readouterr().out.count(said) == 2
    assert check_chain.run(argparse.Namespace(json=True)) == 0
    reads = json.loads(capsys.readouterr().out)["chains"][1]
    assert [(one["clock"], one["entries"], one["links"]) for one in reads["dropped"]] == [
        ("read_log", 2, [1, 2])
    ]
    assert sum(said in finding.says for finding in health.chain()) == 2
