"""`firsthand screen notes`: what free texts give away, line by line, without a database and without
Django.
"""

import argparse
import contextlib
import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from firsthand.cli.halt import Halt
from firsthand.protect.pure.categories import Action, Category
from firsthand.protect.pure.needs import DEFAULT, Needs, Row
from firsthand.protect.pure.screen import Screened, screen

LANGUAGES = frozenset({"de", "fr", "it", "en"})
LONGEST = 200_000  # letters of a note; what is longer is no note
WRONG = 1  # exit code: some lines could not be read, all others were
BOM = b"\xef\xbb\xbf"  # what Windows writes before the first line
OTHERWISE = (Action.DROP, Action.SEAL)
OWN_NUMBERS = {Category.POLICY, Category.CLAIM}
Chosen = TypeVar("Chosen", Category, Action)
Own = list[tuple[Category, "re.Pattern[str]"]]


def run(given: argparse.Namespace) -> int:
    needs = DEFAULT.with_rows(list(_rows(Path(given.needs)))) if given.needs else DEFAULT
    own = _patterns(Path(given.patterns)) if given.patterns else []
    with _opened(given.file) as lines:
        return _screened(lines, needs, own)


def _screened(lines: Iterator[bytes], needs: Needs, own: Own) -> int:
    code = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            asked = _asked(line.removeprefix(BOM) if number == 1 else line)
        except ValueError as wrong:
            # The text of the line is never repeated: it may hold what nobody should read in a log.
            print(f"firsthand: line {number}: {wrong}", file=sys.stderr)
            code = WRONG
            continue
        found = screen(asked["text"], lang=asked["lang"], concern=asked["concern"], needs=needs, own=own)
        print(json.dumps({"id": asked["id"], **_said(found)}, ensure_ascii=False), flush=True)
    return code


def _asked(line: bytes) -> dict[str, Any]:
    try:
        asked = json.loads(line.decode())
        # Half a character and NaN cannot be written again.
        json.dumps(asked, ensure_ascii=False, allow_nan=False).encode()
    except UnicodeError:
        raise ValueError("no UTF-8.") from None
    except (ValueError, RecursionError):
        raise ValueError("no JSON.") from None
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
        raise ValueError('no object with a "text".')
    if len(asked["text"]) > LONGEST:
        raise ValueError(f"the text is longer than {LONGEST} letters.")
    lang, concern = asked.get("lang", "de"), asked.get("concern") or ""
    if not isinstance(lang, str) or lang[:2] not in LANGUAGES:
        raise ValueError('"lang" is de, fr, it or en.')
    if not isinstance(concern, str):
        raise ValueError('"concern" is a code like CH28.')
    return {"id": asked.get("id"), "text": asked["text"], "lang": lang[:2], "concern": concern}


def _said(found: Screened) -> dict[str, Any]:
    findings = [
        {
            "start": finding.start,
            "end": finding.end,
            "category": finding.category.value,
            "needed": finding.needed,
            "action": finding.action.value,
        }
        for finding in found.findings
    ]
    return {"findings": findings, "text": found.text}


@contextlib.contextmanager
def _opened(name: str) -> Iterator[Iterator[bytes]]:
    """Its lines, as bytes: one that is no UTF-8 is named, and no letter of it guessed."""
    if name == "-":
        yield _lines(sys.stdin.buffer, name)
        return
    with contextlib.ExitStack() as open_files:
        try:
            file = open_files.enter_context(Path(name).open("rb"))
        except OSError as wrong:
            raise Halt(f"{name} cannot be read: {wrong.strerror}. Nothing was screened.") from None
        yield _lines(file, name)


def _lines(file: BinaryIO, name: str) -> Iterator[bytes]:
    """Only what goes wrong while reading is said of this file: writing has troubles of its own."""
    while True:
        try:
            line = file.readline()
        except OSError as wrong:
            raise Halt(f"{name} cannot be read to its end: {wrong.strerror}.") from None
        if not line:
            return
        yield line


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as wrong:
        raise Halt(f"{path} cannot be read: {wrong.strerror}. Nothing was screened.") from None
    except UnicodeDecodeError:
        raise Halt(f"{path} is no text in UTF-8. Save it as UTF-8; nothing was screened.") from None


def _table(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of a tab-separated file, with their line numbers; "#" begins a comment."""
    for number, line in enumerate(_read(path).splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield number, [cell.strip() for cell in line.split("\t")]


def _rows(path: Path) -> Iterator[Row]:
    """JSON `[{"where": "CH28", "category": "health", "needed": true, "otherwise": "drop"}]`, or the
    same as TSV.
    """
    cells = _json_cells(path) if path.suffix == ".json" else list(_table(path))
    for number, (where, category, needed, *otherwise) in _four(path, cells):
        try:
            action = _one_of(OTHERWISE, otherwise[0] if otherwise and otherwise[0] else "drop")
            yield Row(where, _one_of(Category, category), _yes(needed), action)
        except ValueError as wrong:
            raise Halt(f"{path}, row {number}: {wrong}. Nothing was screened.") from None


def _one_of(choices: Iterable[Chosen], said: str) -> Chosen:
    known = {choice.value: choice for choice in choices}
    if said not in known:
        raise ValueError(f"“{said}” is none of {', '.join(known)}")
    return known[said]


def _json_cells(path: Path) -> list[tuple[int, list[str]]]:
    try:
        rows = json.loads(_read(path))
        if not isinstance(rows, list):
            raise TypeError
        return [
            (at, [row["where"], row["category"], str(row["needed"]).lower(), row.get("otherwise", "")])
            for at, row in enumerate(rows, start=1)
        ]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Halt(
            f"{path} is no list of rows with where, category and needed. Nothing was screened."
        ) from None


def _four(path: Path, cells: list[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    for number, row in cells:
        if len(row) not in (3, 4) or not all(isinstance(cell, str) for cell in row) or not row[0]:
            raise Halt(
                f"{path}, row {number}: where, category, needed (yes or no), and if not: drop or seal. "
                "Nothing was screened."
            )
        yield number, row


def _yes(word: str) -> bool:
    if word.lower() in {"yes", "true", "+"}:
        return True
    if word.lower() in {"no", "false", "-"}:
        return False
    raise ValueError(f"“{word}” is not yes or no")


def _patterns(path: Path) -> Own:
    """`policy` or `claim`, a tab, a regular expression, one a line."""
    found: Own = []
    for number, row in _table(path):
        try:
            category, pattern = row
            found.append((_one_of(OWN_NUMBERS, category), re.compile(pattern)))
            if found[-1][1].search(""):
                raise ValueError  # it would be found between all letters
        except (ValueError, re.error, RecursionError):
            raise Halt(
                f"{path}, line {number}: policy or claim, a tab and a regular expression that needs at least "
                "one character. Nothing was screened."
            ) from None
    return found
