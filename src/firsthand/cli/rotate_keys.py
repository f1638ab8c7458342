"""A new key for what is sealed, and the end of the old one: `firsthand rotate-keys`."""

from __future__ import annotations

import argparse
import sys


def run(given: argparse.Namespace) -> int:
    import django

    django.setup()
    from firsthand.cli import prepare
    from firsthand.protect import actions

    prepare.check_done()  # before a key is made
    renewed = actions.rotate_keys(by=None, tell=_progress)
    print(f"Under the new key {renewed.key}: {_confidences(renewed.wrapped)}.")
    for key in renewed.destroyed:
        print(f"Destroyed: {key}. If a copy of it was made anywhere, destroy that too.")
    for key in renewed.to_destroy:
        print(f"To destroy: {key}. Take it out of FIRSTHAND_KEYS and destroy every copy.")
    if renewed.lost:
        print(f"Of a key that is not here: {_confidences(renewed.lost)}. Nobody can read them.")
    return 0


def _progress(done: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{_confidences(done)} …", end="", file=sys.stderr, flush=True)


def _confidences(count: int) -> str:
    return f"{count} confidence" if count == 1 else f"{count} confidences"
