"""What granian serves: Django's pages, and beside them the stream of nudges and the desks' heartbeats."""

import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "firsthand.config.settings")

from django.core.asgi import get_asgi_application

from firsthand.config import orphan

pages = get_asgi_application()

# After Django is set up: these read its settings and its database.
from firsthand.answer.consumers import application as beats  # noqa: E402
from firsthand.config import walls  # noqa: E402
from firsthand.live.stream import application as stream  # noqa: E402

orphan.watch()
walls.guard(server=os.getppid())


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """The stream also hears that the server starts and stops: it tells its pages to look for another."""
    if scope["type"] == "lifespan" or scope["path"] == "/live/":
        await stream(scope, receive, send)
    elif scope["type"] == "http" and scope["path"] == "/desk/beat/":
        await beats(scope, receive, send)
    elif scope["type"] == "http":
        await pages(scope, receive, send)
