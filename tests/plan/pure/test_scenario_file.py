"""What cannot be is one sentence that says where in the file."""

from __future__ import annotations

import copy
import json

import pytest

from firsthand.plan.pure import simulation

GOOD = {
    "periods": {"length": 1800, "count": 4},
    "call_types": {
        "de": {
            "arrivals_per_hour": [10, 20, 20, 10],
            "patience": {"kind": "exponential", "mean": 180},
            "goes_to": ["helpers", {"group": "seniors", "after": 30}],
            "service": {"kind": "gamma", "mean": 200, "shape": 2},
            "redial": {"probability": 0.5, "delay": 600},
            "offer": {"after": 60, "becomes": "back"},
            "transfers": [{"to": "back", "share": 0.1}],
        },
        "back": {"goes_to": ["seniors"], "service": 100},
    },
    "groups": {
        "helpers": {
            "agents": 5,
            "takes": ["de"],
            "asks": [{"groups": ["seniors"], "share": 0.2, "time": 60}],
        },
        "seniors": {"agents": [1, 2, 2, 1], "shrinkage": 0.1},
    },
}


def test_the_good_one_is_read():
    read = simulation.read(GOOD)
    assert [one.name for one in read.types] == ["de", "back"]
    assert read.types[0].rates[1] == pytest.approx(20 / 3600)
    assert read.groups[1].takes[0].after == 30  # whoever does not say what it takes, takes what goes to it


