"""Where the embedded server's files lie. The home may be long, and may have spaces and umlauts."""

import hashlib
import os
import stat
import sys
import tempfile
from pathlib import Path

from firsthand.config.embedded.owner import Owner, owner_of
from firsthand.config.embedded.trouble import CannotStart

MAJOR = 18
LONGEST_SOCKET = 107 if sys.platform == "linux" else 103  # what a socket address of the system can hold


class Places:
    def __init__(self, home: str | Path) -> None:
        self.home = Path(home).expanduser().resolve()
        self.data = self.home / f"postgresql-{MAJOR}"
        self.rules = (
            self.home / "postgresql.conf.d"
        )  # ours, not the server's: it must not rewrite who may enter
        self.log = self.data / "start.log"
        self.pidfile = self.data / "postmaster.pid"

    @property
    def owner(self) -> Owner:
        return owner_of(self.data)

    @property
    def forgetful(self) -> bool:
        """Made for tests: nothing in it need survive a power cut. Decided once, when it is made."""
        return (self.home / "forgetful").exists()

    @property
    def socket(self) -> Path:
        """The folder of the socket: in the home, or a short one that every process finds, where the home's
        name is too long or means something to PostgreSQL (a comma parts hosts)."""
        inside = self.home / "socket"
        if len(os.fsencode(inside / ".s.PGSQL.5432")) <= LONGEST_SOCKET and not set(str(inside)) & set(
            ',"\\'
        ):
            return inside
        short = Path("/tmp") if Path("/tmp").is_dir() else Path(tempfile.gettempdir())  # noqa: S108  checked below
        return short / f"firsthand-{hashlib.sha256(os.fsencode(self.home)).hexdigest()[:16]}"

    @property
    def lock(self) -> Path:
        """Written as the pid file is, by whoever listens."""
        return self.socket / ".s.PGSQL.5432.lock"

    def make_socket_folder(self, owner: Owner) -> None:
        """0700 and the server's own; somebody else's folder of that name is refused, never used."""
        try:
            self.socket.mkdir(mode=0o700)
            owner.give(self.socket)
        except FileExistsError:
            self._mend_socket_folder(owner)

    def _mend_socket_folder(self, owner: Owner) -> None:
        found = self.socket.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner.uid:
            raise CannotStart(
                f"{self.socket} belongs to another user of this machine, not to {owner.name}. Remove it."
            )
        if stat.S_IMODE(found.st_mode) != 0o700:
            self.socket.chmod(0o700)

    def check_way(self, owner: Owner) -> None:
        """Root's lent user must be able to walk to the home: root's own folder, for one, is closed to it."""
        if not owner.borrowed:
            return
        for folder in self.home.parents:
            if not may_enter(folder, owner):
                raise CannotStart(
                    f"The database runs as {owner.name}, who may not enter {folder}. "
                    "Choose a home outside of it: FIRSTHAND_HOME=/var/lib/firsthand"
                )


def may_enter(path: Path, owner: Owner) -> bool:
    found = path.stat()
    if found.st_uid == owner.uid:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == owner.gid:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)
