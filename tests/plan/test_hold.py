"""Will Tuesday hold? From the strip to the half-hour to the person."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from firsthand.people.models import Role
from firsthand.plan.models import Absence, Assignment, CallUp, Need
from firsthand.plan.models.forecasts import State
from firsthand.plan.pure.hold import Holds
from firsthand.plan.queries import hold, moment
from tests import world
from tests.plan import planned

pytestmark = pytest.mark.django_db


def words(page) -> str:
    return " ".join(page.content.decode().split())


def short_afternoons():
    """German is covered all day; French only in the morning."""
    week = planned.week()
    planned.need(week, {"de": (2, 3, 4), "fr": (1, 1, 2)})
    on = planned.roster(week)
    planned.rostered(on, "de", 4)
    planned.rostered(on, "fr", 1, parts=("morning",))
    return week, on


def test_a_day_is_short_where_one_language_is_short():
    week, _roster = short_afternoons()
    strip = hold.strip(week)
    assert [day.holds for day in strip.days] == [Holds.SHORT] * 2
    ((starts, ends, missing),) = strip.days[0].short
    assert [timezone.localtime(one).hour for one in (starts, ends)] == [13, 18]
    assert missing == 1
    assert strip.asked == strip.days[0]


def test_one_language_alone_has_its_own_answer():
    week, _roster = short_afternoons()
    assert hold.strip(week, "de").holds is Holds.HOLDS
    assert hold.strip(week, "fr").days[0].halves[0].gap.holds is Holds.TIGHT


def test_those_away_from_the_desk_are_not_counted():
    week = planned.week(shrinkage_percent=30)
    planned.need(week, {"de": (2, 3, 4)})
    planned.rostered(planned.roster(week), "de", 4)
    assert hold.strip(week).days[0].halves[0].gap.there == 2


def test_whoever_is_in_training_answers_nobody_yet():
    week = planned.week()
    planned.need(week, {"de": (0, 1, 1)})
    on = planned.roster(week)
    (person,) = planned.rostered(on, "de", 1, parts=("morning",))
    shift = week.shifts.get(day=week.starts_on, part="afternoon")
    training = week.trainings.create(
        day=shift.day, language="de", seats=3, starts_at=shift.starts_at, ends_at=shift.ends_at
    )
    Assignment.objects.create(
        roster=on,
        person=person,
        training=training,
        duty=Assignment.Duty.TRAINING,
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
    )
    assert [half.gap.there for half in hold.strip(week).days[0].halves][9:11] == [1, 0]


def test_a_published_roster_holds_over_a_newer_draft():
    week, on = short_afternoons()
    planned.roster(week, published=False)
    assert hold.basis(week).roster == on


def test_a_what_if_never_takes_the_place_of_the_reckoning():
    week, _roster = short_afternoons()
    plain = hold.basis(week).need
    Need.objects.create(week=week, forecast=plain.forecast, state=State.DONE, name="x", changes={"calls": 2})
    assert hold.basis(week).need == plain


def test_the_page_answers_in_its_first_sentence(otto):
    week, _roster = short_afternoons()
    page = otto.get(f"/weeks/{week.pk}/hold/")
    assert page.status_code == 200
    assert "Will Monday hold?" in words(page)
    assert "13:00–18:00" in words(page)
    address = f"/weeks/{week.pk}/hold/{week.starts_on:%Y-%m-%d}/1300/"
    title = 'title="between −2 on a busy and −1 on a quiet day"'
    assert f'"{address}" {title} aria-label="Monday 13:00: −1, short">−1</a>' in words(page)
    french = otto.get(f"/weeks/{week.pk}/hold/?language=fr")
    assert f'{address}?language=fr"' in words(french)


def test_without_a_reckoning_the_page_says_what_to_do_first(otto):
    week = planned.week()
    assert "Nothing is reckoned yet" in words(otto.get(f"/weeks/{week.pk}/hold/"))


def test_a_day_shows_what_was_reckoned_beside_erlang(otto):
    week, _roster = short_afternoons()
    page = otto.get(f"/weeks/{week.pk}/hold/{week.starts_on}/")
    assert page.status_code == 200
    assert "3 / 2" in words(page)
    assert "On Monday 1 person is missing" in words(page)


def test_a_half_hour_names_who_is_there_and_who_could_come(otto):
    week, on = short_afternoons()
    free = world.person("Zita Frei", Role.HELPER, languages=["fr"])
    away = world.person("Yves Loin", Role.HELPER, languages=["fr"])
    excused = world.person("Xenia Non", Role.HELPER, languages=["fr"])
    for one in (free, away, excused):
        CallUp.objects.create(week=week, person=one, kind=CallUp.Kind.VOLUNTEER)
    CallUp.objects.filter(person=excused).update(answer=CallUp.Answer.EXCUSED)
    starts = planned.at(week.starts_on, 14)
    Absence.objects.create(person=away, starts_at=starts, ends_at=starts + timedelta(hours=1))
    found = moment.moment(week, week.starts_on, 14 * 60, "fr")
    assert not found.there
    assert [one.person.name for one in found.could] == ["FR0 Muster", "Zita Frei"]
    page = words(otto.get(f"/weeks/{week.pk}/hold/{week.starts_on}/1400/?language=fr"))
    assert "Zita Frei" in page
    assert "Yves Loin" not in page


@pytest.mark.parametrize("address", ["nonsense/", "2026-13-40/", "{day}/9999/", "{day}/0811/", "{day}/٠٨٠٠/"])
def test_what_is_no_half_hour_is_not_there(otto, address):
    week, _roster = short_afternoons()
    assert otto.get(f"/weeks/{week.pk}/hold/" + address.format(day=week.starts_on)).status_code == 404


def test_many_people_take_no_more_questions_to_the_database():
    week, on = short_afternoons()

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            hold.strip(week)
        return len(found)

    week.rooms.create(name="Aare", language="en", seats=9)
    before = asked()
    planned.rostered(on, "en", 9)
    assert asked() == before <= 7
