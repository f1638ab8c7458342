"""The languages in which pages are shown."""

from django.conf import settings


def offered() -> list[tuple[str, str, str]]:
    """Code, short word and own name; of the two Germans the one this insurer writes."""
    left_out = "de-ch" if settings.COUNTRY != "CH" else "de"
    return [(code, code.split("-")[0].upper(), name) for code, name in settings.LANGUAGES if code != left_out]


def spoken(code: str | None) -> str:
    """The offered language for what was asked: `de` is `de-ch` at a Swiss insurer."""
    wanted = (code or "").split("-", maxsplit=1)[0]
    return next((offer for offer, _, _ in offered() if offer.split("-")[0] == wanted), settings.LANGUAGE_CODE)
