"""Who signs out hears nothing more, in any of their tabs."""

from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from firsthand.live import bus, topics


@receiver(user_logged_out)
def close_streams(request: HttpRequest, **more: Any) -> None:
    if key := request.session.session_key:
        bus.touch(topics.session(key))
