"""Everybody's own page: the answer, wishes, absences, a calendar; and that nobody sees anybody else's."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.formats import date_format

from firsthand.journal.models import Entry
from firsthand.plan import actions, queries
from firsthand.plan.models import Absence, CallUp, FrontWeek, Roster, Shift, Wish
from tests import world
from tests.plan import fronts, planned
from tests.plan.pure.calendars.files import calendar, event

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
PAGE = "/shifts/"


@pytest.fixture
def week():
    return fronts.week()


@pytest.fixture
def ada(client):
    client.force_login(world.ada())
    return client


def callup_of(week) -> CallUp:
    return fronts.called(week, world.ada())


def test_without_a_front_week_it_says_what_will_stand_here(ada):
    assert "No front week is planned" in ada.get(PAGE).text


def test_who_is_called_up_says_yes_or_no_without_a_reason(ada, week):
    callup = callup_of(week)
    page = ada.get(PAGE).text
    assert "You are called up. Are you coming?" in page
    assert "why" in page
    ada.post(f"{PAGE}{week.pk}/answer/", {"coming": "no", "reason": "operation"})
    callup.refresh_from_db()
    assert callup.answer == "no"
    assert "You said: I cannot come." in ada.get(PAGE).text
    ada.post(f"{PAGE}{week.pk}/answer/", {"coming": "yes"})
    callup.refresh_from_db()
    assert (callup.answer, callup.answered_at is not None) == ("yes", True)


def test_no_table_has_a_place_for_a_reason():
    """What is not asked cannot leak: answer, wish and absence are codes and moments, never text."""
    from django.db import models

    for table in (CallUp, Wish, Absence):
        free = [
            field.name
            for field in table._meta.fields
            if isinstance(field, models.TextField | models.JSONField)
            or (isinstance(field, models.CharField) and not field.choices)
        ]
        assert not free, table


def test_who_was_excused_stays_so(week):
    callup = callup_of(week)
    actions.excuse(callup, by=world.otto())
    actions.answer(callup, coming=True, by=world.ada())
    callup.refresh_from_db()
    assert callup.answer == "excused"


def test_somebody_volunteers_and_says_what_suits_them(ada, week):
    assert "Would you like to come?" in ada.get(PAGE).text
    ada.post(f"{PAGE}{week.pk}/volunteer/")
    callup = CallUp.objects.get()
    assert (callup.kind, callup.answer) == ("volunteer", "yes")
    shift = Shift.objects.filter(week=week).first()
    part = ada.post(f"{PAGE}{week.pk}/wish/", {"shift": shift.pk, "kind": "gladly"})
    assert "Kept:" in part.text
    assert Wish.objects.get().kind == "gladly"
    ada.post(f"{PAGE}{week.pk}/wish/", {"shift": shift.pk, "kind": "rather_not"})
    assert Wish.objects.get().kind == "rather_not"
    assert '<option value="rather_not" selected>' in ada.get(PAGE).text
    ada.post(f"{PAGE}{week.pk}/wish/", {"shift": shift.pk, "kind": ""})
    assert not Wish.objects.exists()


def test_a_week_without_volunteers_takes_none(ada, week):
    FrontWeek.objects.update(volunteers_welcome=False)
    assert "You are not called up for this front week." in ada.get(PAGE).text
    assert ada.post(f"{PAGE}{week.pk}/volunteer/").status_code == 422
    assert not CallUp.objects.exists()


def test_after_the_last_day_nothing_changes_any_more(ada, week):
    callup, shift = callup_of(week), Shift.objects.filter(week=week).first()
    FrontWeek.objects.update(answers_until=timezone.localdate() - DAY)
    assert ada.post(f"{PAGE}{week.pk}/answer/", {"coming": "yes"}).status_code == 422
    assert ada.post(f"{PAGE}{week.pk}/wish/", {"shift": shift.pk, "kind": "no"}).status_code == 422
    callup.refresh_from_db()
    assert (callup.answer, Wish.objects.count()) == ("none", 0)
    assert "The time to answer is over." in ada.get(PAGE).text


def test_without_a_last_day_answers_are_open_until_the_roster_is_published(week):
    assert queries.open_for_answers(week)
    Roster.objects.create(week=week, published_at=timezone.now())
    assert not queries.open_for_answers(week)


def test_a_half_day_of_another_week_is_not_wished_for(ada, week):
    callup_of(week)
    other = fronts.week("Other", fronts.monday(60))
    shift = Shift.objects.filter(week=other).first()
    for pk in (shift.pk, "", "x", "9" * 40):
        assert ada.post(f"{PAGE}{week.pk}/wish/", {"shift": pk, "kind": "no"}).status_code == 404
    assert not Wish.objects.exists()


def test_an_absence_is_entered_and_taken_out(ada, week):
    callup_of(week)
    first = week.starts_on
    ada.post(f"{PAGE}absent/", {"first": first, "last": first + DAY, "part": ""})
    absence = Absence.objects.get()
    assert timezone.localtime(absence.starts_at).date() == first
    assert absence.ends_at - absence.starts_at == 2 * DAY
    page = ada.get(PAGE).text
    assert page.count("you are away") == 4
    for day, said in ((first, True), (first + DAY, True), (first + 2 * DAY, False)):
        shown = f"{date_format(day, 'D j. N Y')}" in page
        assert shown == said, "whole days are told as days, the last one included"
    ada.post(f"{PAGE}absent/{absence.pk}/remove/")
    assert not Absence.objects.exists()


@pytest.mark.parametrize(
    ("part", "away"), [("morning", ["morning"]), ("afternoon", ["afternoon"]), ("", ["morning", "afternoon"])]
)
def test_half_a_day_away_leaves_the_other_half(week, part, away):
    callup_of(week)
    actions.be_absent(week.starts_on, week.starts_on, part=part, by=world.ada())
    found = queries.mine(world.ada()).days
    assert [cell.shift.part for day in found for cell in day.cells if cell and cell.away] == away


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"first": "2026-12-02", "last": "2026-12-01", "part": ""}, "The end lies before the beginning."),
        ({"first": "2026-12-01", "last": "2026-12-02", "part": "morning"}, "Half a day is for one day"),
        ({"first": "2026-12-01", "last": "2029-12-02", "part": ""}, "for a year at most"),
        ({"first": "soon", "last": "", "part": ""}, "Enter a valid date."),
    ],
)
def test_an_absence_that_cannot_be_says_why(ada, week, typed, says):
    callup_of(week)
    answer = ada.post(f"{PAGE}absent/", typed)
    assert answer.status_code == 422
    assert says in answer.text
    assert not Absence.objects.exists()
    assert answer["HX-Push-Url"] == "false", "the address stays that of a page"


def appointment(day, title="SUMMARY:Onkologie") -> str:
    return event(f"DTSTART;TZID=Europe/Zurich:{day:%Y%m%d}T090000", "DURATION:PT2H", title)


def upload(client, week, data: bytes):
    file = SimpleUploadedFile("termine.ics", data, "text/calendar")
    return client.post(f"{PAGE}{week.pk}/calendar/", {"file": file}, follow=True)


def test_a_calendar_is_read_without_its_titles(ada, week):
    callup_of(week)
    far = week.starts_on + 300 * DAY
    answer = upload(ada, week, calendar(appointment(week.starts_on), appointment(far)))
    assert answer.status_code == 200
    assert answer.request["PATH_INFO"] == f"{PAGE}{week.pk}/", "a page that loads anew"
    assert "1 appointment around the front week was read" in " ".join(answer.text.split())
    absence = Absence.objects.get()
    assert absence.source == "calendar"
    assert absence.ends_at - absence.starts_at == timedelta(hours=2)
    kept = str([entry.details for entry in Entry.objects.all()]) + str(Absence.objects.values())
    assert "Onkologie" not in kept + ada.get(PAGE).text


def test_a_newer_file_takes_the_place_of_the_earlier_and_leaves_what_was_typed(ada, week):
    callup_of(week)
    actions.be_absent(week.starts_on, week.starts_on, by=world.ada())
    upload(ada, week, calendar(appointment(week.starts_on), appointment(week.starts_on + DAY)))
    upload(ada, week, calendar(appointment(week.starts_on + 3 * DAY)))
    assert sorted(Absence.objects.values_list("source", flat=True)) == ["calendar", "own"]
    ada.post(f"{PAGE}calendar/forget/")
    assert Absence.objects.get().source == "own"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<html>", "This is no calendar file"),
        (b" ", "The file is empty"),
        (b"BEGIN:VCALENDAR" + b"x" * 3_000_001, "larger than 3 MB"),
        (calendar(*[event("DTSTART:20261203T080000Z", "RRULE:FREQ=DAILY")] * 4001), "too many entries"),
    ],
    ids=["html", "empty", "large", "many"],
)
def test_a_file_that_is_no_calendar_says_why_and_nothing_is_kept(ada, week, data, says):
    callup_of(week)
    earlier = actions.be_absent(week.starts_on, week.starts_on, by=world.ada())
    answer = upload(ada, week, data)
    assert answer.status_code == 422
    assert says in answer.text
    assert list(Absence.objects.all()) == [earlier]


def test_a_colleague_sees_and_changes_only_their_own(client, week):
    callup = callup_of(week)
    actions.answer(callup, coming=True, by=world.ada())
    shift = Shift.objects.filter(week=week).first()
    actions.wish(callup, shift, "no", by=world.ada())
    absence = actions.be_absent(week.starts_on, week.starts_on, by=world.ada())
    for stranger in (world.beat(), world.eva(), world.carla(), world.petra(), world.otto()):
        client.force_login(stranger)
        page = client.get(f"{PAGE}{week.pk}/").text
        assert "you are away" not in page
        assert not re.search(r"\bAda\b", page)  # as a word: what is drawn by lot may hold any three letters
        assert client.post(f"{PAGE}absent/{absence.pk}/remove/").status_code == 404
        assert client.post(f"{PAGE}{week.pk}/answer/", {"coming": "no"}).status_code == 404
        assert client.post(f"{PAGE}{week.pk}/wish/", {"shift": shift.pk, "kind": "gladly"}).status_code == 404
    callup.refresh_from_db()
    assert callup.answer == "yes"
    assert Wish.objects.get().kind == "no"
    assert Absence.objects.count() == 1
    client.logout()
    assert client.get(PAGE).status_code == 302


def test_the_organiser_is_not_shown_when_somebody_is_away(client, week):
    callup = callup_of(week)
    actions.be_absent(week.starts_on, week.starts_on, by=world.ada())
    client.force_login(world.otto())
    page = client.get(f"/weeks/{week.pk}/people/{callup.person_id}/").text
    assert "Why somebody is excused is not asked and not kept." in page
    assert "away" not in page


def test_the_start_page_asks_for_the_answer_then_says_when_one_answers(ada, week):
    callup = callup_of(week)
    assert "please answer until" in ada.get("/").text
    actions.answer(callup, coming=True, by=world.ada())
    assert "You are part of Autumn" in ada.get("/").text
    room = actions.put_room(week, name="Aare", language="de", seats=3, by=world.otto())
    shift = Shift.objects.filter(week=week, part="afternoon").first()
    roster = Roster.objects.create(week=week, published_at=timezone.now())
    planned.seated(roster, world.ada(), shift, room)
    page = " ".join(ada.get("/").text.split())
    assert "You answer on Monday" in page
    assert "in the afternoon, from 13:00" in page
    assert "Aare" in page


def test_the_start_page_of_the_organiser_says_what_comes_next(client, week):
    client.force_login(world.otto())
    assert "Next: set days and rooms." in client.get("/").text
    actions.put_room(week, name="Aare", language="de", seats=3, by=world.otto())
    assert "Next: call people up." in client.get("/").text
    callup_of(week)
    assert "Next: write to those who are called up." in client.get("/").text


def test_the_page_of_a_week_that_is_over_is_gone(ada, week):
    FrontWeek.objects.filter(pk=week.pk).update(
        starts_on=timezone.localdate() - 9 * DAY, ends_on=timezone.localdate() - DAY
    )
    assert ada.get(f"{PAGE}{week.pk}/").status_code == 404
