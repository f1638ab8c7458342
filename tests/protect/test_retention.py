"""What is past its clock goes at night: shown before, counted, held where the law holds it, no more."""

from datetime import datetime, time, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from firsthand.answer import actions as answer
from firsthand.answer.models import Contact
from firsthand.journal.models import Entry
from firsthand.members.models import Household, Member
from firsthand.protect import actions, queries, registry
from firsthand.protect.models import Clock, Hold, Line, Note, Request, RequestEvent, Run
from firsthand.protect.pure import clocks
from tests import world
from tests.answer import room
from tests.logins import everything

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _alone(monkeypatch):
    """The lock is a connection of its own; the tests have one."""
    from contextlib import nullcontext

    monkeypatch.setattr("firsthand.kernel.direct.alone", lambda name: nullcontext())
    # What a test itself makes and looks at is the administrator's to see; actions enter their own zone.
    with everything():
        yield


def today():
    return timezone.localdate()


def noon(day):
    return datetime.combine(day, time(12), tzinfo=timezone.get_default_timezone())


def note(days: int, member=None, words="Wants large print.", purpose="kvg_a") -> Note:
    """A note that old."""
    given = {"member": member or world.frau_keller(), "written_by": world.ada()}
    at = noon(today() - timedelta(days=days))
    return Note.objects.create(contact_id=1, purpose=purpose, words=words, written_at=at, **given)


def notes() -> list[Note]:
    return list(Note.objects.all())


def run(day=None) -> Run:
    return actions.carry_out(day or today(), by=None)


def line(run: Run, table: str, clock: str) -> Line:
    return run.lines.get(table=table, clock=clock)


def test_an_old_note_goes_and_a_young_one_stays():
    old, young = note(800), note(700)
    actions.dry_run(today(), by=None)
    assert len(notes()) == 2
    done = run()
    assert notes() == [young]
    assert old.pk != young.pk
    assert done.ended_at
    assert line(done, "protect_note", "note_kvg_a").went == 1


def test_the_dry_run_touches_nothing_and_says_what_would_go():
    note(800)
    planned = actions.dry_run(today() + timedelta(days=1), by=None)
    assert line(planned, "protect_note", "note_kvg_a").planned == 1
    assert len(notes()) == 1
    assert planned.began_at is None


def test_without_a_dry_run_of_that_day_nothing_goes():
    note(800)
    with pytest.raises(actions.NoDryRun):
        run()
    assert len(notes()) == 1


def test_far_more_than_usual_waits_for_a_persons_yes(monkeypatch):
    monkeypatch.setattr(clocks, "FLOOR", 2)
    for _ in range(4):
        note(800)
    planned = actions.dry_run(today(), by=None)
    assert planned.needs_yes
    assert line(planned, "protect_note", "note_kvg_a").jumps
    with pytest.raises(actions.WaitsForYes):
        run()
    assert len(notes()) == 4
    actions.say_yes(planned, by=world.petra())
    run()
    assert not notes()
    assert Entry.objects.filter(verb="said yes", actor_id=world.petra().pk).exists()


def test_what_goes_every_night_needs_no_yes(monkeypatch):
    monkeypatch.setattr(clocks, "FLOOR", 2)
    before = Run.objects.create(day=today() - timedelta(days=1), ended_at=timezone.now())
    Line.objects.create(
        run=before, table="protect_note", clock="note_kvg_a", cutoff=today(), planned=4, went=4
    )
    for _ in range(5):
        note(800)
    assert not actions.dry_run(today(), by=None).needs_yes


def test_more_than_the_dry_run_has_shown_stops_the_run(monkeypatch):
    monkeypatch.setattr(clocks, "FLOOR", 1)
    actions.dry_run(today(), by=None)
    for _ in range(3):
        note(800)  # brought in from elsewhere after somebody has looked
    with pytest.raises(actions.FarMore):
        run()
    assert len(notes()) == 3
    assert Run.objects.get().waits


def test_a_legal_hold_keeps_everything_of_the_member_and_nothing_of_others():
    keller, other = world.frau_keller(), another()
    held, free = note(800, keller), note(800, other)
    actions.hold(
        keller,
        reason="Court case about the bill of 2023",
        until=today() + timedelta(days=9),
        by=world.petra(),
    )
    planned = actions.dry_run(today(), by=None)
    assert (
        line(planned, "protect_note", "note_kvg_a").planned,
        line(planned, "protect_note", "note_kvg_a").held,
    ) == (
        1,
        1,
    )
    run()
    assert notes() == [held]
    assert free.pk != held.pk


def test_a_hold_that_was_lifted_or_is_over_keeps_nothing():
    keller = world.frau_keller()
    note(800)
    placed = actions.hold(keller, reason="Recourse against a driver", until=today(), by=world.petra())
    actions.lift_hold(placed, by=world.petra())
    actions.dry_run(today(), by=None)
    run()
    assert not notes()


def test_a_hold_that_was_lifted_does_not_come_back():
    placed = actions.hold(
        world.frau_keller(), reason="Recourse against a driver", until=today(), by=world.petra()
    )
    actions.lift_hold(placed, by=world.petra())
    with pytest.raises(DatabaseError), transaction.atomic():
        Hold.objects.update(lifted_at=None, lifted_by=None)


def test_a_hold_on_a_case_keeps_that_case():
    contact, other = closed_contact(days=800), closed_contact(days=801)
    actions.hold(
        world.frau_keller(),
        reason="Recourse in this very case",
        until=today() + timedelta(days=30),
        case=contact.case_id,
        by=world.petra(),
    )
    assert other.case_id != contact.case_id
    actions.dry_run(today(), by=None)
    run()
    assert Contact.objects.get(pk=contact.pk).answered
    assert not Contact.objects.get(pk=other.pk).answered


