"""What is written by itself: the half-days stand, they have changed, somebody asks to exchange one."""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from firsthand.journal.models import Entry
from firsthand.people.models import Person
from firsthand.plan.actions import mailing, moving, repairing, rostering, swapping
from firsthand.plan.models import Assignment, FrontWeek, Mailing, Roster
from firsthand.plan.pure import letters
from firsthand.plan.queries import swaps
from firsthand.plan.tasks import letters as tasks
from tests import world
from tests.plan import planned

pytestmark = pytest.mark.django_db
KINDS = ("roster", "changed", "exchange")


@pytest.fixture(autouse=True)
def everybody_is_trained(monkeypatch):
    def trained(people, on):
        return dict.fromkeys(people, frozenset({"admin"}))

    monkeypatch.setattr("firsthand.plan.registry.trained", trained)


@pytest.fixture
def week() -> FrontWeek:
    return planned.week(least_shifts=0)


def draft(week: FrontWeek, *people: Person, parts: tuple[str, ...] = ("morning",)) -> Roster:
    """Not published yet: everybody in the German room, on these parts of each day."""
    made = planned.roster(week, published=False)
    Roster.objects.filter(pk=made.pk).update(need=week.needs.first())
    for shift in week.shifts.filter(part__in=parts):
        for one in people:
            seat(made, one, shift)
    return made


def wanted(week: FrontWeek) -> None:
    """One in the German room on every half-day: without a need no rule says who may take whose half-day."""
    need = planned.need(week, {"de": (1, 1, 1)})
    for shift in week.shifts.all():
        need.covers.create(shift=shift, room=week.rooms.get(language="de"), helpers=1, specialists=0)


def seat(on: Roster, person: Person, shift) -> Assignment:
    return Assignment.objects.create(
        roster=on,
        person=person,
        shift=shift,
        room=on.week.rooms.get(language="de"),
        duty=Assignment.Duty.ANSWERS,
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
    )


def helpers(week: FrontWeek, *names: str) -> list[Person]:
    """They were there before, so that an exchange leaves no newcomer alone."""
    made = [world.person(f"{name} Muster") for name in names]
    for one in made:
        week.callups.create(person=one, kind="division", answer="yes", returner=True)
    return made


def publish(roster: Roster) -> Roster:
    rostering.publish(roster, by=world.otto())
    return Roster.objects.select_related("week").get(pk=roster.pk)


def delivered(week: FrontWeek) -> list[tuple[str, str]]:
    """What the jobs write now: (to whom, the subject without the week)."""
    mail.outbox.clear()
    for kind in KINDS:
        tasks.letters(week.pk, kind)
    return sorted((one.to[0].split("@")[0], one.subject.split(": ")[1]) for one in mail.outbox)


