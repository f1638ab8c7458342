"""`firsthand screen notes`, as somebody types it: what is read, what is named, what is refused."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from firsthand.cli import main

PREGNANT = '{"id": 1, "text": "Sie ist schwanger.", "concern": "CH28"}'


@pytest.fixture
def typed(capsys, tmp_path):
    """The exit code, the objects that came out, what stood on stderr."""

    def give(content: bytes | str = PREGNANT, **options: str) -> tuple[int, list[dict], str]:
        notes = tmp_path / "notes.jsonl"
        notes.write_bytes(content if isinstance(content, bytes) else content.encode())
        more = []
        for name, text in options.items():
            option, _, ending = name.partition("_")
            file = tmp_path / f"{option}.{ending or 'tsv'}"
            file.write_bytes(text.encode())
            more += [f"--{option}", str(file)]
        with pytest.raises(SystemExit) as ended:
            main(["screen", "notes", str(notes), *more])
        said = capsys.readouterr()
        return ended.value.code or 0, [json.loads(line) for line in said.out.splitlines()], said.err

    return give


@pytest.mark.parametrize("content", ["﻿" + PREGNANT, PREGNANT + "\r\n", "\r\n\n" + PREGNANT])
def test_what_windows_writes_is_read(typed, content):
    code, out, err = typed(content)
    assert (code, [one["id"] for one in out], err) == (0, [1], "")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b'{"id": 1, "text": "Frau M\xfcller"}', "line 1: no UTF-8."),
        (b'{"id": 1, "text": "Frau \\ud800 Huber"}', "line 1: no UTF-8."),
        (b'{"id": NaN, "text": "Frau Huber"}', "line 1: no JSON."),
        (b"[" * 100_000, "line 1: no JSON."),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_all_others_go_on(typed, line, says):
    code, out, err = typed(line + b"\n" + PREGNANT.encode())
    assert code == 1
    assert [one["id"] for one in out] == [1]
    assert err == f"firsthand: {says}\n"
    assert "Huber" not in err


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"needs": "CH28\thealh\tno"}, "row 1: “healh” is none of ahv, card"),
        ({"needs": "CH28\thealth\tmaybe"}, "row 1: “maybe” is not yes or no"),
        ({"needs": "CH28\thealth\tno\tkeep"}, "row 1: “keep” is none of drop, seal"),
        ({"needs_json": '[{"where": 7, "category": "health", "needed": false}]'}, "row 1: where, category"),
        ({"needs_json": "{}"}, "is no list of rows"),
        ({"patterns": "health\tP-[0-9]+"}, "line 1: policy or claim, a tab"),
        ({"patterns": "policy\t("}, "line 1: policy or claim, a tab"),
        ({"patterns": "policy\t"}, "that needs at least one character"),
    ],
)
def test_a_wrong_table_is_named_before_the_first_note_is_screened(typed, options, says):
    code, out, err = typed(**options)
    assert (code, out) == (2, [])
    assert says in err
    assert err.endswith("Nothing was screened.\n")


def test_a_file_that_is_not_there_is_no_line_that_cannot_be_read(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["screen", "notes", "/nowhere/notes.jsonl"])
    assert ended.value.code == 2
    assert capsys.readouterr().err == (
        "firsthand: /nowhere/notes.jsonl cannot be read: No such file or directory. Nothing was screened.\n"
    )


def shell(line: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", line], capture_output=True, encoding="utf-8", timeout=60, check=False,
        env={"PATH": str(Path(sys.executable).parent) + ":/usr/bin:/bin", "LC_ALL": "C", "PYTHONUTF8": "0"},
    )  # fmt: skip


def test_a_pipe_that_closes_early_is_no_fault_of_the_file(tmp_path):
    notes = tmp_path / "notes.jsonl"
    notes.write_text(f"{PREGNANT}\n" * 3_000)
    done = shell(f"python -m firsthand screen notes {notes} | head -1; echo ${{PIPESTATUS[0]}}")
    assert done.stderr == ""
    first, code = done.stdout.splitlines()
    assert json.loads(first)["text"] == "[…]."  # UTF-8 in every locale
    assert code == "0"


def test_a_disk_that_is_full_and_an_input_that_is_closed_are_told_apart():
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    done = shell(f"echo '{PREGNANT}' | python -m firsthand screen notes > /dev/full; echo $?")
    assert done.stdout == "2\n"
    assert done.stderr.startswith("firsthand: The disk is full.")
    done = shell("python -m firsthand screen notes <&-; echo $?")
    assert (done.stdout, done.stderr) == ("0\n", "")