def test_a_hold_on_a_case_that_is_not_the_members_is_refused():
    contact = closed_contact(days=10)
    for member, case in ((another(), contact.case_id), (world.frau_keller(), contact.case_id + 1000)):
        with pytest.raises(actions.NoSuchCase):
            actions.hold(member, reason="Recourse in this case", until=today(), case=case, by=world.petra())
    assert not Hold.objects.exists()


def test_what_a_caller_typed_goes_after_thirty_days_and_the_record_stays():
    contact = closed_contact(days=31)
    actions.dry_run(today(), by=None)
    run()
    contact.refresh_from_db()
    assert (contact.caller_name, contact.caller_phone) == ("", "")
    assert contact.answered
    assert contact.member_id


def test_the_last_day_is_included():
    """31 days ago is past 30 days; 30 days ago is not, at whatever hour of today."""
    contact = closed_contact(days=30)
    actions.dry_run(today(), by=None)
    run()
    contact.refresh_from_db()
    assert contact.caller_phone


def test_a_run_that_was_stopped_goes_on_where_it_was(monkeypatch):
    for _ in range(5):
        note(800)
    actions.dry_run(today(), by=None)
    monkeypatch.setattr("firsthand.protect.actions.retention.AT_ONCE", 2)
    batches = []
    real = actions.retention._batch

    def dies_after_one(*given, **more):
        if batches:
            raise KeyboardInterrupt
        batches.append(1)
        return real(*given, **more)

    monkeypatch.setattr("firsthand.protect.actions.retention._batch", dies_after_one)
    only_notes = [step for step in registry.steps() if step.goes.clock == "note_kvg_a"]
    Line.objects.exclude(clock="note_kvg_a").delete()
    assert len(only_notes) == 1
    with pytest.raises(KeyboardInterrupt):
        run()
    assert len(notes()) == 3
    monkeypatch.setattr("firsthand.protect.actions.retention._batch", real)
    done = run()
    assert not notes()
    assert done.lines.get().went == 5
    assert done.ended_at


def test_a_clock_is_set_within_its_bounds_and_journalled():
    petra = world.petra()
    with pytest.raises(actions.OutOfBounds):
        actions.set_clock("contact_caller", 400, by=petra)
    with pytest.raises(actions.Fixed):
        actions.set_clock("session", 9, by=petra)
    assert not Clock.objects.exists()
    actions.set_clock("contact_caller", 10, by=petra)
    assert queries.one_set("contact_caller").amount == 10
    entry = Entry.objects.get(verb="set", kind="protect.clock")
    assert entry.details == {"before": 30, "after": 10}


def test_a_clock_that_was_changed_asks_for_a_new_dry_run():
    actions.dry_run(today() + timedelta(days=1), by=None)
    actions.set_clock("contact_caller", 10, by=world.petra())
    assert not Run.objects.exists()


def test_a_clock_made_longer_after_the_dry_run_holds_at_once():
    contact = closed_contact(days=40)
    actions.dry_run(today(), by=None)
    Clock.objects.create(code="contact_caller", amount=60, changed_by=world.petra())
    run()
    contact.refresh_from_db()
    assert contact.caller_phone


def test_the_night_runs_and_shows_tomorrow():
    note(800)
    actions.dry_run(today(), by=None)
    actions.nightly()
    assert not notes()
    assert list(Run.objects.order_by("day").values_list("day", flat=True)) == [
        today(),
        today() + timedelta(days=1),
    ]
    assert Run.objects.get(day=today()).ended_at


def test_the_first_night_deletes_nothing():
    note(800)
    actions.nightly()
    assert len(notes()) == 1


def test_no_line_of_a_past_night_can_be_changed():
    note(800)
    actions.dry_run(today(), by=None)
    run()
    with pytest.raises(DatabaseError, match="protocol"), transaction.atomic():
        Line.objects.update(planned=0)
    with pytest.raises(DatabaseError, match="protocol"), transaction.atomic():
        Line.objects.filter(went__gt=0).update(went=0)


def test_a_request_takes_its_events_along_when_its_clock_is_over():
    asked = actions.take_down("access", way="letter", member=world.frau_keller(), by=world.petra())
    actions.decide(asked, "refused", norm="Art. 26 FADP", by=world.petra())
    actions.answer(asked, by=world.petra())
    far = today() + timedelta(days=1300)
    actions.dry_run(far, by=None)
    run(far)
    assert not Request.objects.exists()
    assert not RequestEvent.objects.exists()


def test_every_step_counts_and_goes_without_an_error():
    """Also where a table is empty: SQL that no test ever ran is a night that stops."""
    actions.dry_run(today(), by=None)
    done = run()
    assert done.lines.count() == len([step for step in registry.steps() if queries.there(step.table)])
    assert not done.lines.filter(done=False).exists()


def another():
    home = Household.objects.create(street="Seeweg 3", postcode="6003", town="Luzern", canton="LU")
    return Member.objects.create(
        number="100200399",
        given_name="Moritz",
        family_name="Ander",
        sort_name="ander moritz",
        born_on="1970-01-01",
        household=home,
    )


def closed_contact(days: int) -> Contact:
    """One in which somebody was verified and answered, closed so many days ago."""
    contact = room.talking(name="R. Keller", phone="044 321 87 65")
    room.verify(contact)
    answer.name_concern(contact, world.concern(f"CH{days % 90:02}"), by=world.ada())
    answer.hang_up(contact, by=world.ada())
    contact.refresh_from_db()
    answer.write(contact, answered="The premium is on page two.", by=world.ada())
    answer.close(contact, solved=True, by=world.ada())
    Contact.objects.filter(pk=contact.pk).update(closed_at=noon(today() - timedelta(days=days)))
    contact.refresh_from_db()
    return contact
