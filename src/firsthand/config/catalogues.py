"""Compiled catalogues are not in git: a checkout makes them when a source is newer, a wheel has them."""

import contextlib
import os
import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def stale(locale: Path = LOCALE) -> list[Path]:
    """Sources without a compiled catalogue as new as they are."""
    return [po for po in sorted(locale.glob("*/LC_MESSAGES/*.po")) if not _fresh(po)]


def compile_stale(locale: Path = LOCALE) -> list[Path]:
    """Compile them; two processes at once do no harm. A folder that cannot be written keeps what it has."""
    done = []
    for po in stale(locale):
        with contextlib.suppress(PermissionError):
            _compile(po)
            done.append(po)
    return done


def _fresh(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime


def _compile(po: Path) -> None:
    with po.open("rb") as source:
        catalogue = read_po(source)
    descriptor, name = tempfile.mkstemp(dir=po.parent, suffix=".mo.new")
    with os.fdopen(descriptor, "wb") as target:
        write_mo(target, catalogue)
    Path(name).chmod(0o644)
    os.replace(name, po.with_suffix(".mo"))
