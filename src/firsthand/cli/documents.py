"""`firsthand documents`: what a supervisor asks for, written out of the code and the insurer's own terms."""

import argparse
import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import django

from firsthand.cli.halt import Halt
from firsthand.config import catalogues


def run(given: argparse.Namespace) -> int:
    catalogues.compile_stale()  # or a fresh checkout writes its German documents in English
    django.setup()
    stale = {path: text for path, text in _written(given) if not _same(path, text)}
    if given.check and stale:
        names = ", ".join(map(str, stale))
        how = " --as-delivered" if given.as_delivered else ""
        raise Halt(f"Out of date: {names}. Write them anew: firsthand documents {given.folder}{how}", code=1)
    for path, text in stale.items():
        _write(path, text)
    print("Up to date." if not stale else f"{len(stale)} written to {given.folder}.")
    return 0


def _written(given: argparse.Namespace) -> list[tuple[Path, str]]:
    """All of them, before the first is written."""
    from firsthand.cli import prepare
    from firsthand.protect import documents

    if foreign := catalogues.missing(documents.NAMES):
        raise Halt(
            f"{foreign[0]} is not compiled, and its folder cannot be written: the documents would be in English. "
            "Nothing was written. Give the command once as somebody who may write there."
        )
    if not given.as_delivered:
        prepare.check_done()
    house = documents.delivered() if given.as_delivered else documents.ours(insurer=given.insurer)
    return [
        (Path(given.folder) / language / name, text)
        for language in documents.NAMES
        for name, text in documents.written(language, house=house).items()
    ]


def _same(path: Path, text: str) -> bool:
    with _told(path):
        return path.exists() and path.read_bytes() == text.encode()


def _write(path: Path, text: str) -> None:
    """Whole or not at all: what stood there before is not lost to a full disk."""
    half = path.with_name(f".{path.name}.{os.getpid()}")
    with _told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            half.write_text(text, encoding="utf-8")
            half.replace(path)
        finally:
            half.unlink(missing_ok=True)


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Halt(
            f"{path} cannot be read or written: {error.strerror}. It is as it was. "
            "Mend that or name another folder, and give the command again."
        ) from None
