"""`firsthand staffing`, as somebody types it."""

import json

import pytest

from firsthand.cli import main

CALLS = ["staffing", "--arrivals-per-hour", "200", "--aht-seconds", "180", "--within-seconds", "20"]


def typed(capsys, *more: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main([*CALLS, *more])
    said = capsys.readouterr()
    return ended.value.code or 0, said.out, said.err


def test_it_says_how_many(capsys):
    code, out, _ = typed(capsys, "--model", "c", "--service-level", "0.8", "--shrinkage", "0.3", "--json")
    found = json.loads(out)
    assert code == 0
    assert (found["agents"], found["rostered"]) == (14, 20)
    assert found["service_level"] == pytest.approx(0.88835, abs=1e-6)


def test_it_says_how_good_so_many_are(capsys):
    _, out, _ = typed(capsys, "--model", "a", "--patience-seconds", "180", "--agents", "12", "--json")
    assert json.loads(out)["service_level"] > 0.8


def test_a_queue_that_only_grows_has_no_average_speed_of_answer(capsys):
    _, out, _ = typed(capsys, "--model", "c", "--agents", "5", "--json")
    assert json.loads(out)["asa_seconds"] is None


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (["--model", "c"], "Give either --agents or a target"),
        (["--model", "c", "--agents", "9", "--service-level", "0.8"], "Give either --agents or a target"),
        (["--model", "a", "--agents", "9"], "Model a needs --patience-seconds"),
        (["--model", "c", "--agents", "9", "--shrinkage", "1"], "Shrinkage is a share"),
        (["--model", "c", "--agents", "-9"], "Agents are 0 to"),
        (["--model", "c", "--agents", "0"], "with nobody there no call is answered"),
    ],
    ids=["nothing", "both", "no patience", "shrinkage", "negative", "nobody"],
)
def test_what_cannot_be_is_a_sentence(capsys, more, sentence):
    code, out, err = typed(capsys, *more)
    assert code == 2
    assert sentence in err
    assert not out
