"""Half-days on and off, rules with bounds, rooms and training days, refused in place."""

from datetime import time, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from firsthand.plan import actions, queries
from firsthand.plan.models import Assignment, Room, Shift, Training, WeekRules
from tests import world
from tests.plan import fronts, planned

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def week():
    return fronts.week()


def test_a_press_takes_a_half_day_out_and_one_more_puts_it_back(otto, week):
    said = f"{week.starts_on:%Y-%m-%d}.morning."
    page = otto.post(f"/weeks/{week.pk}/half-day/", {"half_day": said}, headers={"HX-Request": "true"})
    assert page.status_code == 200
    assert "<html" not in page.text
    assert Shift.objects.filter(week=week).count() == 19
    otto.post(f"/weeks/{week.pk}/half-day/", {"half_day": said})
    assert Shift.objects.filter(week=week).count() == 19
    otto.post(f"/weeks/{week.pk}/half-day/", {"half_day": f"{said}on"})
    assert Shift.objects.filter(week=week).count() == 20


@pytest.mark.parametrize(
    "said", ["", "soon", "2026-11-16.night.on", "1999-01-01.morning.on", "..", "2026-02-31.x.on"]
)
def test_a_half_day_that_is_not_in_the_week_is_refused(otto, week, said):
    assert otto.post(f"/weeks/{week.pk}/half-day/", {"half_day": said}).status_code == 422
    assert Shift.objects.filter(week=week).count() == 20


def rules(**more) -> dict[str, str]:
    names = [field.name for field in WeekRules._meta.fields if not field.primary_key]
    usual = {name: getattr(WeekRules(), name) for name in names}
    return {
        name: value.isoformat() if isinstance(value, time) else str(value)
        for name, value in {**usual, **more}.items()
    }


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"target_share": 100}, "less than or equal to 99"),
        ({"target_seconds": 2}, "greater than or equal to 5"),
        ({"shrinkage_percent": 100}, "less than or equal to 80"),
        ({"least_shifts": 9}, "That is less than at least."),
        ({"morning_to": time(14)}, "The morning has not ended by then."),
        ({"afternoon_to": time(13)}, "That is before it begins."),
        ({"rest_hours": 3}, "greater than or equal to 9"),
        ({"talk_seconds": "long"}, "Enter a whole number."),
    ],
)
def test_rules_out_of_reason_say_so_where_they_stand(otto, week, wrong, says):
    answer = otto.post(f"/weeks/{week.pk}/rules/", rules(**wrong))
    assert answer.status_code == 422
    assert says in answer.text
    assert queries.rules_of(week).target_share == 80


def test_whatever_the_form_lets_through_the_database_takes():
    """Both bounds of every field at once, as far as they fit each other."""
    from firsthand.plan.forms.rules import RulesForm

    for end in ("min_value", "max_value"):
        values = {name: getattr(field, end, None) for name, field in RulesForm.base_fields.items()}
        typed = rules(**{name: value for name, value in values.items() if value is not None})
        form = RulesForm(typed | ({"least_shifts": "0"} if end == "max_value" else {}))
        assert form.is_valid(), form.errors
        with transaction.atomic():
            actions.set_rules(
                fronts.week(f"Week {end}", fronts.monday(14 if end == "min_value" else 60)),
                **form.cleaned_data,
                by=world.otto(),
            )


def test_new_hours_move_half_days_and_training_along(otto, week):
    actions.put_training(week, day=week.starts_on - DAY, part="", language="de", seats=9, by=world.otto())
    assert otto.post(f"/weeks/{week.pk}/rules/", rules(morning_from=time(7, 30))).status_code == 302
    starts = {
        timezone.localtime(one.starts_at).time() for one in Shift.objects.filter(week=week, part="morning")
    }
    assert starts == {time(7, 30)}
    assert timezone.localtime(Training.objects.get().starts_at).time() == time(7, 30)


