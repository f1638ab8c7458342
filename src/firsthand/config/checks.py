"""What `firsthand check --deploy` adds to Django's own checks."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register


@register(Tags.security, deploy=True)
def address(**_: Any) -> list[CheckMessage]:
    """Cookies, HSTS and the microphone all follow from the address."""
    host = urlsplit(settings.ADDRESS).hostname
    if settings.HTTPS or host in {"localhost", "127.0.0.1", "::1"}:
        return []
    says = "FIRSTHAND_ADDRESS has no https: browsers give no microphone, and passwords travel in the clear."
    return [Warning(says, hint="Set FIRSTHAND_ADDRESS=https://…", id="firsthand.W001")]


@register(Tags.security, deploy=True)
def demo(**_: Any) -> list[CheckMessage]:
    """In a demo anybody may be anybody; with a database of somebody else's that is no demo."""
    if settings.DEMO and settings.DATABASES["default"]["ENGINE"] != "firsthand.config.embedded":
        return [Error("FIRSTHAND_DEMO lets anybody be anybody.", hint="Unset it.", id="firsthand.E001")]
    return []
