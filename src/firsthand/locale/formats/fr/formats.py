"""1 234,50 and 24/12/2026 abroad; in Switzerland as the Swiss write."""

from django.conf import settings

from firsthand.locale.formats.swiss import *  # noqa: F403

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
MONTH_DAY_FORMAT = "j F"

if settings.COUNTRY != "CH":
    SHORT_DATE_FORMAT = "d/m/Y"
    SHORT_DATETIME_FORMAT = "d/m/Y H:i"
    DATE_INPUT_FORMATS = ["%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%Y-%m-%d"]
    DECIMAL_SEPARATOR = ","
    THOUSAND_SEPARATOR = "\u202f"
