"""When somebody is busy, from their calendar's file: only when."""

from datetime import datetime

import pytest

from firsthand.plan.pure import calendars
from firsthand.plan.pure.calendars import reading
from firsthand.plan.pure.calendars.lines import parts
from tests.plan.pure.calendars.files import SINCE, UNTIL, ZURICH, at, busy, calendar, event, read


def test_an_appointment_is_busy_from_when_to_when():
    assert busy(
        event("DTSTART;TZID=Europe/Zurich:20261103T090000", "DTEND;TZID=Europe/Zurich:20261103T103000")
    ) == [(at(3, 9), at(3, 10, 30))]


def test_titles_places_and_people_are_not_even_handed_to_the_parser():
    text = calendar(
        event(
            "SUMMARY:Onkologie",
            "LOCATION:Spital",
            "ATTENDEE;CN=Dr. Frey:mailto:frey@x.example",
            "DESCRIPTION:zweite\r\n  Zeile Chemo",
            "DTSTART:20261103T080000Z",
            "DTEND:20261103T090000Z",
        )
    ).decode()
    handed = "".join(parts(text, SINCE.date(), UNTIL.date()))
    assert "DTSTART" in handed
    assert not any(word in handed for word in ("Onkologie", "Spital", "Frey", "Chemo"))


@pytest.mark.parametrize(
    "line", ["TRANSP:TRANSPARENT", "STATUS:CANCELLED", "X-MICROSOFT-CDO-BUSYSTATUS:FREE", "status:cancelled"]
)
def test_what_is_free_or_cancelled_is_not_busy(line):
    assert busy(event("DTSTART:20261103T080000Z", "DTEND:20261103T090000Z", line)) == []


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("DTSTART;VALUE=DATE:20261103", "DTEND;VALUE=DATE:20261105"),
        ("DTSTART;VALUE=DATE:20261103", "DURATION:P2D"),
    ],
)
def test_whole_days_go_from_midnight_to_midnight(start, end):
    assert busy(event(start, end)) == [(at(3, 0), at(5, 0))]


def test_the_day_the_clocks_change_is_a_day():
    since, until = datetime(2026, 10, 1, tzinfo=ZURICH), datetime(2026, 11, 1, tzinfo=ZURICH)
    found = calendars.busy(calendar(event("DTSTART;VALUE=DATE:20261025")), since, until, ZURICH).busy
    assert found == ((datetime(2026, 10, 25, tzinfo=ZURICH), datetime(2026, 10, 26, tzinfo=ZURICH)),)
    assert (found[0][1].timestamp() - found[0][0].timestamp()) == 25 * 3600


def test_outlooks_names_of_zones_and_names_nobody_knows():
    assert busy(
        event("DTSTART;TZID=W. Europe Standard Time:20261103T090000", "DURATION:PT1H"),
        event("DTSTART;TZID=Customized Time Zone 1:20261104T090000", "DURATION:PT1H"),
        event("DTSTART:20261105T090000", "DURATION:PT1H"),
        event("DTSTART;TZID=America/New_York:20261106T090000", "DURATION:PT1H"),
    ) == [(at(3, 9), at(3, 10)), (at(4, 9), at(4, 10)), (at(5, 9), at(5, 10)), (at(6, 15), at(6, 16))]


def test_what_overlaps_or_touches_is_one_stretch():
    assert busy(
        event("DTSTART:20261103T080000Z", "DTEND:20261103T090000Z"),
        event("DTSTART:20261103T083000Z", "DTEND:20261103T100000Z"),
        event("DTSTART:20261103T100000Z", "DTEND:20261103T103000Z"),
    ) == [(at(3, 9), at(3, 11, 30))]


def test_only_what_lies_within_the_window_is_kept():
    found = busy(
        event("DTSTART:20251103T080000Z", "DTEND:20251103T090000Z"),
        event("DTSTART:20271103T080000Z", "DTEND:20271103T090000Z"),
        event("DTSTART:20261020T080000Z", "DTEND:20261102T090000Z"),
    )
    assert found == [(SINCE, at(2, 10))]


def test_a_series_one_of_which_was_moved_and_one_left_out():
    assert busy(
        event(
            "UID:1",
            "DTSTART;TZID=Europe/Zurich:20261103T090000",
            "DTEND;TZID=Europe/Zurich:20261103T100000",
            "RRULE:FREQ=WEEKLY;COUNT=4",
            "EXDATE;TZID=Europe/Zurich:20261110T090000",
        ),
        event(
            "UID:1",
            "RECURRENCE-ID;TZID=Europe/Zurich:20261117T090000",
            "DTSTART;TZID=Europe/Zurich:20261118T140000",
            "DTEND;TZID=Europe/Zurich:20261118T150000",
        ),
    ) == [(at(3, 9), at(3, 10)), (at(18, 14), at(18, 15)), (at(24, 9), at(24, 10))]