def test_a_room_is_added_changed_and_taken_away(otto, week):
    page = f"/weeks/{week.pk}/days/"
    assert "No room yet." in otto.get(page).text
    otto.post(f"/weeks/{week.pk}/rooms/", {"name": "Aare", "language": "de", "seats": "12"})
    room = Room.objects.get()
    otto.post(f"/weeks/rooms/{room.pk}/", {"name": "Aare", "language": "fr", "seats": "8"})
    room.refresh_from_db()
    assert (room.language, room.seats) == ("fr", 8)
    assert "Aare" in otto.get(page).text
    otto.post(f"/weeks/rooms/{room.pk}/remove/")
    assert not Room.objects.exists()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"name": "Aare", "language": "de", "seats": "5"}, "has a room of that name already"),
        ({"name": "Reuss", "language": "de", "seats": "0"}, "greater than or equal to 1"),
        ({"name": "Reuss", "language": "rm", "seats": "5"}, "Select a valid choice"),
        ({"name": "", "language": "de", "seats": ""}, "This field is required."),
    ],
)
def test_a_room_that_cannot_be_says_why_and_keeps_what_was_typed(otto, week, typed, says):
    actions.put_room(week, name="Aare", language="de", seats=3, by=world.otto())
    answer = otto.post(f"/weeks/{week.pk}/rooms/", typed)
    assert answer.status_code == 422
    assert says in answer.text
    assert f'value="{typed["name"]}"' in answer.text or not typed["name"]
    assert Room.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"part": "morning"}, "Whoever is new is trained for a whole day."),
        ({"day": "2099-01-01"}, "Training comes before the last day"),
        ({"seats": "0"}, "greater than or equal to 1"),
        ({"day": ""}, "This field is required."),
    ],
)
def test_a_training_day_that_cannot_be_says_why(otto, week, more, says):
    typed = {"day": str(week.starts_on - DAY), "part": "", "language": "de", "seats": "9", "place": ""}
    answer = otto.post(f"/weeks/{week.pk}/training/", typed | more)
    assert answer.status_code == 422
    assert says in answer.text
    assert not Training.objects.exists()


def test_a_refresher_takes_half_a_day(otto, week):
    typed = {
        "day": str(week.starts_on - DAY),
        "part": "afternoon",
        "language": "de",
        "seats": "9",
        "place": "Hall",
        "refresher": "on",
    }
    assert otto.post(f"/weeks/{week.pk}/training/", typed).status_code == 302
    training = Training.objects.get()
    assert (training.refresher, training.ends_at - training.starts_at) == (True, timedelta(hours=4))
    assert otto.get(f"/weeks/training/{training.pk}/").status_code == 200
    otto.post(f"/weeks/training/{training.pk}/remove/")
    assert not Training.objects.exists()


def test_hours_that_move_into_each_others_old_time_take_the_drafts_along():
    week = planned.week(1)
    draft = planned.roster(week, published=False)
    planned.rostered(draft, "de", 1)
    for noon in (time(14), time(12)):
        actions.set_rules(
            week,
            morning_from=time(8),
            morning_to=noon,
            afternoon_from=noon,
            afternoon_to=time(18),
            by=world.otto(),
        )
        ends = draft.assignments.order_by("starts_at").values_list("ends_at", flat=True)
        assert timezone.localtime(ends[0]).time() == noon


def test_training_moved_onto_somebodys_half_day_leaves_the_draft_with_the_half_day():
    week = planned.week(1)
    draft, day = planned.roster(week, published=False), week.starts_on
    (works,) = planned.rostered(draft, "de", 1)
    training = actions.put_training(week, day=day - DAY, part="", language="de", seats=9, by=world.otto())
    span = {"starts_at": training.starts_at, "ends_at": training.ends_at}
    for person in (works, world.otto()):
        draft.assignments.create(person=person, training=training, duty=Assignment.Duty.TRAINING, **span)
    actions.put_training(week, training=training, day=day, by=world.otto())
    assert not draft.assignments.filter(person=works, training=training).exists()
    assert draft.assignments.get(person=world.otto()).starts_at == training.starts_at
