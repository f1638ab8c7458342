"""`firsthand documents`: what a supervisor asks for, written out of the code and the insurer's own terms."""

import argparse
from pathlib import Path

import django

from firsthand.cli.halt import Halt
from firsthand.config import catalogues


def run(given: argparse.Namespace) -> int:
    catalogues.compile_stale()  # or a fresh checkout writes its German documents in English
    django.setup()
    from firsthand.protect import documents

    house = documents.delivered() if given.as_delivered else documents.ours(insurer=given.insurer)
    stale = []
    for language in documents.NAMES:
        folder = Path(given.folder) / language
        for name, text in documents.written(language, house=house).items():
            if not _same(folder / name, text):
                stale.append(folder / name)
                if not given.check:
                    _write(folder / name, text)
    if given.check and stale:
        raise Halt(f"Out of date: {', '.join(map(str, stale))}. Write them anew: firsthand documents")
    print("Up to date." if not stale else f"{len(stale)} written to {given.folder}.")
    return 0


def _same(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