def jobs(kind: str) -> list[tuple[str, bool]]:
    """The queue of each, and whether it waits for others to come."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT queue_name, scheduled_at > now() + interval '1 minute', args::text FROM procrastinate_jobs"
            " WHERE task_name = 'plan.letters'"
        )
        return [(row[0], bool(row[1])) for row in cursor.fetchall() if json.loads(row[2])["kind"] == kind]


STAND, CHANGED, ASKED = (letters.default(kind, "de", "CH").subject.removeprefix("{week}: ") for kind in KINDS)


def test_everybody_in_a_published_roster_is_written_to_once_and_nobody_else(week):
    ada, beat, _free = helpers(week, "Ada", "Beat", "Frieda")
    publish(draft(week, ada, beat, parts=("morning", "afternoon")))
    assert jobs("roster") == [("default", False)]
    assert delivered(week) == [("ada", STAND), ("beat", STAND)]
    assert delivered(week) == []


def test_a_draft_writes_to_nobody(week):
    ada, beat = helpers(week, "Ada", "Beat")
    made = draft(week, ada)
    moving.put(made, beat, week.shifts.last(), week.rooms.get(language="de"), by=world.otto())
    assert delivered(week) == []


def test_a_second_roster_writes_to_those_whose_half_days_differ(week):
    same, moved, gone, new = helpers(week, "Same", "Moved", "Gone", "New")
    publish(draft(week, same, moved, gone))
    delivered(week)
    second = draft(week, same, new)
    for shift in week.shifts.filter(part="afternoon"):
        seat(second, moved, shift)
    publish(second)
    assert delivered(week) == [("gone", CHANGED), ("moved", CHANGED), ("new", STAND)]
    assert Mailing.objects.get(person=same).kind == "roster"


def test_another_room_at_the_same_time_differs_too(week):
    (ada,) = helpers(week, "Ada")
    publish(draft(week, ada))
    delivered(week)
    second = draft(week, ada)
    second.assignments.update(room=week.rooms.get(language="fr"))
    publish(second)
    assert delivered(week) == [("ada", CHANGED)]


def test_whoever_has_left_the_house_is_not_written_to(week):
    ada, beat = helpers(week, "Ada", "Beat")
    Person.objects.filter(pk=beat.pk).update(is_active=False)
    publish(draft(week, ada, beat))
    assert delivered(week) == [("ada", STAND)]


def test_a_change_by_hand_is_written_to_those_it_changes_something_for(week):
    ada, beat, carl = helpers(week, "Ada", "Beat", "Carl")
    roster = publish(draft(week, ada, beat))
    delivered(week)
    moving.let_go(roster.assignments.filter(person=ada).first(), by=world.otto())
    moving.put(roster, carl, week.shifts.first(), week.rooms.get(language="de"), by=world.otto())
    assert delivered(week) == [("ada", CHANGED), ("carl", CHANGED)]


def test_many_changes_before_the_job_has_run_are_one_letter(week):
    (ada,) = helpers(week, "Ada")
    roster = publish(draft(week, ada))
    delivered(week)
    for one in list(roster.assignments.all()):
        moving.settle(roster, ada, one.shift, "free", by=world.otto())
        moving.settle(roster, ada, one.shift, str(one.room_id), by=world.otto())
    assert jobs("changed")
    assert set(jobs("changed")) == {("default", True)}, "it waits until the organiser is done"
    assert delivered(week) == [("ada", CHANGED)]
    moving.let_go(roster.assignments.first(), by=world.otto())
    assert delivered(week) == [("ada", CHANGED)], "what changes after the letter is written again"


def test_a_change_before_the_first_letter_has_gone_needs_no_second(week):
    ada, beat = helpers(week, "Ada", "Beat")
    roster = publish(draft(week, ada))
    moving.let_go(roster.assignments.first(), by=world.otto())
    moving.put(roster, beat, week.shifts.first(), week.rooms.get(language="de"), by=world.otto())
    assert delivered(week) == [("ada", STAND), ("beat", CHANGED)]


def test_a_change_while_the_letter_is_being_sent_is_written_again(week, monkeypatch):
    (ada,) = helpers(week, "Ada")
    roster = publish(draft(week, ada))
    delivered(week)
    first, second = roster.assignments.all()
    moving.let_go(first, by=world.otto())
    send = mail.EmailMessage.send

    def meanwhile(self, fail_silently=False):
        if Assignment.objects.filter(pk=second.pk).exists():
            moving.let_go(second, by=world.otto())
        return send(self, fail_silently)

    monkeypatch.setattr(mail.EmailMessage, "send", meanwhile)
    assert delivered(week) == [("ada", CHANGED)] * 2
    assert Mailing.objects.get(kind="changed").state == "sent"


def test_somebody_cannot_come_and_whoever_comes_instead_is_written_to(week):
    ada, beat = helpers(week, "Ada", "Beat")
    wanted(week)
    roster = publish(draft(week, ada))
    delivered(week)
    gone = roster.assignments.filter(person=ada)[:1]
    assert repairing.replace(roster, ada, gone, {}, by=world.otto()) == 1
    assert roster.assignments.filter(person=beat).exists()
    assert delivered(week) == [("ada", CHANGED), ("beat", CHANGED)]


def test_all_half_days_of_somebody_take_no_more_questions_than_one(week):
    ada, *others = helpers(week, "Ada", "Beat", "Carl", "Dora", "Emil")
    wanted(week)

    def asked(many: int) -> int:
        roster = publish(draft(week, ada, parts=("morning", "afternoon")))
        gone = list(roster.assignments.filter(person=ada).select_related("shift")[:many])
        with CaptureQueriesContext(connection) as found:
            repairing.replace(roster, ada, gone, {}, by=world.otto())
        assert Entry.objects.filter(verb="moved", object_id=roster.pk).count() == 2 * many
        assert roster.assignments.filter(person__in=others).count() == many
        return len(found)

    asked(1)  # what is kept between requests is there then
    assert asked(1) == asked(4)


def test_a_question_is_written_to_the_one_who_is_asked_and_a_yes_to_both(week):
    ada, _beat = helpers(week, "Ada", "Beat")
    wanted(week)
    roster = publish(draft(week, ada))
    delivered(week)
    mine = roster.assignments.first()
    offer = swaps.offers(mine)[0]
    swap = swapping.ask(mine, offer.person, offer.theirs, by=ada)
    assert jobs("exchange") == [("default", False)]
    assert delivered(week) == [("beat", ASKED)]
    swapping.withdraw(swap, by=ada)
    assert delivered(week) == []
    swapping.agree(swapping.ask(mine, offer.person, offer.theirs, by=ada), by=offer.person)
    assert delivered(week) == [("ada", CHANGED), ("beat", CHANGED), ("beat", ASKED)]


def test_of_a_roster_that_is_history_nobody_is_told(week):
    (ada,) = helpers(week, "Ada")
    old = publish(draft(week, ada))
    publish(draft(week, ada))
    delivered(week)
    moving.let_go(old.assignments.first(), by=world.otto())
    assert delivered(week) == []


def test_of_a_week_that_is_over_nobody_is_told(week):
    (ada,) = helpers(week, "Ada")
    today = timezone.localdate()
    FrontWeek.objects.filter(pk=week.pk).update(
        starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1)
    )
    publish(draft(FrontWeek.objects.get(pk=week.pk), ada))
    assert delivered(week) == []


def test_the_time_to_answer_does_not_matter(week):
    (ada,) = helpers(week, "Ada")
    FrontWeek.objects.filter(pk=week.pk).update(answers_until="2026-01-01")
    publish(draft(FrontWeek.objects.get(pk=week.pk), ada))
    assert delivered(week) == [("ada", STAND)]


@pytest.mark.parametrize("language", letters.LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_but_the_name_the_week_and_the_link_can_stand_inside(kind, language):
    words = letters.default(kind, language, "CH")
    letters.check(words)
    blanks = {found for text in (words.subject, words.text) for found in letters._BLANK.findall(text)}
    assert blanks == {"name", "week", "link"}


def test_no_room_no_day_and_no_colleague_stands_in_a_letter(week, settings):
    settings.ADDRESS = "https://front.example"
    ada, beat = helpers(week, "Ada", "Beat")
    wanted(week)
    roster = publish(draft(week, ada))
    swapping.ask(roster.assignments.first(), beat, by=ada)
    delivered(week)
    assert len(mail.outbox) == 2
    for message, other in zip(mail.outbox, ("Beat", "Ada"), strict=True):
        whole = f"{message.subject}\n{message.body}"
        assert "Herbst" in whole
        assert "https://front.example/shifts/\n" in whole
        assert other not in whole
        assert not any(room.name in whole for room in week.rooms.all())
        rest = whole.replace("https://front.example/shifts/", "")
        assert not any(sign.isdigit() for sign in rest), "no day, no time, no number"


def test_without_a_mail_server_the_roster_is_published_and_the_page_says_who_was_not_reached(
    week, otto, monkeypatch
):
    class Down:
        def open(self):
            raise ConnectionRefusedError

    (ada,) = helpers(week, "Ada")
    roster = draft(week, ada)
    with monkeypatch.context() as patch:
        patch.setattr(mail, "get_connection", Down)
        assert otto.post(f"/rosters/{roster.pk}/publish/").status_code == 302
        assert delivered(week) == []
    roster.refresh_from_db()
    assert roster.published_at
    address = f"/weeks/{week.pk}/letters/roster/"
    assert "Ada Muster (could not be sent)" in otto.get(address).text
    otto.post(f"{address}again/")
    assert delivered(week) == [("ada", STAND)]
    assert "could not be sent" not in otto.get(address).text


@pytest.mark.parametrize("kind", KINDS)
def test_the_words_are_the_organisers_to_change_and_nobody_sends_them_by_hand(week, otto, kind):
    helpers(week, "Ada")
    address = f"/weeks/{week.pk}/letters/{kind}/"
    page = otto.get(f"{address}?language=de").text
    assert "Guten Tag Ada Muster" in page
    assert "It goes out by itself" in page
    otto.post(f"{address}?language=de", {"subject": "{week}", "words": "Salü {name}! {link}"})
    assert "Salü Ada Muster!" in otto.get(f"{address}?language=de").text
    assert otto.post(f"{address}send/").status_code == 404


def test_a_job_with_nothing_to_send_asks_no_mail_server(week, monkeypatch):
    monkeypatch.setattr(mail, "get_connection", lambda: pytest.fail("opened"))
    assert mailing.deliver(week.pk, "changed", by=None) == 0


def test_the_journal_says_how_many_and_names_nobody(week):
    ada, beat = helpers(week, "Ada", "Beat")
    publish(draft(week, ada, beat))
    details = [one.details for one in Entry.objects.filter(verb="letters")]
    assert {"kind": "roster", "people": 2} in details
    assert not any(word in str(details) for word in ("Muster", "@firnlicht"))