def changed(path: str, value: object) -> dict:
    scenario = copy.deepcopy(GOOD)
    at: object = scenario
    *way, last = [int(part) if part.isdecimal() else part for part in path.split("/")]
    for part in way:
        at = at[part]  # type: ignore[index]
    if value is KeyError:
        del at[last]  # type: ignore[attr-defined]
    else:
        at[last] = value  # type: ignore[index]
    return scenario


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (
            "call_types/de/arrivals_per_hour",
            -5,
            "call_types.de.arrivals_per_hour: a number of 0 or more, not -5.",
        ),
        (
            "call_types/de/arrivals_per_hour",
            [1, 2, -3, 4],
            "call_types.de.arrivals_per_hour[2]: a number of 0",
        ),
        (
            "call_types/de/arrivals_per_hour",
            [1, 2, 3],
            "call_types.de.arrivals_per_hour: 3 values for 4 periods",
        ),
        ("call_types/de/arrivals_per_hour", 0, "call_types: nobody ever calls"),
        ("call_types/de/arrivals_per_hour", "many", 'a number of 0 or more, not "many".'),
        ("call_types/de/arrivals_per_hour", True, "not true."),
        (
            "call_types/de/arrivals_per_period",
            5,
            "call_types.de: give arrivals per hour or per period, not both.",
        ),
        (
            "call_types/de/colour",
            "red",
            "call_types.de.colour: not known here; there are “arrivals_per_hour”",
        ),
        (
            "call_types/de/goes_to",
            ["nobody"],
            "call_types.de.goes_to[0]: the name of a group (“helpers” or “seniors”)",
        ),
        ("call_types/de/goes_to", [], "call_types.de.goes_to: a list with at least one group, not []."),
        ("call_types/de/goes_to", ["helpers", "helpers"], "call_types.de.goes_to[1]: “helpers” stands twice"),
        ("call_types/de/goes_to", KeyError, "call_types.de: “goes_to” is missing."),
        ("call_types/de/goes_to/1/after", -1, "call_types.de.goes_to[1].after: a number of 0 or more"),
        ("call_types/de/service", KeyError, "call_types.de: no “service” time for the group “helpers”."),
        ("call_types/de/service", {"mean": 3}, "call_types.de.service: “kind” is missing."),
        ("call_types/de/service", {"kind": "normal"}, "call_types.de.service.kind: “never”, “constant”"),
        ("call_types/de/service", {"kind": "gamma", "mean": 3}, "call_types.de.service: “shape” is missing."),
        (
            "call_types/de/service",
            {"kind": "exponential", "mean": 0},
            "service.mean: a number above 0, not 0.",
        ),
        (
            "call_types/de/service",
            {"kind": "exponential", "sd": 1},
            "call_types.de.service.sd: not known here",
        ),
        ("call_types/de/service", {"kind": "never"}, "call_types.de.service: times that end"),
        (
            "call_types/de/service",
            {"kind": "uniform", "low": 5, "high": 2},
            "the numbers must rise: low, high.",
        ),
        ("call_types/de/service", None, "no “service” time"),
        (
            "call_types/de/service_by_group",
            {"x": 3},
            "call_types.de.service_by_group.x: there is no group “x”.",
        ),
        ("call_types/de/balk", 1.5, "call_types.de.balk: a number from 0 to 1, not 1.5."),
        ("call_types/de/busyness", "weather", "call_types.de.busyness: a number (the shape"),
        ("call_types/de/redial/probability", 2, "call_types.de.redial.probability: a number from 0 to 1"),
        ("call_types/de/redial/delay", 0, "call_types.de.redial.delay: a time above 0"),
        (
            "call_types/de/offer/becomes",
            "de",
            "call_types.de.offer.becomes: a type that itself makes offers.",
        ),
        ("call_types/de/transfers/0/to", "fr", "call_types.de.transfers[0].to: the name of a call type"),
        (
            "call_types/de/transfers",
            [{"to": "de"}],
            "call_types.de.transfers: these calls are passed on for ever.",
        ),
        (
            "call_types/de/transfers",
            [{"to": "back", "share": 0.6}] * 2,
            "the shares add up to 1.2; more than 1",
        ),
        ("call_types", {}, "call_types: an object with at least one call type by name, not {}."),
        (
            "groups/helpers/agents",
            0,
            "groups.helpers.agents: at least one agent in at least one period, not 0.",
        ),
        ("groups/helpers/agents", -1, "groups.helpers.agents: a whole number from 0 to 100,000, not -1."),
        ("groups/helpers/agents", 2.5, "groups.helpers.agents: a whole number"),
        ("groups/helpers/agents", KeyError, "groups.helpers: “agents” is missing."),
        (
            "groups/seniors/shrinkage",
            1,
            "groups.seniors.shrinkage: shares below 1: at 1 nobody is ever there",
        ),
        ("groups/helpers/takes", ["fr"], "groups.helpers.takes[0]: the name of a type (“de” or “back”)"),
        ("groups/helpers/takes", ["de", "back"], ""),
        ("groups/helpers/learning", [], "groups.helpers.learning: a list with a factor for the first day"),
        (
            "groups/helpers/asks/0/groups",
            ["helpers"],
            "groups.helpers.asks[0].groups: other groups than this one",
        ),
        ("groups/helpers/asks/0/share", 7, "groups.helpers.asks[0].share: a number from 0 to 1, not 7."),
        (
            "groups/helpers/asks",
            [{"groups": ["seniors"], "share": 1, "time": 1}] * 2,
            "asks[1]: an earlier entry",
        ),
        (
            "groups/helpers/asks/0/if_busy",
            "hope",
            'groups.helpers.asks[0].if_busy: “wait” or “skip”, not "hope".',
        ),
        (
            "periods",
            {"length": 60, "lengths": [60]},
            "periods: give either “length” with “count”, or “lengths”.",
        ),
        ("periods/length", 0, "periods.length: a number above 0, not 0."),
        ("periods/count", 0, "periods.count: a whole number from 1"),
        ("periods/warm_up", 4, "periods.warm_up: fewer than the 4 periods there are, not 4."),
        ("periods/after_last", "sleep", 'periods.after_last: “empty”, “stop” or “clear”, not "sleep".'),
        ("time_unit", "days", 'time_unit: “seconds”, “minutes” or “hours”, not "days".'),
        ("lines", 0, "lines: a whole number from 1"),
        ("call_types/de/arrivals_per_hour", 1e12, "call_types: more than 5,000,000 calls a day"),
        ("confidence", 1, "confidence: a number from 0.5 to 0.9999, not 1."),
        ("service_level", "80/20", "service_level: “arrived”, “entered”"),
        ("days", 0, "days: a whole number from 1 to 10,000, not 0."),
        ("groups", [], "groups: an object with at least one group by name, not []."),
    ],
)
def test_what_cannot_be(path, value, sentence):
    if not sentence:
        simulation.read(changed(path, value))
        return
    with pytest.raises(simulation.Unreadable) as refused:
        simulation.read(changed(path, value))
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"periods": {"length": 1},}', "this is not JSON"),
        ('{"lines": 1, "lines": 2}', "“lines” stands twice in the same object; keep one."),
        ('{"lines": NaN}', "NaN is not a number of JSON"),
        ('{"periods": {"length": 1e999}}', "periods.length: a number above 0, not Infinity."),
        ("[]", "the scenario: an object with"),
        ("[" * 100_000, "this is nested too deeply"),
        ("", "line 1, column 1: this is not JSON"),
    ],
    ids=["comma", "twice", "NaN", "infinite", "list", "deep", "empty"],
)
def test_what_is_no_scenario_file(text, sentence):
    with pytest.raises(simulation.Unreadable) as refused:
        simulation.load(text)
    assert sentence in str(refused.value)


def test_a_pattern_repeats():
    scenario = copy.deepcopy(GOOD)
    scenario["periods"]["repeat"] = 3
    read = simulation.load(json.dumps(scenario))
    assert read.periods == 12
    assert read.types[0].rates[4:8] == read.types[0].rates[:4]
