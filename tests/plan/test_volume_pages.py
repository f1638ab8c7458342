"""“How many called?” and “How many will call?”, as a planner sees and uses them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest
from django.utils import timezone

from firsthand.journal.models import Entry
from firsthand.plan import registry
from firsthand.plan.actions import forecasting, knowing
from firsthand.plan.models import Correction, Event, Forecast, ForecastDay, ForecastValue, Mark, State, Volume
from firsthand.plan.queries import corrections, forecasts, intraday, past, volumes
from tests import world
from tests.plan.test_forecasting import DAY, OPEN, at, lived, queue

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 2)


def workday(since: date) -> date:
    return next(day for day in (since + n * DAY for n in range(7)) if day.weekday() < 5)


def forecast_by_hand(day: date, mean: float = 40, until: date | None = None) -> Forecast:
    """Nine hours of `mean` calls each on one day, said the evening before."""
    made = Forecast.objects.create(
        first=day, last=day + DAY, state=State.DONE, progress=100, history_until=until or day - DAY
    )
    of = queue()
    numbers = {"mean": mean, "low": mean * 0.8, "mid": mean, "high": mean * 1.2}
    for hour in OPEN:
        ForecastValue.objects.create(
            forecast=made, queue=of, starts_at=at(day, hour), minutes=60, aht_seconds=300, **numbers
        )
    whole = {name: value * len(OPEN) for name, value in numbers.items()}
    ForecastDay.objects.create(forecast=made, queue=of, day=day, **whole)
    return made


def test_what_is_missing_of_a_queue_is_said():
    lived(days=60)
    gone = workday(timezone.localdate() - 20 * DAY)
    Volume.objects.filter(starts_at__gte=at(gone, 0), starts_at__lt=at(gone + DAY, 0)).delete()
    [held] = volumes.held()
    assert gone in held.missing
    assert set(held.missing) <= {gone, timezone.localdate() - 60 * DAY}
    assert held.minutes == 60


def test_weekends_and_public_holidays_are_not_missing():
    days = {date(2026, 12, 7) + n * DAY for n in range(28)} - {date(2026, 12, 25), date(2027, 1, 1)}
    workdays = {day for day in days if day.weekday() < 5}
    off = set(volumes.named_holidays(date(2026, 12, 1), date(2027, 1, 31)))
    assert volumes._missing(workdays, off) == []
    assert volumes._missing(workdays - {date(2026, 12, 16)}, off) == [date(2026, 12, 16)]


def test_an_empty_page_says_what_to_do(otto):
    page = otto.get("/volumes/").text
    assert "Nothing is known of the past yet" in page
    assert "/volumes/import/" in page
    assert "There is no forecast yet" in otto.get("/forecast/").text


def test_the_past_is_shown_by_day_with_a_chart_its_words_and_a_table(otto):
    lived(days=30)
    page = otto.get("/volumes/").text
    assert 'role="img"' in page
    assert page.count("Calls a day from") >= 2  # for the eye and for the screen reader
    assert "<table>" in page
    day = workday(timezone.localdate() - 8 * DAY)
    page = otto.get(f"/volumes/day/{day}/").text
    assert "08:00" in page
    assert "Calls from 08:00 to 17:00" in page
    for no_day in ("yesterday", "0001-01-01", "9999-12-31"):
        assert otto.get(f"/volumes/day/{no_day}/").status_code == 404
        assert otto.get(f"/forecast/day/{no_day}/").status_code == 404


def test_a_stretch_is_marked_with_a_reason_and_the_mark_taken_away(otto):
    lived(days=20)
    typed = {
        "starts_at": "2026-11-02T08:00",
        "ends_at": "2026-11-02T12:00",
        "kind": "outage",
        "reason": "Line cut",
    }
    assert otto.post("/volumes/", typed).status_code == 302
    mark = Mark.objects.get()
    assert (mark.reason, mark.by, mark.queue) == ("Line cut", world.otto(), None)
    assert mark.starts_at == timezone.make_aware(datetime(2026, 11, 2, 8))  # noqa: DTZ001
    assert otto.post(f"/volumes/marks/{mark.pk}/remove/").status_code == 302
    assert not Mark.objects.exists()
    assert set(Entry.objects.values_list("verb", flat=True)) >= {"marked", "unmarked"}


def test_what_a_caller_said_is_no_reason():
    words = "Outage, see AHV 756.9217.0769.85"
    mark = knowing.mark("outage", None, at(MONDAY, 8), at(MONDAY, 9), reason=words, by=world.otto())
    assert "9217" not in mark.reason
    assert mark.reason.startswith("Outage")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"starts_at": "2026-11-02T12:00", "ends_at": "2026-11-02T08:00"}, "The end lies before the start."),
        ({"starts_at": "2026-03-29T02:30", "ends_at": "2026-03-29T08:00"}, "couldn’t be interpreted"),
        ({"starts_at": "", "ends_at": "soon"}, "Enter a valid date/time."),
    ],
)
def test_a_stretch_that_cannot_be_is_refused_in_place(otto, typed, says):
    lived(days=10)
    answer = otto.post("/volumes/", {**typed, "kind": "outage", "reason": "Line cut"})
    assert answer.status_code == 422
    assert says in answer.text
    assert 'value="Line cut"' in answer.text
    assert not Mark.objects.exists()


def test_last_years_events_are_copied_to_the_same_weekday(otto):
    year = past.calendar().copy_into
    first = date(year - 1, 10, 13)
    knowing.add_event("letters", "Letters", None, first, first + 4 * DAY, factor=Decimal(2), by=world.otto())
    assert "1 event of last year" in otto.get("/volumes/events/").text
    assert otto.post("/volumes/events/copy/").status_code == 302
    copied = Event.objects.get(first__year=year)
    assert copied.first == first + timedelta(weeks=52)
    assert copied.first.weekday() == first.weekday()
    assert (copied.last - copied.first, copied.factor) == (4 * DAY, Decimal(2))
    assert otto.post("/volumes/events/copy/").status_code == 422
    assert Event.objects.count() == 2


def test_events_are_planned_and_removed(otto):
    typed = {
        "kind": "invoices",
        "name": "Invoices",
        "first": "2026-12-01",
        "last": "2026-12-02",
        "factor": "1.5",
    }
    assert otto.post("/volumes/events/", typed).status_code == 302
    event = Event.objects.get()
    assert (event.kind, event.factor) == ("invoices", Decimal("1.5"))
    assert otto.post("/volumes/events/", {**typed, "last": "2026-11-01"}).status_code == 422
    assert otto.post(f"/volumes/events/{event.pk}/remove/").status_code == 302
    assert not Event.objects.exists()


def test_the_calendar_names_the_holidays_of_the_canton_in_the_readers_language(otto, settings):
    assert "Good Friday" in otto.get("/volumes/events/").text
    settings.COUNTRY, settings.REGION = "DE", "BY"
    assert "Epiphany" in otto.get("/volumes/events/").text


def test_a_forecast_is_asked_for_watched_and_stopped(otto):
    lived(days=10)
    assert otto.post("/forecast/run/").status_code == 302
    made = Forecast.objects.get()
    assert "A new forecast is being made." in otto.get("/forecast/").text
    assert otto.post("/forecast/run/").status_code == 422
    assert otto.post(f"/forecast/{made.pk}/stop/").status_code == 302
    made.refresh_from_db()
    assert made.state == State.STOPPED
    assert "There is no forecast yet" in otto.get("/forecast/").text


def test_the_page_of_a_forecast_says_how_it_is_made_and_how_good_it_is(otto, monkeypatch):
    monkeypatch.setattr(forecasting, "TRIED", 1)
    lived(days=100)
    made = forecasting.start(by=world.otto())
    forecasting.run(made.pk)
    page = otto.get("/forecast/").text
    for words in (
        "(WAPE)",
        "(MASE;",
        "(coverage)",
        "(pinball loss;",
        "The same day last week",
        "Together they are",
    ):
        assert words in page
    assert 'role="img"' in page
    day = workday(timezone.localdate() + 3 * DAY)
    assert "Calls expected by interval" in otto.get(f"/forecast/day/{day}/").text
    assert otto.get("/forecast/?weeks=0&queue=nonsense").status_code == 200


def test_a_correction_is_kept_apart_and_drawn_in(otto):
    day = workday(timezone.localdate() + DAY)
    forecast_by_hand(day, until=timezone.localdate() - DAY)
    typed = {
        "starts_at": f"{day}T08:00",
        "ends_at": f"{day}T12:00",
        "factor": "1.5",
        "reason": "Letters go out",
    }
    assert otto.post("/forecast/", typed).status_code == 302
    [shown] = forecasts.page("", "").days
    assert shown.plain == pytest.approx(360)
    assert shown.mid == pytest.approx(40 * (4 * 1.5 + 5))
    assert set(ForecastValue.objects.values_list("mean", flat=True)) == {40}  # the forecast itself stays
    page = otto.get("/forecast/").text
    assert "Letters go out" in page
    assert "corrected by hand, 360 without" in page
    correction = Correction.objects.get()
    assert otto.post(f"/forecast/corrections/{correction.pk}/withdraw/").status_code == 302
    assert otto.post(f"/forecast/corrections/{correction.pk}/withdraw/").status_code == 422
    [shown] = forecasts.page("", "").days
    assert (shown.mid, shown.plain) == (pytest.approx(360), None)


def test_what_is_sent_again_from_an_old_page_counts_once(otto):
    """A fifth more, twice, would be 44 % more."""
    day = workday(timezone.localdate() + DAY)
    stretch = {"starts_at": f"{day}T08:00", "ends_at": f"{day}T12:00", "reason": "Letters go out"}
    event = {"kind": "letters", "name": "Letters", "first": str(day), "last": str(day), "factor": "1.5"}
    for _time in range(2):
        assert otto.post("/forecast/", {**stretch, "factor": "1.2"}).status_code == 302
        assert otto.post("/volumes/", {**stretch, "kind": "outage"}).status_code == 302
        assert otto.post("/volumes/events/", event).status_code == 302
    assert (Correction.objects.count(), Mark.objects.count(), Event.objects.count()) == (1, 1, 1)
    otto.post("/forecast/", {**stretch, "factor": "1.2", "reason": "And a strike"})
    assert Correction.objects.count() == 2


def test_what_is_over_is_not_corrected(otto):
    forecast_by_hand(timezone.localdate())
    typed = {
        "starts_at": "2020-11-02T08:00",
        "ends_at": "2020-11-02T12:00",
        "factor": "1.5",
        "reason": "Late",
    }
    answer = otto.post("/forecast/", typed)
    assert answer.status_code == 422
    assert "this stretch is over" in answer.text


def test_what_a_correction_was_worth_is_said_afterwards(otto):
    day = timezone.localdate() - 3 * DAY
    forecast_by_hand(day)
    forecast_by_hand(day, mean=400, until=day)  # made when it was known: does not count
    for hour in OPEN:
        Volume.objects.create(queue=queue(), starts_at=at(day, hour), minutes=60, offered=50)
    Correction.objects.create(
        starts_at=at(day, 8), ends_at=at(day, 12), factor=Decimal("1.25"), reason="Letters", by=world.otto()
    )
    [one] = corrections.newest()
    assert (one.worth.cells, one.worth.nearer) == (4, 4)
    assert (one.with_it, one.without_it) == (pytest.approx(0), pytest.approx(20))
    assert "With it the error was 0 %, without it it would have been 20 %." in otto.get("/forecast/").text


def test_yesterdays_forecast_stands_beside_what_came(otto):
    yesterday = timezone.localdate() - DAY
    forecast_by_hand(yesterday)
    for hour in OPEN:
        Volume.objects.create(queue=queue(), starts_at=at(yesterday, hour), minutes=60, offered=50)
    [was] = forecasts.page("", "").was
    assert (was.day, was.came, was.mid, was.inside) == (yesterday, 450, pytest.approx(360), False)
    assert "450 called; 360 were expected (288 to 432)." in otto.get("/forecast/").text


def noon(monkeypatch, day: date, level: float) -> None:
    """It is 12:40; till then, `level` times what is usual called."""
    monkeypatch.setattr(
        intraday.timezone,
        "localtime",
        lambda value=None: (value or at(day, 12, 40)).astimezone(timezone.get_default_timezone()),
    )
    monkeypatch.setattr(intraday.timezone, "localdate", lambda: day)
    rows = [
        registry.Counted("de", "", at(day, hour), 15, int(40 * level), 30, 2, 300) for hour in range(8, 13)
    ]
    monkeypatch.setattr(registry._says, "volumes_of", lambda asked: rows if asked == day else [])


@pytest.mark.parametrize(("level", "says"), [(1.5, "above"), (0.5, "below")])
def test_at_noon_the_rest_of_the_day_follows_the_morning(monkeypatch, level, says):
    monkeypatch.setattr(forecasting, "TRIED", 1)
    of = lived(days=100)
    made = forecasting.start(by=None)
    forecasting.run(made.pk)
    made.refresh_from_db()
    day = workday(timezone.localdate())
    noon(monkeypatch, day, level)
    found = intraday.today(made, of, made.scores.get(), [])
    assert says in found.says
    assert found.until == at(day, 12)
    assert found.came == 4 * int(40 * level)
    seen_only = found.before - found.expected + found.came
    assert (found.mean > seen_only) == (
        level > 1
    )  # not only what is seen: the afternoon is expected otherwise too
    assert found.low < found.mean < found.high


def test_without_own_calls_nothing_is_said_of_today(monkeypatch):
    made = forecast_by_hand(timezone.localdate())
    score = made.scores.create(queue=queue(), reason="short", busy={"opens": 480})
    monkeypatch.setattr(registry._says, "volumes_of", None)
    assert intraday.today(made, queue(), score, []) is None


def test_pages_ask_few_questions_however_much_there_is(otto, django_assert_max_num_queries):
    for language in ("de", "fr", "it"):
        lived(days=40, of=queue(language))
    day = timezone.localdate() + DAY
    forecast_by_hand(day, until=day - 2 * DAY)
    for n in range(12):
        Correction.objects.create(
            starts_at=at(day, 8), ends_at=at(day, 12), factor=Decimal("1.01"), reason=f"R{n}", by=world.otto()
        )
        knowing.mark(
            "outlier", None, at(day - 20 * DAY, 8), at(day - 20 * DAY, 9), reason="R", by=world.otto()
        )
        knowing.add_event("other", f"E{n}", None, day, day, by=world.otto())
    otto.get("/volumes/")
    for path, most in (
        ("/volumes/", 16),
        ("/volumes/events/", 8),
        ("/forecast/", 22),
        (f"/forecast/day/{day}/", 12),
    ):
        with django_assert_max_num_queries(most):
            assert otto.get(path).status_code == 200


def test_charts_show_closed_days_as_nothing():
    lived(days=20)
    spec = past.overview("", "13").chart.spec
    [line] = [layer for layer in spec["layer"] if layer["mark"]["type"] == "line"]
    values = {row["at"][:10]: row["calls"] for row in line["data"]["values"]}
    saturday = next(d for d in (timezone.localdate() - n * DAY for n in range(2, 9)) if d.weekday() == 5)
    assert values[str(saturday)] is None
    assert np.isfinite(values[str(workday(timezone.localdate() - 9 * DAY))])
