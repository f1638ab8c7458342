"""Which tables keep a partition a month. A room names its own when the house starts."""

_tables = {"journal_entry"}


def register(table: str) -> None:
    _tables.add(table)


def tables() -> list[str]:
    return sorted(_tables)
