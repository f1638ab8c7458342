"""How many it takes: asked for on the page, done by the planner, kept whole or not at all."""

from contextlib import suppress

import pytest
from django.urls import reverse

from firsthand.plan import working
from firsthand.plan.actions import needs, reckoning
from firsthand.plan.models import Cover, Need, Outcome, Queue, Requirement
from firsthand.plan.models.forecasts import ForecastValue, State
from firsthand.plan.queries import hold, what_if
from tests import world
from tests.plan import planned

pytestmark = [pytest.mark.usefixtures("compiled"), pytest.mark.django_db]


def expected(week, calls: float = 12.0, halves: int = 4):
    """German calls in the first half-hours of one morning: enough to reckon with, and soon played."""
    made = planned.forecast(week)
    queue, _new = Queue.objects.get_or_create(code="de", language="de", name="Deutsch")
    for half in range(halves):
        ForecastValue.objects.create(
            forecast=made,
            queue=queue,
            starts_at=planned.at(week.starts_on, 8 + half / 2),
            minutes=30,
            mean=calls,
            low=calls * 0.7,
            mid=calls,
            high=calls * 1.3,
            aht_seconds=300,
        )
    return made


def reckoned(week, **given) -> Need:
    need = needs.reckon(week, by=world.otto(), **given)
    reckoning.run(need.pk)
    need.refresh_from_db()
    return need


def test_without_a_forecast_it_says_what_to_do_first(otto):
    week = planned.week()
    with pytest.raises(needs.NoForecast):
        needs.reckon(week, by=world.otto())
    page = otto.post(reverse("plan:reckon", args=[week.pk]))
    assert page.status_code == 422
    assert not Need.objects.exists()


def test_two_do_not_reckon_at_once():
    week = planned.week()
    expected(week)
    needs.reckon(week, by=world.otto())
    with pytest.raises(needs.UnderWay):
        needs.reckon(week, by=world.otto())


def test_every_half_hour_gets_its_number_and_every_half_day_its_people():
    week = planned.week(shrinkage_percent=20)
    expected(week)
    need = reckoned(week)
    assert need.state == State.DONE
    rows = list(Requirement.objects.filter(need=need).order_by("starts_at"))
    assert len(rows) == 4
    for row in rows:
        assert row.erlang_a <= row.erlang_c
        assert row.erlang_a <= row.helpers, "helpers are slower and ask: never fewer than advisors who do not"
        assert row.helpers_low <= row.helpers <= row.helpers_high
        assert row.specialists >= 1
    morning = Cover.objects.get(
        need=need, shift__day=week.starts_on, shift__part="morning", room__language="de"
    )
    assert morning.helpers > max(row.helpers for row in rows) * 0.99, "those away come on top"
    afternoon = Cover.objects.get(
        need=need, shift__day=week.starts_on, shift__part="afternoon", room__language="de"
    )
    assert afternoon.helpers == 0
    assert need.progress == 100


def test_what_callers_meet_is_played_with_those_rostered():
    week = planned.week()
    expected(week)
    planned.rostered(planned.roster(week), "de", 2)
    reckoned(week)
    few = list(Outcome.objects.order_by("starts_at"))
    assert {row.helpers for row in few} == {2}
    assert all(row.service_low <= row.service_level <= row.service_high for row in few)
    assert few[-1].service_level < 0.5, "two people cannot answer 24 calls an hour of six and a half minutes"


def test_a_what_if_meets_the_same_callers_and_stands_beside():
    week = planned.week()
    expected(week)
    planned.rostered(planned.roster(week), "de", 5)
    reckoned(week)
    more = reckoned(week, name="3 more", changes={"people": {"de": 3}})
    seen = what_if.compare(week)
    assert [version.need for version in seen.versions] == [hold.basis(week).need, more]
    plain, better = (version.whole for version in seen.versions)
    assert better.level > plain.level
    assert better.abandoned < plain.abandoned
    assert not Requirement.objects.filter(need=more).exists()
    needs.drop_what_if(more, by=world.otto())
    assert len(what_if.compare(week).versions) == 1


