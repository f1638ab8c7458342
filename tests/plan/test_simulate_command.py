"""`firsthand simulate`, as somebody types it."""

import json
from pathlib import Path

import pytest

from firsthand.cli import main

EXAMPLES = Path(__file__).parents[2] / "docs/guide/examples"


def typed(capsys, *given: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["simulate", *given])
    said = capsys.readouterr()
    return ended.value.code or 0, said.out, said.err


@pytest.mark.parametrize("name", ["consults.json", "day.json", "season.json"])
def test_every_example_of_the_guide_runs(capsys, name):
    code, out, _ = typed(capsys, str(EXAMPLES / name), "--days", "3", "--seed", "7", "--json")
    found = json.loads(out)
    assert (code, found["runs"], found["seed"]) == (0, 3, 7)
    level = found["all"]["service_level"]
    assert 0 < level["low"] <= level["mean"] <= level["high"] <= 1.2
    assert len(found["periods"]["all"]["arrived"]["mean"]) == len(found["periods"]["start"])


def test_it_reads_like_a_report(capsys):
    code, out, _ = typed(capsys, str(EXAMPLES / "consults.json"), "--days", "5")
    assert code == 0
    assert "5 runs, seed 1; mean and 95 % interval" in out
    assert "specialists" in out


def test_one_day_has_no_interval(capsys):
    _, out, _ = typed(capsys, str(EXAMPLES / "consults.json"), "--days", "1", "--json")
    assert json.loads(out)["all"]["arrived"]["low"] is None


def test_it_searches_and_says_why_erlang_differs(capsys):
    given = [str(EXAMPLES / "consults.json"), "--search", "--service-level", "0.8", "--days", "8"]
    _, out, _ = typed(capsys, *given, "--json")
    found = json.loads(out)
    assert found["erlang"]["agents_erlang_a"] == 42
    assert "consults" in found["erlang"]["differs_because"]
    assert found["result"]["all"]["service_level"]["mean"] >= 0.8
    _, out, _ = typed(capsys, *given, "--groups", "helpers")
    assert "The smallest staffing: helpers 4" in out


def test_it_finds_a_number_for_each_period(capsys, tmp_path):
    scenario = json.loads((EXAMPLES / "consults.json").read_text())
    scenario["periods"] = {"length": 1800, "count": 2, "after_last": "empty"}
    scenario["call_types"]["de"]["arrivals_per_hour"] = [60, 120]
    file = tmp_path / "morning.json"
    file.write_text(json.dumps(scenario))
    given = [str(file), "--search", "--by-period", "--service-level", "0.8", "--days", "10"]
    _, out, _ = typed(capsys, *given, "--json")
    found = json.loads(out)
    assert found["agents"]["helpers"][0] < found["agents"]["helpers"][1]
    _, out, _ = typed(capsys, *given)
    assert "period  helpers  specialists  service level" in out
    assert "\n    0:30  " in out


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (["--search"], "--search needs a target"),
        (["--service-level", "0.8"], "A target is for --search"),
        (["--by-period"], "--by-period is for --search."),
        (["--days", "0"], "The number of days to simulate is 1 to"),
        (["--threads", "0"], "--threads: at least 1, not 0."),
        (["--search", "--service-level", "1"], "Service level: a share from 0 to below 1, not 1.0."),
        (["--search", "--service-level", "0.8", "--groups", "x"], "There is no group “x”"),
    ],
    ids=["no target", "target alone", "period alone", "no days", "no threads", "all", "group"],
)
def test_what_cannot_be_is_a_sentence(capsys, more, sentence):
    code, out, err = typed(capsys, str(EXAMPLES / "consults.json"), *more)
    assert code == 2
    assert sentence in err
    assert not out


def test_a_file_that_cannot_be_read_is_named(capsys, tmp_path):
    bad = tmp_path / "bad.json"
    for content, sentence in [
        (b'{"periods": {}}', "bad.json: the scenario: “call_types” is missing."),
        (b"\xff\xfe", "bad.json: this is not a text in UTF-8."),
    ]:
        bad.write_bytes(content)
        code, _, err = typed(capsys, str(bad))
        assert code == 2
        assert sentence in err or "periods" in err
    code, _, err = typed(capsys, str(tmp_path / "none.json"))
    assert code == 2
    assert "none.json: No such file or directory." in err
