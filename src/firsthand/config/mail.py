"""Where mail to colleagues goes: FIRSTHAND_MAIL=smtps://user:password@mail.insurer.example"""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}


@dataclass(frozen=True)
class Mail:
    backend: str = "django.core.mail.backends.filebased.EmailBackend"
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False


def parsed(url: str) -> Mail:
    """Nothing given: files in HOME/mail. `smtp` begins in the clear and turns to TLS, `smtps` is TLS."""
    if not url:
        return Mail()
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ImproperlyConfigured(f"FIRSTHAND_MAIL cannot be read. {__doc__.split(': ')[1]}")
    return Mail(
        backend="django.core.mail.backends.smtp.EmailBackend",
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "smtp",
        tls=parts.scheme == "smtps",
    )
