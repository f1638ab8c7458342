"""Since when the web serves, as a test wants it: no hub runs there."""

from django.db import connection


def has_served(seconds: float) -> None:
    """Some web process has been serving for this long, and still is (for the next six seconds)."""
    _note("since = clock_timestamp() - make_interval(secs => %s), seen = clock_timestamp()", seconds)


def was_last_seen(seconds: float) -> None:
    """The last web process fell silent this long ago."""
    _note("since = '2020-01-01', seen = clock_timestamp() - make_interval(secs => %s)", seconds)


def _note(change: str, seconds: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE live_serving SET {change}", [seconds])
