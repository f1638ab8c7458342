"""Whether the first page is served."""

import http.client
import ssl
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  where to ask, not where to listen


def answers(host: str, port: int) -> bool:
    """The page for customers, asked for on this machine under the name that people use."""
    connection = _connection(EVERYWHERE.get(host, host), port)
    try:
        connection.request("GET", reverse("answer:call"), headers={"Host": urlsplit(settings.ADDRESS).netloc})
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _connection(host: str, port: int) -> http.client.HTTPConnection:
    if not settings.HTTPS:
        return http.client.HTTPConnection(host, port, timeout=10)
    here = ssl.create_default_context()
    here.check_hostname = False  # this machine asks itself
    here.verify_mode = ssl.CERT_NONE
    return http.client.HTTPSConnection(host, port, timeout=10, context=here)
