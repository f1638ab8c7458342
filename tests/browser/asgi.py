"""The house's application, as granian serves it."""

from firsthand.config.asgi import application as pages
from firsthand.live.stream import application as stream


async def application(scope, receive, send):
    """The stream of nudges beside the pages."""
    to_stream = scope["type"] == "lifespan" or scope["path"] == "/live/"
    await (stream if to_stream else pages)(scope, receive, send)