def test_more_calls_are_met_worse():
    week = planned.week()
    expected(week)
    planned.rostered(planned.roster(week), "de", 5)
    reckoned(week)
    reckoned(week, name="a fifth more", changes={"calls": 1.2})
    plain, more = (version.whole for version in what_if.compare(week).versions)
    assert more.level < plain.level
    assert more.calls == pytest.approx(1.2 * plain.calls)


def test_a_planners_correction_counts():
    week = planned.week()
    expected(week)
    before = reckoned(week)
    from firsthand.plan.models import Correction

    Correction.objects.create(
        starts_at=planned.at(week.starts_on, 8),
        ends_at=planned.at(week.starts_on, 9),
        factor=3,
        reason="letters",
        by=world.otto(),
    )
    after = reckoned(week)
    first, *_rest, last = (
        [row.helpers for row in need.requirements.order_by("starts_at")] for need in (before, after)
    )
    assert last[0] > first[0]
    assert last[3] == first[3]


def test_what_is_stopped_leaves_no_numbers_behind():
    week = planned.week()
    expected(week)
    need = needs.reckon(week, by=world.otto())
    needs.stop_reckoning(need, by=world.otto())
    reckoning.run(need.pk)
    need.refresh_from_db()
    assert need.state == State.STOPPED
    assert not Requirement.objects.exists()


def test_what_fails_or_is_stopped_at_the_end_leaves_no_numbers_behind(monkeypatch):
    """The people it takes are known long before it is played what callers meet."""
    week = planned.week()
    expected(week)
    planned.rostered(planned.roster(week), "de", 2)
    before = reckoned(week)
    for error, state in ((ZeroDivisionError, State.FAILED), (working.Stopped, State.STOPPED)):

        def goes_wrong_late(_need: Need, percent: int, error: type[Exception] = error) -> None:
            if percent > reckoning.HALF_DONE:
                raise error

        need = needs.reckon(week, by=world.otto())
        with monkeypatch.context() as patch, suppress(ZeroDivisionError):
            patch.setattr(working, "reached", goes_wrong_late)
            reckoning.run(need.pk)
        need.refresh_from_db()
        assert need.state == state
        for table in (Requirement, Cover, Outcome):
            assert not table.objects.exclude(need=before).exists()


def test_without_a_roster_callers_meet_those_whom_this_reckoning_asks_for():
    week = planned.week()
    made = expected(week)
    for calls in (12.0, 36.0):
        made.values.update(low=calls * 0.7, mid=calls, high=calls * 1.3)
        need = reckoned(week)
        needed = need.requirements.order_by("starts_at").values_list("starts_at", "helpers")
        played = need.outcomes.order_by("starts_at").values_list("starts_at", "helpers")
        assert list(played) == list(needed) != []


def test_a_forecast_without_calls_is_said_so(otto):
    week = planned.week()
    planned.forecast(week)
    need = reckoned(week)
    assert (need.state, need.problem) == (State.FAILED, "nothing_expected")
    assert "no calls on the days" in otto.get(f"/weeks/{week.pk}/hold/").content.decode()


def test_the_page_takes_what_would_be_different(otto):
    week = planned.week()
    expected(week)
    planned.rostered(planned.roster(week), "de", 5)
    reckoned(week)
    address = reverse("plan:what_if", args=[week.pk])
    nothing = otto.post(address, {"name": "nothing"})
    assert nothing.status_code == 422
    assert "Nothing would be different yet" in nothing.content.decode()
    assert otto.post(address, {"name": "2 fewer", "people_de": "-2", "calls": "10"}).status_code == 302
    asked = Need.objects.exclude(changes={}).get()
    assert asked.changes == {"people": {"de": -2}, "calls": 1.1}
    assert working.stop_asked(asked) is False
    assert "Reckoning how many it takes" in otto.get(address).content.decode()
