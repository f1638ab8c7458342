"""Past volumes from CSV: columns guessed, rows judged, clocks changed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from firsthand.plan.pure import volumes

ZURICH, BERLIN = ZoneInfo("Europe/Zurich"), ZoneInfo("Europe/Berlin")
HEAD = "queue;language;start;offered;answered;abandoned;aht"
MONDAY = "2026-10-05"


def told(*rows: str, head: str = HEAD, zone: ZoneInfo = ZURICH, queues=None, **more) -> volumes.Read:
    lines = [head, *rows]
    return volumes.read(lines, volumes.guess(lines), zone=zone, queues=queues, **more)


def half_hours(day: str, *times: str, offered: int = 5) -> list[str]:
    return [f"Service;de;{day} {time};{offered};{offered};0;200" for time in times]


def codes(read: volumes.Read) -> list[tuple[int, str]]:
    return [(fault.line, fault.code) for fault in read.faults]


def utc(read: volumes.Read) -> list[str]:
    return [f"{row.start:%d %H:%M}" for row in read.rows]


@pytest.mark.parametrize(
    ("head", "row", "columns"),
    [
        ("Warteschlange;Datum;Uhrzeit;Anrufe angeboten;Angenommen;Aufgelegt;Ø Bearbeitungszeit",
         "Prämien;05.10.2026;08:00;12;10;2;04:35", "queue date time offered answered abandoned aht"),
        ("File d'attente;Langue;Date;Heure;Appels reçus;Traités;Abandonnés;DMT",
         "Primes;français;05.10.2026;8h00;12;10;2;275", "queue language date time offered answered abandoned aht"),
        ("Coda,Lingua,Data,Ora,Chiamate offerte,Risposte,Abbandonate,TMG",
         "Premi,italiano,05/10/2026,08.00,12,10,2,275", "queue language date time offered answered abandoned aht"),
        ("Queue\tInterval Start\tInterval End\tOffered\tHandled\tAbandoned\tAHT (min)",
         "Service\t2026-10-05 08:00\t2026-10-05 08:30\t12\t10\t2\t4.5833",
         "queue start end offered answered abandoned aht"),
        ("Skill,Datetime,Calls offered,Calls answered,Calls abandoned,Avg handle time",
         "Service,2026-10-05T08:00:00+02:00,12,10,2,275", "queue start offered answered abandoned aht"),
    ],
    ids=["de", "fr", "it", "en", "iso"],
)  # fmt: skip
def test_heads_of_four_languages_are_understood(head, row, columns):
    mapping = volumes.guess([head, row])
    assert sorted(mapping.columns) == sorted(columns.split())
    assert mapping.missing == ()
    read = volumes.read([head, row, row.replace("08:00", "08:30").replace("08:30\t2026-10-05 08:30",
        "08:30\t2026-10-05 09:00").replace("8h00", "8h30").replace("08.00", "08.30")],
        mapping, zone=ZURICH, queues=None)  # fmt: skip
    assert codes(read) == []
    first = read.rows[0]
    assert (first.start, first.minutes) == (datetime(2026, 10, 5, 6, 0, tzinfo=UTC), 30)
    assert (first.offered, first.answered, first.abandoned) == (12, 10, 2)
    assert first.aht_seconds == pytest.approx(275, abs=0.01)


def test_the_longest_name_decides_what_a_column_is():
    """“Länge” is in “Warteschlange”."""
    assert volumes.guess(["Name der Warteschlange;Datum;Uhrzeit;Anrufe", "A;05.10.2026;08:00;12"]).columns == {
        "queue": 0, "date": 1, "time": 2, "offered": 3
    }  # fmt: skip


def test_what_the_head_does_not_tell_is_named():
    mapping = volumes.guess(["Spalte A;Spalte B", "1;2"])
    assert mapping.missing == ("start", "offered", "queue")
    read = volumes.read(["Spalte A;Spalte B", "1;2"], mapping, zone=ZURICH, queues=None)
    assert codes(read) == [(1, "columns_missing")]


@pytest.mark.parametrize(
    ("days", "order"),
    [
        (["03/04/2026", "04/04/2026"], "dmy"),
        (["03/14/2026", "03/15/2026"], "mdy"),
        (["14/03/2026", "15/03/2026"], "dmy"),
        (["2026-03-04", "2026-03-05"], "ymd"),
    ],
)
def test_the_order_of_a_day_is_guessed(days, order):
    rows = [f"S,{day},{clock},4" for day in days for clock in ("08:00", "08:15", "08:30")]
    assert volumes.guess(["queue,date,time,offered", *rows]).order == order


def test_decimal_commas_and_thousands():
    head = "Queue;Beginn;Anrufe;AHT"
    rows = ["S;05.10.2026 08:00;1'234;200,5", "S;05.10.2026 08:30;1.234,0;1.200,5", "S;05.10.2026 09:00;7;"]
    read = told(*rows, head=head)
    assert [(row.offered, row.aht_seconds) for row in read.rows] == [(1234, 200.5), (1234, 1200.5), (7, None)]
    assert read.rows[0].answered is None


def test_offered_may_be_the_sum_of_the_others():
    head = "Queue;Beginn;Angenommen;Aufgelegt"
    read = told("S;05.10.2026 08:00;10;2", "S;05.10.2026 08:30;7;0", head=head)
    assert [row.offered for row in read.rows] == [12, 7]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("Service;de;2026-10-05 09:00;-5;0;0;200", "negative"),
        ("Service;de;2026-10-05 09:00;5;4;2;200", "more_than_offered"),
        ("Service;de;2026-10-05 09:00;5;5;0;-1", "negative"),
        ("Service;de;2026-10-05 09:00;viel;5;0;200", "not_a_number"),
        ("Service;de;2026-10-05 09:00;5.5;5;0;200", "not_whole"),
        ("Service;de;2026-10-05 09:00;;5;0;200", "not_a_number"),
        ("Service;de;2026-10-05 09:00;5000000;5;0;200", "too_large"),
        ("Service;de;2026-10-05 09:07;5;5;0;200", "not_on_grid"),
        ("Service;de;2026-10-05 09:00:30;5;5;0;200", "not_on_grid"),
        ("Service;de;2026-13-05 09:00;5;5;0;200", "not_a_time"),
        ("Service;de;Summe;5;5;0;200", "not_a_time"),
        ("Service;de;0001-01-01 09:00;5;5;0;200", "not_a_time"),
        ("Service;de;2026-10-05T09:00+25:00;5;5;0;200", "not_a_time"),
        ("Service;de;2026-10-05T09:00+99:99;5;5;0;200", "not_a_time"),
        ("Service;de;2026-10-05 09:00", "cells"),
        ("Elsewhere;de;2026-10-05 09:00;5;5;0;200", "unknown_queue"),
        (";de;2026-10-05 09:00;5;5;0;200", "no_queue"),
        ("Service;klingonisch;2026-10-05 09:00;5;5;0;200", "unknown_language"),
        ("Service;de;2026-10-05 08:30;5;5;0;200", "duplicate"),
        ("Service;de;2026-10-05 09:15;5;5;0;200", "not_on_grid"),
    ],
)
def test_each_fault_has_its_line_and_nothing_is_half_read(row, code):
    good = half_hours(MONDAY, "07:30", "08:00", "08:30")
    read = told(*good, row, queues=["Service"])
    assert codes(read) == [(5, code)]
    assert set(read.faults[0].words) == set(volumes.CODES[code])
    assert len(read.rows) == 0
    assert len(told(*good, queues=["Service"]).rows) == 3


def test_queues_may_go_by_another_name():
    read = told(*half_hours(MONDAY, "08:00", "08:30"), queues={"SERVICE": "service-de"})
    assert {row.queue for row in read.rows} == {"service-de"}


def test_a_gap_in_a_day_is_a_fault_unless_it_means_nobody_called():
    rows = half_hours(MONDAY, "08:00", "08:30", "09:00", "10:30")
    read = told(*rows)
    [gap] = read.faults
    assert (gap.line, gap.code) == (5, "gap")
    assert (gap.words["start"], gap.words["until"], gap.words["missing"]) == (
        "2026-10-05 09:30", "2026-10-05 10:30", 2,
    )  # fmt: skip
    lines = [HEAD, *rows]
    mapping = volumes.Mapping(**{**vars(volumes.guess(lines)), "missing_is_zero": True})
    filled = volumes.read(lines, mapping, zone=ZURICH, queues=None)
    assert [row.offered for row in filled.rows] == [5, 5, 5, 0, 0, 5]
    assert utc(filled)[3] == "05 07:30"


def test_with_opening_hours_a_missing_morning_and_a_missing_day_are_gaps():
    week = [(8 * 60, 10 * 60)] * 5 + [None, None]
    whole = ("08:00", "08:30", "09:00", "09:30")
    rows = [
        *half_hours("2026-10-02", *whole),
        *half_hours(MONDAY, *whole[1:]),
        *half_hours("2026-10-07", *whole),
    ]
    read = told(*rows, hours=week)
    assert [(fault.code, fault.words["start"]) for fault in read.faults] == [
        ("gap", "2026-10-05 08:00"), ("gap", "2026-10-06"),
    ]  # fmt: skip
    rows = [*half_hours("2026-10-02", *whole), *half_hours(MONDAY, *whole), *half_hours("2026-10-07", *whole)]
    assert told(*rows, hours=week, closed=[date(2026, 10, 6)]).faults == []


def test_intervals_of_mixed_length_are_found_with_and_without_an_end():
    head = "queue;start;end;offered"
    rows = ["S;2026-10-05 08:00;08:30;5", "S;2026-10-05 08:30;09:00;5", "S;2026-10-05 09:00;10:00;5"]
    assert codes(told(*rows, head=head)) == [(4, "mixed_length")]
    assert codes(told("S;2026-10-05 08:00;08:20;5", head=head)) == [(2, "length"), ]  # fmt: skip
    quarter = [f"2026-10-05 {minute // 60:02d}:{minute % 60:02d}" for minute in range(480, 720, 15)]
    hours = [f"2026-10-06 {hour:02d}:00" for hour in range(8, 12)]
    read = told(*(f"S;{start};5" for start in quarter + hours), head="queue;start;offered")
    assert codes(read) == [(18, "mixed_length")]


@pytest.mark.parametrize("zone", [ZURICH, BERLIN], ids=str)
def test_the_hour_that_comes_twice_is_read_in_order(zone):
    day = half_hours("2026-10-25", "01:30", "02:00", "02:30", "02:00", "02:30", "03:00")
    read = told(*day, zone=zone)
    assert codes(read) == []
    assert utc(read) == ["24 23:30", "25 00:00", "25 00:30", "25 01:00", "25 01:30", "25 02:00"]
    assert utc(told(*[*day[:2], day[1], day[2], day[2], day[5]], zone=zone)) == utc(read)
    assert codes(told(*day, day[1], zone=zone)) == [(8, "duplicate")]


def test_the_hour_that_comes_twice_is_read_by_its_offset():
    starts = ["01:30+02:00", "02:00+01:00", "02:30+01:00", "02:00+02:00", "02:30+02:00", "03:00+01:00"]
    read = told(*(f"Service;de;2026-10-25T{start};5;5;0;200" for start in starts))
    assert codes(read) == []
    assert utc(read) == ["24 23:30", "25 00:00", "25 00:30", "25 01:00", "25 01:30", "25 02:00"]


def test_the_hour_that_comes_twice_may_stand_once():
    read = told(*half_hours("2026-10-25", "01:30", "02:00", "02:30", "03:00"))
    assert codes(read) == []
    assert [note.code for note in read.notes] == ["once_of_two"]
    assert utc(read) == ["24 23:30", "25 00:00", "25 00:30", "25 02:00"]
    missing = told(*half_hours("2026-10-25", "01:30", "02:00", "03:00"))
    assert codes(missing) == [(4, "gap")]


def test_the_hour_that_does_not_exist_is_no_gap_and_no_place_for_calls():
    assert codes(told(*half_hours("2026-03-29", "01:00", "01:30", "03:00", "03:30"))) == []
    read = told(*half_hours("2026-03-29", "01:00", "01:30", "02:00", "03:00"))
    assert codes(read) == [(4, "no_such_time")]


def test_faults_are_counted_past_those_that_are_kept():
    read = told(*(["Service;de;never;5;5;0;200"] * 1500))
    assert (len(read.faults), read.count) == (1000, 1500)


def test_lines_are_taken_one_by_one():
    taken = 0

    def lines() -> Iterator[str]:
        nonlocal taken
        yield HEAD
        start = datetime(2025, 1, 1)  # noqa: DTZ001 local
        while True:
            taken += 1
            yield f"Service;de;{start + timedelta(minutes=30 * taken):%Y-%m-%d %H:%M};{'x' if taken == 90 else 1};1;0;1"
            if taken == 100:
                return

    stream = lines()
    head = [next(stream), next(stream)]
    read = volumes.read([*head, *stream], volumes.guess(head), zone=ZURICH, queues=None)
    assert codes(read) == [(91, "not_a_number")]


def test_an_empty_file_is_said():
    assert codes(told()) == [(0, "empty")]
    assert volumes.guess([]).missing == ("start", "offered", "queue")


def test_whatever_a_file_holds_every_fault_has_its_words_and_nothing_is_half_read():
    chance = random.Random(5)
    good = [
        HEAD,
        *(row for hour in range(8, 18) for row in half_hours(MONDAY, f"{hour:02d}:00", f"{hour:02d}:30")),
    ]
    signs = "0123456789:;,.-/ \"'\tTZ+apm\0é²½\u2028\ufeff"
    faulty = 0
    for _ in range(300):
        lines = list(good)
        for _ in range(chance.randint(1, 5)):
            line = chance.randrange(len(lines))
            at = chance.randrange(len(lines[line]) + 1)
            junk = "".join(chance.choices(signs, k=chance.randint(0, 4)))
            lines[line] = lines[line][:at] + junk + lines[line][at + chance.randint(0, 3) :]
        read = volumes.read(
            lines, volumes.guess(lines), zone=ZURICH, queues=["Service"], hours=[(480, 1080)] * 7
        )
        for fault in read.faults + read.notes:
            assert set(fault.words) == set(volumes.CODES[fault.code])
        assert not (read.faults and len(read.rows))
        faulty += bool(read.faults)
    assert faulty > 200


@pytest.mark.parametrize("above", ["sep=;\n", "Queue report\n1.9. to 30.9.\n\n"])
def test_lines_above_the_head_are_passed_over(above):
    lines = (
        above + "Datum;Zeit;Anrufe\n01.09.2026;08:00;1\n01.09.2026;08:30;1\n01.09.2026;09:00;many\n"
    ).splitlines(keepends=True)
    mapping = volumes.guess(lines)
    assert (mapping.head, mapping.above) == (("Datum", "Zeit", "Anrufe"), above.count("\n"))
    found = volumes.read(lines, replace(mapping, queue="all"), zone=ZURICH, queues=None)
    assert [(one.line, one.code) for one in found.faults] == [(above.count("\n") + 4, "not_a_number")]


def test_a_thousands_comma_that_parts_a_cell_is_a_fault_and_no_smaller_number():
    lines = [
        "date,time,offered\n",
        "2026-09-01,08:00,900,\n",
        "2026-09-01,08:30,9\n",
        "2026-09-01,09:00,1,200\n",
    ]
    found = volumes.read(lines, replace(volumes.guess(lines), queue="all"), zone=ZURICH, queues=None)
    assert [(one.line, one.code) for one in found.faults] == [(4, "more_cells")]
