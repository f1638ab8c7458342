"""`firsthand staffing --intervals`, as somebody types it."""

import csv
import io
import json
from pathlib import Path

import pytest

from firsthand.cli import main

EXAMPLE = Path(__file__).parents[2] / "docs/guide/examples/intervals.csv"
TARGET = ["--service-level", "0.8", "--within-seconds", "20"]


def typed(capsys, *more: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["staffing", *more])
    said = capsys.readouterr()
    return ended.value.code or 0, said.out, said.err


def test_the_example_of_the_guide_runs(capsys):
    code, out, _ = typed(capsys, "--model", "a", "--intervals", str(EXAMPLE), *TARGET, "--shrinkage", "0.3")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert [row["agents"] for row in rows] == ["13", "19", "25", "6", "9", "11", "3", "4", "5"]
    assert rows[0] | {"start": "2026-10-06T08:00", "language": "de", "rostered": "19"} == rows[0]


def test_lines_of_json_give_lines_of_json(capsys, tmp_path):
    file = tmp_path / "intervals.jsonl"
    lines = [
        {"start": "08:00", "arrivals_per_hour": 200, "aht_seconds": 180, "shrinkage": 0.3},
        {"start": "08:30", "arrivals_per_hour": 684, "aht_seconds": 300, "within_seconds": 30},
    ]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    _, out, _ = typed(capsys, "--model", "c", "--intervals", str(file), *TARGET, "--json")
    first, second = (json.loads(line) for line in out.splitlines())
    assert (first["start"], first["agents"], first["rostered"]) == ("08:00", 14, 20)
    assert first["service_level"] == pytest.approx(0.88835, abs=1e-6)
    assert second["agents"] == 63


def test_so_many_agents_are_rated_line_by_line(capsys, tmp_path):
    file = tmp_path / "intervals.csv"
    file.write_text("arrivals_per_hour;aht_seconds\n200;180\n2000;180\n")
    given = ["--model", "c", "--intervals", str(file), "--agents", "14", "--within-seconds", "20", "--json"]
    _, out, _ = typed(capsys, *given)
    good, bad = (json.loads(line) for line in out.splitlines())
    assert good["asa_seconds"] == pytest.approx(7.836, abs=1e-3)
    assert (bad["service_level"], bad["asa_seconds"]) == (0, None)


HEAD = "start,arrivals_per_hour,aht_seconds\n"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "there is no interval in it"),
        (HEAD + "8,-1,180\n", "Line 2: arrivals_per_hour “-1”: a number of 0 or more."),
        (HEAD + "8,1,0\n", "Line 2: aht_seconds “0”: a number above 0."),
        (HEAD + "8,many,9\n", "Line 2: arrivals_per_hour “many”"),
        (HEAD + "8,,9\n", "Line 2: arrivals_per_hour is empty."),
        (HEAD + "8,1,9\n8,1,9\n", "Line 3: start 8 stands in line 2 too; keep one."),
        (HEAD + "8,1\n", "line 2: 2 values for 3 columns."),
        ("start,shrinkage,arrivals_per_hour,aht_seconds\n8,1,1,9\n", "at 1 nobody is ever there"),
        ("start,arrivals_per_hour\n8,1\n", "“aht_seconds” is neither a column nor given as --aht-seconds."),
        ("start,start\n", "a column stands twice"),
        ('{"arrivals_per_hour": 1,\n', "line 1: this is not JSON"),
        ('{"arrivals_per_hour": 1}\n[]', "line 2: one object a line is wanted."),
    ],
    ids=range(12),
)
def test_a_bad_file_is_said_by_line_and_nothing_is_computed(capsys, tmp_path, content, sentence):
    file = tmp_path / "bad.csv"
    file.write_text(content)
    code, out, err = typed(capsys, "--model", "c", "--intervals", str(file), *TARGET)
    assert code == 2
    assert sentence in err
    assert not out


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (["--model", "a", *TARGET], "“patience_seconds” is neither a column nor given"),
        (["--model", "c", "--patience-seconds", "9", *TARGET], "Model c has no patience"),
        (["--model", "c", "--max-occupancy", "0", "--within-seconds", "20"], "line 2: no number of agents"),
        (["--model", "c"], "Give either --agents or a target"),
    ],
    ids=["patience", "no patience", "impossible", "no target"],
)
def test_what_the_command_lacks_is_a_sentence(capsys, tmp_path, more, sentence):
    file = tmp_path / "good.csv"
    file.write_text(HEAD + "8,100,180\n")
    code, out, err = typed(capsys, "--intervals", str(file), *more)
    assert code == 2
    assert sentence in err
    assert not out


def test_a_file_that_is_not_there_is_named(capsys):
    code, _, err = typed(capsys, "--model", "c", "--intervals", "none.csv", *TARGET)
    assert (code, "none.csv: No such file" in err) == (2, True)


def test_without_a_file_one_interval_must_be_whole(capsys):
    code, _, err = typed(capsys, "--model", "c", *TARGET)
    assert (code, "--arrivals-per-hour is missing" in err) == (2, True)


def test_a_cell_without_end_is_named(capsys, tmp_path):
    file = tmp_path / "huge.csv"
    file.write_text(f"start,arrivals_per_hour,aht_seconds\n{'x' * 200_000},1,1\n")
    code, out, err = typed(capsys, "--model", "c", "--intervals", str(file), *TARGET)
    assert (code, out) == (2, "")
    assert err == f"firsthand: {file}: field larger than field limit (131072)\n"
