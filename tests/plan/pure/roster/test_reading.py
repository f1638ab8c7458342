"""An instance from JSON, and from the text format of the public nurse-rostering instances."""

import copy
import json
from pathlib import Path

import pytest

from firsthand.plan.pure.roster import nsp, reading
from firsthand.plan.pure.roster.evaluate import evaluate
from firsthand.plan.pure.roster.instance import Run, Total
from firsthand.plan.pure.simulation.reading import Unreadable

EXAMPLES = Path(__file__).parents[4] / "docs/guide/examples"
SMALL = {
    "days": 7,
    "weekday": 2,
    "kinds": {"early": {"start": "07:00", "end": "15:00"}, "night": {"start": "22:00", "end": "06:00"}},
    "skills": ["senior"],
    "rules": {"full": [{"count": "minutes", "most": 2400}, {"run": "work", "least": 2, "most": 5}]},
    "people": {"Ada": {"skills": "senior", "rules": "full", "off": "sat"}, "Beat": {}},
    "demand": [{"days": [0, 1], "kinds": ["early", "night"], "wanted": 1, "under": 9}],
}

NURSES = """\
# by hand
SECTION_HORIZON
7

SECTION_SHIFTS
E,480,
L,480,E

SECTION_STAFF
# who, most of each, most minutes, least, most in a row, least, least off, most weekends
A,E=7|L=1,2400,960,5,2,2,1
B,E=0|L=7,1920,0,5,1,1,0

SECTION_DAYS_OFF
A,6

SECTION_SHIFT_ON_REQUESTS
A,0,E,2

SECTION_SHIFT_OFF_REQUESTS
B,1,L,3

SECTION_COVER
0,E,1,100,1
1,L,2,100,1
"""


def changed(*path_and_value):
    data = copy.deepcopy(SMALL)
    *path, last, value = path_and_value
    at = data
    for name in path:
        at = at[name]
    at[last] = value
    return data


def test_names_become_numbers_and_lists_become_rows():
    read = reading.instance(SMALL)
    ada, beat = read.people
    assert (read.days, read.weekday, [kind.minutes for kind in read.kinds]) == (7, 2, [480, 480])
    assert read.kinds[1].end == 30 * 60
    assert ada.off == {3}  # day 0 is a Wednesday
    assert ada.totals == (Total("minutes", (tuple(range(7)),), 0, 2400),)
    assert ada.runs == (Run("work", 2, 5),)
    assert [(row.days, sorted(row.kinds)) for row in read.demands] == [
        ((0,), [0]),
        ((0,), [1]),
        ((1,), [0]),
        ((1,), [1]),
    ]
    assert beat.totals == ()


def test_weeks_begin_on_monday_and_rolling_windows_roll():
    week = reading.instance(
        changed("people", "Beat", {"rules": [{"count": "shifts", "per": "week", "most": 3}]})
    )
    assert week.people[1].totals[0].windows == ((0, 1, 2, 3, 4), (5, 6))
    rolling = reading.instance(
        changed("people", "Beat", {"rules": [{"count": "shifts", "per": 6, "most": 3}]})
    )
    assert rolling.people[1].totals[0].windows == ((0, 1, 2, 3, 4, 5), (1, 2, 3, 4, 5, 6))


def test_one_row_for_all_if_it_is_a_sum():
    data = changed("demand", [{"days": "all", "sum": True, "skills": "senior", "least": 2}])
    (row,) = reading.instance(data).demands
    assert (row.days, row.skills, row.least) == (tuple(range(7)), {0}, 2)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (changed("days", 0), "instance.days: a whole number from 1 to 1,000, not 0."),
        (changed("people", {}), "instance.people: an object with at least one person by name, not {}."),
        (changed("peple", {}), "instance.peple: not known here; there are"),
        (
            changed("people", "Ada", "rules", "halb"),
            "instance.people.Ada.rules: a rule, or the name of a set",
        ),
        (
            changed("people", "Ada", "off", [7]),
            "instance.people.Ada.off[0]: a whole number from 0 to 6, not 7.",
        ),
        (changed("people", "Ada", "skills", "boss"), "instance.people.Ada.skills: the name of a skill"),
        (changed("demand", 0, "wanted", -1), "instance.demand[0].wanted: a whole number from 0"),
        (changed("demand", 0, "kinds", "late"), "instance.demand[0].kinds: the name of a kind of shift"),
        (
            changed("demand", 0, "places", "hall"),
            "instance.demand[0].places: the instance names no places.",
        ),
        (changed("kinds", "early", "start", "25:00"), "instance.kinds.early.start: a time like 07:30"),
        (
            changed("rules", "full", [{"run": "work"}]),
            "instance.rules.full[0]: give “least” or “most”.",
        ),
        (
            changed("rules", "full", [{"count": "shifts", "least": 3, "most": 2}]),
            "“least” 3 is more than “most” 2",
        ),
        (changed("starts_on", "2026-11-02"), "the date of “starts_on” says it already"),
        (changed("locked", [{"person": "Zoe", "day": 0, "kind": "early"}]), "the name of one of the people"),
        (
            changed("first", [{"training": "early", "then": ["early"]}]),
            "a kind cannot be both training and what comes after it",
        ),
        ([], "instance: an object with"),
        ({}, "instance: “days” is missing."),
    ],
)
def test_what_cannot_be_is_a_sentence_with_its_place(data, sentence):
    with pytest.raises(Unreadable) as no:
        reading.instance(data)
    assert sentence in str(no.value)


@pytest.mark.parametrize("name", ["ward", "front"])
def test_a_roster_is_written_and_read_back(name):
    instance = reading.instance(json.loads((EXAMPLES / f"{name}.json").read_text()))
    cells = [(person, *cell) for person, cells in enumerate(instance.cells) for cell in cells[:2]]
    rows = reading.Written(instance).rows(map(reading.Assignment._make, cells))
    node = reading.Node(json.loads(json.dumps(rows)), "assignments")
    assert list(reading.assignments(node, reading.names_of(instance))) == sorted(cells)


def test_a_nurse_instance_is_read_with_all_its_rules():
    read = nsp.instance(NURSES)
    ada, ben = read.people
    assert ada.off == {6}
    assert {(0, 0), (6, 0)} <= ben.blocked
    assert [(one.measure, one.least, one.most) for one in ada.totals] == [
        ("minutes", 960, 2400),
        ("weekends", 0, 1),
        ("shifts", 0, 1),
    ]
    assert (ada.runs[0].least, ada.runs[0].most, ada.runs[1].least) == (2, 5, 2)
    assert read.successors == (frozenset({0, 1}), frozenset({1}))
    # Ada early on days 0 and 1: her wish is met, both late on day 1 are missing; Ben does nothing
    assert evaluate(read, [(0, 0, 0, 0), (0, 1, 0, 0)]).penalties == {"under": 200}


@pytest.mark.parametrize("text", ["SECTION_HORIZON\n7\n", NURSES.replace("E,480,", "E,long,"), ""])
def test_what_is_no_nurse_instance_is_a_sentence(text):
    with pytest.raises(Unreadable, match="no nurse-rostering instance"):
        nsp.instance(text)
