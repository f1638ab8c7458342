"""What somebody sends in an address or a form, read without trusting it."""

from __future__ import annotations

MOST_DIGITS = 18  # fits a key of the database


def number(written: str | None) -> int | None:
    """A whole number, zero or more, in plain digits; None for anything else. `int` alone takes the digits of every
    alphabet, and raises at more than 4,300 of them.
    """
    if written and len(written) <= MOST_DIGITS and written.isascii() and written.isdigit():
        return int(written)
    return None


def key(written: str | None) -> int:
    """The key of a row; 0, which none has, for what is no number."""
    return number(written) or 0
