"""`firsthand forecast`, as somebody types it."""

import json
from pathlib import Path

import pytest

from firsthand.cli import main, volume_words
from firsthand.plan.pure import volumes

EXAMPLES = Path(__file__).parents[2] / "docs/guide/examples"
VOLUMES = str(EXAMPLES / "volumes.csv")


def typed(capsys, *given: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["forecast", *given])
    said = capsys.readouterr()
    return ended.value.code or 0, said.out, said.err


def test_the_example_of_the_guide_is_forecast(capsys):
    events = str(EXAMPLES / "events.json")
    code, out, _ = typed(
        capsys, VOLUMES, "--horizon-days", "14", "--events", events, "--holidays", "CH-ZH", "--json"
    )
    [found] = json.loads(out)["queues"]
    assert (code, found["queue"], found["language"], found["minutes"]) == (0, "Service", "de", 60)
    days = {day["date"]: day for day in found["days"]}
    assert len(days) == 14
    assert days["2026-10-10"]["closed"]
    monday = days["2026-10-19"]
    assert monday["q10"] < monday["q50"] < monday["q90"]
    assert monday["mean"] > 1.4 * days["2026-10-12"]["mean"], "the letters arrive"
    assert monday["intervals"][0]["start"] == "2026-10-19T08:00"
    assert sum(one["mean"] for one in monday["intervals"]) == pytest.approx(monday["mean"], abs=0.1)
    past = found["combination"]["past"]
    assert past["combination"]["wape"] < past["last_week"]["wape"]


def test_it_reads_like_a_report_and_shows_what_it_would_have_missed(capsys, tmp_path):
    file = tmp_path / "a-winter.csv"
    file.write_text("".join(Path(VOLUMES).read_text().splitlines(keepends=True)[:701]))
    code, out, _ = typed(capsys, str(file), "--horizon-days", "7", "--backtest", "--together")
    assert code == 0
    assert "Mon 2026-03-16" in out
    assert "closed" in out
    assert "forecasts of the past, 7 days ahead: days" in out
    assert "mean of four" in out


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (["--horizon-days", "0"], "--horizon-days: 1 to 400, not 0."),
        (["--horizon-days", "7", "--holidays", "CH-XX"], "“CH-XX” is no country, canton or Land"),
        (["--horizon-days", "7", "--zone", "Zurich"], "“Zurich” is no time zone"),
        (["--horizon-days", "7", "--closed", "tomorrow"], "“tomorrow” is no day"),
        (["--horizon-days", "7", "--queue", "Sales"], "There is no queue “Sales”"),
        (["--horizon-days", "7", "--events", "none.json"], "none.json: No such file or directory."),
    ],
    ids=["days", "place", "zone", "day", "queue", "events"],
)
def test_what_cannot_be_is_a_sentence(capsys, more, sentence):
    code, out, err = typed(capsys, VOLUMES, *more)
    assert code == 2
    assert sentence in err
    assert not out


def test_every_fault_of_a_file_is_told_with_its_line(capsys, tmp_path):
    bad = tmp_path / "bad.csv"
    head = "queue;start;offered\n"
    bad.write_text(head + "S;2026-10-05 08:00;-3\nS;2026-10-05 08:30;4\nS;2026-10-05 08:30;4\nS;never;1\n")
    code, out, err = typed(capsys, str(bad), "--horizon-days", "7")
    assert (code, out) == (2, "")
    assert "line 2: offered: “-3” is below 0." in err
    assert "line 5: “never” is no day and time." in err
    bad.write_bytes(b"\xff\xfe\x00")
    assert "this is not a text in UTF-8" in typed(capsys, str(bad), "--horizon-days", "7")[2]
    bad.write_text(head + "".join(f"S;2026-10-05 {hour:02d}:00;4\n" for hour in range(8, 18)))
    assert "“S”: 1 days are known, 21 are needed." in typed(capsys, str(bad), "--horizon-days", "7")[2]


def test_what_a_spreadsheet_wrote_is_read_as_on_the_pages_and_a_spreadsheet_itself_is_named(capsys, tmp_path):
    rows = Path(VOLUMES).read_text(encoding="utf-8").replace("Warteschlange", "Qualit\xe4t-Warteschlange")
    file = tmp_path / "ansi.csv"
    file.write_bytes(("sep=;\n" + "".join(rows.splitlines(keepends=True)[:701])).encode("cp1252"))
    assert typed(capsys, str(file), "--horizon-days", "1", "--together")[0] == 0
    file.write_bytes(b"PK\x03\x04 and so on")
    code, _, err = typed(capsys, str(file), "--horizon-days", "1")
    assert (code, "this is a spreadsheet or an archive. Save it as CSV." in err) == (2, True)


def test_an_interval_that_is_missing_can_mean_nobody_called(capsys, tmp_path):
    rows = Path(VOLUMES).read_text().splitlines(keepends=True)
    file = tmp_path / "gap.csv"
    file.write_text("".join(rows[:5] + rows[6:]))
    code, _, err = typed(capsys, str(file), "--horizon-days", "1")
    assert code == 2
    assert "intervals missing: 1." in err
    assert typed(capsys, str(file), "--horizon-days", "1", "--missing-is-zero")[0] == 0


def test_there_are_words_for_every_fault():
    assert volume_words.SAYS.keys() == volumes.CODES.keys()
    for code, words in volumes.CODES.items():
        assert volume_words.sentence(volumes.Fault(3, code, dict.fromkeys(words, "x")))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "this is not JSON"),
        ("{}", "a list “events” is missing."),
        ('[{"dates": ["2026-10-12"]}]', "event 1: a “name” is missing."),
        ('[{"name": "A"}]', "“A”: “dates” is a list of days"),
        ('[{"name": "A", "dates": ["12.10.2026"]}]', "“A”: Invalid isoformat string"),
        ('[{"name": "A", "dates": ["2026-10-12"], "factors": [1, 2]}]', "“A”: give one factor, or 1"),
        ('[{"name": "A", "dates": ["2026-10-12"], "factor": 0}]', "above 0"),
        ('[{"name": "A", "dates": ["2026-10-12"], "after": 90}]', "at most 60 days"),
        ('[{"name": "A", "dates": ["2026-10-12"], "shape": 1}]', "there is no “shape”"),
    ],
)
def test_events_that_cannot_be_are_named(capsys, tmp_path, text, sentence):
    file = tmp_path / "events.json"
    file.write_text(text)
    code, _, err = typed(capsys, VOLUMES, "--horizon-days", "7", "--events", str(file))
    assert code == 2
    assert sentence in err
