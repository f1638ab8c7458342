"""1.234,50 and 24.12.2026."""

from firsthand.locale.formats.swiss import *  # noqa: F403

DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "."
