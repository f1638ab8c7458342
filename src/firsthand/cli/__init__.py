"""`firsthand demo | up | serve | worker | invite | doctor | certs | check | django …`

Nothing here needs the settings until the command has put its own into the environment.
"""

import errno
import os
import sys

from firsthand.cli.halt import Halt

SETTINGS = "firsthand.config.settings"


def main(arguments: list[str] | None = None) -> None:
    """A known trouble is one sentence and exit code 1; a traceback is a bug."""
    if os.name == "nt":
        sys.exit("Firsthand runs on Linux and macOS. On Windows, run it inside WSL 2.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    from firsthand.cli import compiled, parser

    compiled.keep()
    try:
        sys.exit(parser.run(sys.argv[1:] if arguments is None else arguments))
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        os._exit(0)  # whoever read our output has seen enough
    except Exception as error:
        if not (sentence := known(error)):
            raise
        print(f"firsthand: {sentence}", file=sys.stderr)
        sys.exit(error.code if isinstance(error, Halt) else 1)


def known(error: Exception) -> str:
    """What to say about a trouble that is not a bug."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db.utils import OperationalError

    from firsthand.config.embedded.trouble import CannotStart

    if isinstance(error, Halt | CannotStart | ImproperlyConfigured):
        return str(error)
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "The disk is full. Make room and start again: what was saved is kept."
    if isinstance(error, OSError) and error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"You may not write {error.filename}: {error.strerror}."
    if isinstance(error.__cause__, CannotStart):
        return str(error.__cause__)
    if isinstance(error, OperationalError):
        return f"The database cannot be used. {unreachable(error)}"
    return ""


def unreachable(error: Exception) -> str:
    """What PostgreSQL's library said, without the lines that say it again for every address it tried."""
    lines = [line.strip(" -") for line in str(error).splitlines() if line.strip()]
    return next((line for line in reversed(lines) if "Multiple connection" not in line), "")
