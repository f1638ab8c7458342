"""A new front week from last year's; what falls away when its days change."""

from datetime import date, timedelta

import pytest

from firsthand.journal.models import Entry
from firsthand.plan import actions, queries, registry
from firsthand.plan.models import Assignment, Letter, Room, Roster, Shift, Training, Wish
from firsthand.plan.queries import overview
from tests import world
from tests.plan import fronts, planned

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
LAST = date(2025, 11, 17)


@pytest.fixture
def last():
    """Last year's: a Wednesday afternoon off, a Saturday morning on, two rooms, training, words of its own."""
    otto = world.otto()
    week = actions.make("Autumn 2025", LAST, LAST + 12 * DAY, by=otto)
    actions.set_rules(week, target_share=70, by=otto)
    actions.rest(week, LAST + 2 * DAY, "afternoon", by=otto)
    actions.work(week, LAST + 12 * DAY, "morning", by=otto)
    actions.put_room(week, name="Aare", language="de", seats=30, by=otto)
    actions.put_room(week, name="Léman", language="fr", seats=8, by=otto)
    actions.put_training(week, day=LAST - 7 * DAY, language="de", seats=20, place="Hall", by=otto)
    actions.word(week, "callup", "de", "Los!", "Hier: {link}", by=otto)
    return week


def halves(week) -> set[tuple[int, str]]:
    """By the number of the day in the week."""
    return {((shift.day - week.starts_on).days, shift.part) for shift in Shift.objects.filter(week=week)}


def test_from_nothing_it_has_the_usual_rules_and_monday_to_friday():
    week = fronts.week()
    assert queries.rules_of(week).target_share == 80
    assert len(halves(week)) == 20
    assert {day for day, _ in halves(week)} == {0, 1, 2, 3, 4, 7, 8, 9, 10, 11}
    shift = Shift.objects.filter(week=week).first()
    assert (shift.starts_at, shift.ends_at) == queries.hours(queries.rules_of(week), shift.day, "morning")


def test_from_last_years_it_takes_over_numbers_pattern_rooms_training_and_words(last):
    first = date(2026, 11, 16)
    week = actions.make("Autumn 2026", first, first + 12 * DAY, after=last, by=world.otto())
    assert halves(week) == halves(last)
    assert queries.rules_of(week).target_share == 70
    assert set(Room.objects.filter(week=week).values_list("name", "seats")) == {("Aare", 30), ("Léman", 8)}
    training = Training.objects.get(week=week)
    assert (training.day, training.place) == (date(2026, 11, 9), "Hall")
    assert training.starts_at.date() == training.day
    assert Letter.objects.get(week=week).words == "Hier: {link}"
    # Last year's stays as it was.
    assert (Room.objects.filter(week=last).count(), Training.objects.filter(week=last).count()) == (2, 1)
    assert Entry.objects.filter(verb="made").order_by("id").last().details["after"] == last.pk


def test_this_years_public_holidays_are_left_out(last, settings):
    settings.COUNTRY, settings.REGION = "CH", "ZH"
    first = date(2026, 12, 21)
    week = actions.make("Christmas", first, first + 11 * DAY, after=last, by=world.otto())
    worked = {day for day, _ in halves(week)}
    assert (date(2026, 12, 25) - first).days not in worked
    assert (date(2027, 1, 1) - first).days not in worked
    assert 3 in worked


def test_other_days_keep_what_still_fits_and_add_what_is_new(last):
    world.ada()
    otto, first = world.otto(), LAST
    before = {shift.pk for shift in Shift.objects.filter(week=last, day__gte=first + 7 * DAY)}
    actions.change(
        last,
        "Later",
        first + 7 * DAY,
        first + 18 * DAY,
        answers_until=None,
        volunteers_welcome=True,
        may_lose=9,
        by=otto,
    )
    after = {shift.pk for shift in Shift.objects.filter(week=last)}
    assert before <= after
    days = set(Shift.objects.filter(week=last).values_list("day", flat=True))
    assert (min(days), max(days)) == (first + 7 * DAY, first + 18 * DAY)


def test_what_would_fall_away_is_said_before_it_does(client):
    week, ada = fronts.week(), world.ada()
    callup = fronts.called(week, ada)
    wished = Shift.objects.filter(week=week).last()
    actions.wish(callup, wished, "gladly", by=ada)
    client.force_login(world.otto())
    typed = {
        "name": week.name,
        "starts_on": week.starts_on,
        "ends_on": week.ends_on - 2 * DAY,
        "answers_until": "",
        "volunteers_welcome": "on",
    }
    asked = client.post(f"/weeks/{week.pk}/change/", typed)
    assert asked.status_code == 422
    assert "4 half-days would fall away with these days." in asked.text
    assert "what 1 colleague wished" in asked.text
    assert Shift.objects.filter(week=week).count() == 20
    assert 'name="may_lose" value="4"' in asked.text
    assert client.post(f"/weeks/{week.pk}/change/", {**typed, "may_lose": "4"}).status_code == 302
    assert Shift.objects.filter(week=week).count() == 16
    assert not Wish.objects.exists()


def test_what_nobody_was_told_of_does_not_fall_away():
    """Told of four, six go meanwhile: asked again."""
    week = fronts.week()
    with pytest.raises(actions.WouldFallAway):
        actions.change(
            week,
            week.name,
            week.starts_on,
            week.ends_on - 4 * DAY,
            answers_until=None,
            volunteers_welcome=True,
            may_lose=4,
            by=world.otto(),
        )
    assert Shift.objects.filter(week=week).count() == 20


def placed(week, shift, published: bool) -> None:
    room = actions.put_room(week, name="Aare", language="de", seats=3, by=world.otto())
    roster = Roster.objects.create(week=week, published_at=shift.starts_at if published else None)
    planned.seated(roster, world.ada(), shift, room)


def test_a_draft_loses_a_half_day_a_published_roster_does_not():
    week = fronts.week()
    first, second = Shift.objects.filter(week=week)[:2]
    placed(week, first, published=False)
    actions.rest(week, first.day, first.part, by=world.otto())
    assert not Assignment.objects.exists()
    placed_week = second
    Room.objects.all().delete()
    placed(week, placed_week, published=True)
    with pytest.raises(actions.SomebodyWorks):
        actions.rest(week, second.day, second.part, by=world.otto())
    with pytest.raises(actions.IsRostered):
        actions.call_off(week, by=world.otto())
    assert Assignment.objects.count() == 1


def test_one_with_drafts_can_be_called_off():
    week = fronts.week()
    placed(week, Shift.objects.filter(week=week).first(), published=False)
    actions.call_off(week, by=world.otto())
    assert not Roster.objects.exists()


def test_the_week_before_shows_what_it_took_who_came_and_what_was_heard(last, client):
    from firsthand.learn import actions as learn

    first = fronts.monday()
    world.concern()
    week = actions.make("Next", first, first + 11 * DAY, after=last, by=world.otto())
    learn.observe("Nobody understands the letter.", by=world.ada())
    client.force_login(world.otto())
    page = client.get(f"/weeks/{week.pk}/").text
    assert "Nobody understands the letter." in page
    assert "How many half-days it took and who came is not known" in page
    found = queries.standing(week).before
    assert (found.week, found.need, found.rostered, found.came) == (last, None, None, None)


def test_the_start_page_does_not_read_what_the_week_before_left_behind(last, monkeypatch):
    first = fronts.monday()
    actions.make("Next", first, first + 11 * DAY, after=last, by=world.otto())
    monkeypatch.setattr(registry, "lessons", lambda *_: 1 / 0)
    assert overview.line().week.name == "Next"
