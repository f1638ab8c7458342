"""Named SQL: `-- name --` heads a statement in a room's sql/*.sql file."""

import re
from functools import cache
from importlib import resources

_HEAD = re.compile(r"^-- ([a-z_]+) --$", flags=re.MULTILINE)


@cache
def named(room: str, file: str = "queries") -> dict[str, str]:
    """The statements of `<room>/sql/<file>.sql` by name, for example `named("firsthand.answer")["claim"]`."""
    text = (resources.files(room) / "sql" / f"{file}.sql").read_text(encoding="utf-8")
    _, *parts = _HEAD.split(text)
    return {name: body.strip() for name, body in zip(parts[::2], parts[1::2], strict=True)}


def script(room: str, file: str) -> str:
    """A whole file of SQL, as a migration runs it."""
    return (resources.files(room) / "sql" / f"{file}.sql").read_text(encoding="utf-8")
