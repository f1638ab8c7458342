from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from firsthand.journal.models import Entry
from firsthand.plan import actions, queries
from firsthand.plan.models import FrontWeek
from tests import world

pytestmark = pytest.mark.django_db

PAGE = "/weeks/"
DAY = timedelta(days=1)


def make(name="Autumn 2026", first=date(2026, 11, 16), last=date(2026, 11, 30)) -> FrontWeek:
    return actions.make(name, first, last, by=world.otto())


def change(week, first, last, may_lose=0) -> None:
    actions.change(
        week,
        week.name,
        first,
        last,
        by=world.otto(),
        answers_until=None,
        volunteers_welcome=True,
        may_lose=may_lose,
    )


def test_both_days_belong_to_it():
    week = make()
    assert [queries.front_week(day) for day in (date(2026, 11, 15), date(2026, 12, 1))] == [None, None]
    assert [queries.front_week(day) for day in (date(2026, 11, 16), date(2026, 11, 30))] == [week, week]


def test_a_week_of_one_day_is_a_week():
    week = make(first=date(2026, 11, 16), last=date(2026, 11, 16))
    assert queries.front_week(date(2026, 11, 16)) == week


def test_the_next_one_is_the_one_that_is_on_or_comes():
    first, second = make(), make("Spring", date(2027, 3, 1), date(2027, 3, 5))
    assert queries.next_week(date(2026, 11, 1)) == queries.next_week(date(2026, 11, 30)) == first
    assert queries.next_week(date(2026, 12, 1)) == second
    assert queries.next_week(date(2027, 3, 6)) is None


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 11, 30), date(2026, 12, 3)),
        (date(2026, 11, 1), date(2026, 11, 16)),
        (date(2026, 11, 20), date(2026, 11, 21)),
        (date(2026, 11, 1), date(2026, 12, 31)),
    ],
)
def test_weeks_do_not_overlap(first, last):
    make()
    with pytest.raises(actions.Overlaps):
        make("Another", first, last)
    with pytest.raises(IntegrityError), transaction.atomic():
        FrontWeek.objects.create(name="Another", starts_on=first, ends_on=last)
    assert FrontWeek.objects.count() == 1
    assert Entry.objects.filter(kind="plan.frontweek").count() == 1


def test_they_may_touch():
    make()
    make("After", date(2026, 12, 1), date(2026, 12, 4))
    assert FrontWeek.objects.count() == 2


def test_it_does_not_end_before_it_starts():
    with pytest.raises(actions.EndsBeforeItStarts):
        make(first=date(2026, 11, 30), last=date(2026, 11, 16))


def test_it_may_move_within_its_own_days():
    week = make()
    change(week, date(2026, 11, 17), date(2026, 11, 28), may_lose=4)
    assert queries.front_week(date(2026, 11, 29)) is None


def test_only_one_that_has_not_begun_is_called_off():
    today = timezone.localdate()
    begun, later = make("Now", today, today), make("Later", today + DAY, today + DAY)
    with pytest.raises(actions.HasBegun):
        actions.call_off(begun, by=world.otto())
    actions.call_off(later, by=world.otto())
    assert list(FrontWeek.objects.all()) == [begun]


def test_an_organiser_calls_one(otto):
    assert "No front week yet" in otto.get(PAGE).text
    answer = otto.post(PAGE, {"name": "Autumn 2026", "starts_on": "2100-11-16", "ends_on": "2100-11-30"})
    assert answer.status_code == 302
    assert "Autumn 2026" in otto.get(PAGE).text
    assert Entry.objects.get(verb="made").details == {"starts_on": "2100-11-16", "ends_on": "2100-11-30"}


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"name": "Another", "starts_on": "2100-11-30", "ends_on": "2100-12-02"}, "There is a front week"),
        (
            {"name": "Another", "starts_on": "2100-12-02", "ends_on": "2100-12-01"},
            "The last day lies before the first.",
        ),
        ({"name": "Past", "starts_on": "2020-12-02", "ends_on": "2020-12-04"}, "That day is over."),
        ({"name": "A year", "starts_on": "2100-12-02", "ends_on": "2101-12-02"}, "lasts 120 days at most"),
        ({"name": "", "starts_on": "2100-12-02", "ends_on": "2100-12-02"}, "This field is required."),
        ({"name": "Another", "starts_on": "soon", "ends_on": ""}, "Enter a valid date."),
    ],
)
def test_a_refusal_keeps_what_was_typed(otto, typed, says):
    make(first=date(2100, 11, 16), last=date(2100, 11, 30))
    answer = otto.post(PAGE, typed)
    assert answer.status_code == 422
    assert says in answer.text
    assert f'value="{typed["name"]}"' in answer.text or not typed["name"]
    assert FrontWeek.objects.count() == 1


def test_an_organiser_moves_one_and_calls_one_off(otto):
    week = make("Later", timezone.localdate() + 9 * DAY, timezone.localdate() + 12 * DAY)
    page = f"{PAGE}{week.pk}/change/"
    assert 'value="Later"' in otto.get(page).text
    otto.post(page, {"name": "Much later", "starts_on": week.starts_on, "ends_on": week.ends_on + DAY})
    week.refresh_from_db()
    assert week.name == "Much later"
    assert otto.post(f"{PAGE}{week.pk}/call-off/").status_code == 302
    assert otto.get(page).status_code == 404


def test_only_an_organiser_sees_them(client):
    week = make()
    for person in (world.ada(), world.carla(), world.eva(), world.petra()):
        client.force_login(person)
        for path in (PAGE, f"{PAGE}{week.pk}/", f"{PAGE}{week.pk}/change/"):
            assert client.get(path).status_code == 404
        assert client.post(f"{PAGE}{week.pk}/call-off/").status_code == 404
    client.logout()
    assert client.get(PAGE).status_code == 302


class TestAnyDays(TestCase):
    @given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 9)), max_size=6))
    def test_a_day_belongs_to_one_week_or_none(self, wanted):
        begin = date(2026, 1, 1)
        for at, length in wanted:
            first = begin + at * DAY
            last = first + length * DAY
            free = not any(
                week.starts_on <= last and first <= week.ends_on for week in FrontWeek.objects.all()
            )
            try:
                actions.make("Some", first, last, by=None)
            except actions.Overlaps:
                assert not free
            else:
                assert free