def test_a_series_stays_at_its_hour_when_the_clocks_change():
    weekly = event(
        "DTSTART;TZID=Europe/Zurich:20260701T090000",
        "DURATION:PT1H",
        "RRULE:FREQ=WEEKLY;UNTIL=20261111T080000Z",
    )
    assert busy(weekly) == [(at(4, 9), at(4, 10)), (at(11, 9), at(11, 10))]


def test_an_alarms_times_are_not_the_events():
    assert busy(
        event(
            "DTSTART:20261103T080000Z",
            "BEGIN:VALARM",
            "DURATION:PT9H",
            "END:VALARM",
            "DURATION:PT1H",
        )
    ) == [(at(3, 9), at(3, 10))]


def test_a_list_of_free_and_busy_times():
    part = "BEGIN:VFREEBUSY\r\nFREEBUSY;FBTYPE=BUSY:20261103T080000Z/20261103T090000Z\r\n" + (
        "FREEBUSY;FBTYPE=FREE:20261104T080000Z/20261104T090000Z\r\nFREEBUSY:20261105T080000Z/PT30M\r\n"
        "END:VFREEBUSY\r\n"
    )
    assert busy(part) == [(at(3, 9), at(3, 10)), (at(5, 9), at(5, 9, 30))]


def test_what_was_read_and_what_was_not_is_told():
    found = read(
        event("DTSTART:20261103T080000Z", "DTEND:20261103T090000Z"),
        event("DTSTART:20261103T080000Z", "DURATION:PT1H", "RRULE:FREQ=HOURLY"),
        event("DTSTART:20261103T080000Z", "DURATION:PT1H", "RRULE:FREQ=YEARLY;BYWEEKNO=45"),
        event("DTSTART:soon"),
        event("SUMMARY:without a time"),
    )
    assert (found.events, len(found.busy), found.unread) == (1, 1, 4)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"  \r\n", "empty"),
        (b"PK\x03\x04 a zip", "calendar"),
        (b"<html>Sign in</html>", "calendar"),
        (b"\xff\xfe\x00", "calendar"),
        (b"BEGIN:VCALENDAR" + b"x" * reading.MOST_BYTES, "size"),
    ],
)
def test_what_is_no_calendar_says_why(data, why):
    with pytest.raises(calendars.Unreadable, match=why):
        calendars.busy(data, SINCE, UNTIL, ZURICH)


def test_an_empty_calendar_is_one():
    assert calendars.busy(calendar(), SINCE, UNTIL, ZURICH) == calendars.Read((), 0, 0)


def test_a_file_with_too_many_entries_is_refused(monkeypatch):
    monkeypatch.setattr(reading, "MOST_EVENTS", 3)
    one = event("DTSTART:20261103T080000Z", "DURATION:PT1H")
    assert len(busy(one, one, one)) == 1
    with pytest.raises(calendars.Unreadable, match="events"):
        read(one, one, one, one)
    far = event("DTSTART:20011103T080000Z", "DURATION:PT1H").replace(
        "DURATION:PT1H", "DTEND:20011103T090000Z"
    )
    assert len(busy(one, *[far] * 50)) == 1


def test_a_bomb_of_repetitions_runs_out_of_steps(monkeypatch):
    """Rules that step through thousands of years, zones with rules of their own, days by the second."""
    monkeypatch.setattr(reading, "MOST_STEPS", 2000)
    counted = event("DTSTART:19700101T080000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=999999999")
    never = event("DTSTART:19700101T080000Z", "DURATION:PT1H", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31")
    seconds = event("DTSTART:19700101T080000Z", "DURATION:PT1H", "RRULE:FREQ=SECONDLY")
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Bomb\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nRRULE:FREQ=SECONDLY\r\n"
        "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    bomb = event("DTSTART;TZID=Bomb:20261103T090000", "DURATION:PT1H")
    found = read(zone, bomb, never, seconds, counted, counted)
    assert (list(found.busy), found.unread) == ([(at(3, 9), at(3, 10))], 3)


def test_a_stretch_of_a_thousand_years_is_cut_to_the_window():
    assert busy(event("DTSTART:20260601T000000Z", "DTEND:99991231T000000Z")) == [(SINCE, UNTIL)]
    assert busy(event("DTSTART:20261103T080000Z", "DTEND:20261103T070000Z")) == []
