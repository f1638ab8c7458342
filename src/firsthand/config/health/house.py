"""The address people type, the certificate, the relay for sound, mail, and Django's own opinion."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks

from firsthand.config import catalogues as messages
from firsthand.config import certs, env
from firsthand.config.health.finding import Finding, mend, note, well

SOON = timedelta(days=21)


def catalogues() -> Iterator[Finding]:
    if stale := messages.stale():
        names = ", ".join(sorted({path.parts[-3] for path in stale}))
        yield mend("languages", f"Not compiled: {names}. Pages show English instead.", "firsthand prepare")
    else:
        yield well("languages", "All languages are compiled.")


def address() -> Iterator[Finding]:
    host = urlsplit(settings.ADDRESS).hostname or ""
    if settings.HTTPS:
        yield well("address", f"People type {settings.ADDRESS}.")
    elif host in {"localhost", "127.0.0.1", "::1"}:
        yield note(
            "address",
            f"{settings.ADDRESS} is for this machine alone.",
            "For others set FIRSTHAND_ADDRESS=https://… with a certificate, also of `firsthand certs`.",
        )
    else:
        yield mend(
            "address",
            f"{settings.ADDRESS} has no https: no microphone, and passwords travel in the clear.",
            "Set FIRSTHAND_ADDRESS=https://… behind a proxy with a certificate, or use `firsthand certs`.",
        )


def certificate() -> Iterator[Finding]:
    own = env.text("FIRSTHAND_TLS_CERT")
    path = Path(own) if own else certs.pair()[0]
    if not path.exists():
        return
    ends = certs.ends(path)
    if ends < datetime.now(UTC) + SOON:
        how = "firsthand certs, then start again." if not own else "Bring a new one and start again."
        yield mend("certificate", f"The certificate {path} ends on {ends:%d.%m.%Y}.", how)
    else:
        yield well("certificate", f"The certificate {path} holds until {ends:%d.%m.%Y}.")


def relay() -> Iterator[Finding]:
    if settings.TURN_URLS and settings.TURN_SECRET:
        yield well("sound", "A relay (TURN) carries the sound of customers.")
    elif settings.TURN_URLS:
        yield mend("sound", "A relay (TURN) is named without its secret.", "Set FIRSTHAND_TURN_SECRET.")
    else:
        yield note(
            "sound",
            "No relay (TURN): customers in strict networks cannot call; each side sees the other's address.",
            "Set FIRSTHAND_TURN_URLS and FIRSTHAND_TURN_SECRET: docs/guide/voice.md",
        )


def mail() -> Iterator[Finding]:
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        yield note(
            "mail",
            f"Mail to colleagues is not sent, it is kept in {settings.EMAIL_FILE_PATH}.",
            "Set FIRSTHAND_MAIL=smtps://user:password@mail.insurer.example",
        )
    else:
        yield well("mail", f"Mail to colleagues goes by {settings.EMAIL_HOST}.")


def settings_for_real_people() -> Iterator[Finding]:
    """Django's own checks, with those for real people."""
    found = [one for one in checks.run_checks(include_deployment_checks=True) if not one.is_silenced()]
    for one in found:
        yield mend("settings", f"{one.msg} ({one.id})", one.hint or "See docs/guide/settings.md")
    if not found:
        yield well("settings", "The settings are fit for real people.")
