"""`firsthand roster`, as somebody types it."""

import json
from pathlib import Path

import pytest

from firsthand.cli import main

EXAMPLES = Path(__file__).parents[2] / "docs/guide/examples"


def typed(capsys, *given: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["roster", *given])
    said = capsys.readouterr()
    return ended.value.code or 0, said.out, said.err


def test_the_front_week_of_the_guide_is_solved_and_its_answer_can_be_read_again(capsys, tmp_path):
    front = str(EXAMPLES / "front.json")
    code, out, err = typed(capsys, front, "--seconds", "30", "--workers", "4", "--json")
    found = json.loads(out)
    assert (code, found["status"], found["best"], found["bound"]) == (0, "optimal", 2, 2)
    assert sum(found["penalties"].values()) == found["best"]
    assert {"person", "day", "kind", "place"} == set(found["assignments"][0])
    assert "best" in err
    answer = tmp_path / "answer.json"
    answer.write_text(out)
    code, out, _ = typed(capsys, front, "--evaluate", str(answer), "--json")
    assert (code, json.loads(out)["cost"], json.loads(out)["missing"]) == (0, 2, [])
    code, out, _ = typed(capsys, front, "--start", str(answer), "--seconds", "5", "--json")
    assert json.loads(out)["best"] == 2


def test_an_empty_ward_is_not_what_the_rules_say(capsys, tmp_path):
    nobody = tmp_path / "nobody.json"
    nobody.write_text("[]")
    code, out, _ = typed(capsys, str(EXAMPLES / "ward.json"), "--evaluate", str(nobody))
    assert code == 1
    assert "- Ada has 4000 minutes too few." in out


def test_what_cannot_be_met_is_explained(capsys, tmp_path):
    data = json.loads((EXAMPLES / "ward.json").read_text())
    data["fairness"], data["demand"] = [], data["demand"][:3]
    data["demand"].append({"days": 4, "kinds": "night", "least": 9})
    file = tmp_path / "ward.json"
    file.write_text(json.dumps(data))
    code, out, _ = typed(capsys, str(file), "--seconds", "15", "--workers", "4", "--json")
    found = json.loads(out)
    assert (code, found["status"], found["best"], found["assignments"]) == (1, "infeasible", None, [])
    assert [one["code"] for one in found["missing"]] == ["demand_least"]
    assert found["missing"][0]["says"].endswith("missing night on day 4.")


@pytest.mark.parametrize(
    ("text", "more", "sentence"),
    [
        ("{", [], "this is not JSON"),
        ("{}", [], "instance: “days” is missing."),
        ("SECTION_HORIZON\nx", [], "no nurse-rostering instance"),
        ("{}", ["--seconds", "0"], "--seconds must be above 0"),
        ("{}", ["--workers", "0"], "--workers at least 1"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(capsys, tmp_path, text, more, sentence):
    file = tmp_path / "instance.json"
    file.write_text(text)
    code, out, err = typed(capsys, str(file), *more)
    assert (code, out) == (2, "")
    assert sentence in err


def test_a_file_that_is_not_there_is_a_sentence(capsys):
    code, _, err = typed(capsys, "nowhere.json")
    assert code == 2
    assert "nowhere.json: No such file" in err


def test_a_front_week_is_found_by_its_own_engine(capsys):
    """252 is proven the cheapest, by both engines (docs/guide/front-roster.md)."""
    code, out, err = typed(capsys, str(EXAMPLES / "front-roster.json"), "--seconds", "3", "--json")
    found = json.loads(out)
    assert code == 0
    assert found["bound"] <= 252 <= found["best"]
    assert "better" in err or "start" in err


def test_what_windows_writes_before_the_first_letter_is_no_fault(capsys, tmp_path):
    ward = tmp_path / "ward.json"
    ward.write_text((EXAMPLES / "ward.json").read_text(), encoding="utf-8-sig")
    nobody = tmp_path / "nobody.json"
    nobody.write_text("[]", encoding="utf-8-sig")
    code, out, err = typed(capsys, str(ward), "--evaluate", str(nobody))
    assert (code, err) == (1, "")
    assert "cost" in out


def test_a_time_that_is_no_number_is_refused(capsys):
    code, out, err = typed(capsys, str(EXAMPLES / "ward.json"), "--seconds", "nan")
    assert (code, out) == (2, "")
    assert "--seconds must be above 0" in err
