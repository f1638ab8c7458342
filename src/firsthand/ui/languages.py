"""The languages in which pages are shown."""

from django.conf import settings


def offered() -> list[tuple[str, str, str]]:
    """Code, short word and own name, one German only: the insurer's."""
    house = settings.LANGUAGE_CODE
    left_out = {"de-ch"} if house == "de" else {"de"}
    return [
        (code, code.split("-", 1)[0].upper(), name)
        for code, name in settings.LANGUAGES
        if code not in left_out
    ]
