"""Which user of this machine the server runs as. PostgreSQL refuses to run as root, and rightly."""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from firsthand.config.embedded.trouble import CannotStart


@dataclass(frozen=True)
class Owner:
    name: str
    uid: int
    gid: int
    borrowed: bool  # we are root, and the server runs as this other user

    @property
    def becomes(self) -> dict[str, Any]:
        """What `subprocess` needs to run a program as this user."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.borrowed else {}

    @property
    def logins(self) -> list[str]:
        """Who may connect."""
        return [self.name, "root"] if self.borrowed else [self.name]

    def give(self, path: Path) -> None:
        if self.borrowed:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def owner_of(data: Path) -> Owner:
    """Data that exist keep their owner; for new ones root lends the server a user of its own."""
    me = os.geteuid()
    if data.exists():
        theirs = _by_number(data.stat().st_uid, data)
        if me not in (0, theirs.uid):
            raise CannotStart(
                f"The database in {data} belongs to {theirs.name}, and you are {_by_number(me, data).name}. "
                f"Start Firsthand as {theirs.name}, or choose another folder: FIRSTHAND_HOME=…"
            )
        return theirs
    return _lent() if me == 0 else _by_number(me, data)


def _by_number(uid: int, data: Path) -> Owner:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise CannotStart(
            f"User number {uid} has no name on this machine, and PostgreSQL needs one (for {data}). "
            f"Give it a name: in a container image `RUN useradd --uid {uid} firsthand`, elsewhere ask the "
            "administrator; or set DATABASE_URL to a PostgreSQL that runs."
        ) from None
    if uid == 0:
        raise CannotStart(
            f"{data} belongs to root, and PostgreSQL does not run as root. Move it away and start again."
        )
    return Owner(entry.pw_name, uid, entry.pw_gid, borrowed=os.geteuid() == 0)


def _lent() -> Owner:
    wanted = os.environ.get("FIRSTHAND_PG_USER", "")
    for name in [wanted] if wanted else ["firsthand", "nobody"]:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid:
            return Owner(name, entry.pw_uid, entry.pw_gid, borrowed=True)
    raise CannotStart(
        f"You are root, and the database needs another user to run as; {wanted or 'nobody'} will not do. "
        "Make one: useradd --system firsthand. Or name one: FIRSTHAND_PG_USER=…"
    )
