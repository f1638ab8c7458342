"""The word lists as they are stored beside their source: one file that is read in hundredths of a second.

Written where the package is built (`python -m firsthand.protect.pure.screen`). Whoever changes a word
list in a checkout loses nothing: a file that is not of this very source is not used, the source is read.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from firsthand.protect.pure.screen import meaning, roles, source

FILE = source.HERE / "stored.json"


def tables() -> dict[str, Any]:
    """From the stored file, or from the source where there is none of it."""
    stamp = _stamp()
    try:
        found = json.loads(FILE.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = None
    if isinstance(found, dict) and found.get("stamp") == stamp:
        return found
    return made(stamp)


def made(stamp: str = "") -> dict[str, Any]:
    """From the source."""
    return {
        "stamp": stamp or _stamp(),
        "phrases": source.phrases(),
        "roles": roles.roles(),
        "meaning": meaning.tables(),
    }


def write() -> None:
    FILE.write_text(json.dumps(made(), ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _stamp() -> str:
    """Of every source file and of the code that reads it."""
    digest = hashlib.blake2b(digest_size=16)
    code = sorted(Path(__file__).parent.glob("*.py"))
    for path in (*code, *sorted(source.HERE.glob("*/*.txt"))):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
