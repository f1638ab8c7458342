"""`firsthand demo | up | serve | worker | invite | doctor | certs | check | django …`

Nothing here needs the settings until the command has put its own into the environment.
"""

import errno
import io
import os
import sys

from firsthand.cli.halt import Halt

SETTINGS = "firsthand.config.settings"


def main(arguments: list[str] | None = None) -> None:
    """A known trouble is one sentence and exit code 2, for 1 is an answer; a traceback is a bug."""
    if os.name == "nt":
        sys.exit("Firsthand runs on Linux and macOS. On Windows, run it inside WSL 2.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    _streams()
    from firsthand.cli import compiled, parser

    try:
        compiled.keep()
        code = parser.run(sys.argv[1:] if arguments is None else arguments)
        sys.stdout.flush()  # here, where a full disk or a closed pipe is still a sentence
        sys.exit(code)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        _nowhere()
        sys.exit(0)  # whoever read our output has seen enough
    except Exception as error:
        if not (sentence := known(error)):
            raise
        print(f"firsthand: {sentence}", file=sys.stderr)
        _nowhere()
        sys.exit(error.code if isinstance(error, Halt) else 2)


def _streams() -> None:
    """One that was closed is nowhere and no None. What goes into a file or a pipe is UTF-8, whatever the locale;
    what a terminal cannot show becomes a question mark."""
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115  as long as the process
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def _nowhere() -> None:
    """What is still to be written and cannot be, is not tried again at the end of the process, which says so twice."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def known(error: Exception) -> str:
    """What to say about a trouble that is not a bug."""
    from django.core.exceptions import ImproperlyConfigured

    from firsthand.config.embedded.trouble import CannotStart

    if isinstance(error, Halt | CannotStart | ImproperlyConfigured):
        return str(error)
    if isinstance(error.__cause__, CannotStart):
        return str(error.__cause__)
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "The disk is full. Make room and start again: what was saved is kept."
    if isinstance(error, OSError) and error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"You may not read or write {error.filename}: {error.strerror}."
    return _of_the_database(error)


def _of_the_database(error: Exception) -> str:
    import psycopg
    from django.db.utils import InterfaceError, OperationalError

    if isinstance(error.__cause__, psycopg.errors.InsufficientPrivilege) and _no_rights_yet(str(error)):
        return (
            "The logins have no rights in this database yet, as after a backup was restored. "
            "Give them with `firsthand prepare`."
        )
    away = OperationalError | InterfaceError | psycopg.OperationalError | psycopg.InterfaceError
    if isinstance(error, away):
        from firsthand.kernel import direct

        return f"The database cannot be used. {direct.why(error)}"
    return ""


def _no_rights_yet(says: str) -> bool:
    """Not even what every login may read. Any other table that is refused is a bug, and stays a traceback."""
    return "django_migrations" in says or "for schema" in says
