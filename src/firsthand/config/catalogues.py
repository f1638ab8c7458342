"""Compiled catalogues are not in git: a checkout makes them when a source is newer, a wheel has them.

de_CH holds only what differs from de, and is compiled whole: gettext would fall back to de, but Django asks
every installed app for its de first, and their words would stand in front of ours.
"""

import errno
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog
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
        try:
            _compile(po)
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
                raise
        else:
            done.append(po)
    return done


def missing(languages: Iterable[str]) -> list[Path]:
    """Sources of these languages that were never compiled: what is written in them would be English."""
    sources = [LOCALE / language / "LC_MESSAGES" / "django.po" for language in languages]
    return [po for po in sources if not po.with_suffix(".mo").exists()]


def _fresh(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    newest = max(source.stat().st_mtime for source in (po, general(po)) if source.exists())
    return mo.exists() and mo.stat().st_mtime >= newest


def general(po: Path) -> Path:
    """The catalogue of the language itself: de for de_CH."""
    language = po.parent.parent.name.split("_", 1)[0]
    return po.parent.parent.parent / language / po.parent.name / po.name


def whole(po: Path) -> Catalog:
    """The sentences of this catalogue, and those of the language where it has none."""
    with po.open("rb") as source:
        catalogue = read_po(source)
    if general(po) != po and general(po).exists():
        for message in whole(general(po)):
            if message.id and not catalogue.get(message.id, message.context):
                catalogue[message.id] = message
    return catalogue


def _compile(po: Path) -> None:
    catalogue = whole(po)
    descriptor, name = tempfile.mkstemp(dir=po.parent, suffix=".mo.new")
    with os.fdopen(descriptor, "wb") as target:
        write_mo(target, catalogue)
    Path(name).chmod(0o644)
    os.replace(name, po.with_suffix(".mo"))
