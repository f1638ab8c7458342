"""The keys that wrap the keys of confidences. They stand outside the database, and outside its backups.

In files: `FIRSTHAND_HOME/keys/0001-….key`, the highest number is the current one; a new one is made by
`firsthand rotate-keys`, and by the worker in the night after something was erased. Or in FIRSTHAND_KEYS, of
which the first is the current one: then whoever runs the house changes them.

They are read each time: a process that remembered a key would go on sealing with it after it was destroyed.
"""

from __future__ import annotations

import base64
import contextlib
import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from firsthand.kernel.files import write_once
from firsthand.protect.pure.sealing import KEY, Key, new_key

LEDGER = "erased"
GOING = ".going-"


class KeyIsGone(Exception):
    """Wrapped by a key that is not here: it was destroyed, and with it whatever it wrapped."""


@dataclass(frozen=True, repr=False)
class Ring:
    keys: tuple[Key, ...]  # the current one first
    made_at: datetime | None  # the current one; None: not known

    @property
    def current(self) -> Key:
        return self.keys[0]

    def named(self, key_id: str) -> Key:
        for key in self.keys:
            if key.id == key_id:
                return key
        raise KeyIsGone


def folder() -> Path:
    return Path(settings.HOME) / "keys"


def in_files() -> bool:
    """False: they come from FIRSTHAND_KEYS, and only its owner can change them."""
    return not settings.KEYS


def there() -> bool:
    """Whether any is; `ring` would make the first one."""
    return not in_files() or bool(_paths())


def ring() -> Ring:
    if not in_files():
        return Ring(tuple(_decoded(word, "FIRSTHAND_KEYS") for word in settings.KEYS), None)
    if not (paths := _paths()):
        add()
        paths = _paths()
    made_at = datetime.fromtimestamp(paths[0].stat().st_mtime, UTC)
    return Ring(tuple(_read(path) for path in paths), made_at)


def add() -> Key:
    """A new current key. Of two processes that make the first one at once, one does."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    newest = _paths()
    number = int(newest[0].name[:4]) + 1 if newest else 1
    key = new_key()
    write_once(folder() / f"{number:04}.key", base64.b64encode(key.secret).decode())
    _sync()
    return _read(_paths()[0])


def destroy(ids: Collection[str]) -> list[str]:
    """Overwritten, then gone. What a file system or a copy keeps of it is for its owner to destroy too. Under another
    name first: of a process that is killed on the way no key is left that nobody can read.
    """
    gone = []
    for path in _paths()[1:]:
        if (key := _read(path)).id in ids:
            path.rename(path.with_name(GOING + path.name))
            gone.append(key.id)
    _sync()
    for path in folder().glob(f"{GOING}*.key"):
        with path.open("r+b") as file:
            file.write(os.urandom(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    _sync()
    return gone


def note_erased(ids: Iterable[UUID]) -> None:
    """On the list by which a restored backup learns what was erased after it was made."""
    lines = "".join(f"{one}\n" for one in ids)
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder() / LEDGER, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())


def erased() -> set[UUID]:
    while True:
        lists = folder().glob(f"{LEDGER}*")
        with contextlib.suppress(FileNotFoundError):  # set aside or forgotten just now: look again
            return {UUID(line) for one in lists for line in one.read_text(encoding="ascii").split()}


def set_erased_aside() -> None:
    """Before a new key is made: what is erased after it may lie in a backup under it, and stays on the list when the
    keys of now are destroyed.
    """
    with contextlib.suppress(FileNotFoundError):
        (folder() / LEDGER).rename(folder() / f"{LEDGER}-{uuid4().hex}")


def forget_erased() -> None:
    """All keys of that time are destroyed: no backup opens what was set aside, and the list says nothing more of it."""
    for one in folder().glob(f"{LEDGER}-*"):
        one.unlink()


def _paths() -> list[Path]:
    return sorted(folder().glob("[0-9][0-9][0-9][0-9].key"), reverse=True)


def _read(path: Path) -> Key:
    return _decoded(path.read_text(encoding="ascii"), str(path))


def _decoded(word: str, where: str) -> Key:
    try:
        secret = base64.b64decode(word.strip(), validate=True)
    except ValueError:
        secret = b""
    if len(secret) != KEY:
        raise ImproperlyConfigured(
            f"{where}: a key is 32 random bytes in Base64, for example from: openssl rand -base64 32"
        )
    return Key(secret)


def _sync() -> None:
    """A name in a folder is on the disk only after this."""
    descriptor = os.open(folder(), os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
