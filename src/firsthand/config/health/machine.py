"""The disk, the clock, and who may read the secrets."""

import os
import shutil
import stat
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from firsthand.config import certs
from firsthand.config.health.finding import Finding, mend, note, well

LITTLE, TOO_LITTLE = 10 * 2**30, 2**30
APART = 2.0  # seconds


def disk() -> Iterator[Finding]:
    free = shutil.disk_usage(settings.HOME).free
    said = f"{free / 2**30:.1f} GB are free where the data lie ({settings.HOME})."
    if free < TOO_LITTLE:
        yield mend("disk", said, "Make room now: without it nothing more can be saved.")
    elif free < LITTLE:
        yield note("disk", said, "Make room before the front week.")
    else:
        yield well("disk", said)


def clock() -> Iterator[Finding]:
    """Waiting times are counted by the database, shown by this machine."""
    with connection.cursor() as cursor:
        before = time.time()
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())::float8")
        database = cursor.fetchone()[0]
        apart = abs(database - (before + time.time()) / 2)
    if apart > APART:
        yield mend("clock", f"This machine and the database are {apart:.0f} s apart.", "Set both by NTP.")
    elif _synchronised() is False:
        yield note(
            "clock", "This machine's clock is not set by NTP.", "Switch it on: timedatectl set-ntp true"
        )
    else:
        yield well("clock", "This machine and the database agree on the time.")


def _synchronised() -> bool | None:
    """None where the machine does not say."""
    program = shutil.which("timedatectl")
    if not program:
        return None
    done = subprocess.run(
        [program, "show", "--property=NTPSynchronized", "--value"],
        capture_output=True, text=True, timeout=10, check=False,
    )  # fmt: skip
    return {"yes": True, "no": False}.get(done.stdout.strip())


def secrets() -> Iterator[Finding]:
    files = [
        Path(settings.HOME) / "secret",
        Path(settings.HOME) / "wall-key",
        *sorted((Path(settings.HOME) / "keys").glob("*.key")),
        certs.pair()[1],
        certs.authority()[1],
    ]
    files += [Path(value) for name, value in os.environ.items() if _names_a_secret(name)]
    open_ones = [
        file for file in files if file.exists() and file.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH)
    ]
    for file in open_ones:
        yield mend("secrets", f"Others on this machine can read {file}.", f"chmod 600 {file}")
    if not open_ones:
        yield well("secrets", "Only this user can read the secrets.")


def _names_a_secret(name: str) -> bool:
    return name.startswith(("FIRSTHAND_", "DATABASE_")) and name.endswith("_FILE")
